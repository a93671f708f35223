import type { Chat, InlineKeyboardMarkup, Message, MessageEntity, ReactionType, User } from "grammy/types";
import { chatObject, findTopic } from "./chats.ts";
import { badRequest } from "./errors.ts";
import type { ChatState, GroupChat, Stored } from "./state.ts";
import { announce, type Telegram } from "./telegram.ts";
import { botMayRead, queueUpdate } from "./updates.ts";

/** What a message says: any of the API's content fields. */
export type Content = Partial<Omit<Message, "message_id" | "chat" | "date" | "from">>;

export interface Draft {
  chat: ChatState;
  from: User;
  senderChat?: Chat | undefined;
  threadId?: number | undefined;
  replyTo?: number | undefined;
  content: Content;
  markup?: InlineKeyboardMarkup | undefined;
}

/** The bot as it appears in messages: getMe shows more. */
export function botUser(tg: Telegram): User {
  const { id, first_name, username } = tg.world.bot;
  return { id, is_bot: true, first_name, username };
}

function nextMessageId(tg: Telegram, chat: ChatState): number {
  if (chat.kind === "supergroup") {
    chat.lastMessageId += 1;
    return chat.lastMessageId;
  }
  // Private chats and basic groups share one box of the account, as on the real server.
  tg.world.counters.message += 1;
  return tg.world.counters.message;
}

/** Telegram's own clock is in seconds. */
export const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Puts a message into a chat, and queues it for the bot when someone else wrote it. */
export function post(tg: Telegram, draft: Draft): Stored {
  const { chat, from, content } = draft;
  const replied = draft.replyTo === undefined ? undefined : chat.messages[draft.replyTo]?.message;
  const message: Message = {
    message_id: nextMessageId(tg, chat),
    from,
    ...(draft.senderChat && { sender_chat: draft.senderChat }),
    chat: chatObject(tg, chat),
    date: seconds(tg.now()),
    ...threadFields(chat, draft.threadId, replied),
    ...content,
    ...(draft.markup && { reply_markup: draft.markup }),
  };
  const stored: Stored = { message, seq: 0, reactions: {} };
  chat.messages[message.message_id] = stored;
  announce(tg, { kind: "message", chatId: chat.id, stored });
  if (from.id !== tg.world.bot.id) offer(tg, chat, "message", message);
  return stored;
}

function threadFields(chat: ChatState, threadId: number | undefined, replied: Message | undefined): Content {
  const reply = replied && { reply_to_message: asReplied(replied) };
  if (chat.kind !== "supergroup") return { ...reply };
  const topicId = threadId ?? (replied?.is_topic_message ? replied.message_thread_id : undefined);
  if (topicId !== undefined) {
    // Every message of a topic is, for the server, a reply to the message that opened it.
    const opening = chat.messages[topicId]?.message;
    const shown = reply ?? (opening && { reply_to_message: asReplied(opening) });
    return { message_thread_id: topicId, is_topic_message: true, ...shown };
  }
  // Outside topics a reply still bears a thread id: that of the message which began the thread.
  if (replied) return { message_thread_id: replied.message_thread_id ?? replied.message_id, ...reply };
  return {};
}

function asReplied(message: Message): NonNullable<Message["reply_to_message"]> {
  const { reply_to_message: _, ...rest } = structuredClone(message);
  return rest as NonNullable<Message["reply_to_message"]>;
}

/** Tells the bot of a message, new or edited, where Telegram would. */
function offer(tg: Telegram, chat: ChatState, kind: "message" | "edited_message", message: Message): void {
  if (chat.kind === "private" ? chat.link !== "started" : !botMayRead(tg, chat, message)) return;
  // The types split a message by chat and by edit; ours is one object that is all of them.
  queueUpdate(tg, chat.id, { [kind]: message });
}

/** A line that Telegram itself writes: topic created, pinned, joined. */
export function postService(
  tg: Telegram,
  chat: ChatState,
  from: User,
  content: Content,
  threadId?: number,
): Stored {
  return post(tg, { chat, from, content, threadId });
}

export function findMessage(chat: ChatState, id: number, missing: string): Stored {
  const stored = chat.messages[id];
  if (!stored) throw badRequest(missing);
  return stored;
}

/** Replaces a message's words or buttons in place. Undefined leaves a field, null removes it. */
export interface Edit {
  text?: string;
  entities?: MessageEntity[];
  caption?: string | null;
  captionEntities?: MessageEntity[];
  media?: Content;
  markup?: InlineKeyboardMarkup | null;
}

const MEDIA_FIELDS = ["photo", "video", "animation", "audio", "document"] as const;

