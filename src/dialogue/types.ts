import type { DeskFacts } from "../desk/facts.ts";
import type { ServiceFigures } from "../desk/service.ts";
import type { Agent, Customer, CustomerId, Ticket, TicketNumber, TranscriptLine } from "../desk/types.ts";
import type { IntentId, Lang } from "../knowledge/types.ts";
import type { TextLang } from "../nlu/types.ts";
import type { PlaceReading } from "../places/types.ts";
import type { HeldAct, HeldMessage } from "./agent/held.ts";
import type { DowngradeCase, Sector } from "./downgrade/case.ts";
import type { LetterAct, LetterDraft, LetterSlot } from "./downgrade/letter-draft.ts";
import type { Letter } from "./downgrade/letter-text.ts";
import type {
  Reminder,
  ReminderAbout,
  ReminderId,
  ReminderOutcome,
  ReminderWord,
} from "./downgrade/reminder.ts";
import type { RepairAct, RepairRequest, RepairStep } from "./repair/request.ts";

/** A message as Telegram names it. */
export interface MessageRef {
  readonly chatId: number;
  readonly messageId: number;
}

/** What was said. Media stays at Telegram and is copied from there; we keep its kind and caption. */
export type Content =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "media";
      readonly media: string;
      readonly caption: string;
      readonly album: string | null;
      /** Telegram's unique id of the file (`file_unique_id`). */
      readonly file?: string;
    }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number }
  | { readonly kind: "contact"; readonly phone: string; readonly name: string };

/** A pressed inline button; `callback_data` is this, packed into 64 bytes by `telegram/buttons.ts`. */
export type Button =
  | { readonly kind: "intent"; readonly intent: IntentId }
  | { readonly kind: "human" }
  | { readonly kind: "withdraw" }
  /** A complaint letter: what to do with the slot, or what it is. */
  | { readonly kind: "letter"; readonly act: LetterAct; readonly slot: LetterSlot }
  | { readonly kind: "letter.sector"; readonly sector: Sector }
  | { readonly kind: "letter.recipient"; readonly recipient: string }
  /** Show the case log. */
  | { readonly kind: "entries" }
  | { readonly kind: "forget" }
  /** The downgrade guide: where it begins, a sector for an answer (null: for the list of what happens), none of it. */
  | { readonly kind: "guide.open" }
  | { readonly kind: "guide"; readonly sector: Sector; readonly intent: IntentId | null }
  | { readonly kind: "guide.unlisted" }
  | { readonly kind: "repair"; readonly act: RepairAct; readonly step: RepairStep }
  | { readonly kind: "place"; readonly code: string }
  | { readonly kind: "places.more"; readonly code: string; readonly from: number }
  | { readonly kind: "score"; readonly ticket: TicketNumber; readonly score: number }
  | { readonly kind: "claim"; readonly ticket: TicketNumber }
  | { readonly kind: "close"; readonly ticket: TicketNumber }
  /** On the card of a ticket that somebody serves, and of one that is closed. */
  | { readonly kind: "take"; readonly ticket: TicketNumber }
  | { readonly kind: "reopen"; readonly ticket: TicketNumber }
  /** Remind of a provider's promise or of a charge: at the time the button was offered with, epoch ms. */
  | { readonly kind: "remind"; readonly of: "callback" | "window" | "charge"; readonly at: number }
  /** A step of the ladder was taken, then or (null) when it is pressed: remind when its time is over. */
  | {
      readonly kind: "remind.rung";
      readonly sector: Sector;
      readonly rung: string;
      readonly since: number | null;
    }
  /** The customer's word on a reminder that came. */
  | { readonly kind: "reminder"; readonly word: ReminderWord; readonly reminder: ReminderId }
  | { readonly kind: "reminder.drop"; readonly reminder: ReminderId }
  /** Takes back the reminder set at `setAt`, epoch ms: when the button is made it has no id yet. */
  | { readonly kind: "reminder.undo"; readonly setAt: number }
  | { readonly kind: "reminders" }
  /** Send once more what Telegram refused: the delivery's id in the outbox. */
  | { readonly kind: "retry"; readonly delivery: number }
  /** What becomes of an agent's message that is held: its id in the topic's group. */
  | { readonly kind: "held"; readonly act: HeldAct; readonly messageId: number }
  /** From another version of the bot, or forged: answered usefully all the same. */
  | { readonly kind: "unknown" };

