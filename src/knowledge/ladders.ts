import { z } from "zod";
import type { Sector } from "../dialogue/downgrade/case.ts";
import type { ContentFiles } from "./content.ts";
import { error, startOf } from "./findings.ts";
import { type Checked, checkShape, isoDate, localized, text } from "./shape.ts";
import { readYaml } from "./yaml.ts";

const LADDERS_FILE = "data/downgrade/ladders.yaml";

const sector = z.enum(["telecom", "membership", "cloud", "other"] as const satisfies readonly Sector[]);

const fact = {
  source: z.array(text).min(1),
  confidence: z.enum(["H", "M"]),
  checked_on: isoDate,
  review_after: isoDate,
};

const deadline = z.strictObject({
  days: z.int().positive(),
  unit: z.enum(["calendar", "working"]),
  /** What it rests on: only `statutory` is told as law. */
  basis: z.enum(["statutory", "provider_promise", "self_set"]),
  /** What it counts from, in words, and what is to happen within it. */
  from: localized,
  within: localized,
  /** The day it counts from, where one is known: the complaint to the provider, the filing with the authority. */
  starts: z.enum(["complaint", "filing"]).optional(),
});

const step = z.strictObject({
  /** Short: a button carries it. */
  id: z.string().regex(/^[a-z_]{1,28}$/u, "must be a short name of small letters and _"),
  do: localized,
  /** Null: nothing to wait for, the next step follows at once. */
  deadline: deadline.nullable(),
  /** The steps of that sector follow in its place. */
  same_as: sector.optional(),
  ...fact,
});

const timeLimit = z.strictObject({
  months: z.int().positive(),
  /** Which claims it ends, counted from the event. */
  claim: z.enum(["billing", "other", "any", "court"]),
  of: localized,
  ...fact,
});

const ladder = z.strictObject({
  sector,
  title: localized,
  steps: z.array(step).min(1),
  time_limits: z.array(timeLimit).optional(),
  closes_if: z.strictObject({ ...localized.shape, ...fact }).optional(),
});

/** One sector's way up in `data/downgrade/ladders.yaml`. */
export type Ladder = z.infer<typeof ladder>;
export type LadderStep = z.infer<typeof step>;
export type TimeLimit = z.infer<typeof timeLimit>;
export type Deadline = z.infer<typeof deadline>;

/** Reads the steps that may be climbed when a provider doesn't do what was asked. */
export function parseLadders(files: ContentFiles): Checked<readonly Ladder[]> {
  const content = files.get(LADDERS_FILE);
  if (content === undefined)
    return { findings: [error(startOf(LADDERS_FILE), "missing-file", "needed: the steps up, by sector")] };
  const { yaml } = readYaml(LADDERS_FILE, content);
  // What is wrong with the syntax is found with the rest of the folder.
  return yaml === undefined ? { findings: [] } : checkShape(yaml, z.array(ladder).min(1), "downgrade-shape");
}
