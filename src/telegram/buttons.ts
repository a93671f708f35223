import { z } from "zod";
import { HELD_ACTS } from "../dialogue/agent/held.ts";
import { SECTORS } from "../dialogue/downgrade/case.ts";
import { LETTER_ACTS, LETTER_SLOTS } from "../dialogue/downgrade/letter-draft.ts";
import { REMINDER_WORDS } from "../dialogue/downgrade/reminder.ts";
import { REPAIR_ACTS, REPAIR_STEPS } from "../dialogue/repair/request.ts";
import type { Button } from "../dialogue/types.ts";
import { INTENT_IDS } from "../knowledge/types.ts";

/** `callback_data` as `kind:first:second`: short, readable in a log, and far below Telegram's 64 bytes. */
export function packButton(button: Button): string {
  switch (button.kind) {
    case "intent":
      return `i:${button.intent}`;
    case "human":
    case "withdraw":
    case "forget":
    case "entries":
    case "reminders":
    case "guide.open":
    case "guide.unlisted":
    case "unknown":
      return button.kind;
    case "place":
      return `p:${button.code}`;
    case "places.more":
      return `m:${button.code}:${button.from}`;
    case "score":
      return `s:${button.ticket}:${button.score}`;
    case "letter":
      return `l:${button.act}:${button.slot}`;
    case "letter.sector":
      return `ls:${button.sector}`;
    case "letter.recipient":
      return `lr:${button.recipient}`;
    case "guide":
      return `g:${button.sector}:${button.intent ?? ""}`;
    case "repair":
      return `r:${button.act}:${button.step}`;
    case "claim":
    case "close":
    case "take":
    case "reopen":
      return `${button.kind}:${button.ticket}`;
    case "remind":
      return `at:${button.of}:${minuteOf(button.at)}`;
    case "remind.rung":
      return `rung:${button.sector}:${button.rung}:${button.since === null ? "" : minuteOf(button.since)}`;
    case "reminder":
      return `rem:${button.word}:${button.reminder}`;
    case "reminder.drop":
      return `drop:${button.reminder}`;
    case "reminder.undo":
      return `undo:${button.setAt}`;
    case "retry":
      return `retry:${button.delivery}`;
    case "held":
      return `held:${button.act}:${button.messageId}`;
  }
}

const code = z.string().regex(/^\d{2,9}$/u);
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const MINUTE_MS = 60_000;
/** Whole minutes since 1970: eight digits say when. */
const minuteOf = (at: number) => Math.round(at / MINUTE_MS);
const minute = count.transform((minutes) => minutes * MINUTE_MS);

const SHAPES = z.union([
  z
    .tuple([z.literal("i"), z.enum(INTENT_IDS)])
    .transform(([, intent]) => ({ kind: "intent" as const, intent })),
  z
    .tuple([z.enum(["human", "withdraw", "forget", "entries", "reminders", "guide.open", "guide.unlisted"])])
    .transform(([kind]) => ({ kind })),
  z.tuple([z.literal("p"), code]).transform(([, c]) => ({ kind: "place" as const, code: c })),
  z
    .tuple([z.literal("m"), code, count])
    .transform(([, c, from]) => ({ kind: "places.more" as const, code: c, from })),
  z.tuple([z.literal("g"), z.enum(SECTORS), z.enum([...INTENT_IDS, ""])]).transform(([, sector, intent]) => ({
    kind: "guide" as const,
    sector,
    intent: intent === "" ? null : intent,
  })),
  z
    .tuple([z.literal("r"), z.enum(REPAIR_ACTS), z.enum(REPAIR_STEPS)])
    .transform(([, act, step]) => ({ kind: "repair" as const, act, step })),
  z
    .tuple([z.literal("l"), z.enum(LETTER_ACTS), z.enum(LETTER_SLOTS)])
    .transform(([, act, slot]) => ({ kind: "letter" as const, act, slot })),
  z
    .tuple([z.literal("ls"), z.enum(SECTORS)])
    .transform(([, sector]) => ({ kind: "letter.sector" as const, sector })),
  z
    .tuple([z.literal("lr"), z.string().regex(/^[a-z_]{1,31}$/u)])
    .transform(([, recipient]) => ({ kind: "letter.recipient" as const, recipient })),
  z
    .tuple([z.literal("s"), count, z.coerce.number().int().min(1).max(5)])
    .transform(([, ticket, score]) => ({ kind: "score" as const, ticket, score })),
  z
    .tuple([z.enum(["claim", "close", "take", "reopen"]), count])
    .transform(([kind, ticket]) => ({ kind, ticket })),
  z
    .tuple([z.literal("held"), z.enum(HELD_ACTS), count])
    .transform(([kind, act, messageId]) => ({ kind, act, messageId })),
  z
    .tuple([z.literal("at"), z.enum(["callback", "window", "charge"]), minute])
    .transform(([, of, at]) => ({ kind: "remind" as const, of, at })),
  z
    .tuple([
      z.literal("rung"),
      z.enum(SECTORS),
      z.string().regex(/^[a-z_]{1,28}$/u),
      z.union([z.literal("").transform(() => null), minute]),
    ])
    .transform(([, sector, rung, since]) => ({ kind: "remind.rung" as const, sector, rung, since })),
  z
    .tuple([z.literal("rem"), z.enum(REMINDER_WORDS), count])
    .transform(([, word, reminder]) => ({ kind: "reminder" as const, word, reminder })),
  z
    .tuple([z.literal("drop"), count])
    .transform(([, reminder]) => ({ kind: "reminder.drop" as const, reminder })),
  z.tuple([z.literal("undo"), count]).transform(([, setAt]) => ({ kind: "reminder.undo" as const, setAt })),
  z.tuple([z.literal("retry"), count]).transform(([, delivery]) => ({ kind: "retry" as const, delivery })),
]);

/** Never throws: data of an older version, or forged, is the `unknown` button. */
export function unpackButton(data: string | undefined): Button {
  const parsed = SHAPES.safeParse(data?.split(":"));
  return parsed.success ? parsed.data : { kind: "unknown" };
}
