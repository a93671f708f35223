import type { KnownAgent } from "./facts.ts";
import type { Agent } from "./types.ts";

/** Anonymous admins share the group's id (a negative number) and differ by name alone. */
export function isSameAgent(one: Agent | null, other: Agent | null): boolean {
  if (one === null || other === null || one.id !== other.id) return false;
  return one.id > 0 || one.name === other.name;
}

/** The colleague that is written after a command: `@username`, or the name as the group shows it. */
export function findAgent(agents: readonly KnownAgent[], typed: string): KnownAgent | undefined {
  const wanted = typed.trim().replace(/^@/u, "").toLowerCase();
  if (wanted === "") return undefined;
  return (
    agents.find(({ username }) => username?.toLowerCase() === wanted) ??
    agents.find(({ name }) => name.toLowerCase() === wanted)
  );
}

/** How an agent is called so that they notice: by username where they have one. */
export function callOut(agent: Agent, agents: readonly KnownAgent[]): string {
  const username = agent.username ?? agents.find((known) => isSameAgent(known, agent))?.username;
  return username === undefined ? agent.name : `@${username}`;
}
