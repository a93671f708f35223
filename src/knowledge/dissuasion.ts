import { z } from "zod";
import { isAllowed } from "./allow.ts";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { LANGS, type Saying } from "./sayings.ts";
import { type Checked, checkShape, text } from "./shape.ts";
import type { Lang } from "./types.ts";
import { readYaml } from "./yaml.ts";

const FILE = "data/lint/dissuasion.yaml";

/** A way of talking a customer out of what they want. */
export interface DissuasivePhrase {
  readonly lang: Lang;
  readonly pattern: RegExp;
  /** Harmless elsewhere, an upsell where somebody wants to go down. */
  readonly onlyInDowngrade: boolean;
  /** What a text should do instead. */
  readonly instead: string;
}

const phrase = z.strictObject({
  pattern: text,
  example: text,
  instead: text,
  only_in_downgrade: z.boolean().default(false),
});
const listShape = z.strictObject({ zh: z.array(phrase).min(1), en: z.array(phrase).min(1) });

/** Reads `data/lint/dissuasion.yaml`; a pattern that misses its own example is an error. */
export function parseDissuasion(files: ContentFiles): Checked<readonly DissuasivePhrase[]> {
  const content = files.get(FILE);
  if (content === undefined)
    return {
      findings: [error(startOf(FILE), "missing-file", "needed: the phrases that the bot never says")],
    };
  const { yaml, findings: syntax } = readYaml(FILE, content);
  if (yaml === undefined) return { findings: syntax };
  const shaped = checkShape(yaml, listShape, "dissuasion-list");
  const list = shaped.value;
  if (list === undefined) return { findings: shaped.findings };

  const findings: Finding[] = [];
  const phrases = LANGS.flatMap((lang) =>
    list[lang].flatMap((entry, index) => {
      const pattern = compile(entry.pattern);
      const wrong =
        pattern === undefined
          ? "is not a valid regular expression"
          : pattern.test(entry.example)
            ? undefined
            : "doesn't match its own example";
      if (pattern === undefined || wrong !== undefined) {
        findings.push(
          error(yaml.at([lang, index, "pattern"]), "dissuasion-list", `/${entry.pattern}/ ${wrong}`),
        );
        return [];
      }
      return [{ lang, pattern, onlyInDowngrade: entry.only_in_downgrade, instead: entry.instead }];
    }),
  );
  return { value: phrases, findings };
}

/** Promise 4: no text of ours talks anyone out of anything. What providers say may be quoted. */
export function checkDissuasion(
  files: ContentFiles,
  sayings: readonly Saying[],
  phrases: readonly DissuasivePhrase[],
): Finding[] {
  return sayings.flatMap((saying) => {
    const own = withoutQuotes(saying.text);
    return phrases.flatMap(({ lang, pattern, onlyInDowngrade, instead }) => {
      const match = lang === saying.lang ? pattern.exec(own) : null;
      if (match === null || (onlyInDowngrade && saying.about !== "downgrade")) return [];
      if (isAllowed(files, saying.at, "dissuasion")) return [];
      const at = saying.within(match.index);
      return [error(at, "dissuasion", `"${match[0]}" talks the customer out of it: ${instead}`)];
    });
  });
}

const QUOTES = [/「[^」]*」/gu, /『[^』]*』/gu, /“[^”]*”/gu, /"[^"\n]*"/gu];

/** The text with what it quotes blanked out, every other character at its place. */
function withoutQuotes(text: string): string {
  return QUOTES.reduce(
    (rest, quote) => rest.replaceAll(quote, (quoted) => quoted.replaceAll(/[^\n]/gu, " ")),
    text,
  );
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "iu");
  } catch {
    return undefined;
  }
}
