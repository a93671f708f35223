import type {
  BotCommand,
  ChatMember,
  Message,
  ReactionType,
  ReplyKeyboardMarkup,
  Update,
  User,
  UserFromGetMe,
} from "grammy/types";

/** A message as the Bot API shows it, with what only the local world knows about it. */
export interface Stored {
  message: Message;
  /** The world's sequence number of its last change: new, edited, reacted to, pressed. */
  seq: number;
  /** Reactions by actor id (a user's, the bot's, or the group's when anonymous). */
  reactions: Record<string, ReactionType[]>;
}

type TopicState = "open" | "closed" | "deleted";

export interface Topic {
  threadId: number;
  name: string;
  iconColor: number;
  iconCustomEmojiId?: string;
  state: TopicState;
}

interface ChatBase {
  id: number;
  /** By message id; integer keys keep the order. A deleted message is gone from here. */
  messages: Record<number, Stored>;
  pinned: number[];
}

export interface PrivateChat extends ChatBase {
  kind: "private";
  /** `new`: never started, the bot may not write. `blocked`: the customer blocked the bot. */
  link: "new" | "started" | "blocked";
  keyboard: ReplyKeyboardMarkup | null;
}

export interface GroupChat extends ChatBase {
  kind: "group" | "supergroup";
  title: string;
  forum: "forum" | "plain";
  members: Record<number, ChatMember>;
  topics: Record<number, Topic>;
  general: { name: string; state: "open" | "closed"; visibility: "shown" | "hidden" };
  /** Supergroups number their own messages; basic groups and private chats share the account's numbers. */
  lastMessageId: number;
  migratedTo?: number;
}

export type ChatState = PrivateChat | GroupChat;

export interface Person {
  user: User;
  role: "customer" | "agent";
}

export interface StoredFile {
  fileId: string;
  fileUniqueId: string;
  path: string;
  name: string;
  mime: string;
  size: number;
}

export interface PendingUpdate {
  update: Update;
  /** The chat, because a webhook keeps the order within one. */
  lane: number;
  at: number;
}

export interface WebhookSettings {
  url: string;
  secret: string;
  maxConnections: number;
  lastErrorAt?: number;
  lastError?: string;
}

export interface CallbackState {
  id: string;
  userId: number;
  chatId: number;
  messageId: number;
  data: string;
  at: number;
  answer: { text: string; style: "toast" | "alert"; url?: string } | null;
}

/** Everything that is true in the local Telegram. Plain JSON, so it can be written to a file and read back. */
export interface World {
  version: 1;
  bot: UserFromGetMe;
  token: string;
  people: Record<number, Person>;
  chats: Record<number, ChatState>;
  staffChatId: number;
  queue: PendingUpdate[];
  allowedUpdates: string[] | null;
  webhook: WebhookSettings | null;
  commands: Record<string, BotCommand[]>;
  callbacks: Record<string, CallbackState>;
  files: Record<string, StoredFile>;
  profile: Record<string, string>;
  counters: { seq: number; update: number; message: number; callback: number; file: number; album: number };
}

/** Who anonymous administrators appear as: https://core.telegram.org/bots/api#message, `from`. */
export const ANONYMOUS_ADMIN: User = {
  id: 1087968824,
  is_bot: true,
  first_name: "Group",
  username: "GroupAnonymousBot",
};

/** What of the world a caller may choose; everything has a generic default. */
export interface Preset {
  token: string;
  botUsername: string;
  privacy: "on" | "off";
  staffGroup: {
    id: number;
    title: string;
    kind: "forum" | "supergroup" | "group";
    bot: "admin" | "member" | "absent";
  };
  customers: User[];
  agents: User[];
}

export const DEFAULT_PRESET: Preset = {
  token: "7000000001:PLAYGROUND-local-only-not-a-secret0",
  botUsername: "zhida_playground_bot",
  privacy: "on",
  staffGroup: { id: -1001000000001, title: "客服组", kind: "forum", bot: "admin" },
  customers: [
    {
      id: 700100001,
      is_bot: false,
      first_name: "客户甲",
      username: "customer_jia",
      language_code: "zh-hans",
    },
    { id: 700100002, is_bot: false, first_name: "客户乙", language_code: "zh-hant" },
    { id: 700100003, is_bot: false, first_name: "Customer", last_name: "C", language_code: "en" },
  ],
  agents: [
    { id: 700200001, is_bot: false, first_name: "客服小直", username: "agent_zhi", language_code: "zh-hans" },
    { id: 700200002, is_bot: false, first_name: "客服小达", username: "agent_da", language_code: "zh-hans" },
  ],
};

