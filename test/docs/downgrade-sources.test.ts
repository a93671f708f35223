import { expect, test } from "vitest";
import { z } from "zod";
import { readContent } from "../../src/knowledge/content.ts";
import { parseDowngrade } from "../../src/knowledge/downgrade.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

const localized = z.looseObject({ zh: z.string() });
const fact = z.looseObject({
  source: z.union([z.string(), z.array(z.string())]),
  confidence: z.enum(["H", "M"]),
  checked_on: z.string(),
  review_after: z.string(),
});
const sources = z.record(
  z.string(),
  z.looseObject({
    title: z.string(),
    title_en: z.string(),
    where: z.string(),
    seen: z.string(),
    confidence: z.string(),
  }),
);

/** A fact of the guide and where it stands. */
interface Stated {
  readonly where: string;
  readonly fact: z.infer<typeof fact>;
}

/** Every map with a source, from the outside in. */
function statedIn(value: unknown, where: string): Stated[] {
  if (Array.isArray(value)) return value.flatMap((item) => statedIn(item, where));
  if (typeof value !== "object" || value === null) return [];
  const entry = value as Record<string, unknown>;
  const name = [entry.id, entry.intent, entry.sector].find((each) => typeof each === "string");
  const here = name === undefined ? where : `${where} › ${name}`;
  const own = fact.safeParse(entry);
  const inner = Object.entries(entry).flatMap(([key, item]) =>
    statedIn(item, typeof item === "object" && !Array.isArray(item) ? `${here} › ${key}` : here),
  );
  return own.success ? [{ where: here, fact: own.data }, ...inner] : inner;
}

/** What it states, in a line. */
function statement({ fact: entry }: Stated): string {
  const parsed = z
    .looseObject({
      law: z.string().optional(),
      article: z.string().optional(),
      text: z.string().optional(),
      zh: z.string().optional(),
      do: localized.optional(),
      of: localized.optional(),
      limits: localized.optional(),
      months: z.number().optional(),
      rights: z.array(z.string()).optional(),
      deadline: z
        .looseObject({ days: z.number(), unit: z.string(), basis: z.string(), within: localized })
        .nullish(),
    })
    .parse(entry);
  const { deadline, law, article, text, limits } = parsed;
  return [
    law === undefined ? undefined : `${law}${article ?? ""}`,
    text === undefined ? undefined : `「${text}」`,
    limits === undefined ? undefined : `限：${limits.zh}`,
    parsed.zh,
    parsed.do?.zh,
    deadline == null
      ? undefined
      : `${deadline.days} ${deadline.unit} days (${deadline.basis}): ${deadline.within.zh}`,
    parsed.of === undefined ? undefined : `${parsed.of.zh}: ${parsed.months} months`,
    parsed.rights === undefined ? undefined : `rests on ${parsed.rights.join(", ")}`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s+/gu, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

async function page(): Promise<string> {
  const { files } = parseDowngrade(await readContent(ROOT).then((content) => content.files));
  const stated = [...files]
    .filter(([file]) => file !== "sources")
    .flatMap(([file, value]) => statedIn(value, file));
  const known = sources.parse(files.get("sources"));
  return `# What the downgrade guide states, and where it comes from

Every statement of \`data/downgrade/\`, made from the data by \`test/docs/downgrade-sources.test.ts\`, which fails when
this page is older than the data; \`npx vitest run test/docs -u\` writes it anew.

Confidence: H, the text of the law or authority was read; M, a reliable second hand (press, official form, copy). What
is weaker isn't stated. After \`review after\` \`zhida check\` refuses the statement until it has been read again. None
of this is legal advice.

## Statements

${table(
  ["Where", "What", "Sources", "Confidence", "Checked on", "Review after"],
  stated.map((each) => [
    each.where,
    statement(each),
    [each.fact.source].flat().join(", "),
    each.fact.confidence,
    each.fact.checked_on,
    each.fact.review_after,
  ]),
)}

## Sources

${table(
  ["Id", "Text", "Title in English (translated)", "Read at", "Seen", "Confidence"],
  Object.entries(known).map(([id, { title, title_en, where, seen, confidence }]) => [
    id,
    title,
    title_en,
    where,
    seen,
    confidence,
  ]),
)}
`;
}

test("docs/downgrade-sources.md lists every statement of the guide as the data has it", async () => {
  await expect(await page()).toMatchFileSnapshot("../../docs/downgrade-sources.md");
});
