import type { Message, Update } from "grammy/types";
import { keyboardButton } from "../dialogue/choice.ts";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import { hearHuman, understand } from "../dialogue/understand.ts";
import type { Lang } from "../knowledge/types.ts";
import { unpackButton } from "./buttons.ts";

/** A customer's wish for a person, as far as the update alone shows it. */
export interface Request {
  readonly chatId: number;
  readonly name: string;
  readonly asked: string;
  readonly lang: Lang;
  readonly callbackId: string | null;
}

/** Undefined where nobody plainly asks for a person. */
export function requestIn(update: Update, mind: Mind): Request | undefined {
  const { callback_query: pressed } = update;
  if (pressed !== undefined) {
    if (pressed.message?.chat.type !== "private" || !asksForHuman(pressed.data)) return undefined;
    return {
      chatId: pressed.message.chat.id,
      name: pressed.from.first_name,
      asked: mind.say(STAFF_LANG)("button.human"),
      lang: pressed.from.language_code?.startsWith("en") === true ? "en" : "zh",
      callbackId: pressed.id,
    };
  }
  const message: Message | undefined = update.message ?? update.edited_message;
  if (message === undefined || message.chat.type !== "private" || message.forward_origin !== undefined)
    return undefined;
  const asked = message.text ?? message.caption ?? "";
  const wanted =
    /^\/human(@\w+)?(\s|$)/iu.test(asked) ||
    keyboardButton(asked, mind)?.kind === "human" ||
    hearHuman(asked, mind).kind === "request";
  if (!wanted) return undefined;
  return {
    chatId: message.chat.id,
    name: message.from?.first_name ?? `${message.chat.id}`,
    asked,
    lang: understand(asked, mind).lang === "en" ? "en" : "zh",
    callbackId: null,
  };
}

function asksForHuman(data: string | undefined): boolean {
  const button = unpackButton(data);
  return button.kind === "human" || (button.kind === "intent" && button.intent === "human");
}
