import fc from "fast-check";
import type { Agent, CustomerId, TicketNumber } from "../../src/desk/types.ts";
import { CUSTOMER_COMMANDS } from "../../src/dialogue/commands.ts";
import { REMINDER_WORDS } from "../../src/dialogue/downgrade/reminder.ts";
import { REPAIR_ACTS, REPAIR_STEPS } from "../../src/dialogue/repair/request.ts";
import type { Button, Content, Event, MessageRef } from "../../src/dialogue/types.ts";
import { checkTheEnd } from "./laws.ts";
import { SAYINGS, type Said } from "./mind.ts";
import {
  AGENTS,
  decideAndDie,
  deliver,
  fireDue,
  handle,
  heldBy,
  type Outcome,
  refIn,
  remindersOf,
  SELLS,
  ticketOf,
  type World,
} from "./world.ts";

type Media = "photo" | "voice" | "album" | "location" | "contact";

/** One thing that happens in the world. */
export type Step =
  | {
      readonly do: "say";
      readonly who: number;
      readonly text: Said;
      readonly how: "own" | "forwarded" | "edited";
    }
  | { readonly do: "show"; readonly who: number; readonly media: Media; readonly caption: Said | "" }
  | {
      readonly do: "type";
      readonly who: number;
      readonly command: string;
      readonly argument: "" | "human" | "漳浦" | "en";
    }
  | { readonly do: "press"; readonly who: number; readonly button: CustomerButton; readonly n: number }
  | { readonly do: "leave" | "return" | "react"; readonly who: number }
  | {
      readonly do: "agent.say";
      readonly who: number;
      readonly agent: number;
      readonly what: "words" | "note" | "photo" | "edit" | "sell" | "sell by edit";
    }
  | { readonly do: "agent.type"; readonly who: number; readonly agent: number; readonly command: string }
  | {
      readonly do: "agent.press";
      readonly who: number;
      readonly agent: number;
      readonly button: "claim" | "take" | "reopen" | "close" | "send" | "change" | "unknown";
      readonly n: number;
    }
  /** The worker takes what has come, or dies in the middle of the first. */
  | { readonly do: "work" | "die" }
  | { readonly do: "send"; readonly queue: number; readonly many: number; readonly outcome: Outcome }
  | { readonly do: "clock"; readonly ms: number }
  | { readonly do: "staff"; readonly is: World["staff"] };

type CustomerButton =
  | "human"
  | "withdraw"
  | "score"
  | "forget"
  | "unknown"
  | "hotline"
  | "satisfaction"
  | "repair"
  | "place"
  | "remind"
  | "reminder"
  | "drop";

const who = fc.nat({ max: 5 });
const agent = fc.nat({ max: 2 });
const AGENT_COMMANDS = [
  "claim",
  "claim",
  "close",
  "close",
  "take",
  "transfer",
  "note",
  "history",
  "canned",
  "del",
  "ban",
  "unban",
  "unban",
  "nonsense",
] as const;

