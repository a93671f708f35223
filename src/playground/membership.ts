import type { ChatMember, User } from "grammy/types";
import { chatObject } from "./chats.ts";
import { botUser, postService, seconds } from "./messages.ts";
import { type GroupChat, newGroup, type PrivateChat } from "./state.ts";
import { announce, type Telegram } from "./telegram.ts";
import { queueUpdate } from "./updates.ts";

function tellBot(
  tg: Telegram,
  chat: GroupChat | PrivateChat,
  by: User,
  before: ChatMember,
  after: ChatMember,
): void {
  queueUpdate(tg, chat.id, {
    my_chat_member: {
      chat: chatObject(tg, chat),
      from: by,
      date: seconds(tg.now()),
      old_chat_member: before,
      new_chat_member: after,
    },
  });
}

/** Changes what the bot is in a group: its rights, or whether it's there at all. */
export function setBotMember(tg: Telegram, group: GroupChat, after: ChatMember, by: User): void {
  const bot = botUser(tg);
  const before = group.members[bot.id] ?? { status: "left", user: bot };
  group.members[bot.id] = after;
  if (by.id !== bot.id || after.status === "left") tellBot(tg, group, by, before, after);
  announce(tg, { kind: "chat", chatId: group.id });
}

/** A customer blocks or unblocks the bot: `my_chat_member` in the private chat is all a bot learns of it. */
export function setBlocked(tg: Telegram, chat: PrivateChat, by: User, link: "blocked" | "started"): void {
  if (chat.link === link) return;
  const user = botUser(tg);
  const member: ChatMember = { status: "member", user };
  const kicked: ChatMember = { status: "kicked", user, until_date: 0 };
  chat.link = link;
  if (link === "blocked") tellBot(tg, chat, by, member, kicked);
  else tellBot(tg, chat, by, kicked, member);
  announce(tg, { kind: "chat", chatId: chat.id });
}

/**
 * Turns a group into a supergroup under a new id. As on the real server the new chat counts its messages
 * from one and has none of the old topics; both chats get their service message.
 */
export function migrateGroup(tg: Telegram, old: GroupChat, newId: number, by: User): GroupChat {
  const next = newGroup(newId, old.title, "supergroup", old.forum, structuredClone(old.members));
  tg.world.chats[newId] = next;
  postService(tg, old, by, { migrate_to_chat_id: newId });
  old.migratedTo = newId;
  if (tg.world.staffChatId === old.id) tg.world.staffChatId = newId;
  postService(tg, next, by, { migrate_from_chat_id: old.id });
  announce(tg, { kind: "people" });
  return next;
}
