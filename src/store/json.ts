import { z } from "zod";
import { HELD_ACTS } from "../dialogue/agent/held.ts";
import { CASE_FACTS, type DowngradeCase, SECTORS } from "../dialogue/downgrade/case.ts";
import { LETTER_ACTS, LETTER_SLOTS, type LetterDraft } from "../dialogue/downgrade/letter-draft.ts";
import type { Letter } from "../dialogue/downgrade/letter-text.ts";
import { REMINDER_WORDS, type ReminderAbout, type Repeat } from "../dialogue/downgrade/reminder.ts";
import { REPAIR_ACTS, REPAIR_STEPS, type RepairRequest } from "../dialogue/repair/request.ts";
import type { Awaiting, Button, Conversation, MessageRef, Outgoing } from "../dialogue/types.ts";
import { INTENT_IDS } from "../knowledge/types.ts";

// What another version wrote, or a hand edited, is read here or nowhere. Objects are loose: a field that a
// newer type has and this file doesn't check comes through untouched.

const lang = z.enum(["zh", "en"]);
const id = z.int();
const messageRef = z.looseObject({ chatId: id, messageId: id }) satisfies z.ZodType<MessageRef>;

/** One schema for each `kind` of a union: a kind without one doesn't compile. */
type Kinds<T extends { readonly kind: string }> = {
  readonly [K in T["kind"]]: z.ZodType<Extract<T, { kind: K }>>;
};

/** Reads a union by its `kind`. */
function byKind<T extends { readonly kind: string }>(kinds: Kinds<T>): z.ZodType<T> {
  const schemas: ReadonlyMap<string, z.ZodType<T>> = new Map(Object.entries(kinds));
  const tagged = z.looseObject({ kind: z.string() });
  return z.unknown().transform((value, context) => {
    const tag = tagged.safeParse(value);
    const schema = tag.success ? schemas.get(tag.data.kind) : undefined;
    const result = schema?.safeParse(value);
    if (result?.success) return result.data;
    for (const issue of result?.error.issues ?? [])
      context.issues.push({ code: "custom", message: issue.message, path: issue.path, input: value });
    if (!result) context.issues.push({ code: "custom", message: "is of no known kind", input: value });
    return z.NEVER;
  });
}

const kind = <K extends string>(name: K) => z.literal(name);

const button = byKind<Button>({
  intent: z.looseObject({ kind: kind("intent"), intent: z.enum(INTENT_IDS) }),
  human: z.looseObject({ kind: kind("human") }),
  withdraw: z.looseObject({ kind: kind("withdraw") }),
  forget: z.looseObject({ kind: kind("forget") }),
  letter: z.looseObject({ kind: kind("letter"), act: z.enum(LETTER_ACTS), slot: z.enum(LETTER_SLOTS) }),
  "letter.sector": z.looseObject({ kind: kind("letter.sector"), sector: z.enum(SECTORS) }),
  "letter.recipient": z.looseObject({ kind: kind("letter.recipient"), recipient: z.string() }),
  entries: z.looseObject({ kind: kind("entries") }),
  "guide.open": z.looseObject({ kind: kind("guide.open") }),
  guide: z.looseObject({
    kind: kind("guide"),
    sector: z.enum(SECTORS),
    intent: z.enum(INTENT_IDS).nullable(),
  }),
  "guide.unlisted": z.looseObject({ kind: kind("guide.unlisted") }),
  repair: z.looseObject({ kind: kind("repair"), act: z.enum(REPAIR_ACTS), step: z.enum(REPAIR_STEPS) }),
  place: z.looseObject({ kind: kind("place"), code: z.string() }),
  "places.more": z.looseObject({ kind: kind("places.more"), code: z.string(), from: z.number() }),
  score: z.looseObject({ kind: kind("score"), ticket: id, score: z.number() }),
  claim: z.looseObject({ kind: kind("claim"), ticket: id }),
  close: z.looseObject({ kind: kind("close"), ticket: id }),
  take: z.looseObject({ kind: kind("take"), ticket: id }),
  reopen: z.looseObject({ kind: kind("reopen"), ticket: id }),
  remind: z.looseObject({
    kind: kind("remind"),
    of: z.enum(["callback", "window", "charge"]),
    at: z.number(),
  }),
  "remind.rung": z.looseObject({
    kind: kind("remind.rung"),
    sector: z.enum(SECTORS),
    rung: z.string(),
    since: z.number().nullable(),
  }),
  reminder: z.looseObject({ kind: kind("reminder"), word: z.enum(REMINDER_WORDS), reminder: id }),
  "reminder.drop": z.looseObject({ kind: kind("reminder.drop"), reminder: id }),
  "reminder.undo": z.looseObject({ kind: kind("reminder.undo"), setAt: z.number() }),
  reminders: z.looseObject({ kind: kind("reminders") }),
  retry: z.looseObject({ kind: kind("retry"), delivery: id }),
  held: z.looseObject({ kind: kind("held"), act: z.enum(HELD_ACTS), messageId: id }),
  unknown: z.looseObject({ kind: kind("unknown") }),
});

