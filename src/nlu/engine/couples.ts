/** Couples of numbers from 0, or of one and {@link ALONE}, in little room, and the way back from each to its own number. */
export interface PackedCouples {
  /** Couple `i` is `[2 * i]` and the next: side by side, because memory is what a search waits for. */
  readonly parts: Int32Array;
  /** Open addressing: 1 + the number of a couple at its hash or after it, 0 for none. At most half full. */
  readonly slots: Int32Array;
}

/** The second part of a couple that has only one. */
export const ALONE = -1;

/** Couples that are still growing in number. */
export interface GrowingCouples {
  /** The number of a couple, which a new one gets: how many came before it. */
  numberOf(first: number, second: number): number;
  readonly count: number;
  /** As of {@link PackedCouples}, longer than needed. */
  readonly parts: Int32Array;
}

export function growCouples(): GrowingCouples {
  let couples = emptyFor(1 << 10);
  let count = 0;
  return {
    get count() {
      return count;
    },
    get parts() {
      return couples.parts;
    },
    numberOf(first, second) {
      const { parts, slots } = couples;
      const slot = slotOf(couples, first, second);
      const entry = slots[slot] as number;
      if (entry > 0) return entry - 1;
      parts[2 * count] = first;
      parts[2 * count + 1] = second;
      slots[slot] = ++count;
      if (2 * count === parts.length) couples = packCouples(parts, 2 * count);
      return count - 1;
    },
  };
}

/** An index of distinct couples, with room for `capacity` of them. */
export function packCouples(parts: Int32Array, capacity: number = parts.length / 2): PackedCouples {
  const couples = emptyFor(capacity);
  couples.parts.set(parts);
  for (let i = 0; 2 * i < parts.length; i++) {
    const slot = slotOf(couples, parts[2 * i] as number, parts[2 * i + 1] as number);
    couples.slots[slot] = i + 1;
  }
  return couples;
}

const emptyFor = (capacity: number): PackedCouples => ({
  parts: new Int32Array(2 * capacity),
  slots: new Int32Array(2 ** Math.ceil(Math.log2(2 * capacity + 1))),
});

/** How many couples there are. */
export const couplesIn = ({ parts }: PackedCouples): number => parts.length / 2;

/** The number of a couple, or -1. */
export function coupleIn(couples: PackedCouples, first: number, second: number): number {
  return (couples.slots[slotOf(couples, first, second)] as number) - 1;
}

/** Where a couple stands, or the free slot where it would. */
function slotOf({ parts, slots }: PackedCouples, first: number, second: number): number {
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  for (let slot = (hash ^ (hash >>> 15)) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
    const at = 2 * (slots[slot] as number) - 2;
    if (at < 0 || (parts[at] === first && parts[at + 1] === second)) return slot;
  }
}
