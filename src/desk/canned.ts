import type { Canned } from "./facts.ts";

/** What was typed after `/canned`. */
export type CannedOrder =
  | { readonly kind: "list" }
  | { readonly kind: "send"; readonly name: string }
  | { readonly kind: "add"; readonly name: string; readonly text: string }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "unclear" };

const LONGEST_NAME = 32;
/** Lines that start so are the agents' own and go to nobody. */
const NOTE = "//";

export function readCannedOrder(argument: string): CannedOrder {
  const [, verb = "", name = "", text = ""] = /^(\S*)\s*(\S*)\s*([\s\S]*)$/u.exec(argument.trim()) ?? [];
  switch (verb.toLowerCase()) {
    case "":
      return { kind: "list" };
    case "add":
      if (name === "" || [...name].length > LONGEST_NAME || text === "" || text.startsWith(NOTE))
        return { kind: "unclear" };
      return { kind: "add", name: name.toLowerCase(), text };
    case "remove":
      return name === "" || text !== "" ? { kind: "unclear" } : { kind: "remove", name: name.toLowerCase() };
    default:
      return name === "" ? { kind: "send", name: verb.toLowerCase() } : { kind: "unclear" };
  }
}

export function findCanned(replies: readonly Canned[], name: string): Canned | undefined {
  return replies.find((reply) => reply.name === name);
}

const PLACEHOLDER = /\{([^{}]*)\}/gu;

/** The placeholders of a reply that nothing fills, each once. */
export function unknownPlaceholders(text: string, known: readonly string[]): readonly string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
  return [...new Set(names)].filter((name) => !known.includes(name));
}

/** A placeholder that has lost its meaning since it was saved is sent as it stands: better odd than silent. */
export function fillCanned(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}