const awaiting = byKind<Awaiting>({
  place: z.looseObject({ kind: kind("place") }),
  choice: z.looseObject({ kind: kind("choice"), options: z.array(button) }),
  "reminder.when": z.looseObject({ kind: kind("reminder.when"), what: z.string() }),
  "reminder.ends": z.looseObject({ kind: kind("reminder.ends"), lead: z.number() }),
  comment: z.looseObject({ kind: kind("comment"), ticket: id }),
});

const textOrNull = z.string().nullable();
const repairStep = z.enum(REPAIR_STEPS);
const repairRequest: z.ZodType<RepairRequest> = z.looseObject({
  startedAt: z.number(),
  lockedOut: z.boolean(),
  stage: z.enum(["offered", "asking", "made"]),
  step: repairStep,
  done: z.array(repairStep),
  place: z.looseObject({ text: z.string(), codes: z.array(z.string()) }).nullable(),
  problem: textOrNull,
  model: textOrNull,
  phone: textOrNull,
  when: textOrNull,
  files: z.array(z.looseObject({ ref: messageRef, album: textOrNull })),
  ticket: id.nullable(),
});

const downgradeCase: z.ZodType<DowngradeCase> = z.looseObject({
  startedAt: z.number(),
  sector: z.enum(SECTORS).nullable(),
  obstacle: z.enum(INTENT_IDS).nullable(),
  facts: z.partialRecord(z.enum(CASE_FACTS), z.string()),
});

const letterDraft: z.ZodType<LetterDraft> = z.looseObject({
  caseAt: z.number(),
  askedAt: z.number(),
  asked: z.enum(LETTER_SLOTS).nullable(),
  again: z.boolean(),
  done: z.array(z.enum(LETTER_SLOTS)),
  without: z.array(z.enum(CASE_FACTS)),
  recipient: textOrNull,
});

const letter: z.ZodType<Letter> = z.looseObject({
  title: z.string(),
  addressed: z.string(),
  sections: z.array(z.looseObject({ heading: z.string(), lines: z.array(z.string()) })),
  closing: z.array(z.string()),
});

const conversation: z.ZodType<Conversation> = z.looseObject({
  lang,
  langPinned: z.boolean(),
  awaiting: awaiting.nullable(),
  misses: z.number(),
  doubted: z.boolean().exactOptional(),
  asked: z.looseObject({ key: z.string(), times: z.number() }).nullable(),
  lastIntent: z.enum(INTENT_IDS).nullable(),
  places: z.array(z.string()),
  told: z
    .looseObject({ ticket: id, position: z.number(), at: z.number() })
    .nullable()
    .catch(null)
    .exactOptional(),
  repair: repairRequest.nullable().catch(null).exactOptional(),
  downgrade: downgradeCase.nullable().catch(null).exactOptional(),
  letter: letterDraft.nullable().catch(null).exactOptional(),
  logged: z.boolean().exactOptional(),
});

const pressable = z.looseObject({ label: z.string(), button });
const copyable = z.looseObject({ label: z.string(), copy: z.string() });