const LATER_MS = [1_000, 20_000, 90_000, 181_000, 400_000, 3_600_000, 3 * 24 * 3_600_000, -600_000] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("say" as const),
      who,
      text: fc.constantFrom(...SAYINGS),
      how: fc.constantFrom("own", "own", "own", "own", "forwarded", "edited"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("show" as const),
      who,
      media: fc.constantFrom("photo", "voice", "album", "location", "contact"),
      caption: fc.constantFrom("", "" as const, ...SAYINGS),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("type" as const),
      who,
      command: fc.constantFrom(...CUSTOMER_COMMANDS, "nonsense"),
      argument: fc.constantFrom("", "", "human", "漳浦", "en"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("press" as const),
      who,
      button: fc.constantFrom(
        "human",
        "withdraw",
        "score",
        "forget",
        "unknown",
        "hotline",
        "satisfaction",
        "repair",
        "repair",
        "place",
        "remind",
        "reminder",
        "drop",
      ),
      n: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("leave", "return", "react"), who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("agent.say" as const),
      who,
      agent,
      what: fc.constantFrom("words", "words", "note", "photo", "edit", "sell", "sell by edit"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("agent.type" as const),
      who,
      agent,
      command: fc.constantFrom(...AGENT_COMMANDS),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("agent.press" as const),
      who,
      agent,
      button: fc.constantFrom("claim", "take", "reopen", "close", "close", "send", "change", "unknown"),
      n: fc.nat({ max: 2 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom("work", "work", "work", "die") }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      queue: fc.nat({ max: 20 }),
      many: fc.integer({ min: 1, max: 8 }),
      outcome: fc.constantFrom("accepted", "accepted", "accepted, then died", "refused", "unreachable"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("clock" as const), ms: fc.constantFrom(...LATER_MS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("staff" as const),
      is: fc.constantFrom("ready", "ready", "unreachable", "absent"),
    }),
  },
);

/** Walks of up to 400 steps, as long as may be: short ones are for shrinking. */
export const walk: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 400, size: "max" });

/** Takes the steps in order, then lets everything that is pending come to its end. */
export function takeWalk(world: World, steps: readonly Step[]): void {
  for (const each of steps) take(world, each);
  work(world);
  fireDue(world);
  for (let rounds = 0; world.outbox.size > 0; rounds += 1) {
    if (rounds > 10_000) throw new Error("the outbox never runs empty");
    for (const queue of [...world.outbox.keys()]) deliver(world, queue, "accepted");
  }
  checkTheEnd(world);
}

const customerId = (who: number) => (700 + who) as CustomerId;
const STAFF_CHAT = -1001;
const agentOf = (at: number): Agent => AGENTS[at] ?? { id: 900 as Agent["id"], name: "客服小直" };

function take(world: World, each: Step): void {
  switch (each.do) {
    case "work":
      work(world);
      return;
    case "die": {
      const [first] = world.inbox;
      if (first !== undefined) decideAndDie(world, first.customerId, first.event);
      return;
    }
    case "clock":
      world.at += each.ms;
      fireDue(world);
      return;
    case "staff":
      world.staff = each.is;
      return;
    case "send": {
      const queues = [...world.outbox.keys()];
      const queue = queues[each.queue % Math.max(1, queues.length)];
      if (queue === undefined) return;
      for (let at = 0; at < each.many; at += 1) deliver(world, queue, each.outcome);
      return;
    }
    default:
      world.inbox.push({ customerId: customerId(each.who), event: eventOf(world, each) });
  }
}

function work(world: World): void {
  for (let next = world.inbox.shift(); next !== undefined; next = world.inbox.shift())
    handle(world, next.customerId, next.event);
}

type Arriving = Extract<Step, { who: number }>;

function eventOf(world: World, each: Arriving): Event {
  const id = customerId(each.who);
  const profile = {
    name: `客户${each.who}`,
    username: null,
    languageCode: each.who % 2 === 0 ? "zh-hans" : "en",
  };
  switch (each.do) {
    case "say": {
      const content: Content = { kind: "text", text: each.text };
      const ref = refIn(world, id);
      if (each.how === "edited") return { kind: "customer.edited", content, ref };
      return {
        kind: "customer.message",
        profile,
        content,
        ref,
        replyTo: null,
        forwarded: each.how === "forwarded",
      };
    }
    case "show": {
      const content = contentOf(each.media, each.caption);
      return {
        kind: "customer.message",
        profile,
        content,
        ref: refIn(world, id),
        replyTo: null,
        forwarded: false,
      };
    }
    case "type":
      return {
        kind: "customer.command",
        profile,
        command: each.command,
        argument: each.argument,
        ref: refIn(world, id),
      };
    case "press":
      return {
        kind: "customer.button",
        profile,
        button: customerButton(world, id, each.button, each.n),
        callbackId: `${refIn(world, id).messageId}`,
      };
    case "leave":
      return { kind: "customer.blocked" };
    case "return":
      return { kind: "customer.unblocked" };
    case "react":
      return { kind: "customer.reacted", ref: { chatId: id, messageId: 1 }, emoji: "👍" };
    case "agent.say": {
      const ref = refIn(world, STAFF_CHAT);
      const by = agentOf(each.agent);
      const content = agentContent(each.what);
      if (each.what === "edit" || each.what === "sell by edit")
        return { kind: "agent.edited", agent: by, content, ref: lastSaid(world, id) ?? ref };
      return { kind: "agent.message", agent: by, content, ref, replyTo: null };
    }
    case "agent.type":
      return {
        kind: "agent.command",
        agent: agentOf(each.agent),
        command: each.command,
        argument: each.command === "note" ? "老客户" : each.command === "transfer" ? "客服小达" : "",
        ref: refIn(world, STAFF_CHAT),
      };
    case "agent.press": {
      const button = agentButton(world, id, each.button, each.n);
      return {
        kind: "agent.button",
        agent: agentOf(each.agent),
        button,
        callbackId: `${refIn(world, STAFF_CHAT).messageId}`,
      };
    }
  }
}

