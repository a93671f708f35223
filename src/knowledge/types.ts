/** The intents the bot knows, fixed: others test against these names. */
export const INTENT_IDS = [
  "coverage",
  "hotline",
  "hours",
  "human",
  "human.cancel",
  "downgrade",
  "downgrade.hidden_entry",
  "downgrade.stalled_callback",
  "downgrade.dissuasion",
  "downgrade.not_this_period",
  "downgrade.benefits_lost",
  "downgrade.refund_refused",
  "downgrade.no_human",
  "downgrade.rights",
  "downgrade.evidence",
  "downgrade.complain",
  "repair",
  "locked_out",
  "parts",
  "technicians",
  "price",
  "satisfaction",
  "ticket_status",
  "agent_allocation",
  "bot_identity",
  "privacy",
  "greeting",
  "thanks",
  "goodbye",
  "oos",
] as const;
export type IntentId = (typeof INTENT_IDS)[number];

/** The languages we answer in. */
export type Lang = "zh" | "en";
export interface Localized {
  readonly zh: string;
  readonly en: string;
}

/** One `intents/<id>.yaml`. */
export interface Intent {
  readonly id: IntentId;
  readonly title: Localized;
  readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** What the bot says; `{placeholders}` are filled from {@link Business}. */
  readonly answer: Localized;
  /** Intents offered as buttons under the answer; the human button is always added and never listed. */
  readonly buttons: readonly IntentId[];
}

/** `data/business.yaml`: the only facts about the business that the bot may state. */
export interface Business {
  readonly brand: Localized;
  readonly hotline: {
    readonly display: string;
    /** As a phone dials it, digits only. */
    readonly dial: string;
    readonly name: Localized;
    readonly hours: Localized;
  };
  readonly commitments: readonly { readonly id: string; readonly text: Localized; readonly source: string }[];
  /** Where the coverage list comes from and the day it was read (ISO date). */
  readonly coverage: { readonly source: Localized; readonly asOf: string };
  /** What a customer who waits is promised. */
  readonly promise: {
    /** A person's first reply, unless `PROMISE_FIRST_REPLY_S` says otherwise. */
    readonly firstReplyS: number;
    /** After a miss: how often the agents on call are paged again and the customer is told. */
    readonly escalateEveryS: number;
  };
  /** Days after which what was said goes by itself. */
  readonly retention: {
    /** Transcripts, and everything about a customer not seen since. */
    readonly transcriptDays: number;
    /** After a ticket's end: whose it was, and what they wrote in it. */
    readonly ticketsDays: number;
    /** Telegram's numbers of messages and files. */
    readonly mediaDays: number;
    /** Updates handled and messages sent, without their words. */
    readonly finishedDays: number;
  };
  readonly agents: {
    /** In words, as customers read them. */
    readonly hours: Localized;
    /** IANA name; all times told to customers and agents are in it. */
    readonly timeZone: string;
    /** Null: around the clock. */
    readonly schedule: Schedule | null;
  };
  readonly reminders: {
    /** When no reminder is sent that the customer didn't set to the hour; it may go over midnight. Null: never. */
    readonly quiet: OpenRange | null;
  };
}

/** From one minute of the day to another; 1440 is midnight at its end. */
export interface OpenRange {
  readonly from: number;
  readonly to: number;
}

/** When agents answer, by the clocks of the business's zone. */
export interface Schedule {
  /** Sunday first, as JavaScript counts; seven of them. */
  readonly weekly: readonly (readonly OpenRange[])[];
  /** Days that differ (holidays, working days made up for them), ISO dates, both included. No range is closed. */
  readonly days: readonly {
    readonly from: string;
    readonly to: string;
    readonly open: readonly OpenRange[];
    readonly source: string;
  }[];
}

/** One row of `data/coverage.csv`: an area the business says it serves. */
export interface CoverageArea {
  /** GB/T 2260, 6 digits; townships 9. */
  readonly code: string;
  readonly province: string;
  readonly prefecture: string;
  readonly county: string;
  readonly township: string;
  /** The source page's own wording. */
  readonly wording: string;
}

/** A way of talking a customer out of what they want, of `data/lint/dissuasion.yaml`. */
export interface DissuasivePhrase {
  readonly lang: Lang;
  readonly pattern: RegExp;
  /** Harmless elsewhere, an upsell where somebody wants to go down. */
  readonly onlyInDowngrade: boolean;
  /** What a text should do instead. */
  readonly instead: string;
}

/** The texts that the guide rests on, by id: `data/downgrade/sources.yaml`. The English title is a translation. */
export type Sources = ReadonlyMap<string, { readonly title: string; readonly title_en: string }>;

/** What talks a customer out of it, and what says that quoted words are somebody else's. */
export interface Dissuasion {
  readonly phrases: readonly DissuasivePhrase[];
  /** Matched against the sentence around a quotation, which stands in it as “”. */
  readonly reports: readonly RegExp[];
}

/** Everything the bot knows, read from `intents/` and `data/`, validated, never changed after. */
export interface Knowledge {
  /** Hash of the content: equal versions are equal knowledge. */
  readonly version: string;
  readonly intents: ReadonlyMap<IntentId, Intent>;
  readonly business: Business;
  /** What the bot says, by key; see `say.ts`. */
  readonly strings: ReadonlyMap<string, Localized>;
  readonly coverage: readonly CoverageArea[];
  /** Parsed `data/places/` files; the shape is the places room's own. */
  readonly places: import("../places/types.ts").PlacesData;
  /** Parsed `data/lexicon/human.yaml`; the shape is the detector's own. */
  readonly humanLexicon: import("../nlu/types.ts").HumanLexicon;
  /** Parsed `data/lexicon/repair.yaml`; the shape is the repair flow's own. */
  readonly repairLexicon: import("../dialogue/repair/lexicon.ts").RepairLexicon;
  /** Parsed `data/lexicon/letter.yaml`; the shape is the letter's own. */
  readonly letterLexicon: import("../dialogue/downgrade/letter-lexicon.ts").LetterLexicon;
  /** Parsed `data/lexicon/reminders.yaml`; the shape is the reminders' own. */
  readonly reminderLexicon: import("../dialogue/downgrade/remind-lexicon.ts").ReminderLexicon;
  /** Parsed `data/lexicon/follow.yaml`; the shape is the conversation's own. */
  readonly followLexicon: import("../dialogue/follow-lexicon.ts").FollowLexicon;
  /** Parsed `data/lexicon/asked.yaml`; the shape is the conversation's own. */
  readonly askedLexicon: import("../dialogue/asked.ts").AskedLexicon;
  readonly sources: Sources;
  /** Parsed `data/downgrade/ladders.yaml`. */
  readonly ladders: readonly import("./ladders.ts").Ladder[];
  /** Parsed `data/downgrade/obstacles.yaml`: what each answer of the guide leads to. */
  readonly guide: import("./guide.ts").Guide;
  /** The complaint letter, and the law it cites. */
  readonly letter: import("./letter.ts").LetterKnowledge;
  /** Parsed `data/lexicon/downgrade.yaml`; the shape is the guide's own. */
  readonly downgradeLexicon: import("../dialogue/downgrade/lexicon.ts").DowngradeLexicon;
  /** Parsed `data/downgrade/*.yaml` by name (`rights`), every entry backed by a source. */
  readonly downgrade: ReadonlyMap<string, unknown>;
  /** What neither the bot nor, where somebody wants to go down, an agent says unasked. */
  readonly dissuasion: Dissuasion;
}
