import type { IntentId } from "../../knowledge/types.ts";

/** What providers do to keep people from downgrading, the commonest first. */
export const OBSTACLES = [
  "downgrade.hidden_entry",
  "downgrade.dissuasion",
  "downgrade.stalled_callback",
  "downgrade.not_this_period",
  "downgrade.benefits_lost",
  "downgrade.refund_refused",
  "downgrade.no_human",
] as const satisfies readonly IntentId[];

/** Answers that end in a complaint to the provider: it can be written, and its time for an answer may then run. */
export const ENDS_IN_COMPLAINT: ReadonlySet<IntentId> = new Set<IntentId>([
  ...OBSTACLES,
  "downgrade.complain",
]);
