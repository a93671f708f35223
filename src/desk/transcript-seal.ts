import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

/** An Ed25519 key pair as JSON Web Key (RFC 8037), base64url. */
export interface SealKey {
  /** The public half. */
  readonly x: string;
  /** The private half: never leaves the bot's database. */
  readonly d: string;
}

/** What a file bears to show that it is as it was made, and by whose key. */
export interface Seal {
  /** SHA-256 of the transcript in canonical form, hex. */
  readonly sha256: string;
  /** SHA-256 of the page without its seal, hex; only in HTML. */
  readonly page_sha256?: string;
  /** Ed25519 over the canonical form of the hashes above, hex. */
  readonly signature: string;
  /** The public half of the key it was signed with, hex. */
  readonly public_key: string;
}

/** The form that is hashed: JSON without blanks, keys sorted, as RFC 8785 has it for what JSON.parse can give. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(",")}}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** @param page the page with an empty seal, where the transcript goes into one */
export function sealOf(transcript: unknown, page: string | null, { x, d }: SealKey): Seal {
  const hashes = hashesOf(transcript, page);
  const key = createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", x, d }, format: "jwk" });
  const signature = sign(null, Buffer.from(canonical(hashes)), key).toString("hex");
  return { ...hashes, signature, public_key: publicKeyOf({ x }) };
}

/** The first thing found wrong; null where all is as it was sealed. */
export type Flaw = "transcript" | "page" | "signature" | null;

export function flawOf(transcript: unknown, page: string | null, seal: Seal): Flaw {
  const hashes = hashesOf(transcript, page);
  if (hashes.sha256 !== seal.sha256) return "transcript";
  if (hashes.page_sha256 !== seal.page_sha256) return "page";
  return isSigned(hashes, seal) ? null : "signature";
}

function hashesOf(transcript: unknown, page: string | null): Pick<Seal, "sha256" | "page_sha256"> {
  return {
    sha256: sha256(canonical(transcript)),
    ...(page === null ? {} : { page_sha256: sha256(page) }),
  };
}

/** How the public half is written for people: hex, so that it can be typed behind `--key`. */
function publicKeyOf({ x }: Pick<SealKey, "x">): string {
  return Buffer.from(x, "base64url").toString("hex");
}

function isSigned(hashes: unknown, { signature, public_key: publicKey }: Seal): boolean {
  try {
    const x = Buffer.from(publicKey, "hex").toString("base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, Buffer.from(canonical(hashes)), key, Buffer.from(signature, "hex"));
  } catch {
    // No key at all, or one of another kind.
    return false;
  }
}