/** What the customer's Telegram profile says, refreshed with every event of theirs. */
export interface Profile {
  readonly name: string;
  readonly username: string | null;
  readonly languageCode: string | null;
}

/** Something that happened to one customer's conversation. */
export type Event =
  | {
      readonly kind: "customer.message";
      readonly profile: Profile;
      readonly content: Content;
      readonly ref: MessageRef;
      readonly replyTo: MessageRef | null;
      /** Somebody else's words, passed on: never a request of the customer's own. */
      readonly forwarded: boolean;
    }
  | { readonly kind: "customer.edited"; readonly content: Content; readonly ref: MessageRef }
  | {
      readonly kind: "customer.command";
      readonly profile: Profile;
      readonly command: string;
      readonly argument: string;
      readonly ref: MessageRef;
    }
  | {
      readonly kind: "customer.button";
      readonly profile: Profile;
      readonly button: Button;
      readonly callbackId: string;
    }
  | { readonly kind: "customer.reacted"; readonly ref: MessageRef; readonly emoji: string | null }
  /** `origin`: the agent's message that could not be delivered for it, where that is how we learnt of it. */
  | { readonly kind: "customer.blocked"; readonly origin?: MessageRef }
  | { readonly kind: "customer.unblocked" }
  | {
      readonly kind: "agent.message";
      readonly agent: Agent;
      readonly content: Content;
      readonly ref: MessageRef;
      readonly replyTo: MessageRef | null;
    }
  | {
      readonly kind: "agent.edited";
      readonly agent: Agent;
      readonly content: Content;
      readonly ref: MessageRef;
    }
  | { readonly kind: "agent.reacted"; readonly ref: MessageRef; readonly emoji: string | null }
  | {
      readonly kind: "agent.command";
      readonly agent: Agent;
      readonly command: string;
      readonly argument: string;
      readonly ref: MessageRef;
      readonly replyTo?: MessageRef | null;
      /** Whom the command means: mentioned without a username, or the author of the message it replies to. */
      readonly mentioned?: Agent | null;
    }
  | {
      readonly kind: "agent.button";
      readonly agent: Agent;
      readonly button: Button;
      readonly callbackId: string;
      /** The bot's message that the button is under. */
      readonly on?: MessageRef;
    }
  | { readonly kind: "reminder.due"; readonly reminder: ReminderId }
  | { readonly kind: "promise.due"; readonly promise: PromiseKind; readonly ticket: TicketNumber }
  /** Staff deleted the customer's topic: the next message makes a new one. */
  | { readonly kind: "topic.lost" }
  /** A message could not be delivered and never will be by itself. */
  | {
      readonly kind: "delivery.failed";
      readonly to: Address["kind"];
      readonly reason: string;
      /** The message that it carried, in the chat of whoever waits for it to arrive. */
      readonly origin?: MessageRef;
      /** The delivery in the outbox, where sending it again may help. */
      readonly delivery?: number;
    };

/** What the bot is waiting for the customer to say next. */
export type Awaiting =
  | { readonly kind: "place" }
  | { readonly kind: "choice"; readonly options: readonly Button[] }
  /** When to be reminded, and of what. */
  | { readonly kind: "reminder.when"; readonly what: string }
  /** The day a term ends; the reminder comes so many days before. */
  | { readonly kind: "reminder.ends"; readonly lead: number }
  /** `told`: the supervisor has had their word about a poor score already. */
  | { readonly kind: "comment"; readonly ticket: TicketNumber; readonly told?: boolean };

/** What the bot remembers of a conversation between two messages. */
export interface Conversation {
  readonly lang: Lang;
  /** Set by /lang: what the customer writes no longer changes it. */
  readonly langPinned: boolean;
  readonly awaiting: Awaiting | null;
  /** Utterances in a row that got no answer. */
  readonly misses: number;
  /** The last message may have asked for a person, and nothing clearer: a second such one in a row has. */
  readonly doubted?: boolean;
  /** The last question answered and how often in a row it was asked. */
  readonly asked: { readonly key: string; readonly times: number } | null;
  readonly lastIntent: IntentId | null;
  /** Codes of the places last understood, to narrow a namesake. */
  readonly places: readonly string[];
  /** The place in the queue that the customer was last told, and when. */
  readonly told?: { readonly ticket: TicketNumber; readonly position: number; readonly at: number } | null;
  /** The agent's album last announced: its parts come one by one, and one label is enough for them. */
  readonly album?: string;
  /** The repair request they are making, or last made. */
  readonly repair?: RepairRequest | null;
  /** Their dispute with a provider that makes it hard to downgrade. */
  readonly downgrade?: DowngradeCase | null;
  /** The complaint letter they are making, or last made. */
  readonly letter?: LetterDraft | null;
  /** The case log of their dispute has entries: only then is it looked up. */
  readonly logged?: boolean;
}

