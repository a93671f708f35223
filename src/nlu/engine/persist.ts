import type { Model } from "./train.ts";

/** First bytes of a saved model. The number changes with the format, and whenever a model would judge otherwise. */
const MAGIC = "zhida-nlu-17\n";
/** After the magic: how many bytes of JSON follow. Then the arrays, each at a multiple of 4. */
const HEADER_BYTES = MAGIC.length + 4;

const KINDS = { i8: Int8Array, u16: Uint16Array, i32: Int32Array, f32: Float32Array } as const;
type Kind = keyof typeof KINDS;
type Numbers = InstanceType<(typeof KINDS)[Kind]>;

/** In the JSON, where an array of numbers was. */
interface Placeholder {
  readonly kind: Kind;
  readonly at: number;
  readonly length: number;
}

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;

function kindOf(value: unknown): Kind | undefined {
  for (const kind of Object.keys(KINDS) as Kind[]) if (value instanceof KINDS[kind]) return kind;
  return undefined;
}

/** The model as bytes, to be written to a file; `loadModel` gives back one that classifies exactly the same. */
export function saveModel(model: Model): Uint8Array {
  const arrays: { at: number; numbers: Numbers }[] = [];
  let end = 0;
  const plain = JSON.stringify(model, (_, value: unknown) => {
    const kind = kindOf(value);
    if (kind === undefined) return value;
    const numbers = value as Numbers;
    arrays.push({ at: end, numbers });
    const placeholder: Placeholder = { kind, at: end, length: numbers.length };
    end += aligned(numbers.byteLength);
    return placeholder;
  });
  const json = new TextEncoder().encode(plain);
  const first = aligned(HEADER_BYTES + json.byteLength);
  const out = new Uint8Array(first + end);
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(MAGIC.length, json.byteLength, true);
  out.set(json, HEADER_BYTES);
  for (const { at, numbers } of arrays) {
    out.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), first + at);
  }
  return out;
}

/**
 * The model lies in these bytes and isn't copied: they must not change any more. Throws a RangeError on bytes that
 * this version's `saveModel` didn't write, or not all of them: train anew then.
 */
export function loadModel(bytes: Uint8Array): Model {
  // Numbers must lie at multiples of their size, and a part of a larger buffer may lie anywhere.
  const saved = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const text = (from: number, to: number): string => new TextDecoder().decode(saved.subarray(from, to));
  if (saved.length < HEADER_BYTES || text(0, MAGIC.length) !== MAGIC) {
    throw new RangeError("not an intent model saved by this version");
  }
  const jsonEnd = HEADER_BYTES + new DataView(saved.buffer, saved.byteOffset).getUint32(MAGIC.length, true);
  if (jsonEnd > saved.length) throw new RangeError("a saved intent model is cut short");
  const numbers = saved.subarray(aligned(jsonEnd));
  return JSON.parse(text(HEADER_BYTES, jsonEnd), (_, value: unknown) =>
    isPlaceholder(value) ? readNumbers(numbers, value) : value,
  ) as Model;
}

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === "object" && value !== null && "kind" in value && "at" in value;
}

function readNumbers(bytes: Uint8Array, { kind, at, length }: Placeholder): Numbers {
  if (at + length * KINDS[kind].BYTES_PER_ELEMENT > bytes.length)
    throw new RangeError("a saved intent model is cut short");
  return new KINDS[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length);
}
