import type { Knowledge, Lang } from "../knowledge/types.ts";
import type { Nlu } from "../nlu/types.ts";
import type { Places } from "../places/types.ts";
import type { Say } from "./strings.ts";

/** Knowledge made usable: what `decide` understands with and speaks with. Immutable; swapped whole on a reload. */
export interface Mind {
  readonly knowledge: Knowledge;
  readonly nlu: Nlu;
  readonly places: Places;
  readonly say: (lang: Lang) => Say;
}

/** The rules of the human side that come from the environment and from the state of the staff group. */
export interface DeskPolicy {
  /** Promised time until an agent's first reply, ms. */
  readonly firstReplyMs: number;
  /** After a miss, on-call agents are paged again this often, ms. */
  readonly escalateEveryMs: number;
  /** Telegram users paged in private. */
  readonly onCall: readonly number[];
  /** `absent`: none configured. `unreachable`: configured, but Telegram refuses. */
  readonly staff: "ready" | "absent" | "unreachable";
  /** Where rows are kept: a file of the bot's own machine (also when absent), or a PostgreSQL server. */
  readonly storage?: "file" | "server";
}
