import { z } from "zod";
import { isAllowed } from "./allow.ts";
import type { ContentFiles } from "./content.ts";
import { dissuasiveIn } from "./dissuasive.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { LANGS, type Saying } from "./sayings.ts";
import { type Checked, checkShape, text } from "./shape.ts";
import type { Dissuasion } from "./types.ts";
import { readYaml } from "./yaml.ts";

const FILE = "data/lint/dissuasion.yaml";

const phrase = z.strictObject({
  pattern: text,
  example: text,
  instead: text,
  only_in_downgrade: z.boolean().default(false),
});
const report = phrase.pick({ pattern: true, example: true });
const listShape = z.strictObject({
  reports: z.array(report),
  zh: z.array(phrase).min(1),
  en: z.array(phrase).min(1),
});

/** Reads `data/lint/dissuasion.yaml`; a pattern that misses its own example is an error. */
export function parseDissuasion(files: ContentFiles): Checked<Dissuasion> {
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
  const proven = (entry: z.infer<typeof report>, path: readonly [string, number]): readonly RegExp[] => {
    const pattern = compile(entry.pattern);
    if (pattern?.test(entry.example)) return [pattern];
    const wrong =
      pattern === undefined ? "is not a valid regular expression" : "doesn't match its own example";
    const at = yaml.at([...path, "pattern"]);
    findings.push(error(at, "dissuasion-list", `/${entry.pattern}/ ${wrong}`));
    return [];
  };
  const reports = list.reports.flatMap((entry, index) => proven(entry, ["reports", index]));
  const phrases = LANGS.flatMap((lang) =>
    list[lang].flatMap((entry, index) =>
      proven(entry, [lang, index]).map((pattern) => ({
        lang,
        pattern,
        onlyInDowngrade: entry.only_in_downgrade,
        instead: entry.instead,
      })),
    ),
  );
  return { value: { phrases, reports }, findings };
}

/** Promise 4: no text of ours talks anyone out of anything. What providers say may be reported. */
export function checkDissuasion(
  files: ContentFiles,
  sayings: readonly Saying[],
  dissuasion: Dissuasion,
): Finding[] {
  return sayings.flatMap((saying) => {
    const found = dissuasiveIn(saying.text, dissuasion, { about: saying.about, lang: saying.lang });
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
