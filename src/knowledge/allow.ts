import type { ContentFiles } from "./content.ts";
import { error, type Finding, type Position, type RuleId } from "./findings.ts";

/** Rules that ask for a judgement. The others state what would break, so nothing excuses them. */
const ALLOWABLE: ReadonlySet<RuleId> = new Set<RuleId>([
  "dissuasion",
  "near-duplicate-across-intents",
  "misclassified-example",
  "wrong-language",
]);

const COMMENT = /(?:^|\s)#\s*allow\s+([a-z-]+)\s*:?\s*(.*)$/u;

/**
 * Whether the author has said why a rule doesn't hold here: `# allow dissuasion: quotes the provider`, at
 * the end of the line or in the comment lines right above it.
 */
export function isAllowed(files: ContentFiles, at: Position, rule: RuleId): boolean {
  const lines = files.get(at.file)?.split("\n") ?? [];
  if (!ALLOWABLE.has(rule)) return false;
  const allows = (line: string | undefined) => {
    const match = COMMENT.exec(line ?? "");
    return match?.[1] === rule && match[2] !== "";
  };
  if (allows(lines[at.line - 1])) return true;
  for (let above = at.line - 2; /^\s*#/u.test(lines[above] ?? ""); above--)
    if (allows(lines[above])) return true;
  return false;
}

/** An exception without a reason is no exception. */
export function checkAllows(files: ContentFiles): Finding[] {
  return [...files].flatMap(([file, content]) => {
    if (!file.endsWith(".yaml")) return [];
    return content.split("\n").flatMap((line, index) => {
      const match = COMMENT.exec(line);
      if (match === null) return [];
      const [, rule = "", reason] = match;
      const at = { file, line: index + 1, column: match.index + line.slice(match.index).indexOf("#") + 1 };
      if (!ALLOWABLE.has(rule as RuleId))
        return [
          error(
            at,
            "allow-without-reason",
            `${rule} can't be allowed: only ${[...ALLOWABLE].join(", ")} can`,
          ),
        ];
      if (reason !== "") return [];
      return [error(at, "allow-without-reason", `say why: # allow ${rule}: <the reason>`)];
    });
  });
}
