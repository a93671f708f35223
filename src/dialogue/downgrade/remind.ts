import { MORNING, onDay } from "../../desk/reminders.ts";
import { isDowngrade } from "../../desk/service.ts";
import { normalise } from "../../nlu/normalise.ts";
import { say } from "../answer.ts";
import { bareForms } from "../follow-lexicon.ts";
import { humanButton } from "../handoff.ts";
import type { Mind } from "../mind.ts";
import { isOneOf } from "../repair/lexicon.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { Awaiting, Button } from "../types.ts";
import type { Utterance } from "../understand.ts";
import type { Wish } from "../wish.ts";
import { type HeardReminder, hearReminders, mentionsReminders } from "./remind-hear.ts";
import { dropReminder, listReminders, type Words } from "./remind-list.ts";
import { takeWord } from "./remind-next.ts";
import { aboutAt, aboutOf, takeOffer, takeRung } from "./remind-offer.ts";
import { type HeardRepeat, hearRepeat, nextTime } from "./remind-repeat.ts";
import { dueFor, setReminder } from "./remind-set.ts";
import type { ReminderWord } from "./reminder.ts";

/**
 * Takes a message that asks to be reminded, names the time that was asked for, or wants the list. A request for a
 * person goes before it; an answer of the guide sets what is asked for beside it (`offerReminder`).
 * @returns whether the message is answered with this
 */
export function hearReminder(turn: Turn, { text }: Utterance, wishes: readonly Wish[]): boolean {
  if (wishes.some(({ kind }) => kind === "human")) return false;
  const { business, reminderLexicon } = turn.mind.knowledge;
  const { timeZone } = business.agents;
  if (!isAwaited(turn) && !mentionsReminders(normalise(text), reminderLexicon)) return false;
  const context = { lang: turn.conversation.lang, at: turn.at, timeZone };
  const repeat = hearRepeat(text, context, reminderLexicon);
  const words =
    repeat === null
      ? takes(turn, hearReminders(text, context, reminderLexicon), wishes)
      : again(turn, repeat);
  if (words === null) return false;
  converse(turn, { misses: 0 });
  if (words === "list") listReminders(turn);
  else say(turn, words.text, words.inline);
  return true;
}

function isAwaited({ conversation }: Turn): boolean {
  return conversation.awaiting?.kind.startsWith("reminder") === true;
}

function takes(turn: Turn, heard: HeardReminder, wishes: readonly Wish[]): Words | "list" | null {
  const { time, what, plan } = heard;
  if (heard.list) return "list";
  const awaited = answersOurQuestion(turn, heard);
  if (awaited !== null) return awaited;
  if (!heard.asked) return null;
  if (time !== null && (heard.atTime || plan === null || plan.kind === "complained"))
    return own(turn, what, time);
  const intents = wishes.flatMap((wish) =>
    wish.kind === "intent" && wish.intent !== "oos" ? [wish.intent] : [],
  );
  if (plan !== null && intents.some(isDowngrade)) return null;
  const about = plan === null || plan.kind === "complained" ? null : aboutOf(turn, plan);
  if (about !== null) return taken(turn, () => setReminder(turn, about, dueFor(turn, about)));
  // What else was asked is answered; who only wants to be reminded of the dispute is asked when.
  if (!intents.every(isDowngrade)) return null;
  converse(turn, { awaiting: { kind: "reminder.when", what } });
  return { text: sayTo(turn)("remind.ask_when"), inline: [[humanButton(turn)]] };
}

/** Letters beside the time that still make an answer of it: “12月31日到期”, “it ends on”. */
const BARE = 10;

/** “12月31日” after “哪天到期?”. */
function answersOurQuestion(turn: Turn, { time, asked, what }: HeardReminder): Words | null {
  const { awaiting } = turn.conversation;
  if (time === null || !(asked || what.length <= BARE)) return null;
  if (awaiting?.kind === "reminder.when") return own(turn, asked && what !== "" ? what : awaiting.what, time);
  if (awaiting?.kind !== "reminder.ends" || asked) return null;
  const { timeZone } = turn.mind.knowledge.business.agents;
  const about = aboutAt(turn, "window", onDay(time.at, -awaiting.lead, MORNING, timeZone));
  return taken(turn, () => setReminder(turn, about, dueFor(turn, about)));
}

function own(turn: Turn, what: string, { at, named }: NonNullable<HeardReminder["time"]>): Words {
  return taken(turn, () => setReminder(turn, { kind: "own", what, named }, at));
}

function again(turn: Turn, { every, what, named }: HeardRepeat): Words {
  const { timeZone } = turn.mind.knowledge.business.agents;
  const about = { kind: "own", what, named, every } as const;
  return taken(turn, () => setReminder(turn, about, nextTime(every, turn.at, timeZone)));
}

/** What was awaited has come; what setting it asks for is awaited from then on. */
function taken(turn: Turn, set: () => Words): Words {
  converse(turn, { awaiting: null });
  return set();
}

const WORDS = [
  ["done", "done"],
  ["not_done", "not"],
  ["put_off", "again"],
] as const satisfies readonly (readonly [string, ReminderWord])[];

/** “要” after an offer, “回电了” or “还没” after a reminder stand for one of the buttons. */
export function reminderWord(text: string, awaiting: Awaiting | null, mind: Mind): Button | undefined {
  if (awaiting?.kind !== "choice") return undefined;
  const { reminderLexicon, followLexicon } = mind.knowledge;
  const forms = [...bareForms(text, followLexicon)];
  const offer = awaiting.options.find(({ kind }) => kind === "remind");
  if (offer !== undefined)
    return forms.some((form) => isOneOf(form, reminderLexicon.take)) ? offer : undefined;
  const word = WORDS.find(([list]) => isOneOf(text, reminderLexicon[list]))?.[1];
  return awaiting.options.find((option) => option.kind === "reminder" && option.word === word);
}

/** One of the buttons of reminders was pressed. */
export function remindPressed(
  turn: Turn,
  button: Extract<
    Button,
    { kind: "remind" | "remind.rung" | "reminder" | "reminder.drop" | "reminder.undo" | "reminders" }
  >,
): void {
  switch (button.kind) {
    case "remind":
      tellWords(
        turn,
        taken(turn, () => takeOffer(turn, button)),
      );
      return;
    case "remind.rung":
      tellWords(
        turn,
        taken(turn, () => takeRung(turn, button)),
      );
      return;
    case "reminder":
      takeWord(turn, button.word, button.reminder);
      return;
    case "reminder.drop":
      dropReminder(turn, ({ id }) => id === button.reminder);
      return;
    case "reminder.undo":
      dropReminder(turn, ({ createdAt }) => createdAt === button.setAt);
      return;
    case "reminders":
      listReminders(turn);
  }
}

function tellWords(turn: Turn, { text, inline }: Words): void {
  say(turn, text, inline);
}
