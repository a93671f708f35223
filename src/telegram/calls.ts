import { type Api, InputFile, InputMediaBuilder, type Transformer } from "grammy";
import type { InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup, ReplyParameters } from "grammy/types";
import { KEYBOARD } from "../dialogue/choice.ts";
import type { Say } from "../dialogue/strings.ts";
import type { ButtonRow, MessageRef, Outgoing } from "../dialogue/types.ts";
import type { Lang } from "../knowledge/types.ts";
import { packButton } from "./buttons.ts";

/** Where a message goes, once its address is looked up. */
export interface Target {
  readonly chatId: number;
  readonly threadId: number | null;
  /** What it answers there; null for nothing. */
  readonly replyTo: number | null;
}

/** Longer than any answer of the Bot API takes, and shorter than a delivery is leased for. */
const CALL_MS = 15_000;

/** A call that hangs is given up: it may have arrived, and is made again. Polling brings its own signal. */
export const withinTime: Transformer = (call, method, payload, signal) =>
  call(
    method,
    payload,
    // grammY types its signal by a polyfill; Node's own is what it uses.
    signal ?? (AbortSignal.timeout(CALL_MS) as unknown as NonNullable<typeof signal>),
  );

/** Telegram's longest text, in UTF-16 units. */
export const LONGEST_TEXT = 4096;

/** A long text in pieces that Telegram takes, cut at line ends where there are any. */
export function pieces(text: string, longest: number = LONGEST_TEXT): readonly string[] {
  if (text.length <= longest) return [text];
  const line = text.lastIndexOf("\n", longest);
  let cut = line > longest / 2 ? line : longest;
  if (/[\uD800-\uDBFF]/u.test(text.charAt(cut - 1))) cut -= 1;
  return [text.slice(0, cut), ...pieces(text.slice(cut).replace(/^\n/u, ""), longest)];
}

/**
 * Sends one piece of a text; returns its message's id. Plain text always: no name can break it. Buttons come under
 * the last piece.
 */
export async function sendPiece(
  api: Api,
  target: Target,
  message: Extract<Outgoing, { kind: "text" }>,
  which: "first" | "last",
  say: (lang: Lang) => Say,
  links: readonly MessageEntity[] = [],
): Promise<number> {
  const markup = which === "last" ? markupOf(message, say) : undefined;
  const { message_id } = await api.sendMessage(target.chatId, message.text, {
    ...inThread(target),
    ...replying(target),
    ...(markup === undefined ? {} : { reply_markup: markup }),
    ...(message.copyable === true
      ? { entities: [{ type: "pre" as const, offset: 0, length: message.text.length }] }
      : {}),
    ...(links.length > 0 ? { entities: [...links] } : {}),
    link_preview_options: { is_disabled: true },
  });
  return message_id;
}

export async function copy(
  api: Api,
  target: Target,
  origins: readonly MessageRef[],
  caption: string | undefined,
): Promise<number[]> {
  const [first] = origins;
  if (first === undefined) return [];
  if (origins.length > 1) {
    const ids = origins.map((origin) => origin.messageId);
    const sent = await api.copyMessages(target.chatId, first.chatId, ids, inThread(target));
    return sent.map(({ message_id }) => message_id);
  }
  const { message_id } = await api.copyMessage(target.chatId, first.chatId, first.messageId, {
    ...inThread(target),
    ...replying(target),
    ...(caption === undefined ? {} : { caption }),
  });
  return [message_id];
}

export async function sendContact(
  api: Api,
  target: Target,
  message: Extract<Outgoing, { kind: "contact" }>,
): Promise<number[]> {
  const { message_id } = await api.sendContact(target.chatId, message.phone, message.name, inThread(target));
  return [message_id];
}

/** Sends files in one message each; several go together or not at all. The caption stands under the last. */
export async function sendFiles(
  api: Api,
  target: Target,
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
  caption: string,
): Promise<number[]> {
  const documents = files.map(({ name, content }) => new InputFile(Buffer.from(content), name));
  const [first, ...more] = documents;
  if (first === undefined) return [];
  if (more.length === 0) {
    const { message_id } = await api.sendDocument(target.chatId, first, { ...inThread(target), caption });
    return [message_id];
  }
  const group = documents.map((document, at) =>
    InputMediaBuilder.document(document, at === more.length ? { caption } : {}),
  );
  const sent = await api.sendMediaGroup(target.chatId, group, inThread(target));
  return sent.map(({ message_id }) => message_id);
}

function inThread({ threadId }: Target): { message_thread_id?: number } {
  return threadId === null ? {} : { message_thread_id: threadId };
}

/** What is answered may have been deleted meanwhile: the answer goes all the same. */
function replying({ replyTo }: Target): { reply_parameters?: ReplyParameters } {
  return replyTo === null
    ? {}
    : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } };
}

function markupOf(
  message: Extract<Outgoing, { kind: "text" }>,
  say: (lang: Lang) => Say,
): InlineKeyboardMarkup | ReplyKeyboardMarkup | undefined {
  if (message.inline !== undefined && message.inline.length > 0) return inlineMarkup(message.inline);
  if (message.keyboard !== undefined) return keyboardMarkup(say(message.keyboard));
  return undefined;
}

export function inlineMarkup(rows: readonly ButtonRow[]): InlineKeyboardMarkup {
  return {
    inline_keyboard: rows.map((row) =>
      row.map((key) =>
        "copy" in key
          ? { text: key.label, copy_text: { text: key.copy } }
          : { text: key.label, callback_data: packButton(key.button) },
      ),
    ),
  };
}

function keyboardMarkup(say: Say): ReplyKeyboardMarkup {
  return {
    keyboard: KEYBOARD.map((row) => row.map(([key]) => ({ text: say(key) }))),
    is_persistent: true,
    resize_keyboard: true,
    input_field_placeholder: say("keyboard.placeholder"),
  };
}
