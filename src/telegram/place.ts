import type { Api } from "grammy";
import { topicTitle } from "../dialogue/handoff.ts";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import type { Address } from "../dialogue/types.ts";
import type { Store, Topic, Tx } from "../store/types.ts";
import type { StaffGroups } from "./staff.ts";
import type { TopicIcons } from "./topic-icons.ts";

/** Where a message goes at Telegram. */
export interface Place {
  readonly chatId: number;
  readonly threadId: number | null;
  /** In a group without topics, the card that holds a customer's messages together. */
  readonly card: number | null;
}

/** Telegram's longest topic title. */
const TITLE = 128;

/** A topic is made for somebody who waits; its colour can't be changed later, and shows where there is no icon. */
const AMBER = 0xff_d6_7e;

/** A title that Telegram takes, cut between characters. */
export function titleOf(text: string): string {
  return [...text].slice(0, TITLE).join("");
}

/**
 * The chat a message goes to and whether a topic must be made first. A customer who has no place in a staff group
 * gets one here; it is theirs from then on. Undefined: no group takes them now.
 */
export async function chatOf(
  staff: StaffGroups,
  tx: Tx,
  to: Address,
): Promise<{ readonly chatId: number; readonly topics: 0 | 1 } | undefined> {
  switch (to.kind) {
    case "customer":
      return { chatId: to.customerId, topics: 0 };
    case "oncall":
      return { chatId: to.userId, topics: 0 };
    case "general":
      return { chatId: to.chatId, topics: 0 };
    case "topic": {
      const known = await tx.topic(to.customerId);
      const theirs = known === undefined ? undefined : staff.byId(known.staffChatId);
      if (known !== undefined && theirs !== undefined && (isMovedIn(known) || theirs.trouble === null))
        return { chatId: theirs.chatId, topics: theirs.isForum && known.threadId === null ? 1 : 0 };
      const group = staff.shortest(await tx.openByGroup());
      if (group === undefined) return undefined;
      const topic = { customerId: to.customerId, staffChatId: group.chatId };
      await tx.saveTopic({ ...topic, threadId: null, cardMessageId: null });
      return { chatId: group.chatId, topics: group.isForum ? 1 : 0 };
    }
  }
}

/** Something of the customer's is in the group already: they stay. */
function isMovedIn({ threadId, cardMessageId }: Topic): boolean {
  return threadId !== null || cardMessageId !== null;
}

export interface PlaceRooms {
  readonly api: Api;
  readonly store: Store;
  readonly staff: StaffGroups;
  readonly mind: () => Mind;
  readonly icons: TopicIcons;
  /** Writes down what has happened at Telegram already: tries until it is written. */
  readonly commit: (work: (tx: Tx) => Promise<void>) => Promise<void>;
}

/** No staff group takes the customer: the message waits until one does. */
export class NoStaffGroup extends Error {
  override readonly name = "NoStaffGroup";
}

/**
 * Where an address is, making the customer's topic when there is none: the only place where topics are made, and
 * one delivery of a queue is on its way at a time, so there is one topic each.
 * @throws GrammyError | HttpError | NoStaffGroup
 */
export async function placeOf(rooms: PlaceRooms, to: Address): Promise<Place> {
  switch (to.kind) {
    case "customer":
      return { chatId: to.customerId, threadId: null, card: null };
    case "oncall":
      return { chatId: to.userId, threadId: null, card: null };
    case "general":
      return { chatId: to.chatId, threadId: null, card: null };
    case "topic": {
      const { staffChatId, threadId, cardMessageId } = await topicOf(rooms, to.customerId);
      return { chatId: staffChatId, threadId, card: threadId === null ? cardMessageId : null };
    }
  }
}

async function topicOf(
  { api, store, staff, mind, icons, commit }: PlaceRooms,
  customerId: number,
): Promise<Topic> {
  const { known, customer, ticket } = await store.transaction(async (tx) => ({
    known: await tx.topic(customerId),
    ...(await tx.snapshot(customerId, 0)),
  }));
  const group = known === undefined ? undefined : staff.byId(known.staffChatId);
  if (known === undefined || group === undefined) throw new NoStaffGroup();
  if (known.threadId !== null || !group.isForum) return known;
  const title = ticket === null ? customer.name : topicTitle(ticket, customer, mind().say(STAFF_LANG));
  const { message_thread_id: threadId } = await api.createForumTopic(
    group.chatId,
    titleOf(title) || `${customerId}`,
    { icon_color: AMBER, ...(await icons.of(ticket?.status)) },
  );
  const topic: Topic = { customerId, staffChatId: group.chatId, threadId, cardMessageId: null };
  await commit((tx) => tx.saveTopic(topic));
  return topic;
}
