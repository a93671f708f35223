import { z } from "zod";
import { error, type Finding, type RuleId } from "./findings.ts";
import type { YamlFile } from "./yaml.ts";

/** A value, or the findings that say why there is none. */
export interface Checked<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** Text that says something. */
export const text = z.string().regex(/\S/u, "is blank: expected text");

/** An ISO day. Unquoted in YAML it is text as well. */
export const isoDate = z.iso.date({
  error: ({ code }) => (code === "invalid_format" ? "must be a date like 2026-11-22" : undefined),
});

/** The same thing said in both languages. */
export const localized = z.strictObject({ zh: text, en: text });

type Issue = z.core.$ZodIssue;

/** Holds a YAML file against a shape; each deviation becomes a finding at the value it is about. */
export function checkShape<T>(
  yaml: YamlFile,
  schema: z.ZodType<T>,
  ruleOf: RuleId | ((issue: Issue) => RuleId),
): Checked<T> {
  const result = schema.safeParse(yaml.value, { error: explain, reportInput: true });
  if (result.success) return { value: result.data, findings: [] };
  const findings = result.error.issues
    .flatMap((issue) => nearestBranch(issue))
    .flatMap((issue) => {
      const rule = typeof ruleOf === "function" ? ruleOf(issue) : ruleOf;
      if (issue.code !== "unrecognized_keys")
        return [error(yaml.at(issue.path), rule, `${nameOf(issue.path)} ${issue.message}`)];
      return issue.keys.map((key) =>
        error(
          yaml.keyAt([...issue.path, key]),
          rule,
          `${nameOf([...issue.path, key])} is not a known key: ${strayKeyAdvice(issue.input, key)}`,
        ),
      );
    });
  return { findings };
}

/** `{ zh: 好的,再见 }` is a map with a second, empty key: the commonest slip in these files. */
function strayKeyAdvice(map: unknown, key: string): string {
  const stray = typeof map === "object" && map !== null && (map as Record<string, unknown>)[key] === null;
  return stray
    ? "inside { } a comma ends a text, so put the text in quotes"
    : "remove it, or correct its spelling";
}

/** Of a union's failed branches, the one that came furthest says the most about what was meant. */
function nearestBranch(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map((i) => i.path.length));
  const [first, ...rest] = issue.errors;
  const nearest = rest.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best), first ?? []);
  if (depth(nearest) === 0) return [issue];
  return nearest.flatMap((inner) =>
    nearestBranch({ ...inner, path: [...issue.path, ...inner.path] } as Issue),
  );
}

const NOUNS: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a map",
  record: "a map",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

/** Zod's issues in the words of someone who writes YAML, not TypeScript. */
const explain: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type": {
      const expected = NOUNS[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return `is missing: expected ${expected}`;
      if (issue.input === null) return `is empty: expected ${expected}`;
      const got = `is ${describe(issue.input)}: expected ${expected}`;
      const quotable = issue.expected === "string" && typeof issue.input !== "object";
      return quotable ? `${got}, so put it in quotes` : got;
    }
    case "invalid_value":
      return `is ${describe(issue.input)}: expected ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return `is ${describe(issue.input)}, which is none of the forms allowed here`;
    case "too_small":
      return `is too small: expected ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return `is too big: expected ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    default:
      return undefined;
  }
};

function describe(input: unknown): string {
  if (input === undefined) return "missing";
  if (input === null) return "empty";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "a map";
  return JSON.stringify(input);
}

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  const joined = path.reduce<string>(
    (name, part) =>
      typeof part === "number" ? `${name}[${part}]` : name === "" ? String(part) : `${name}.${String(part)}`,
    "",
  );
  return `\`${joined}\``;
}
