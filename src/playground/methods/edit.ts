import { z } from "zod";
import { botHasRight, memberGroup, writableChat } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { mediaContent } from "../media.ts";
import { applyEdit, type Edit, findMessage, removeMessages } from "../messages.ts";
import type { ChatState, Stored } from "../state.ts";
import type { Telegram } from "../telegram.ts";
import { type Method, method } from "./method.ts";
import {
  captioned,
  entities,
  fileRef,
  int,
  json,
  messageIds,
  parseMode,
  replyMarkup,
  str,
} from "./schema.ts";
import { resolveFile } from "./send.ts";
import { inlineKeyboard } from "./target.ts";
import { captionContent, captionFields, textContent } from "./text.ts";

/** Bots may delete within two days: https://core.telegram.org/bots/api#deletemessage */
const DELETABLE_FOR_MS = 48 * 3600 * 1000;

const edited = { chat_id: int, message_id: int, reply_markup: replyMarkup.optional() };

function ownMessage(tg: Telegram, chatId: number, messageId: number): { chat: ChatState; stored: Stored } {
  const chat = writableChat(tg, chatId);
  const stored = findMessage(chat, messageId, "message to edit not found");
  if (stored.message.from?.id !== tg.world.bot.id) throw badRequest("message can't be edited");
  return { chat, stored };
}

/** Applies a bot's edit, unless it changes nothing: Telegram refuses those. An absent keyboard is removed. */
function change(
  tg: Telegram,
  params: { chat_id: number; message_id: number; reply_markup?: z.output<typeof replyMarkup> | undefined },
  edit: (stored: Stored) => Edit,
) {
  const { chat, stored } = ownMessage(tg, params.chat_id, params.message_id);
  const before = fingerprint(stored);
  const wanted: Edit = { ...edit(stored), markup: inlineKeyboard(params.reply_markup) };
  const trial = structuredClone(stored);
  applyQuietly(trial, wanted);
  if (fingerprint(trial) === before) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  }
  applyEdit(tg, chat, stored, wanted, "bot");
  return stored.message;
}

function applyQuietly({ message }: Stored, edit: Edit): void {
  if (edit.text !== undefined) Object.assign(message, { text: edit.text, entities: edit.entities });
  if (edit.caption !== undefined) {
    Object.assign(message, { caption: edit.caption || undefined, caption_entities: edit.captionEntities });
  }
  if (edit.media) {
    delete message.caption;
    Object.assign(message, edit.media);
  }
  if (edit.markup !== undefined) Object.assign(message, { reply_markup: edit.markup ?? undefined });
}

function fingerprint({ message: m }: Stored): string {
  const files = [m.photo, m.video, m.document, m.audio, m.animation];
  const marks = [m.entities ?? [], m.caption_entities ?? []];
  return JSON.stringify([m.text, m.caption, marks, m.reply_markup?.inline_keyboard ?? [], files]);
}

const editMessageText = method(
  z.looseObject({ ...edited, text: str.default(""), parse_mode: parseMode, entities: entities.optional() }),
  (tg, params) =>
    change(tg, params, ({ message }) => {
      if (message.text === undefined) throw badRequest("there is no text in the message to edit");
      return textContent(params.text, params);
    }),
);

const editMessageCaption = method(z.looseObject({ ...edited, ...captioned }), (tg, params) =>
  change(tg, params, ({ message }) => {
    if (
      !message.photo &&
      !message.video &&
      !message.document &&
      !message.audio &&
      !message.voice &&
      !message.animation
    ) {
      throw badRequest("there is no caption in the message to edit");
    }
    return captionContent(params);
  }),
);

const editMessageReplyMarkup = method(z.looseObject(edited), (tg, params) => change(tg, params, () => ({})));

const editMessageMedia = method(
  z.looseObject({
    ...edited,
    media: json(
      z.looseObject({
        type: z.enum(["photo", "video", "animation", "audio", "document"]),
        media: fileRef,
        ...captioned,
      }),
    ),
  }),
  async (tg, params, context) => {
    ownMessage(tg, params.chat_id, params.message_id);
    const file = await resolveFile(tg, params.media.media, context);
    const media = { ...mediaContent(params.media.type, file), ...captionFields(params.media) };
    return change(tg, params, () => ({ media }));
  },
);

function deletable(tg: Telegram, chat: ChatState, { message }: Stored): boolean {
  const isOwn = message.from?.id === tg.world.bot.id;
  const isYoung = tg.now() - message.date * 1000 < DELETABLE_FOR_MS;
  if (chat.kind === "private") return isYoung;
  if (message.forum_topic_created) return false;
  return botHasRight(tg, chat, "can_delete_messages") || (isOwn && isYoung);
}

const deleteMessage = method(
  z.looseObject({ chat_id: int, message_id: int }),
  (tg, { chat_id, message_id }) => {
    const chat = writableChat(tg, chat_id);
    const stored = findMessage(chat, message_id, "message to delete not found");
    if (!deletable(tg, chat, stored)) throw badRequest("message can't be deleted");
    removeMessages(tg, chat, [message_id]);
    return true;
  },
);

const deleteMessages = method(z.looseObject({ chat_id: int, message_ids: messageIds }), (tg, params) => {
  const chat = writableChat(tg, params.chat_id);
  const gone = params.message_ids.filter((id) => {
    const stored = chat.messages[id];
    return stored && deletable(tg, chat, stored);
  });
  removeMessages(tg, chat, gone);
  return true;
});

const pin = z.looseObject({ chat_id: int, message_id: int.optional() });

function checkPinRight(tg: Telegram, chatId: number): ChatState {
  const chat = writableChat(tg, chatId);
  if (chat.kind !== "private" && !botHasRight(tg, memberGroup(tg, chatId), "can_pin_messages")) {
    throw badRequest("not enough rights to manage pinned messages in the chat");
  }
  return chat;
}

const pinChatMessage = method(pin, (tg, params) => {
  const chat = checkPinRight(tg, params.chat_id);
  const { message } = findMessage(chat, params.message_id ?? 0, "message to pin not found");
  chat.pinned = [...chat.pinned.filter((id) => id !== message.message_id), message.message_id];
  tg.dirty();
  return true;
});

const unpinChatMessage = method(pin, (tg, params) => {
  const chat = checkPinRight(tg, params.chat_id);
  const id = params.message_id ?? chat.pinned.at(-1);
  if (id === undefined || !chat.pinned.includes(id)) throw badRequest("message to unpin not found");
  chat.pinned = chat.pinned.filter((other) => other !== id);
  tg.dirty();
  return true;
});

const unpinAllChatMessages = method(pin, (tg, params) => {
  checkPinRight(tg, params.chat_id).pinned = [];
  tg.dirty();
  return true;
});

export const editMethods: Record<string, Method> = {
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageMedia,
  deleteMessage,
  deleteMessages,
  pinChatMessage,
  unpinChatMessage,
  unpinAllChatMessages,
};
