/**
 * Many strings in little room: a Map of as many costs ten times this. UTF-16, because a lone surrogate has no UTF-8
 * of its own.
 */
export interface PackedStrings {
  readonly units: Uint16Array;
  /** String `i` is `starts[i]` to `starts[i + 1]`. */
  readonly starts: Int32Array;
}

/** Strings and the way back from each to its number. */
export interface PackedIndex extends PackedStrings {
  /** Open addressing: 1 + the number of a string at its hash or after it, 0 for none. At most half full. */
  readonly slots: Int32Array;
}

export function packStrings(strings: readonly string[]): PackedStrings {
  const starts = new Int32Array(strings.length + 1);
  for (const [i, string] of strings.entries()) starts[i + 1] = (starts[i] ?? 0) + string.length;
  const units = new Uint16Array(starts[strings.length] ?? 0);
  for (const [i, string] of strings.entries()) {
    const from = starts[i] ?? 0;
    for (let k = 0; k < string.length; k++) units[from + k] = string.charCodeAt(k);
  }
  return { units, starts };
}

export function stringAt({ units, starts }: PackedStrings, i: number): string {
  return String.fromCharCode(...units.subarray(starts[i], starts[i + 1]));
}

/** The strings must differ; each is numbered by its place. */
export function packIndex(strings: readonly string[]): PackedIndex {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * strings.length + 1)));
  for (const [i, string] of strings.entries()) {
    let slot = hash(string) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = i + 1;
  }
  return { ...packStrings(strings), slots };
}

/** How many strings there are. */
export const countOf = ({ starts }: PackedStrings): number => starts.length - 1;

/** The number of a string, found by all its characters, not by its hash alone. */
export function numberIn(index: PackedIndex, string: string): number | undefined {
  const { slots } = index;
  for (let slot = hash(string) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
    const i = (slots[slot] ?? 0) - 1;
    if (i < 0) return undefined;
    if (isAt(index, i, string)) return i;
  }
}

function isAt({ units, starts }: PackedStrings, i: number, string: string): boolean {
  const from = starts[i] ?? 0;
  if ((starts[i + 1] ?? 0) - from !== string.length) return false;
  for (let k = 0; k < string.length; k++) if (units[from + k] !== string.charCodeAt(k)) return false;
  return true;
}

/** FNV-1a over UTF-16 units, its high bits folded into the low ones, which choose the slot. */
function hash(string: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < string.length; k++) h = Math.imul(h ^ string.charCodeAt(k), 0x01000193);
  return h ^ (h >>> 15);
}
