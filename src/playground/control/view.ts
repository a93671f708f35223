import { privateCommands } from "../methods/account.ts";
import type { ChatState, GroupChat, Stored, Topic } from "../state.ts";
import type { Change, Telegram } from "../telegram.ts";

export type TopicView = Topic & { messages: number };

/** Topics that exist, in the order they were made. */
export function topicViews(group: GroupChat): TopicView[] {
  const count = (threadId: number) =>
    Object.values(group.messages).filter(
      ({ message }) => message.is_topic_message && message.message_thread_id === threadId,
    ).length;
  return Object.values(group.topics)
    .filter(({ state }) => state !== "deleted")
    .map((topic) => ({ ...topic, messages: count(topic.threadId) }));
}

/** A chat without its messages, as the page's lists need it. */
function chatView(tg: Telegram, chat: ChatState) {
  if (chat.kind === "private") {
    const language = tg.world.people[chat.id]?.user.language_code ?? "";
    const commands = privateCommands(tg.world.commands, chat.id, language);
    return { id: chat.id, kind: chat.kind, link: chat.link, keyboard: chat.keyboard, commands };
  }
  const status = chat.members[tg.world.bot.id]?.status ?? "left";
  return {
    id: chat.id,
    kind: chat.kind,
    title: chat.title,
    forum: chat.forum,
    general: chat.general,
    topics: topicViews(chat),
    bot: status,
  };
}

type ChatView = ReturnType<typeof chatView>;
export type PageChat = ChatView & { messages: Stored[] };

/** A change as the page gets it: a changed chat brings its head along, so that the page needn't ask. */
export type ShownChange =
  | Exclude<Change, { kind: "chat" }>
  | (Extract<Change, { kind: "chat" }> & { chat: ChatView | null });

export function shownChange(tg: Telegram, change: Change): ShownChange {
  if (change.kind !== "chat") return change;
  const chat = tg.world.chats[change.chatId];
  return { ...change, chat: chat ? chatView(tg, chat) : null };
}

/** The whole world as the page draws it. */
export function snapshot(tg: Telegram) {
  const { world } = tg;
  const shown = Object.values(world.chats).filter(
    (chat) => chat.kind === "private" || chat.migratedTo === undefined,
  );
  return {
    seq: world.counters.seq,
    bot: { id: world.bot.id, first_name: world.bot.first_name, username: world.bot.username },
    staffChatId: world.staffChatId,
    people: Object.values(world.people),
    chats: shown.map((chat): PageChat => ({ ...chatView(tg, chat), messages: Object.values(chat.messages) })),
  };
}