const outgoing = byKind<Outgoing>({
  text: z.looseObject({
    kind: kind("text"),
    text: z.string(),
    inline: z.array(z.array(z.union([pressable, copyable]))).exactOptional(),
    keyboard: lang.exactOptional(),
    replyTo: messageRef.nullable().exactOptional(),
    origin: messageRef.exactOptional(),
    copyable: z.boolean().exactOptional(),
    card: id.exactOptional(),
    tickets: z.array(z.looseObject({ number: id, customerId: id })).exactOptional(),
  }),
  contact: z.looseObject({ kind: kind("contact"), phone: z.string(), name: z.string() }),
  copy: z.looseObject({
    kind: kind("copy"),
    origin: messageRef,
    album: z.string().nullable(),
    caption: z.string().exactOptional(),
    replyTo: messageRef.nullable().exactOptional(),
  }),
  edit: z.looseObject({ kind: kind("edit"), origin: messageRef, text: z.string(), caption: z.boolean() }),
  react: z.looseObject({ kind: kind("react"), origin: messageRef, emoji: z.string().nullable() }),
  settled: z.looseObject({ kind: kind("settled"), on: messageRef, text: z.string().exactOptional() }),
  callback: z.looseObject({
    kind: kind("callback"),
    callbackId: z.string(),
    text: z.string().exactOptional(),
    alert: z.boolean().exactOptional(),
  }),
  delete: z.looseObject({ kind: kind("delete"), origin: messageRef }),
  transcript: z.looseObject({
    kind: kind("transcript"),
    caption: z.string(),
    at: z.number().exactOptional(),
  }),
  letter: z.looseObject({
    kind: kind("letter"),
    name: z.string(),
    caption: z.string(),
    letter,
  }),
  "topic.title": z.looseObject({
    kind: kind("topic.title"),
    title: z.string(),
    state: z.enum(["waiting", "serving", "closed"]).exactOptional(),
  }),
  "topic.close": z.looseObject({ kind: kind("topic.close") }),
  "topic.reopen": z.looseObject({ kind: kind("topic.reopen") }),
  "card.buttons": z.looseObject({ kind: kind("card.buttons"), ticket: id }),
  "topic.delete": z.looseObject({ kind: kind("topic.delete"), ticket: id.nullable() }),
});

const minutes = z.number();
const repeat = byKind<Repeat>({
  monthly: z.looseObject({ kind: kind("monthly"), date: z.number(), minutes }),
  weekly: z.looseObject({ kind: kind("weekly"), weekday: z.number(), minutes }),
});
const theirCase = downgradeCase.nullable().catch(null);
const reminderAbout = byKind<ReminderAbout>({
  callback: z.looseObject({ kind: kind("callback"), by: z.number(), case: theirCase }),
  window: z.looseObject({ kind: kind("window"), opens: z.number(), case: theirCase }),
  charge: z.looseObject({ kind: kind("charge"), on: z.number(), case: theirCase }),
  rung: z.looseObject({
    kind: kind("rung"),
    sector: z.enum(SECTORS),
    rung: z.string(),
    since: z.number(),
    case: theirCase,
  }),
  own: z.looseObject({
    kind: kind("own"),
    what: z.string(),
    named: z.boolean(),
    every: repeat.exactOptional(),
  }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A stored conversation; null where this version can't read it: the customer is then met as if for the first time. */
export function readConversation(text: string | null): Conversation | null {
  if (text === null) return null;
  const result = conversation.safeParse(parseJson(text));
  return result.success ? result.data : null;
}

/** What a stored reminder is about; undefined where this version can't read it. */
export function readAbout(text: string): ReminderAbout | undefined {
  return reminderAbout.safeParse(parseJson(text)).data;
}

/** A stored message, or why it can't be read. */
export function readOutgoing(text: string): { readonly message: Outgoing } | { readonly error: string } {
  const result = outgoing.safeParse(parseJson(text));
  if (result.success) return { message: result.data };
  const [issue] = result.error.issues;
  return { error: `unreadable message: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim() };
}
