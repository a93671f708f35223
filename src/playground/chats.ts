import type { Chat, ChatAdministratorRights, User } from "grammy/types";
import { badRequest, forbidden, migrated } from "./errors.ts";
import type { ChatState, GroupChat, Topic } from "./state.ts";
import { ANONYMOUS_ADMIN } from "./state.ts";
import type { Telegram } from "./telegram.ts";

/** The chat as it stands inside messages. */
export function chatObject(tg: Telegram, chat: ChatState): Chat {
  switch (chat.kind) {
    case "private": {
      const user = tg.world.people[chat.id]?.user;
      return {
        id: chat.id,
        type: "private",
        first_name: user?.first_name ?? "",
        ...(user?.last_name !== undefined && { last_name: user.last_name }),
        ...(user?.username !== undefined && { username: user.username }),
      };
    }
    case "group":
      return { id: chat.id, type: "group", title: chat.title };
    case "supergroup":
      return {
        id: chat.id,
        type: "supergroup",
        title: chat.title,
        ...(chat.forum === "forum" && { is_forum: true as const }),
      };
  }
}

/** Finds a chat the bot can know of: a private chat only once its owner wrote. */
export function findChat(tg: Telegram, id: number): ChatState {
  const chat = tg.world.chats[id];
  if (!chat) throw badRequest("chat not found");
  if (chat.kind !== "private") return chat;
  if (chat.link === "new" && !sharesGroup(tg, id)) throw badRequest("chat not found");
  return chat;
}

/** Finds a chat and checks that the bot may write there at all. */
export function writableChat(tg: Telegram, id: number): ChatState {
  const chat = findChat(tg, id);
  if (chat.kind === "private") {
    if (chat.link === "blocked") throw forbidden("bot was blocked by the user");
    if (chat.link === "new") throw forbidden("bot can't initiate conversation with a user");
    return chat;
  }
  return checkedGroup(tg, chat);
}

export function memberGroup(tg: Telegram, id: number): GroupChat {
  const chat = findChat(tg, id);
  if (chat.kind === "private") throw badRequest("there are no administrators in the private chat");
  return checkedGroup(tg, chat);
}

function checkedGroup(tg: Telegram, chat: GroupChat): GroupChat {
  if (chat.migratedTo !== undefined) throw migrated(chat.migratedTo);
  const status = chat.members[tg.world.bot.id]?.status ?? "left";
  if (status === "kicked") throw forbidden(`bot was kicked from the ${chat.kind} chat`);
  if (status === "left") throw forbidden(`bot is not a member of the ${chat.kind} chat`);
  return chat;
}

function sharesGroup(tg: Telegram, userId: number): boolean {
  return Object.values(tg.world.chats).some(
    (chat) => chat.kind !== "private" && userId in chat.members && tg.world.bot.id in chat.members,
  );
}

type Right = Exclude<keyof ChatAdministratorRights, "is_anonymous">;

export function botHasRight(tg: Telegram, group: GroupChat, right: Right): boolean {
  const member = group.members[tg.world.bot.id];
  return member?.status === "creator" || (member?.status === "administrator" && member[right] === true);
}

/** A forum topic that still exists; General isn't one. */
export function findTopic(group: GroupChat, threadId: number): Topic | null {
  const topic = group.topics[threadId];
  return topic && topic.state !== "deleted" ? topic : null;
}

/**
 * Where a bot's message goes. Thread 1 (General) is refused like an unknown thread: measured on the real
 * server, bots leave the id out there.
 */
export function checkThread(tg: Telegram, chat: ChatState, threadId: number | undefined): void {
  if (chat.kind === "private") {
    if (threadId !== undefined) throw badRequest("message thread not found");
    return;
  }
  if (threadId === undefined) {
    if (chat.forum === "forum" && chat.general.state === "closed" && refusedWhenClosed(tg, chat)) {
      throw badRequest("TOPIC_CLOSED");
    }
    return;
  }
  const topic = chat.forum === "forum" ? findTopic(chat, threadId) : null;
  if (!topic) throw badRequest("message thread not found");
  if (topic.state === "closed" && refusedWhenClosed(tg, chat)) throw badRequest("TOPIC_CLOSED");
}

const refusedWhenClosed = (tg: Telegram, chat: GroupChat): boolean =>
  tg.closedTopics === "bot-refused" || !botHasRight(tg, chat, "can_manage_topics");

export function findUser(tg: Telegram, id: number): User | null {
  if (id === tg.world.bot.id) return tg.world.bot;
  if (id === ANONYMOUS_ADMIN.id) return ANONYMOUS_ADMIN;
  return tg.world.people[id]?.user ?? null;
}
