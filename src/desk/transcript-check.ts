import { z } from "zod";
import { readPage } from "./transcript-page.ts";
import { type Flaw, flawOf } from "./transcript-seal.ts";

const sealed = z.strictObject({
  sha256: z.string(),
  page_sha256: z.string().exactOptional(),
  signature: z.string(),
  public_key: z.string(),
});

/** Of the transcript only what is told about it: all of it is hashed, whatever is in it. */
const transcript = z.looseObject({
  format: z.literal("zhida-transcript/1"),
  exported_at: z.string(),
  lines: z.array(z.unknown()),
  tickets: z.array(z.unknown()),
});

/** `how` tells people how to check it, and is no part of the record. */
const jsonFile = z.strictObject({ transcript, seal: sealed, how: z.string().exactOptional() });

/** What a file turned out to be. */
export type Checked =
  | { readonly kind: "foreign"; readonly why: string }
  | {
      readonly kind: "sealed";
      /** Null: it is as it was made. */
      readonly flaw: Flaw;
      readonly sha256: string;
      readonly publicKey: string;
      readonly exportedAt: string;
      readonly lines: number;
      readonly tickets: number;
    };

/** Computes a transcript file's hashes and signature again; `content` is the whole file, page or JSON. */
export function checkTranscript(content: string): Checked {
  const page = readPage(content);
  const json =
    page === undefined
      ? parseJson(content)
      : { transcript: parseJson(page.transcript), seal: parseJson(page.seal) };
  if (json === undefined)
    return { kind: "foreign", why: "it is neither a page nor JSON that /export or `zhida export` made" };
  const read = jsonFile.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return {
      kind: "foreign",
      why: `it is no transcript of ours, or its frame is damaged: ${issue?.path.join(".")} ${issue?.message}`,
    };
  }
  const { transcript: said, seal } = read.data;
  return {
    kind: "sealed",
    flaw: flawOf(said, page?.page ?? null, seal),
    sha256: seal.sha256,
    publicKey: seal.public_key,
    exportedAt: said.exported_at,
    lines: said.lines.length,
    tickets: said.tickets.length,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
