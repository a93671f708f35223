import type { Api } from "grammy";
import { GrammyError } from "grammy";

/** What is wrong with a staff group, for the words in which on-call agents are told. */
export type TroubleKind =
  | "not_found"
  | "not_group"
  | "not_member"
  | "not_admin"
  | "no_topics_right"
  | "deactivated"
  | "refused";

export interface Trouble {
  readonly kind: TroubleKind;
  /** What is wrong and what to do about it, for the log. */
  readonly advice: string;
}

/** What is known of one staff group, now. */
export interface StaffGroup {
  readonly chatId: number;
  readonly isForum: boolean;
  /** Null when the group works. */
  readonly trouble: Trouble | null;
}

/** The staff groups and how they are: what `DeskPolicy.staff` is told from. */
export interface StaffGroups {
  /** A group that works, else any; undefined where none is configured. */
  first(): StaffGroup | undefined;
  all(): readonly StaffGroup[];
  /**
   * Where a customer without a place gets one: of the groups that work, the one with the fewest open tickets.
   * One that looks well but refused a message is asked again only when there is no other.
   */
  shortest(open: ReadonlyMap<number, number>): StaffGroup | undefined;
  byId(chatId: number): StaffGroup | undefined;
  has(chatId: number): boolean;
  standing(): "ready" | "absent" | "unreachable";
  /** Asks Telegram how each group is; returns the groups that have a new id. */
  check(): Promise<readonly { readonly from: number; readonly to: number }[]>;
  /** Telegram refused a message to this group: trouble, until one arrives or the group is seen to be mended. */
  report(chatId: number, reason: string): void;
  /** A message arrived in this group. */
  worked(chatId: number): void;
  migrate(from: number, to: number): void;
}

interface Known {
  readonly isForum: boolean;
  /** What asking Telegram showed. */
  readonly seen: Trouble | null;
  /** What a refused message told. */
  readonly told: Trouble | null;
}

const UNKNOWN: Known = { isForum: true, seen: null, told: null };

export function createStaffGroups(api: Api, botId: () => number, chatIds: readonly number[]): StaffGroups {
  const groups = new Map<number, Known>(chatIds.map((chatId) => [chatId, UNKNOWN]));
  const groupOf = ([chatId, { isForum, seen, told }]: [number, Known]): StaffGroup => ({
    chatId,
    isForum,
    trouble: seen ?? told,
  });
  const all = () => [...groups].map(groupOf);

  function migrate(from: number, to: number): void {
    const known = groups.get(from);
    if (known === undefined) return;
    groups.delete(from);
    groups.set(to, { ...known, seen: null, told: null });
  }

  return {
    all,
    first: () => all().find((group) => group.trouble === null) ?? all()[0],
    shortest(open) {
      const well = all().filter((group) => group.trouble === null);
      const askable =
        well.length > 0 ? well : [...groups].filter(([, { seen }]) => seen === null).map(groupOf);
      const openIn = ({ chatId }: StaffGroup) => open.get(chatId) ?? 0;
      return askable.sort((a, b) => openIn(a) - openIn(b))[0];
    },
    byId: (chatId) => {
      const known = groups.get(chatId);
      return known && groupOf([chatId, known]);
    },
    has: (chatId) => groups.has(chatId),
    standing() {
      if (groups.size === 0) return "absent";
      return all().some((group) => group.trouble === null) ? "ready" : "unreachable";
    },
    async check() {
      const moved: { from: number; to: number }[] = [];
      for (const [asked, before] of [...groups]) {
        const seen = await look(api, botId(), asked);
        if (seen === undefined) continue;
        if (seen.chatId !== asked) {
          migrate(asked, seen.chatId);
          moved.push({ from: asked, to: seen.chatId });
        }
        const { told } = groups.get(seen.chatId) ?? before;
        const mended = before.seen !== null && seen.trouble === null;
        groups.set(seen.chatId, { isForum: seen.isForum, seen: seen.trouble, told: mended ? null : told });
      }
      return moved;
    },
    report(chatId, reason) {
      const known = groups.get(chatId);
      if (known !== undefined) groups.set(chatId, { ...known, told: troubleOf(chatId, reason) });
    },
    worked(chatId) {
      const known = groups.get(chatId);
      if (known !== undefined && known.told !== null) groups.set(chatId, { ...known, told: null });
    },
    migrate,
  };
}

/** How a group looks to the bot; undefined where Telegram itself can't be asked: then nothing new is known. */
async function look(api: Api, botId: number, chatId: number): Promise<StaffGroup | undefined> {
  try {
    const chat = await api.getChat(chatId);
    const isForum = "is_forum" in chat && chat.is_forum === true;
    const me = await api.getChatMember(chatId, botId);
    return { chatId, isForum, trouble: rightsTrouble(chatId, chat.type, isForum, me) };
  } catch (error) {
    if (!(error instanceof GrammyError)) return undefined;
    const { error_code: code, description, parameters } = error;
    if (parameters.migrate_to_chat_id !== undefined) return look(api, botId, parameters.migrate_to_chat_id);
    // 404: this Bot API doesn't know the method, which says nothing of the group.
    if (code === 429 || code === 404 || code >= 500) return undefined;
    return { chatId, isForum: true, trouble: troubleOf(chatId, description) };
  }
}

function rightsTrouble(
  chatId: number,
  type: string,
  isForum: boolean,
  me: Awaited<ReturnType<Api["getChatMember"]>>,
): Trouble | null {
  if (type !== "supergroup" && type !== "group")
    return { kind: "not_group", advice: `STAFF_CHAT_ID ${chatId} is a ${type}: give the id of a group` };
  if (me.status === "left" || me.status === "kicked")
    return {
      kind: "not_member",
      advice: `the bot isn't in the staff group ${chatId}: add it as an administrator with "Manage topics"`,
    };
  if (me.status === "restricted" && !me.can_send_messages)
    return {
      kind: "refused",
      advice: `the bot may not write in the staff group ${chatId}: lift its restriction, or make it an administrator with "Manage topics"`,
    };
  if (!isForum) return null;
  if (me.status !== "administrator")
    return {
      kind: "not_admin",
      advice: `the bot isn't an administrator of ${chatId}: make it one, with "Manage topics"`,
    };
  if (me.can_manage_topics === false)
    return {
      kind: "no_topics_right",
      advice: `the bot lacks the right "Manage topics" in ${chatId}: group settings → Administrators → the bot`,
    };
  return null;
}

function troubleOf(chatId: number, reason: string): Trouble {
  const asked = `staff group ${chatId}: Telegram says "${reason}"`;
  if (/chat not found|PEER_ID_INVALID/iu.test(reason))
    return {
      kind: "not_found",
      advice: `${asked}: check STAFF_CHAT_ID (a group's id is negative, like -1001234567890) and that the bot is a member`,
    };
  if (/deactivated|was deleted/iu.test(reason))
    return {
      kind: "deactivated",
      advice: `${asked}: the group is gone; make a new one and set STAFF_CHAT_ID to its id`,
    };
  if (/kicked|not a member/iu.test(reason))
    return {
      kind: "not_member",
      advice: `${asked}: add the bot to the group again, as an administrator with "Manage topics"`,
    };
  if (/rights|CHAT_ADMIN_REQUIRED|administrator/iu.test(reason))
    return {
      kind: "no_topics_right",
      advice: `${asked}: make the bot an administrator with "Manage topics"`,
    };
  return {
    kind: "refused",
    advice: `${asked}: let the bot write there, as an administrator with "Manage topics"`,
  };
}