/** What an agent would edit: what is held, else what they said last. */
function lastSaid(world: World, id: CustomerId): MessageRef | null {
  const [held] = heldBy(world, id);
  const lines = world.customers.get(id)?.lines ?? [];
  return held?.ref ?? lines.findLast(({ speaker }) => speaker === "agent")?.ref ?? null;
}

function agentButton(
  world: World,
  id: CustomerId,
  kind: Extract<Step, { do: "agent.press" }>["button"],
  n: number,
): Button {
  switch (kind) {
    case "unknown":
      return { kind };
    case "send":
    case "change": {
      const messageId = heldBy(world, id)[n]?.ref.messageId ?? 1;
      return { kind: "held", act: kind, messageId };
    }
    default:
      return { kind, ticket: ((ticketOf(world, id)?.number ?? 1) - n) as TicketNumber };
  }
}

function contentOf(media: Media, caption: string): Content {
  switch (media) {
    case "location":
      return { kind: "location", latitude: 24.1, longitude: 117.6 };
    case "contact":
      return { kind: "contact", phone: "+8613800000000", name: "客户" };
    case "album":
      return { kind: "media", media: "photo", caption, album: "a1" };
    default:
      return { kind: "media", media, caption, album: null };
  }
}

function agentContent(what: Extract<Step, { do: "agent.say" }>["what"]): Content {
  switch (what) {
    case "note":
      return { kind: "text", text: "// 老客户" };
    case "photo":
      return { kind: "media", media: "photo", caption: "请看", album: null };
    case "sell":
    case "sell by edit":
      return { kind: "text", text: SELLS };
    default:
      return { kind: "text", text: "您好，请说" };
  }
}

function customerButton(world: World, id: CustomerId, kind: CustomerButton, n: number): Button {
  switch (kind) {
    case "score":
      return { kind, ticket: (ticketOf(world, id)?.number ?? 1) as TicketNumber, score: n };
    case "repair":
      return {
        kind,
        act: REPAIR_ACTS[n % REPAIR_ACTS.length] ?? "register",
        step: REPAIR_STEPS[(n * 3) % REPAIR_STEPS.length] ?? "place",
      };
    case "place":
      return { kind, code: n > 2 ? "350623" : "999999" };
    case "hotline":
    case "satisfaction":
      return { kind: "intent", intent: kind };
    case "remind":
      return { kind, of: "callback", at: world.at + (n - 1) * 3_600_000 };
    case "reminder":
    case "drop": {
      const theirs = remindersOf(world, id);
      const reminder = theirs[n % Math.max(1, theirs.length)]?.id ?? n;
      if (kind === "drop") return { kind: "reminder.drop", reminder };
      return { kind, reminder, word: REMINDER_WORDS[n % REMINDER_WORDS.length] ?? "done" };
    }
    default:
      return { kind };
  }
}
