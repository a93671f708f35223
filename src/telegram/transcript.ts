import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { type CustomerRecord, transcriptDocument } from "../desk/transcript.ts";
import { sealPage, transcriptPage } from "../desk/transcript-page.ts";
import { type SealKey, sealOf } from "../desk/transcript-seal.ts";
import { lineWords } from "../dialogue/downgrade/log-facts.ts";
import type { Mind } from "../dialogue/mind.ts";
import type { Tx } from "../store/types.ts";

export interface TranscriptFiles {
  readonly page: { readonly name: string; readonly content: string };
  readonly json: { readonly name: string; readonly content: string };
  readonly sha256: string;
  readonly publicKey: string;
}

/**
 * A customer's transcript as a page and as JSON: the same record, sealed.
 * @param at epoch ms: what was said up to then
 */
export function transcriptFiles(
  record: CustomerRecord,
  { at, mind, key }: { at: number; mind: Mind; key: SealKey },
): TranscriptFiles {
  const { brand, agents } = mind.knowledge.business;
  const said = record.lines.map((line) => ({ ...line, text: lineWords(line, mind, record.lang) }));
  const transcript = transcriptDocument(
    { ...record, lines: said },
    {
      at,
      timeZone: agents.timeZone,
      service: brand[record.lang],
    },
  );
  const seal = sealOf(transcript, null, key);
  const say = mind.say(record.lang);
  const page = transcriptPage(transcript, say);
  const how = `${say("record.proof.how").trim()}\n${say("record.proof.limits").trim()}`;
  const name = `transcript-${transcript.exported_at.slice(0, 10)}`;
  return {
    page: { name: `${name}.html`, content: sealPage(page, sealOf(transcript, page, key)) },
    json: { name: `${name}.json`, content: `${JSON.stringify({ transcript, seal, how }, null, 2)}\n` },
    sha256: seal.sha256,
    publicKey: seal.public_key,
  };
}

const KEY_SETTING = "transcript.key";
const keyShape = z.object({ x: z.string(), d: z.string() });

/** The key that this bot seals transcripts with: made once, kept in its database. */
export async function sealKey(tx: Tx): Promise<SealKey> {
  const kept = await tx.setting(KEY_SETTING);
  if (kept !== undefined) return keyShape.parse(JSON.parse(kept));
  const key = keyShape.parse(generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }));
  await tx.saveSetting(KEY_SETTING, JSON.stringify(key));
  return key;
}