/** How much is stored of a customer. */
export interface Stored {
  readonly lines: number;
  readonly notes: number;
  readonly tickets: number;
}

/** All that `decide` may know of one customer. */
export interface Snapshot {
  readonly customer: Customer;
  /** Null for a customer's first event. */
  readonly conversation: Conversation | null;
  /** The open ticket, else the last closed one. */
  readonly ticket: Ticket | null;
  /** Waiting tickets opened before this customer's; all of them when theirs isn't waiting. */
  readonly waitingAhead: number;
  /** All waiting tickets, looked up where this customer's is one of them. */
  readonly waiting?: number;
  /** Tickets that the agent who had the closed `ticket` is serving now; absent is none. */
  readonly agentServing?: number;
  /** The number a ticket opened now gets. */
  readonly nextTicket: TicketNumber;
  /** Those still to come, and those that came and wait for the customer's word; absent is none. */
  readonly reminders?: readonly Reminder[];
  /** The last lines of the transcript, oldest first; before them, what a ticket opened now brings along. */
  readonly recent: readonly TranscriptLine[];
  /** The case log, oldest first: the transcript's lines of kind `case`. Absent is none. */
  readonly caseLog?: readonly TranscriptLine[];
  /** Looked up where a decision `lacks` it. */
  readonly stored?: Stored;
  /** Looked up for agents' commands only. */
  readonly desk?: DeskFacts;
  /** How everybody was served; looked up for `/transparency`. */
  readonly figures?: ServiceFigures;
  /** Agents' messages of this customer's that were held and not sent; looked up where an agent acts. */
  readonly held?: readonly HeldMessage[];
}

/**
 * `poor_score`: the supervisor hears of a poor score by then, with or without a comment. `queue.position`: a
 * waiting customer's place is looked at by then, and told where it has changed materially.
 */
export type PromiseKind =
  | "first_reply.warning"
  | "first_reply"
  | "first_reply.escalation"
  | "poor_score"
  | "queue.position";

/** Where a message goes. */
export type Address =
  | { readonly kind: "customer"; readonly customerId: CustomerId }
  /** The customer's topic; in a staff group without topics, a reply to their card. */
  | { readonly kind: "topic"; readonly customerId: CustomerId }
  /** An on-call agent, in private. */
  | { readonly kind: "oncall"; readonly userId: number }
  /** A staff group outside its topics. */
  | { readonly kind: "general"; readonly chatId: number };

/** Who goes first when sending must wait. */
export type Lane = "human" | "relay" | "answer" | "notice";

export interface InlineButton {
  readonly label: string;
  readonly button: Button;
}

export interface TicketMention {
  readonly number: TicketNumber;
  readonly customerId: CustomerId;
}

/** Puts a text on the clipboard of whoever presses it; nothing of that reaches us. */
export interface CopyButton {
  readonly label: string;
  /** At most {@link LONGEST_COPY} characters. */
  readonly copy: string;
}

/** What Telegram takes as `copy_text`. */
export const LONGEST_COPY = 256;

export type ButtonRow = readonly (InlineButton | CopyButton)[];

