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

/** An index that is still growing: a Map of so many strings would be most of the memory of training. */
export interface GrowingIndex {
  /** The number of a string, which a new one gets: how many came before it. */
  numberOf(string: string): number;
  readonly count: number;
  /** The index of the strings that are kept, numbered anew in their order. */
  pack(isKept: (i: number) => boolean): PackedIndex;
}

export function growIndex(): GrowingIndex {
  let index: PackedIndex = {
    units: new Uint16Array(1 << 12),
    starts: new Int32Array(1 << 8),
    slots: new Int32Array(1 << 9),
  };
  let count = 0;

  function add(string: string): void {
    const from = index.starts[count] ?? 0;
    const to = from + string.length;
    const units = to > index.units.length ? grown(index.units, new Uint16Array(2 * to)) : index.units;
    const starts =
      count + 1 < index.starts.length ? index.starts : grown(index.starts, new Int32Array(4 * count));
    for (let k = 0; k < string.length; k++) units[from + k] = string.charCodeAt(k);
    starts[++count] = to;
    const isFull = 2 * count > index.slots.length;
    index = { units, starts, slots: isFull ? slotsFor({ units, starts }, count) : index.slots };
    if (!isFull) place(index.slots, hash(string), count);
  }

  return {
    get count() {
      return count;
    },
    numberOf(string) {
      const known = numberIn(index, string);
      if (known === undefined) add(string);
      return known ?? count - 1;
    },
    pack(isKept) {
      const kept = Int32Array.from({ length: count }, (_, i) => i).filter(isKept);
      const starts = new Int32Array(kept.length + 1);
      for (const [n, i] of kept.entries())
        starts[n + 1] = (starts[n] ?? 0) + (index.starts[i + 1] ?? 0) - (index.starts[i] ?? 0);
      const units = new Uint16Array(starts[kept.length] ?? 0);
      for (const [n, i] of kept.entries())
        units.set(index.units.subarray(index.starts[i], index.starts[i + 1]), starts[n]);
      return { units, starts, slots: slotsFor({ units, starts }, kept.length) };
    },
  };
}

function grown<A extends Uint16Array | Int32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}

function slotsFor({ units, starts }: PackedStrings, count: number): Int32Array {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 1)));
  for (let i = 0; i < count; i++) {
    let h = BASIS;
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) h = mixed(h, units[k] ?? 0);
    place(slots, folded(h), i + 1);
  }
  return slots;
}

function place(slots: Int32Array, at: number, entry: number): void {
  let slot = at & (slots.length - 1);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = entry;
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
  let h = BASIS;
  for (let k = 0; k < string.length; k++) h = mixed(h, string.charCodeAt(k));
  return folded(h);
}

const BASIS = 0x811c9dc5;
const mixed = (h: number, unit: number): number => Math.imul(h ^ unit, 0x01000193);
const folded = (h: number): number => h ^ (h >>> 15);