export function applyEdit(
  tg: Telegram,
  chat: ChatState,
  stored: Stored,
  edit: Edit,
  editor: "bot" | "person",
): void {
  const { message } = stored;
  if (edit.media) {
    for (const field of [...MEDIA_FIELDS, "caption", "caption_entities"] as const) delete message[field];
    Object.assign(message, edit.media);
  }
  if (edit.text !== undefined) {
    message.text = edit.text;
    setOrDelete(message, "entities", edit.entities?.length ? edit.entities : null);
  }
  if (edit.caption !== undefined) {
    setOrDelete(message, "caption", edit.caption || null);
    setOrDelete(message, "caption_entities", edit.captionEntities?.length ? edit.captionEntities : null);
  }
  if (edit.markup !== undefined) setOrDelete(message, "reply_markup", edit.markup);
  message.edit_date = seconds(tg.now());
  announce(tg, { kind: "message", chatId: chat.id, stored });
  if (editor === "person") offer(tg, chat, "edited_message", message);
}

function setOrDelete<K extends "entities" | "caption" | "caption_entities" | "reply_markup">(
  message: Message,
  key: K,
  value: NonNullable<Message[K]> | null,
): void {
  if (value === null) delete message[key];
  else message[key] = value;
}

/** Removes messages. Bots aren't told: Telegram has no update for it. */
export function removeMessages(tg: Telegram, chat: ChatState, ids: readonly number[]): number[] {
  const gone = ids.filter((id) => chat.messages[id]);
  for (const id of gone) delete chat.messages[id];
  chat.pinned = chat.pinned.filter((id) => !gone.includes(id));
  if (gone.length > 0) announce(tg, { kind: "gone", chatId: chat.id, messageIds: gone });
  return gone;
}

/** Sets one actor's reactions; `actor` null is the bot, of whose own reactions it isn't told. */
export function react(
  tg: Telegram,
  chat: ChatState,
  stored: Stored,
  actor: { user: User } | { group: GroupChat } | null,
  reactions: ReactionType[],
): void {
  const actorId = actor === null ? tg.world.bot.id : "user" in actor ? actor.user.id : actor.group.id;
  const old = stored.reactions[actorId] ?? [];
  if (reactions.length > 0) stored.reactions[actorId] = reactions;
  else delete stored.reactions[actorId];
  announce(tg, { kind: "message", chatId: chat.id, stored });
  if (actor === null || !botSeesReactions(tg, chat)) return;
  queueUpdate(tg, chat.id, {
    message_reaction: {
      chat: chatObject(tg, chat),
      message_id: stored.message.message_id,
      ...("user" in actor ? { user: actor.user } : { actor_chat: chatObject(tg, actor.group) }),
      date: seconds(tg.now()),
      old_reaction: old,
      new_reaction: reactions,
    },
  });
}

/** In groups only administrators are told of reactions: https://core.telegram.org/bots/api#update */
function botSeesReactions(tg: Telegram, chat: ChatState): boolean {
  if (chat.kind === "private") return chat.link === "started";
  return chat.members[tg.world.bot.id]?.status === "administrator";
}

/** The messages of a topic, or of General (and of a group without topics) when `threadId` is null. */
export function messagesIn(chat: ChatState, threadId: number | null): Stored[] {
  const inTopic = (m: Message) => (m.is_topic_message ? (m.message_thread_id ?? null) : null);
  return Object.values(chat.messages).filter(({ message }) => inTopic(message) === threadId);
}

/** Opens a topic: its service message's id is the thread's id. */
export function openTopic(
  tg: Telegram,
  group: GroupChat,
  by: User,
  name: string,
  icon: { color: number; customEmojiId?: string | undefined },
): number {
  const created = {
    name,
    icon_color: icon.color as 7322096,
    ...(icon.customEmojiId !== undefined && { icon_custom_emoji_id: icon.customEmojiId }),
  };
  const threadId = group.lastMessageId + 1;
  group.topics[threadId] = {
    threadId,
    name,
    iconColor: icon.color,
    ...(icon.customEmojiId !== undefined && { iconCustomEmojiId: icon.customEmojiId }),
    state: "open",
  };
  postService(tg, group, by, { forum_topic_created: created }, threadId);
  announce(tg, { kind: "chat", chatId: group.id });
  return threadId;
}

/** Closes or reopens a topic, with the line that says so. False when it already was. */
export function setTopicState(
  tg: Telegram,
  group: GroupChat,
  by: User,
  threadId: number,
  state: "open" | "closed",
): boolean {
  const topic = findTopic(group, threadId);
  if (!topic || topic.state === state) return false;
  topic.state = state;
  postService(
    tg,
    group,
    by,
    state === "closed" ? { forum_topic_closed: {} } : { forum_topic_reopened: {} },
    threadId,
  );
  announce(tg, { kind: "chat", chatId: group.id });
  return true;
}

/** Deletes a topic with all its messages. No update tells of it. */
export function eraseTopic(tg: Telegram, group: GroupChat, threadId: number): void {
  const topic = findTopic(group, threadId);
  if (!topic) return;
  const ids = messagesIn(group, threadId).map(({ message }) => message.message_id);
  topic.state = "deleted";
  removeMessages(tg, group, ids);
  announce(tg, { kind: "chat", chatId: group.id });
}
