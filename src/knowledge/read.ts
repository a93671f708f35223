import type { z } from "zod";
import type { AskedLexicon } from "../dialogue/asked.ts";
import type { LetterLexicon } from "../dialogue/downgrade/letter-lexicon.ts";
import type { LetterTemplate } from "../dialogue/downgrade/letter-template.ts";
import type { DowngradeLexicon } from "../dialogue/downgrade/lexicon.ts";
import type { ReminderLexicon } from "../dialogue/downgrade/remind-lexicon.ts";
import type { FollowLexicon } from "../dialogue/follow-lexicon.ts";
import type { RepairLexicon } from "../dialogue/repair/lexicon.ts";
import type { HumanLexicon } from "../nlu/types.ts";
import type { PlacesData } from "../places/types.ts";
import { checkAllows } from "./allow.ts";
import { parseBusiness } from "./business.ts";
import { type Content, type ContentFiles, readContent, versionOf } from "./content.ts";
import { parseCoverage } from "./coverage.ts";
import { checkDissuasion, parseDissuasion } from "./dissuasion.ts";
import { type DatedFact, parseDowngrade } from "./downgrade.ts";
import { checkDuplicates } from "./examples.ts";
import { error, type Finding, hasErrors, type RuleId, sortFindings, startOf } from "./findings.ts";
import { parseGuide } from "./guide.ts";
import { type Example, parseIntents } from "./intents.ts";
import { parseLadders } from "./ladders.ts";
import { parseLetter } from "./letter.ts";
import { businessParams, type StringTable } from "./say.ts";
import { checkAnswers, checkBraces, checkHardcoded, checkPrices } from "./sayings.ts";
import { type Checked, checkShape } from "./shape.ts";
import { parseStrings } from "./strings.ts";
import type { Knowledge } from "./types.ts";
import { readYaml } from "./yaml.ts";

/** What other rooms know about their own files. Knowledge stands below them, so it is told. */
export interface ContentShapes {
  /** Every key the code says, with its parameters. */
  readonly strings: StringTable;
  /** The shape of `data/lexicon/human.yaml`. */
  readonly humanLexicon: z.ZodType<HumanLexicon>;
  /** The shape of `data/lexicon/repair.yaml`. */
  readonly repairLexicon: z.ZodType<RepairLexicon>;
  /** The shape of `data/lexicon/letter.yaml`. */
  readonly letterLexicon: z.ZodType<LetterLexicon>;
  /** The shape of `data/lexicon/reminders.yaml`. */
  readonly reminderLexicon: z.ZodType<ReminderLexicon>;
  /** The shape of `data/lexicon/follow.yaml`. */
  readonly followLexicon: z.ZodType<FollowLexicon>;
  /** The shape of `data/lexicon/asked.yaml`. */
  readonly askedLexicon: z.ZodType<AskedLexicon>;
  /** The shape of `data/downgrade/letter.yaml`. */
  readonly letter: z.ZodType<LetterTemplate>;
  /** The shape of `data/lexicon/downgrade.yaml`. */
  readonly downgradeLexicon: z.ZodType<DowngradeLexicon>;
  /**
   * Makes `data/places/` usable; the texts are by file name (`former.tsv`).
   * @throws with a message that begins with `data/places/<file>:<line>: ` for whoever maintains them
   */
  readonly parsePlaces: (files: Readonly<Record<string, string>>) => PlacesData;
}

export interface ReadResult {
  /** Only where there is no error. */
  readonly knowledge?: Knowledge;
  /** In order of file and line. */
  readonly findings: readonly Finding[];
  /** For the lints that are too slow, or too dependent on the day, to stand before every start. */
  readonly files: ContentFiles;
  readonly examples: readonly Example[];
  readonly facts: readonly DatedFact[];
}

/** The files of `data/lexicon/`. */
type LexiconName = "human" | "repair" | "letter" | "reminders" | "follow" | "asked" | "downgrade";

const PLACES_FOLDER = "data/places/";

/** Reads `intents/` and `data/` whole: one knowledge, or all the reasons why not. */
export async function readKnowledge(contentDir: string, shapes: ContentShapes): Promise<ReadResult> {
  return knowledgeOf(await readContent(contentDir), shapes);
}

