import { figuresAt, NOTHING_COUNTED } from "../desk/service.ts";
import type { Lang } from "../knowledge/types.ts";
import { answerIntent, answerPlaces, askPlace, say, tellStatus } from "./answer.ts";
import { openGuide } from "./downgrade/guide-flow.ts";
import { tellCase } from "./downgrade/hear.ts";
import { listReminders } from "./downgrade/remind-list.ts";
import { handoff, humanButton, withdraw } from "./handoff.ts";
import { transparency } from "./transparency.ts";
import { converse, sayTo, type Turn, tell, writeLine } from "./turn.ts";
import type { Event } from "./types.ts";
import { understand } from "./understand.ts";

type Command = Extract<Event, { kind: "customer.command" }>;

/** The commands of the menu, in its order; their descriptions are `command.<name>` in `data/strings/`. */
export const CUSTOMER_COMMANDS = [
  "human",
  "coverage",
  "hotline",
  "repair",
  "downgrade",
  "reminders",
  "status",
  "cancel",
  "transparency",
  "privacy",
  "export",
  "forget",
  "lang",
  "help",
  "start",
] as const;

export function customerCommand(turn: Turn, event: Command): void {
  const { command, argument, ref } = event;
  const typed = `/${command}${argument === "" ? "" : ` ${argument}`}`;
  writeLine(turn, { speaker: "customer", text: typed, ref });
  const asked = argument === "" ? typed : argument;
  switch (command) {
    case "start":
      start(turn);
      if (argument === "human") handoff(turn, { reason: "command", asked: typed, ref });
      return;
    case "human":
      handoff(turn, { reason: "command", asked, ref });
      return;
    case "coverage":
      coverage(turn, argument);
      return;
    case "hotline":
    case "repair":
    case "privacy":
      answerIntent(turn, command);
      return;
    case "downgrade":
      tellCase(turn, argument);
      openGuide(turn);
      return;
    case "reminders":
      listReminders(turn);
      return;
    case "status":
      tellStatus(turn);
      return;
    case "transparency": {
      const { agents } = turn.mind.knowledge.business;
      const figures = turn.snapshot.figures ?? figuresAt(NOTHING_COUNTED, turn.at, agents);
      say(turn, transparency(figures, turn.mind, turn.conversation.lang), [[humanButton(turn)]]);
      return;
    }
    case "cancel":
      withdraw(turn);
      return;
    case "export":
      turn.effects.push({
        kind: "send",
        to: { kind: "customer", customerId: turn.customer.id },
        lane: "answer",
        message: { kind: "transcript", caption: sayTo(turn)("export.caption"), at: turn.at },
      });
      return;
    case "forget":
      tell(turn, "answer", sayTo(turn)("forget.confirm"), {
        inline: [[{ label: sayTo(turn)("button.forget"), button: { kind: "forget" } }], [humanButton(turn)]],
      });
      return;
    case "lang":
      chooseLang(turn, argument);
      return;
    default:
      other(turn, event);
  }
}

function start(turn: Turn): void {
  const { lang } = turn.conversation;
  tell(turn, "answer", sayTo(turn)("welcome"), { keyboard: lang });
}

function coverage(turn: Turn, place: string): void {
  const { places } = understand(place, turn.mind);
  if (place !== "" && places.status !== "not_a_place") answerPlaces(turn, places);
  else askPlace(turn);
}

function chooseLang(turn: Turn, argument: string): void {
  const wanted = argument.trim().toLowerCase();
  const other: Lang = turn.conversation.lang === "zh" ? "en" : "zh";
  const lang: Lang = wanted.startsWith("en")
    ? "en"
    : wanted.startsWith("zh") || wanted.startsWith("中")
      ? "zh"
      : other;
  converse(turn, { lang, langPinned: true });
  tell(turn, "answer", sayTo(turn)("lang.set"), { keyboard: lang });
}

/** `/agent`, `/operator`: a command nobody defined may still ask for a person. */
function other(turn: Turn, { command, argument, ref }: Command): void {
  const asked = `${command} ${argument}`.trim();
  if (understand(asked, turn.mind).human.kind === "request") handoff(turn, { reason: "command", asked, ref });
  else say(turn, sayTo(turn)("help"), [[humanButton(turn)]]);
}
