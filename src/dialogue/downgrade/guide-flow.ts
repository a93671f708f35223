import type { IntentId } from "../../knowledge/types.ts";
import { answerIntent, intentButton, say } from "../answer.ts";
import { humanButton } from "../handoff.ts";
import type { Mind } from "../mind.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { Awaiting, Button, InlineButton } from "../types.ts";
import { newCase, type Sector } from "./case.ts";
import { sectorButtons } from "./guide-buttons.ts";
import { isFresh } from "./hear.ts";
import { OBSTACLES } from "./obstacles.ts";

/** For who doesn't know what to ask: which sector, then what happened; a sector that is known isn't asked again. */
export function openGuide(turn: Turn): void {
  const dispute = turn.conversation.downgrade ?? null;
  converse(turn, { lastIntent: "downgrade", misses: 0 });
  if (dispute !== null && dispute.sector !== null && isFresh(dispute, turn.at)) {
    askWhatHappened(turn, dispute.sector);
    return;
  }
  ask(turn, sayTo(turn)("guide.which_sector"), sectorButtons(turn, null));
}

/** A sector was chosen: for the answer it stood under, or to go on to what happened. */
export function pickSectorOfGuide(turn: Turn, sector: Sector, intent: IntentId | null): void {
  const before = turn.conversation.downgrade ?? null;
  const goesOn = before !== null && (before.sector === null || before.sector === sector);
  converse(turn, { downgrade: { ...(goesOn ? before : newCase(turn.at)), sector }, misses: 0 });
  if (intent === null) askWhatHappened(turn, sector);
  else answerIntent(turn, intent);
}

/** Not in the list: the way that works for all, and a person first. */
export function answerUnlisted(turn: Turn): void {
  answerIntent(turn, "downgrade", { humanFirst: true, before: sayTo(turn)("guide.unlisted_words") });
}

function askWhatHappened(turn: Turn, sector: Sector): void {
  const words = sayTo(turn);
  const unlisted: InlineButton = { label: words("guide.unlisted"), button: { kind: "guide.unlisted" } };
  const obstacles = OBSTACLES.map((intent) => intentButton(turn, intent));
  const asked =
    sector === "other"
      ? words("guide.what_happened")
      : words("guide.what_happened_of", { sector: words(`guide.sector.${sector}`) });
  ask(
    turn,
    asked,
    [...obstacles, unlisted].map((button) => [button]),
  );
}

function ask(turn: Turn, question: string, rows: readonly (readonly InlineButton[])[]): void {
  say(turn, question, [...rows, [humanButton(turn)]]);
  const options = rows.flat().map(({ button }) => button);
  converse(turn, { awaiting: { kind: "choice", options } });
}

/** The offered button whose label was typed instead. */
export function labelled(text: string, awaiting: Awaiting | null, { knowledge }: Mind): Button | undefined {
  if (awaiting?.kind !== "choice") return undefined;
  return awaiting.options.find((button) => {
    const label =
      button.kind === "guide"
        ? knowledge.strings.get(`guide.sector.${button.sector}`)
        : button.kind === "guide.unlisted"
          ? knowledge.strings.get("guide.unlisted")
          : button.kind === "intent"
            ? knowledge.intents.get(button.intent)?.title
            : undefined;
    return label !== undefined && (label.zh === text || label.en.toLowerCase() === text.toLowerCase());
  });
}