/** Makes knowledge of content that has been read. */
export function knowledgeOf({ files, findings: unread }: Content, shapes: ContentShapes): ReadResult {
  const business = parseBusiness(files);
  const common = new Set(
    business.value === undefined ? [] : Object.keys(businessParams(business.value, "zh")),
  );
  const intents = parseIntents(files);
  const strings = parseStrings(files, shapes.strings, common);
  const coverage = parseCoverage(files);
  const downgrade = parseDowngrade(files);
  const ladders = parseLadders(files);
  const guide = parseGuide(files, downgrade.files.get("rights"), intents.intents);
  const letter = parseLetter(files, shapes.letter, {
    rights: downgrade.files.get("rights"),
    sources: downgrade.sources,
  });
  const lexicon = <T>(name: LexiconName, shape: z.ZodType<T>, holds: string) =>
    parseLexicon(files, { file: `data/lexicon/${name}.yaml`, rule: `${name}-lexicon-shape`, holds }, shape);
  const human = lexicon("human", shapes.humanLexicon, "how people ask for a person");
  const repair = lexicon("repair", shapes.repairLexicon, "the words a repair request is read by");
  const letters = lexicon("letter", shapes.letterLexicon, "the words the complaint letter is asked for by");
  const reminders = lexicon("reminders", shapes.reminderLexicon, "the words that say what to be reminded of");
  const follow = lexicon(
    "follow",
    shapes.followLexicon,
    "the words that mean something only after what was talked of",
  );
  const asked = lexicon("asked", shapes.askedLexicon, "the words that decide what is asked");
  const disputes = lexicon(
    "downgrade",
    shapes.downgradeLexicon,
    "the words a dispute about downgrading is read by",
  );
  const places = parsePlaces(files, shapes.parsePlaces);
  const dissuasion = parseDissuasion(files);
  const sayings = [...intents.answers, ...strings.sayings, ...downgrade.sayings];

  const findings = sortFindings([
    ...unread,
    ...business.findings,
    ...intents.findings,
    ...strings.findings,
    ...coverage.findings,
    ...downgrade.findings,
    ...ladders.findings,
    ...guide.findings,
    ...letter.findings,
    ...human.findings,
    ...repair.findings,
    ...letters.findings,
    ...reminders.findings,
    ...follow.findings,
    ...asked.findings,
    ...disputes.findings,
    ...places.findings,
    ...dissuasion.findings,
    ...checkAllows(files),
    ...checkBraces(sayings),
    ...checkDuplicates(intents.examples),
    ...(dissuasion.value === undefined ? [] : checkDissuasion(files, sayings, dissuasion.value)),
    // Without the business facts nobody knows which placeholders there are.
    ...(business.value === undefined
      ? []
      : [
          ...checkAnswers(intents.answers, common),
          ...checkHardcoded(sayings, business.value),
          ...checkPrices(intents.answers),
        ]),
  ]);
  const read = { findings, files, examples: intents.examples, facts: downgrade.facts };
  if (hasErrors(findings) || business.value === undefined || coverage.value === undefined) return read;
  if (places.value === undefined || human.value === undefined || repair.value === undefined) return read;
  if (reminders.value === undefined || ladders.value === undefined) return read;
  if (follow.value === undefined || asked.value === undefined) return read;
  if (letters.value === undefined || letter.value === undefined) return read;
  if (disputes.value === undefined || guide.value === undefined) return read;
  if (dissuasion.value === undefined) return read;
  const knowledge: Knowledge = Object.freeze({
    version: versionOf(files),
    intents: intents.intents,
    business: business.value,
    strings: strings.strings,
    coverage: coverage.value,
    places: places.value,
    humanLexicon: human.value,
    repairLexicon: repair.value,
    letterLexicon: letters.value,
    reminderLexicon: reminders.value,
    followLexicon: follow.value,
    askedLexicon: asked.value,
    sources: downgrade.sources,
    ladders: ladders.value,
    guide: guide.value,
    letter: letter.value,
    downgradeLexicon: disputes.value,
    downgrade: downgrade.files,
    dissuasion: dissuasion.value,
  });
  return { ...read, knowledge };
}

function parseLexicon<T>(
  files: ContentFiles,
  { file, rule, holds }: { readonly file: string; readonly rule: RuleId; readonly holds: string },
  shape: z.ZodType<T>,
): Checked<T> {
  const content = files.get(file);
  if (content === undefined) return { findings: [error(startOf(file), "missing-file", `needed: ${holds}`)] };
  const { yaml, findings } = readYaml(file, content);
  return yaml === undefined ? { findings } : checkShape(yaml, shape, rule);
}

function parsePlaces(files: ContentFiles, parse: ContentShapes["parsePlaces"]): Checked<PlacesData> {
  const own = [...files].filter(([file]) => file.startsWith(PLACES_FOLDER));
  try {
    const texts = Object.fromEntries(own.map(([file, text]) => [file.slice(PLACES_FOLDER.length), text]));
    return { value: parse(texts), findings: [] };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const named = /^(data\/places\/[^\s:]+)(?::(\d+))?:? (.*)$/su.exec(message);
    const [, file = PLACES_FOLDER, line = "1", what = message] = named ?? [];
    return { findings: [error({ file, line: Number(line), column: 1 }, "places-shape", what)] };
  }
}
