import type { Nearby, PlaceName, Point } from "../places/types.ts";
import { nextButtons, say } from "./answer.ts";
import { converse, sayTo, type Turn } from "./turn.ts";
import type { Button, InlineButton } from "./types.ts";

/** The strings of `data/strings/location.yaml` with the parameters each needs. */
export const LOCATION_STRINGS = {
  "location.around": ["place"],
  "location.far": ["place", "nearest", "km"],
  "location.far_from_all": ["place"],
  "location.outside": [],
  "location.none_of_these": [],
} as const satisfies Record<string, readonly string[]>;

/**
 * A place on the map: which county is it? Centres say nothing of borders, so the customer confirms, and the verdict
 * is the confirmed county's.
 */
export function answerLocation(turn: Turn, point: Point): void {
  const { text, choices } = askWhere(turn, turn.mind.places.near(point));
  converse(turn, { misses: 0, lastIntent: "coverage" });
  say(turn, text, [...choices, ...nextButtons(turn, "coverage")]);
}

/** What is asked about a point, with a button for each county it may be in. What is typed next may be the answer. */
export function askWhere(
  turn: Turn,
  nearby: Nearby,
): { readonly text: string; readonly choices: readonly (readonly InlineButton[])[] } {
  const words = sayTo(turn);
  const { lang } = turn.conversation;
  const nameOf = ({ full, fullEn }: PlaceName) => (lang === "zh" ? full : fullEn);
  const units = nearby.kind === "outside" ? [] : nearby.units;
  const [first] = units;
  if (nearby.kind === "outside" || first === undefined) {
    converse(turn, { awaiting: { kind: "place" } });
    return { text: words("location.outside"), choices: [] };
  }
  const none: Button = { kind: "intent", intent: "coverage" };
  const buttons = units.map(
    (unit): InlineButton => ({
      label: nameOf(unit),
      button: { kind: "place", code: unit.code },
    }),
  );
  buttons.push({ label: words("location.none_of_these"), button: none });
  converse(turn, { awaiting: { kind: "choice", options: buttons.map(({ button }) => button) } });
  return { text: question(), choices: buttons.map((button) => [button]) };

  function question(): string {
    const place = first === undefined ? "" : nameOf(first);
    if (nearby.kind !== "far") return words("location.around", { place });
    const { listed } = nearby;
    if (listed === undefined) return words("location.far_from_all", { place });
    return words("location.far", { place, nearest: nameOf(listed), km: Math.round(listed.km) });
  }
}
