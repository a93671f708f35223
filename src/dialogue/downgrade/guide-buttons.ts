import type { IntentId } from "../../knowledge/types.ts";
import { sayTo, type Turn } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { SECTORS } from "./case.ts";

/**
 * The sectors to choose from, two a row.
 * @param intent what is answered again for the one that is chosen; null: what happened is asked next
 */
export function sectorButtons(turn: Turn, intent: IntentId | null): readonly (readonly InlineButton[])[] {
  const words = sayTo(turn);
  const buttons = SECTORS.map((sector) => ({
    label: words(`guide.sector.${sector}`),
    button: { kind: "guide" as const, sector, intent },
  }));
  return [buttons.slice(0, 2), buttons.slice(2)];
}