/** What is to be done at Telegram. */
export type Outgoing =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly inline?: readonly ButtonRow[];
      /** Show the persistent reply keyboard in this language. */
      readonly keyboard?: Lang;
      /** The other side's message that this one answers: mapped to its copy when sent. */
      readonly replyTo?: MessageRef | null;
      /** The message that this one carries over, so that replies and edits find it. */
      readonly origin?: MessageRef;
      /** One block that a tap copies whole. */
      readonly copyable?: boolean;
      /** The ticket's card: remembered, so that a group without topics can reply to it. */
      readonly card?: TicketNumber;
      /** Tickets that the words name as `#N`: there an agent taps to get to the customer's place in the staff group. */
      readonly tickets?: readonly TicketMention[];
    }
  | { readonly kind: "contact"; readonly phone: string; readonly name: string }
  | {
      readonly kind: "copy";
      readonly origin: MessageRef;
      /** Parts of one album are sent together. */
      readonly album: string | null;
      readonly caption?: string;
      readonly replyTo?: MessageRef | null;
    }
  /** The carried message changed: change its copy. */
  | {
      readonly kind: "edit";
      readonly origin: MessageRef;
      readonly text: string;
      /** The words are a caption, not a text. */
      readonly caption: boolean;
    }
  | { readonly kind: "react"; readonly origin: MessageRef; readonly emoji: string | null }
  /** A message of the bot's own whose question is answered: its buttons go, and its words change where given. */
  | { readonly kind: "settled"; readonly on: MessageRef; readonly text?: string }
  /** `alert`: shown until it is closed, instead of in passing. */
  | {
      readonly kind: "callback";
      readonly callbackId: string;
      readonly text?: string;
      readonly alert?: boolean;
    }
  /** What carried this message is withdrawn from the other side. */
  | { readonly kind: "delete"; readonly origin: MessageRef }
  /** The customer's own transcript as a page and as JSON, made when they are sent. `at`: what was said up to then. */
  | { readonly kind: "transcript"; readonly caption: string; readonly at?: number }
  /** A complaint letter as a Word and a text file, made when they are sent; `name` is without its ending. */
  | {
      readonly kind: "letter";
      readonly name: string;
      readonly caption: string;
      readonly letter: Letter;
    }
  /** `state`: what the topic's icon shows, where Telegram offers one for it. */
  | { readonly kind: "topic.title"; readonly title: string; readonly state?: Ticket["status"] }
  | { readonly kind: "topic.close" }
  | { readonly kind: "topic.reopen" }
  /** The ticket's card gets the buttons that fit how the ticket stands when this is sent. */
  | { readonly kind: "card.buttons"; readonly ticket: TicketNumber }
  /**
   * All of the customer's in the staff group goes. `ticket`: by which General is told that they asked for it; null
   * where its time was simply over, and then it stays if they have come back meanwhile.
   */
  | { readonly kind: "topic.delete"; readonly ticket: TicketNumber | null };

export type Effect =
  /** Delete what the customer wrote and who they are; counts that name nobody stay. */
  | { readonly kind: "forget" }
  /** Dead letters are tried once more: updates, and messages of the outbox. */
  | {
      readonly kind: "dead.retry";
      readonly ids: { readonly inbox?: readonly number[]; readonly outbox?: readonly number[] };
    }
  | { readonly kind: "canned.save"; readonly name: string; readonly text: string }
  | { readonly kind: "canned.remove"; readonly name: string }
  /** One that is held already keeps its place and takes the new words. */
  | { readonly kind: "held.keep"; readonly held: HeldMessage }
  | {
      readonly kind: "held.settle";
      readonly ref: MessageRef;
      /** `changed`: other words went in its place. */
      readonly outcome: "sent" | "changed" | "dropped";
    }
  | { readonly kind: "send"; readonly to: Address; readonly lane: Lane; readonly message: Outgoing }
  | { readonly kind: "reminder.set"; readonly about: ReminderAbout; readonly dueAt: number }
  | { readonly kind: "reminder.move"; readonly reminder: ReminderId; readonly dueAt: number }
  | { readonly kind: "reminder.settle"; readonly reminder: ReminderId; readonly outcome: ReminderOutcome }
  | {
      readonly kind: "promise.set";
      readonly promise: PromiseKind;
      readonly ticket: TicketNumber;
      readonly dueAt: number;
    }
  | {
      readonly kind: "promise.settle";
      readonly promise: PromiseKind;
      readonly ticket: TicketNumber;
      readonly outcome: "kept" | "missed" | "dropped";
    };

export type Route = "answer" | "clarify" | "human";

/** How an utterance was understood, for `zhida ask`, `eval` and the log. */
export interface Reading {
  readonly text: string;
  readonly lang: TextLang;
  readonly intent: IntentId;
  readonly confidence: number;
  readonly route: Route;
  readonly coverage: PlaceReading | null;
  /** Costs as much as understanding: asked only where somebody looks. */
  readonly why: () => Readonly<Record<string, unknown>>;
}

/** What follows from an event: the new state, what to write down, what to do outside. */
export interface Decision {
  readonly state: {
    readonly customer: Customer;
    readonly conversation: Conversation;
    readonly ticket: Ticket | null;
  };
  readonly lines: readonly TranscriptLine[];
  readonly effects: readonly Effect[];
  /** Null where the event wasn't an utterance. */
  readonly reading: Reading | null;
  /** What the snapshot must hold for the words to be right: look it up, and decide again. */
  readonly lacks?: "stored";
}
