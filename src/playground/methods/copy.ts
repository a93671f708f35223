import type { Message, MessageOrigin } from "grammy/types";
import { z } from "zod";
import { findChat } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { type Content, findMessage } from "../messages.ts";
import type { ChatState } from "../state.ts";
import type { Telegram } from "../telegram.ts";
import { type Method, method } from "./method.ts";
import { captioned, flag, int, messageIds, target } from "./schema.ts";
import { newAlbumId } from "./send.ts";
import { inlineKeyboard, resolveTarget, sendContent, sendContents } from "./target.ts";
import { captionFields } from "./text.ts";

const COPIED = [
  "text",
  "entities",
  "photo",
  "video",
  "animation",
  "audio",
  "document",
  "voice",
  "video_note",
  "sticker",
  "caption",
  "caption_entities",
  "contact",
  "location",
  "venue",
  "dice",
  "has_media_spoiler",
  "show_caption_above_media",
] as const;

/** What a message says, without who said it and where. Null for service messages: they can't be copied. */
function copyableContent(message: Message): Content | null {
  const kept = COPIED.filter((field) => message[field] !== undefined).map((field) => [field, message[field]]);
  return kept.length > 0 ? structuredClone(Object.fromEntries(kept)) : null;
}

function originOf(message: Message): MessageOrigin {
  if (message.forward_origin) return message.forward_origin;
  const date = message.date;
  if (message.sender_chat) return { type: "chat", date, sender_chat: message.sender_chat };
  return { type: "user", date, sender_user: message.from ?? { id: 0, is_bot: false, first_name: "" } };
}

const source = { from_chat_id: int };

const copyMessage = method(
  z.looseObject({ ...target, ...source, ...captioned, message_id: int }),
  (tg, params) => {
    resolveTarget(tg, params);
    const { message } = findMessage(
      findChat(tg, params.from_chat_id),
      params.message_id,
      "message to copy not found",
    );
    const content = copyableContent(message);
    if (!content || message.has_protected_content) throw badRequest("message can't be copied");
    if (params.caption !== undefined && content.text === undefined) {
      delete content.caption;
      delete content.caption_entities;
      Object.assign(content, captionFields(params));
    }
    inlineKeyboard(params.reply_markup);
    return { message_id: sendContent(tg, params, content).message.message_id };
  },
);

const copyMessages = method(
  z.looseObject({ ...target, ...source, message_ids: messageIds, remove_caption: flag.optional() }),
  (tg, params) => {
    resolveTarget(tg, params);
    const found = present(findChat(tg, params.from_chat_id), params.message_ids);
    const contents = withAlbums(tg, found, copyableContent);
    if (contents.length === 0) throw badRequest("there are no messages to copy");
    if (params.remove_caption) {
      for (const content of contents) {
        delete content.caption;
        delete content.caption_entities;
      }
    }
    return sendContents(tg, params, contents).map(({ message }) => ({ message_id: message.message_id }));
  },
);

const forwardMessage = method(z.looseObject({ ...target, ...source, message_id: int }), (tg, params) => {
  resolveTarget(tg, params);
  const { message } = findMessage(
    findChat(tg, params.from_chat_id),
    params.message_id,
    "message to forward not found",
  );
  const content = forwardContent(message);
  if (!content) throw badRequest("message can't be forwarded");
  return sendContent(tg, params, content).message;
});

const forwardMessages = method(
  z.looseObject({ ...target, ...source, message_ids: messageIds }),
  (tg, params) => {
    resolveTarget(tg, params);
    const found = present(findChat(tg, params.from_chat_id), params.message_ids);
    const contents = withAlbums(tg, found, forwardContent);
    if (contents.length === 0) throw badRequest("there are no messages to forward");
    return sendContents(tg, params, contents).map(({ message }) => ({ message_id: message.message_id }));
  },
);

function forwardContent(message: Message): Content | null {
  const content = copyableContent(message);
  return content && !message.has_protected_content ? { ...content, forward_origin: originOf(message) } : null;
}

/** The ids must rise strictly; missing messages are skipped silently. */
function present(chat: ChatState, ids: readonly number[]): Message[] {
  if (ids.some((id, i) => i > 0 && id <= (ids[i - 1] ?? 0))) {
    throw badRequest("message identifiers must be in a strictly increasing order");
  }
  return ids.flatMap((id) => chat.messages[id]?.message ?? []);
}

/** Contents in order, silently without what can't go; albums stay albums under a new id. */
function withAlbums(tg: Telegram, messages: Message[], take: (m: Message) => Content | null): Content[] {
  const albums = new Map<string, string>();
  const takes = messages.flatMap((message) => {
    const content = take(message);
    return content ? [{ content, album: message.media_group_id }] : [];
  });
  return takes.map(({ content, album }) => {
    if (album === undefined || takes.filter((t) => t.album === album).length < 2) return content;
    const id = albums.get(album) ?? newAlbumId(tg);
    albums.set(album, id);
    return { ...content, media_group_id: id };
  });
}

export const copyMethods: Record<string, Method> = {
  copyMessage,
  copyMessages,
  forwardMessage,
  forwardMessages,
};
