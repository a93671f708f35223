import type { Message } from "grammy/types";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { FaultKind } from "../../src/playground/faults.ts";
import { UNLIMITED } from "../../test/support/limits.ts";
import { openLocalDesk } from "../../test/support/local.ts";

/** A fault that hits the first call of a method that it fits. */
export interface Planned {
  readonly method: string;
  readonly fault: FaultKind;
}

/** What can be read in the end, line by line, without what differs from run to run. */
export interface Seen {
  readonly customer: readonly string[];
  readonly group: readonly string[];
  /** The last topic's title and state, and what can be pressed on its last card. */
  readonly topic: string;
}

/** Any ticket's card: what it says differs with the time. */
export const CARD = "card";
const IS_CARD = /工单 #\d+ ·/u;
/** What is still to be sent within this time is waited for; a customer who is gone may stay away for a day. */
const SOON_MS = 20_000;
/** How long Telegram takes for a call that is held. */
const HELD_MS = 300;
const FIRST_CUSTOMER = 700_400_000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A local Telegram and a desk, in which one conversation is had after the other, each by a new customer. */
export async function openConversations(mind: Mind) {
  const desk = await openLocalDesk({ mind, limiter: UNLIMITED });
  const { control, playground, store } = desk;
  desk.run();

  /** All is handled and sent, or waits for somebody to come back. */
  async function calm(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      await sleep(40);
      const isBusy = await store.transaction(async (tx) => {
        const { inboxPending } = await tx.counts();
        const sending = await tx.dueDeliveries(desk.now() + SOON_MS, 1);
        const { pendingUpdates } = await control.counters();
        return inboxPending > 0 || sending.length > 0 || pendingUpdates > 0;
      });
      const { heldCalls } = await control.counters();
      if (heldCalls > 0) {
        await sleep(HELD_MS);
        await control.call("release", {});
      }
      quiet = isBusy || heldCalls > 0 ? 0 : quiet + 1;
    }
  }

  let customers = 0;
  async function converse(faults: readonly Planned[]): Promise<Seen> {
    customers += 1;
    const id = FIRST_CUSTOMER + customers;
    await control.call("addPerson", { id, role: "customer", first_name: `客户${id}` });
    for (const { method, fault } of faults)
      await control.injectFault({ method, fault, times: 1, ...chatOf(fault, id, playground.staffChatId) });
    const customer = control.customer(id);
    const agent = control.agent();
    const topics = async () => (await control.staff.topics()).filter(({ name }) => name.includes(`${id}`));
    const topic = async () => ({ topic: (await topics()).at(-1)?.threadId ?? 0 });
    const step = async <T>(act: () => Promise<T>): Promise<T> => {
      const done = await act();
      await calm();
      return done;
    };
    await step(() => customer.says("/hotline"));
    await step(() => customer.says("转人工"));
    await step(async () => agent.presses("接单", await topic()));
    await step(async () => agent.says("甲一", await topic()));
    const said = await step(() => customer.says("丙一"));
    await step(() => customer.sends({ media: "photo", caption: "丙二" }));
    await step(() =>
      customer.sends({ album: [1, 2].map((n) => ({ media: "photo" as const, caption: `丙三之${n}` })) }),
    );
    await sleep(800);
    await calm();
    await step(() => customer.edits(said.message_id, "丙一改"));
    await step(() => customer.reacts(said.message_id, "👍"));
    await step(async () => agent.sends({ media: "photo", caption: "甲二" }, await topic()));
    await step(async () => agent.says("甲三", await topic()));
    await step(async () => agent.says("/del", await topic()));
    await step(() => customer.says("/export"));
    await step(async () => agent.says("/close", await topic()));
    await step(() => customer.says("转人工"));
    await step(() => customer.says("丙四"));
    await step(async () => agent.says("/close", await topic()));
    await control.clearFaults();

    const inGroup: string[] = [];
    let pressable = "";
    for (const { threadId } of await topics()) {
      const transcript = await control.staff.transcript(threadId);
      inGroup.push(...linesOf(transcript, id));
      pressable = buttonsOf(transcript.findLast(({ message }) => IS_CARD.test(message.text ?? ""))?.message);
    }
    const last = (await topics()).at(-1);
    return {
      customer: linesOf(await customer.transcript(), id),
      group: inGroup,
      topic: plain(`${last?.name ?? ""} ${last?.state ?? "no topic"} ${pressable}`, id),
    };
  }

  return { converse, close: () => desk.close() };
}

/** Telegram says so only where it can: a thread is missing in the group, a customer blocks in their own chat. */
function chatOf({ kind }: FaultKind, customer: number, staffChatId: number): { chat?: number } {
  if (kind === "blocked") return { chat: customer };
  return kind === "threadNotFound" ? { chat: staffChatId } : {};
}

type Transcript = readonly { readonly message: Message; readonly reactions: unknown }[];

function buttonsOf(message: Message | undefined): string {
  const rows = message?.reply_markup?.inline_keyboard ?? [];
  return rows
    .flat()
    .map(({ text }) => text)
    .join(" ");
}

/** What the bot has in a chat. */
function linesOf(transcript: Transcript, id: number): string[] {
  return transcript.flatMap(({ message, reactions }) => {
    if (message.from?.is_bot !== true) return [];
    const { text, caption, contact, document, forum_topic_created: created } = message;
    const shown = text ?? caption ?? (contact ? "contact" : document ? "document" : "");
    if (shown === "" || created !== undefined) return [];
    return [plain(`${shown}${JSON.stringify(reactions).includes("👍") ? " 👍" : ""}`, id)];
  });
}

function plain(text: string, id: number): string {
  if (IS_CARD.test(text)) return CARD;
  return text
    .replaceAll(/#\d+/gu, "#")
    .replaceAll(`${id}`, "客户")
    .replaceAll(/\d+ ?分钟|\d\d:\d\d/gu, "…");
}
