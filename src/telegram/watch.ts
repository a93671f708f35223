import type { Logger } from "pino";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import type { Effect } from "../dialogue/types.ts";
import type { Store, Tx } from "../store/types.ts";
import type { StaffGroup, StaffGroups } from "./staff.ts";

export interface WatchRooms {
  readonly staff: StaffGroups;
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  readonly mind: () => Mind;
  readonly onCall: () => readonly number[];
  /** What waited for this group can go, or on-call agents have something to read. */
  readonly changed: (chatId: number) => void;
}

export interface StaffWatch {
  /** Asks Telegram how the groups are; says what has changed since, and wakes what waited. Never throws. */
  look(): Promise<void>;
}

const movedKey = (chatId: number) => `staff.moved.${chatId}`;
const troubleKey = (chatId: number) => `staff.trouble.${chatId}`;
/** A group that became a supergroup does so once; more steps than this are a circle. */
const MOVES = 5;

/** The ids that the configured groups have by now: a group that became a supergroup keeps its old one in the configuration. */
export async function currentIds(store: Store, configured: readonly number[]): Promise<number[]> {
  return store.transaction(async (tx) => {
    const ids = new Set<number>();
    for (const id of configured) ids.add(await followMoves(tx, id, MOVES));
    return [...ids];
  });
}

async function followMoves(tx: Tx, id: number, left: number): Promise<number> {
  const to = Number(await tx.setting(movedKey(id)));
  return left > 0 && Number.isSafeInteger(to) && to < 0 ? followMoves(tx, to, left - 1) : id;
}

/** Everything of a group follows it to its new id, after a restart too. */
export async function moveGroup(tx: Tx, from: number, to: number): Promise<void> {
  await tx.migrateChat(from, to);
  await tx.saveSetting(movedKey(from), `${to}`);
}

/**
 * Watches the staff groups. Each trouble is said once: in the log when it begins in this run, to the on-call agents
 * when it begins at all, with what to do about it.
 */
export function createStaffWatch(rooms: WatchRooms): StaffWatch {
  const { staff, store, log, now, mind, onCall, changed } = rooms;
  const said = new Map<number, string>();
  let looking: Promise<void> | undefined;
  let again = false;

  async function lookOnce(): Promise<void> {
    for (const { from, to } of await staff.check()) {
      log.info({ from, to }, "a staff group has a new id");
      await store.transaction((tx) => moveGroup(tx, from, to));
    }
    for (const group of staff.all()) await say(group);
  }

  async function say(group: StaffGroup): Promise<void> {
    const { chatId, trouble } = group;
    const state = trouble?.kind ?? "";
    if (said.get(chatId) === state) return;
    if (trouble !== null) log.error(trouble.advice);
    else if (said.has(chatId)) log.info({ chatId }, "the staff group is back");
    if (trouble === null && !group.isForum)
      log.info(
        { chatId },
        "the staff group has no topics: agents answer by replying to a customer's messages",
      );
    await store.transaction(async (tx) => {
      const before = (await tx.setting(troubleKey(chatId))) ?? "";
      if (before !== state) {
        await tx.saveSetting(troubleKey(chatId), state);
        await tx.enqueue(0, pages(chatId, trouble?.kind), now());
      }
      if (trouble === null) await tx.wakeTopics(now());
    });
    said.set(chatId, state);
    changed(chatId);
  }

  function pages(chatId: number, kind: NonNullable<StaffGroup["trouble"]>["kind"] | undefined) {
    const words = mind().say(STAFF_LANG);
    const chat = `${chatId}`;
    const text =
      kind === undefined ? words("staff.back", { chat }) : words(`staff.trouble.${kind}`, { chat });
    return onCall().map(
      (userId): Extract<Effect, { kind: "send" }> => ({
        kind: "send",
        to: { kind: "oncall", userId },
        lane: "human",
        message: { kind: "text", text },
      }),
    );
  }

  async function lookUntilCalm(): Promise<void> {
    do {
      again = false;
      await lookOnce().catch((error: unknown) =>
        log.warn({ err: error }, "the staff group couldn't be looked after; trying again"),
      );
    } while (again);
  }

  return {
    look() {
      // Asked meanwhile, it looks once more: what was seen may be older than the question.
      again = looking !== undefined;
      looking ??= lookUntilCalm().finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}