const ALL_RIGHTS = {
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: true,
  can_edit_stories: true,
  can_delete_stories: true,
  can_pin_messages: true,
  can_manage_topics: true,
  can_send_welcome_messages: true,
};

/** An administrator with every right a staff group can give. */
export function administrator(user: User): ChatMember {
  return { status: "administrator", user, can_be_edited: false, ...ALL_RIGHTS };
}

export function newGroup(
  id: number,
  title: string,
  kind: GroupChat["kind"],
  forum: GroupChat["forum"],
  members: GroupChat["members"],
): GroupChat {
  return {
    kind,
    id,
    title,
    forum,
    members,
    messages: {},
    pinned: [],
    topics: {},
    general: { name: "General", state: "open", visibility: "shown" },
    lastMessageId: 0,
  };
}

function newPrivateChat(userId: number): PrivateChat {
  return { kind: "private", id: userId, messages: {}, pinned: [], link: "new", keyboard: null };
}

function botMember(bot: User, how: Preset["staffGroup"]["bot"]): ChatMember {
  if (how === "admin") return administrator(bot);
  return how === "member" ? { status: "member", user: bot } : { status: "left", user: bot };
}

const UPDATE_IDS_FROM = Date.UTC(2024, 0, 1);

/**
 * Where update ids go on: tenths of a second since 2024, so that a world begun anew, beside a bot that
 * remembers the old one's updates, doesn't repeat them. Stays below 2³¹ until 2030.
 */
function updateIdAt(now: number): number {
  return Math.floor((now - UPDATE_IDS_FROM) / 100);
}

/** Ids that a crash may have kept from being written down. */
const POSSIBLY_LOST = 1_000;

/** A world read back goes on with ids that it can't have given before. */
export function resumeWorld(world: World, now: number): World {
  const { counters } = world;
  counters.update = Math.max(counters.update + POSSIBLY_LOST, updateIdAt(now));
  counters.message += POSSIBLY_LOST;
  counters.callback += POSSIBLY_LOST;
  for (const chat of Object.values(world.chats)) {
    if (chat.kind === "supergroup") chat.lastMessageId += POSSIBLY_LOST;
  }
  return world;
}

export function createWorld(preset: Preset, now: number): World {
  const botId = Number(preset.token.split(":")[0]);
  if (!Number.isSafeInteger(botId))
    throw new Error(`a bot token starts with the bot's id: got ${preset.token}`);
  const bot: UserFromGetMe = {
    id: botId,
    is_bot: true,
    first_name: "Zhida 直达",
    username: preset.botUsername,
    can_join_groups: true,
    can_read_all_group_messages: preset.privacy === "off",
    can_manage_bots: false,
    supports_inline_queries: false,
    supports_guest_queries: false,
    supports_join_request_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  };
  const { staffGroup: staff } = preset;
  const members: GroupChat["members"] = { [botId]: botMember(bot, staff.bot) };
  preset.agents.forEach((user, i) => {
    members[user.id] = i === 0 ? { status: "creator", user, is_anonymous: false } : administrator(user);
  });
  const group = newGroup(
    staff.id,
    staff.title,
    staff.kind === "group" ? "group" : "supergroup",
    staff.kind === "forum" ? "forum" : "plain",
    members,
  );
  const people: World["people"] = {};
  const chats: World["chats"] = { [group.id]: group };
  for (const [role, users] of [
    ["customer", preset.customers],
    ["agent", preset.agents],
  ] as const) {
    for (const user of users) {
      people[user.id] = { user, role };
      chats[user.id] = newPrivateChat(user.id);
    }
  }
  return {
    version: 1,
    bot,
    token: preset.token,
    people,
    chats,
    staffChatId: group.id,
    queue: [],
    allowedUpdates: null,
    webhook: null,
    commands: {},
    callbacks: {},
    files: {},
    profile: {},
    counters: { seq: 0, update: updateIdAt(now), message: 0, callback: 0, file: 0, album: 0 },
  };
}

/** Adds a person with an untouched private chat; an agent also joins the staff group as an administrator. */
export function addPerson(world: World, user: User, role: Person["role"]): void {
  world.people[user.id] = { user, role };
  world.chats[user.id] ??= newPrivateChat(user.id);
  const staff = world.chats[world.staffChatId];
  if (role === "agent" && staff && staff.kind !== "private") staff.members[user.id] = administrator(user);
}
