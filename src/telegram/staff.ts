import type { Api } from "grammy";
import { GrammyError } from "grammy";

/** What is known of one staff group, now. */
export interface StaffGroup {
  readonly chatId: number;
  readonly isForum: boolean;
  /** Null when the group works; else what is wrong and what to do about it, for the log. */
  readonly trouble: string | null;
}

/** The staff groups and how they are: what `DeskPolicy.staff` is told from. */
export interface StaffGroups {
  /** Where new tickets go; undefined where none is configured. */
  first(): StaffGroup | undefined;
  byId(chatId: number): StaffGroup | undefined;
  has(chatId: number): boolean;
  standing(): "ready" | "absent" | "unreachable";
  /** Asks Telegram how each group is; returns those in trouble. */
  check(): Promise<readonly StaffGroup[]>;
  /** Telegram refused a message to this group. */
  report(chatId: number, reason: string): void;
  migrate(from: number, to: number): void;
}

export function createStaffGroups(api: Api, botId: () => number, chatIds: readonly number[]): StaffGroups {
  const groups = new Map<number, StaffGroup>(
    chatIds.map((chatId) => [chatId, { chatId, isForum: true, trouble: null }]),
  );
  return {
    first: () => [...groups.values()].find((group) => group.trouble === null) ?? [...groups.values()][0],
    byId: (chatId) => groups.get(chatId),
    has: (chatId) => groups.has(chatId),
    standing() {
      if (groups.size === 0) return "absent";
      return [...groups.values()].some((group) => group.trouble === null) ? "ready" : "unreachable";
    },
    async check() {
      for (const chatId of [...groups.keys()]) {
        const seen = await look(api, botId(), chatId);
        groups.delete(chatId);
        groups.set(seen.chatId, seen);
      }
      return [...groups.values()].filter((group) => group.trouble !== null);
    },
    report(chatId, reason) {
      const group = groups.get(chatId);
      if (group !== undefined) groups.set(chatId, { ...group, trouble: adviceFor(chatId, reason) });
    },
    migrate(from, to) {
      const group = groups.get(from);
      if (group === undefined) return;
      groups.delete(from);
      groups.set(to, { ...group, chatId: to, trouble: null });
    },
  };
}

async function look(api: Api, botId: number, chatId: number): Promise<StaffGroup> {
  try {
    const chat = await api.getChat(chatId);
    const isForum = "is_forum" in chat && chat.is_forum === true;
    const me = await api.getChatMember(chatId, botId);
    return { chatId, isForum, trouble: rightsTrouble(chatId, chat.type, isForum, me) };
  } catch (error) {
    if (!(error instanceof GrammyError)) return { chatId, isForum: true, trouble: null };
    const migrated = error.parameters.migrate_to_chat_id;
    if (migrated !== undefined) return look(api, botId, migrated);
    return { chatId, isForum: true, trouble: adviceFor(chatId, error.description) };
  }
}

function rightsTrouble(
  chatId: number,
  type: string,
  isForum: boolean,
  me: Awaited<ReturnType<Api["getChatMember"]>>,
): string | null {
  if (type !== "supergroup" && type !== "group")
    return `STAFF_CHAT_ID ${chatId} is a ${type}: give the id of a group`;
  if (me.status === "left" || me.status === "kicked")
    return `the bot isn't in the staff group ${chatId}: add it as an administrator with "Manage topics"`;
  if (!isForum) return null;
  if (me.status !== "administrator")
    return `the bot isn't an administrator of ${chatId}: make it one, with "Manage topics"`;
  if (me.can_manage_topics !== true)
    return `the bot lacks the right "Manage topics" in ${chatId}: group settings → Administrators → the bot`;
  return null;
}

function adviceFor(chatId: number, reason: string): string {
  const asked = `staff group ${chatId}: Telegram says "${reason}"`;
  if (/chat not found/iu.test(reason))
    return `${asked}: check STAFF_CHAT_ID (a group's id is negative, like -1001234567890) and that the bot is a member`;
  if (/rights|CHAT_ADMIN_REQUIRED|CHAT_WRITE_FORBIDDEN|administrator/iu.test(reason))
    return `${asked}: make the bot an administrator with "Manage topics"`;
  return `${asked}: add the bot to the group again, as an administrator with "Manage topics"`;
}
