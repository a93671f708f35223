import { callOut } from "../../desk/agents.ts";
import type { KnownAgent } from "../../desk/facts.ts";
import type { DeskPolicy } from "../mind.ts";
import type { Say } from "../strings.ts";

/** `/oncall`: who is paged in private. By name where they have acted in the group, else by their id. */
export function onCallNow(agents: readonly KnownAgent[], say: Say, { onCall }: DeskPolicy): string {
  if (onCall.length === 0) return say("general.oncall.none");
  const names = onCall.map((id) => {
    const agent = agents.find((known) => known.id === id);
    return agent === undefined ? `ID ${id}` : callOut(agent, agents);
  });
  return say("general.oncall", { agents: names.join("、") });
}
