import type { ReactionType } from "grammy/types";
import { z } from "zod";
import { writableChat } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { findMessage, react } from "../messages.ts";
import { announce } from "../telegram.ts";
import { type Method, method } from "./method.ts";
import { flag, int, json, str } from "./schema.ts";

/** Telegram gives a bot "some time"; a quarter of an hour is what servers were seen to keep. */
const CALLBACK_LIVES_MS = 15 * 60_000;
const LONGEST_ANSWER = 200;

const answerCallbackQuery = method(
  z.looseObject({
    callback_query_id: str,
    text: str.optional(),
    show_alert: flag.optional(),
    url: str.optional(),
  }),
  (tg, params) => {
    const callback = tg.world.callbacks[params.callback_query_id];
    if (!callback || callback.answer || tg.now() - callback.at > CALLBACK_LIVES_MS) {
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    }
    const text = params.text ?? "";
    if (text.length > LONGEST_ANSWER) throw badRequest("MESSAGE_TOO_LONG");
    callback.answer = {
      text,
      style: params.show_alert ? "alert" : "toast",
      ...(params.url !== undefined && { url: params.url }),
    };
    announce(tg, { kind: "answer", callback });
    return true;
  },
);

/** https://core.telegram.org/bots/api#reactiontypeemoji */
const REACTIONS = new Set(
  "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split(
    " ",
  ),
);

const isReaction = (emoji: string): boolean => REACTIONS.has(emoji);

const setMessageReaction = method(
  z.looseObject({
    chat_id: int,
    message_id: int,
    reaction: json(z.array(z.looseObject({ type: z.string(), emoji: z.string().optional() }))).default([]),
    is_big: flag.optional(),
  }),
  (tg, params) => {
    const chat = writableChat(tg, params.chat_id);
    const stored = findMessage(chat, params.message_id, "message to react not found");
    if (params.reaction.length > 1) throw badRequest("REACTIONS_TOO_MANY");
    for (const { type, emoji } of params.reaction) {
      if (type !== "emoji" || !isReaction(emoji ?? "")) throw badRequest("REACTION_INVALID");
    }
    react(tg, chat, stored, null, params.reaction as unknown as ReactionType[]);
    return true;
  },
);

export const interactionMethods: Record<string, Method> = { answerCallbackQuery, setMessageReaction };
