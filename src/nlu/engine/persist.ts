import type { Model } from "./train.ts";

/** First bytes of a saved model; the number changes with the format. */
const MAGIC = "zhida-nlu-1\n";

/** Saved parts in order. Each begins at a multiple of 4, so that numbers can be read where they lie. */
const HEADER_BYTES = MAGIC.length + 4;

interface Header {
  readonly intents: readonly string[];
  readonly calibration: Model["calibration"];
  readonly unseen: number;
  readonly classes: number;
  readonly texts: readonly string[];
  /** Bytes of each part that follows. */
  readonly sizes: readonly number[];
}

/** The model as bytes, to be written to a file; `loadModel` gives back one that classifies exactly the same. */
export function saveModel(model: Model): Uint8Array {
  const { rarity, linear, rows } = model;
  const parts = [
    new TextEncoder().encode([...model.vocabulary.keys()].join("\n")),
    ...[
      rarity.of,
      linear.quantised,
      linear.scales,
      model.labels,
      rows.starts,
      rows.ids,
      rows.values,
      rows.lengths,
    ].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ];
  const header: Header = {
    intents: model.intents,
    calibration: model.calibration,
    unseen: rarity.unseen,
    classes: linear.classes,
    texts: model.texts,
    sizes: parts.map((part) => part.byteLength),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const total = parts.reduce(
    (sum, part) => sum + aligned(part.byteLength),
    HEADER_BYTES + aligned(json.byteLength),
  );
  const out = new Uint8Array(total);
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(MAGIC.length, json.byteLength, true);
  let at = HEADER_BYTES;
  for (const part of [json, ...parts]) {
    out.set(part, at);
    at += aligned(part.byteLength);
  }
  return out;
}

/** Throws on bytes that `saveModel` of this version didn't write: train anew then. */
export function loadModel(bytes: Uint8Array): Model {
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(bytes.subarray(from, from + length));
  if (text(0, MAGIC.length) !== MAGIC) throw new RangeError("not a saved intent model of this version");
  const jsonBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const header = JSON.parse(text(HEADER_BYTES, jsonBytes)) as Header;
  let at = HEADER_BYTES + aligned(jsonBytes);
  const parts = header.sizes.map((size) => {
    const part = bytes.slice(at, at + size).buffer;
    at += aligned(size);
    if (part.byteLength !== size) throw new RangeError("a saved intent model is cut short");
    return part;
  });
  const next = (): ArrayBuffer => parts.shift() ?? new ArrayBuffer(0);
  const features = new TextDecoder().decode(next()).split("\n");
  return {
    intents: header.intents,
    calibration: header.calibration,
    texts: header.texts,
    vocabulary: new Map(features.map((feature, id) => [feature, id])),
    rarity: { of: new Float32Array(next()), unseen: header.unseen },
    linear: { classes: header.classes, quantised: new Int8Array(next()), scales: new Float32Array(next()) },
    labels: new Uint16Array(next()),
    rows: {
      starts: new Int32Array(next()),
      ids: new Int32Array(next()),
      values: new Float32Array(next()),
      lengths: new Float32Array(next()),
    },
  };
}

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;
