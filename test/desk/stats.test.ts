import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantile, statsOf } from "../../src/desk/stats.ts";
import type { Ticket } from "../../src/desk/types.ts";
import { settled, ticket } from "../store/builders.ts";

const closed = (number: number, changes: Partial<Ticket>) =>
  ticket(number, number, { status: "closed", openedAt: 0, closedAt: 1000, ...changes });

describe("the desk's record", () => {
  test("counts opened and closed each by its own time", () => {
    const tickets = [
      ticket(1, 1, { openedAt: 5 }),
      closed(2, { openedAt: 5, closedAt: 15 }),
      closed(3, { openedAt: 12, closedAt: 14, score: 5, firstReplyAt: 13 }),
      closed(4, { openedAt: 11, closedAt: 30, score: 1, firstReplyAt: 20 }),
    ];
    const promises = [settled({ settledAt: 13 }), settled({ outcome: "missed", settledAt: 9 })];
    expect(statsOf({ tickets, promises, held: [] }, (at) => at >= 10 && at < 20)).toEqual({
      opened: 2,
      closed: 2,
      medianReplyMs: 1,
      p95ReplyMs: 9,
      promisesKept: 1,
      promisesMissed: 0,
      rated: 1,
      meanScore: 5,
    });
  });

  test("a ticket opened again counts as not closed", () => {
    const again = ticket(1, 1, { status: "serving", openedAt: 1, closedAt: 2 });
    expect(statsOf({ tickets: [again], promises: [], held: [] }, () => true).closed).toBe(0);
  });

  test("with nothing to measure there is no number", () => {
    const none = statsOf({ tickets: [], promises: [], held: [] }, () => true);
    expect([none.medianReplyMs, none.p95ReplyMs, none.meanScore]).toEqual([null, null, null]);
  });
});

test("a quantile is a value that was measured, and as many as asked for are no longer", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const sorted = [...values].sort((a, b) => a - b);
        const at = quantile(sorted, share);
        if (at === null) return false;
        const within = sorted.filter((value) => value <= at).length;
        return sorted.includes(at) && within >= share * sorted.length;
      },
    ),
    { seed: 4, numRuns: 300 },
  );
});
