import { z } from "zod";
import { botHasRight, memberGroup } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { spendSending } from "../limits.ts";
import { botUser, eraseTopic, openTopic, postService, setTopicState } from "../messages.ts";
import type { GroupChat } from "../state.ts";
import { announce, type Telegram } from "../telegram.ts";
import { type Method, method } from "./method.ts";
import { int, str } from "./schema.ts";
import { managedTopic } from "./target.ts";

const LONGEST_NAME = 128;
/** https://core.telegram.org/bots/api#createforumtopic */
const COLOURS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047];
const GENERAL_ACCENT = 0;

const inChat = { chat_id: int };
const inTopic = { ...inChat, message_thread_id: int };

/** What each act takes; deleting one deletes its messages: https://core.telegram.org/bots/api#deleteforumtopic */
const RIGHTS = {
  "create a topic": "can_manage_topics",
  "manage topics": "can_manage_topics",
  "delete the topic": "can_delete_messages",
} as const;

function forum(tg: Telegram, chatId: number, right: keyof typeof RIGHTS): GroupChat {
  const group = memberGroup(tg, chatId);
  if (group.forum !== "forum") throw badRequest("the chat is not a forum");
  if (!botHasRight(tg, group, RIGHTS[right])) throw badRequest(`not enough rights to ${right}`);
  return group;
}

function checkedName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === "") throw badRequest("topic name must be non-empty");
  if (trimmed.length > LONGEST_NAME) throw badRequest("topic name is too long");
  return trimmed;
}

const createForumTopic = method(
  z.looseObject({ ...inChat, name: str, icon_color: int.optional(), icon_custom_emoji_id: str.optional() }),
  (tg, params) => {
    const group = forum(tg, params.chat_id, "create a topic");
    const name = checkedName(params.name);
    const color = params.icon_color ?? COLOURS[0] ?? GENERAL_ACCENT;
    if (!COLOURS.includes(color)) throw badRequest("wrong topic icon color specified");
    spendSending(tg, group.id, 1);
    const emoji = params.icon_custom_emoji_id;
    const threadId = openTopic(tg, group, botUser(tg), name, { color, customEmojiId: emoji });
    return {
      message_thread_id: threadId,
      name,
      icon_color: color,
      ...(emoji !== undefined && { icon_custom_emoji_id: emoji }),
    };
  },
);

const editForumTopic = method(
  z.looseObject({ ...inTopic, name: str.optional(), icon_custom_emoji_id: str.optional() }),
  (tg, params) => {
    const group = forum(tg, params.chat_id, "manage topics");
    const topic = managedTopic(group, params.message_thread_id);
    const name = params.name === undefined ? topic.name : checkedName(params.name);
    const icon = params.icon_custom_emoji_id ?? topic.iconCustomEmojiId;
    if (name === topic.name && icon === topic.iconCustomEmojiId) throw badRequest("TOPIC_NOT_MODIFIED");
    postService(
      tg,
      group,
      botUser(tg),
      {
        forum_topic_edited: {
          ...(name !== topic.name && { name }),
          ...(icon !== undefined && icon !== topic.iconCustomEmojiId && { icon_custom_emoji_id: icon }),
        },
      },
      topic.threadId,
    );
    topic.name = name;
    if (icon !== undefined) topic.iconCustomEmojiId = icon;
    announce(tg, { kind: "chat", chatId: group.id });
    return true;
  },
);

function setState(state: "open" | "closed"): Method {
  return method(z.looseObject(inTopic), (tg, params) => {
    const group = forum(tg, params.chat_id, "manage topics");
    const topic = managedTopic(group, params.message_thread_id);
    if (!setTopicState(tg, group, botUser(tg), topic.threadId, state)) throw badRequest("TOPIC_NOT_MODIFIED");
    return true;
  });
}

const deleteForumTopic = method(z.looseObject(inTopic), (tg, params) => {
  const group = forum(tg, params.chat_id, "delete the topic");
  eraseTopic(tg, group, managedTopic(group, params.message_thread_id).threadId);
  return true;
});

const unpinAllForumTopicMessages = method(z.looseObject(inTopic), (tg, params) => {
  const group = forum(tg, params.chat_id, "manage topics");
  const { threadId } = managedTopic(group, params.message_thread_id);
  group.pinned = group.pinned.filter((id) => group.messages[id]?.message.message_thread_id !== threadId);
  tg.dirty();
  return true;
});

/** General: its open or closed state, and whether it's shown, each with the service line Telegram writes. */
function setGeneral(change: Partial<GroupChat["general"]>): Method {
  return method(z.looseObject({ ...inChat }), (tg, params) => {
    const group = forum(tg, params.chat_id, "manage topics");
    const next = { ...group.general, ...change };
    if (JSON.stringify(next) === JSON.stringify(group.general)) throw badRequest("TOPIC_NOT_MODIFIED");
    group.general = next;
    const line =
      change.visibility === "hidden"
        ? { general_forum_topic_hidden: {} }
        : change.visibility === "shown"
          ? { general_forum_topic_unhidden: {} }
          : change.state === "closed"
            ? { forum_topic_closed: {} }
            : { forum_topic_reopened: {} };
    postService(tg, group, botUser(tg), line);
    announce(tg, { kind: "chat", chatId: group.id });
    return true;
  });
}

const editGeneralForumTopic = method(z.looseObject({ ...inChat, name: str }), (tg, params) => {
  const group = forum(tg, params.chat_id, "manage topics");
  const name = checkedName(params.name);
  if (name === group.general.name) throw badRequest("TOPIC_NOT_MODIFIED");
  group.general.name = name;
  announce(tg, { kind: "chat", chatId: group.id });
  return true;
});

/** The server offers a fixed set of stickers; a bot only ever passes their custom emoji id back. */
const getForumTopicIconStickers = method(z.looseObject({}), () =>
  ["📰", "💬", "🔧", "❗", "✅"].map((emoji, i) => ({
    file_id: `CAACPlaygroundIcon${i}`,
    file_unique_id: `AgADIcon${i}`,
    type: "custom_emoji",
    width: 100,
    height: 100,
    is_animated: false,
    is_video: false,
    emoji,
    custom_emoji_id: String(5434144690511290129n + BigInt(i)),
    needs_repainting: false,
  })),
);

export const topicMethods: Record<string, Method> = {
  createForumTopic,
  editForumTopic,
  closeForumTopic: setState("closed"),
  reopenForumTopic: setState("open"),
  deleteForumTopic,
  unpinAllForumTopicMessages,
  editGeneralForumTopic,
  closeGeneralForumTopic: setGeneral({ state: "closed" }),
  reopenGeneralForumTopic: setGeneral({ state: "open" }),
  hideGeneralForumTopic: setGeneral({ visibility: "hidden" }),
  unhideGeneralForumTopic: setGeneral({ visibility: "shown" }),
  getForumTopicIconStickers,
};
