import { z } from "zod";
import { localized } from "../../knowledge/shape.ts";
import { wordList } from "../repair/lexicon.ts";
import { CASE_FACTS, SECTORS } from "./case.ts";

const id = z.string().regex(/^[a-z][a-z_]{0,30}$/u, "must be lower-case letters and _, at most 31");

/** The shape of `data/downgrade/letter.yaml`. */
export const letterTemplateSchema = z.strictObject({
  title: localized,
  /** Stands in the letter where nothing was told. */
  blank: localized,
  slots: z.array(
    z.strictObject({
      slot: z.enum(CASE_FACTS),
      label: localized,
      /** Absent: taken when it is told, never asked for, and left out of the letter while it isn't known. */
      ask: localized.exactOptional(),
      /** What a customer may call it before a colon: 工单号：123. */
      said: wordList.exactOptional(),
      none: z.strictObject({ label: localized, value: localized.exactOptional() }).exactOptional(),
    }),
  ),
  recipients: z.array(
    z.strictObject({
      id,
      label: localized,
      to: localized,
      // Its source and dates are checked with all other facts of the guide.
      file: z.looseObject({ ...localized.shape, checked_on: z.string() }),
    }),
  ),
  sectors: z.record(
    z.enum(SECTORS),
    z.strictObject({ label: localized, recipients: z.array(id).min(1), statutes: z.array(id) }),
  ),
  /** Said with every letter. A fact, like `file`. */
  one_track: z.looseObject({ ...localized.shape, checked_on: z.string() }),
  addressed: localized,
  blocks: z.array(
    z.union([
      z.strictObject({
        heading: localized,
        numbered: z.boolean().exactOptional(),
        lines: z.array(localized).min(1),
      }),
      z.strictObject({ heading: localized, from: z.enum(["log", "statutes"]) }),
    ]),
  ),
  closing: z.array(localized),
});

/** Parsed `data/downgrade/letter.yaml`. */
export type LetterTemplate = z.infer<typeof letterTemplateSchema>;
