import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from "grammy/types";
import type { z } from "zod";
import { checkThread, findTopic, writableChat } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { spendSending } from "../limits.ts";
import { botUser, type Content, post } from "../messages.ts";
import type { ChatState, Stored } from "../state.ts";
import { announce, type Telegram } from "../telegram.ts";
import type { replyMarkup, replyParameters } from "./schema.ts";

type Markup = z.output<typeof replyMarkup>;

/** What every send method takes beside its content. */
export interface Target {
  chat_id: number;
  message_thread_id?: number | undefined;
  protect_content?: boolean | undefined;
  reply_parameters?: z.output<typeof replyParameters> | undefined;
  reply_to_message_id?: number | undefined;
  allow_sending_without_reply?: boolean | undefined;
  reply_markup?: Markup | undefined;
}

const LONGEST_CALLBACK_BYTES = 64;
const LONGEST_COPY_TEXT = 256;

/** Checks an inline keyboard as the server does; null for any other markup. */
export function inlineKeyboard(markup: Markup | undefined): InlineKeyboardMarkup | null {
  if (!markup || !("inline_keyboard" in markup)) return null;
  const rows = (markup as { inline_keyboard: Record<string, unknown>[][] }).inline_keyboard.filter(
    (r) => r.length > 0,
  );
  for (const button of rows.flat()) {
    const data = button.callback_data;
    const isAction = Object.keys(button).some(
      (key) => !["text", "style", "icon_custom_emoji_id"].includes(key),
    );
    if (!isAction) throw badRequest("text buttons are unallowed in the inline keyboard");
    if (!String(button.text).trim()) throw badRequest("inline keyboard button text must be non-empty");
    if (typeof data === "string" && (data === "" || Buffer.byteLength(data) > LONGEST_CALLBACK_BYTES)) {
      throw badRequest("BUTTON_DATA_INVALID");
    }
    if (!isCopyable(button.copy_text)) throw badRequest("BUTTON_COPY_TEXT_INVALID");
    if (typeof button.url === "string" && !/^(https?|tg|ton):\/\/\S+$/i.test(button.url)) {
      const why = /^\w+:/.test(button.url) ? "Unsupported URL protocol" : "Wrong HTTP URL";
      throw badRequest(`inline keyboard button URL '${button.url}' is invalid: ${why}`);
    }
  }
  return rows.length > 0 ? ({ inline_keyboard: rows } as unknown as InlineKeyboardMarkup) : null;
}

/** Also of a button that copies nothing. */
function isCopyable(copied: unknown): boolean {
  if (copied === undefined) return true;
  const text = typeof copied === "object" && copied !== null && "text" in copied ? copied.text : undefined;
  return typeof text === "string" && text !== "" && text.length <= LONGEST_COPY_TEXT;
}

interface Place {
  chat: ChatState;
  threadId: number | undefined;
  replyTo: number | undefined;
}

/** Resolves where to send: chat, topic and the message replied to, with the server's refusals. */
export function resolveTarget(tg: Telegram, target: Target): Place {
  const chat = writableChat(tg, target.chat_id);
  const replied = target.reply_parameters?.message_id ?? target.reply_to_message_id;
  const lenient =
    target.reply_parameters?.allow_sending_without_reply ?? target.allow_sending_without_reply ?? false;
  const original = replied === undefined ? undefined : chat.messages[replied]?.message;
  if (replied !== undefined && !original && !lenient) throw badRequest("message to be replied not found");
  const threadId =
    target.message_thread_id ?? (original?.is_topic_message ? original.message_thread_id : undefined);
  checkThread(tg, chat, threadId);
  return { chat, threadId, replyTo: original?.message_id };
}

/** Sends one message of the bot. */
export function sendContent(tg: Telegram, target: Target, content: Content): Stored {
  const [stored] = sendContents(tg, target, [content]);
  if (!stored) throw new Error("one content gives one message");
  return stored;
}

/** Sends several messages of the bot to one place: an album, copies. Counted against the limits together. */
export function sendContents(tg: Telegram, target: Target, contents: readonly Content[]): Stored[] {
  const { chat, threadId, replyTo } = resolveTarget(tg, target);
  const markup = inlineKeyboard(target.reply_markup);
  spendSending(tg, chat.id, contents.length);
  const sent = contents.map((content) =>
    post(tg, {
      chat,
      from: botUser(tg),
      threadId,
      replyTo,
      content: { ...content, ...(target.protect_content && { has_protected_content: true as const }) },
      markup: markup ?? undefined,
    }),
  );
  applyReplyKeyboard(tg, chat, target.reply_markup);
  return sent;
}

function applyReplyKeyboard(tg: Telegram, chat: ChatState, markup: Markup | undefined): void {
  if (chat.kind !== "private" || !markup) return;
  if ("keyboard" in markup) chat.keyboard = markup as unknown as ReplyKeyboardMarkup;
  else if ("remove_keyboard" in markup) chat.keyboard = null;
  else return;
  announce(tg, { kind: "chat", chatId: chat.id });
}

/** The topic of a management call, or the server's refusal. */
export function managedTopic(group: Parameters<typeof findTopic>[0], threadId: number) {
  if (group.forum !== "forum") throw badRequest("the chat is not a forum");
  const topic = findTopic(group, threadId);
  if (!topic) throw badRequest(group.topics[threadId] ? "TOPIC_DELETED" : "TOPIC_ID_INVALID");
  return topic;
}
