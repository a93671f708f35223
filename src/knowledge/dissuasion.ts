import { z } from "zod";
import { isAllowed } from "./allow.ts";
import type { ContentFiles } from "./content.ts";
import { dissuasiveIn } from "./dissuasive.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { LANGS, type Saying } from "./sayings.ts";
import { type Checked, checkShape, text } from "./shape.ts";
import type { DissuasivePhrase } from "./types.ts";
import { readYaml } from "./yaml.ts";

const FILE = "data/lint/dissuasion.yaml";

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
    const found = dissuasiveIn(saying.text, phrases, { about: saying.about, lang: saying.lang });
    if (isAllowed(files, saying.at, "dissuasion")) return [];
    return found.map(({ words, index, instead }) =>
      error(saying.within(index), "dissuasion", `"${words}" talks the customer out of it: ${instead}`),
    );
  });
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "iu");
  } catch {
    return undefined;
  }
}
