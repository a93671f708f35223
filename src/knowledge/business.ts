import { z } from "zod";
import type { ContentFiles } from "./content.ts";
import { error, startOf } from "./findings.ts";
import { agentHours, quietHours, scheduleOf } from "./hours.ts";
import { type Checked, checkShape, isoDate, localized, text } from "./shape.ts";
import type { Business } from "./types.ts";
import { readYaml } from "./yaml.ts";

const BUSINESS_FILE = "data/business.yaml";

const seconds = z.int().positive();
const days = z.int("must be whole days, like 365").min(1, "must be at least a day").max(36_500);

const businessShape = z
  .strictObject({
    brand: localized,
    hotline: z.strictObject({
      display: text,
      dial: z.string().regex(/^\d{5,15}$/u, "must be what a phone dials: digits only, like 4001865909"),
      name: localized,
      hours: localized,
    }),
    commitments: z.array(z.strictObject({ id: text, text: localized, source: text })).min(1),
    coverage: z.strictObject({
      source: localized,
      as_of: isoDate,
    }),
    promise: z.strictObject({ first_reply_s: seconds, escalate_every_s: seconds }),
    retention: z.strictObject({
      transcript_days: days,
      tickets_days: days,
      media_days: days,
      finished_days: days,
    }),
    agents: z.strictObject({
      hours: agentHours,
      time_zone: z.string().refine(isTimeZone, "is no time zone: use an IANA name like Asia/Shanghai"),
    }),
    reminders: z.strictObject({ quiet: quietHours.optional() }).optional(),
  })
  .refine((b) => b.hotline.display.replaceAll(/\D/gu, "") === b.hotline.dial.replaceAll(/\D/gu, ""), {
    path: ["hotline", "dial"],
    message: "must be the digits of hotline.display, so that what is read and what is dialled are one number",
  });

/** Reads `data/business.yaml`. */
export function parseBusiness(files: ContentFiles): Checked<Business> {
  const content = files.get(BUSINESS_FILE);
  if (content === undefined)
    return {
      findings: [error(startOf(BUSINESS_FILE), "missing-file", "needed: brand, hotline, commitments, …")],
    };
  const { yaml, findings } = readYaml(BUSINESS_FILE, content);
  if (yaml === undefined) return { findings };
  const shaped = checkShape(yaml, businessShape, "business-shape");
  if (shaped.value === undefined) return { findings: shaped.findings };
  const { brand, hotline, commitments, coverage, promise, retention, agents, reminders } = shaped.value;
  return {
    findings: [],
    value: {
      brand,
      hotline,
      commitments,
      coverage: { source: coverage.source, asOf: coverage.as_of },
      promise: { firstReplyS: promise.first_reply_s, escalateEveryS: promise.escalate_every_s },
      retention: {
        transcriptDays: retention.transcript_days,
        ticketsDays: retention.tickets_days,
        mediaDays: retention.media_days,
        finishedDays: retention.finished_days,
      },
      agents: {
        hours: { zh: agents.hours.zh, en: agents.hours.en },
        timeZone: agents.time_zone,
        schedule: scheduleOf(agents.hours),
      },
      reminders: { quiet: reminders?.quiet ?? null },
    },
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
