import { z } from "zod";
import type { CommandInput, CommandName, CommandResult } from "./commands.ts";
import { type Control, createControl, type Link } from "./control.ts";

const answer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

const people = z.array(z.looseObject({ user: z.looseObject({ id: z.number() }), role: z.string() }));

/** The same control from another process. `url` is the playground's address. */
export async function connectControl(url: string): Promise<Control> {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(new URL(`/control/${path}`, url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const parsed = answer.parse(await response.json());
    if (!parsed.ok) throw new Error(`${path}: ${parsed.error}`);
    return parsed.result;
  };
  const link: Link = {
    // The types are those of the server's own command table.
    call: <N extends CommandName>(name: N, input: CommandInput<N>) =>
      post(name, input) as Promise<CommandResult<N>>,
    changed: (since, timeoutMs) => post("changed", { since, timeoutMs }) as Promise<number>,
  };
  const snapshot = await link.call("snapshot", {});
  people.parse(snapshot.people);
  const of = (role: string) => snapshot.people.filter((p) => p.role === role).map((p) => p.user);
  return createControl(link, { customers: of("customer"), agents: of("agent") });
}
