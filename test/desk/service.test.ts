import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeskRecord } from "../../src/desk/facts.ts";
import { type AgentHours, openClock } from "../../src/desk/hours.ts";
import { heldIn, ladderIn, serviceIn } from "../../src/desk/service.ts";
import type { Ticket } from "../../src/desk/types.ts";
import { settled, ticket } from "../store/builders.ts";

const MINUTE = 60_000;
const SPAN = { from: 0, to: 100 * MINUTE };
const NONE: DeskRecord = { tickets: [], promises: [], held: [] };

/** A ticket opened in the span and answered after so many minutes. */
const answered = (number: number, minutes: number, changes: Partial<Ticket> = {}) =>
  ticket(number, number, { openedAt: MINUTE, firstReplyAt: MINUTE + minutes * MINUTE, ...changes });
const serviceOf = (record: Partial<DeskRecord>) => serviceIn({ ...NONE, ...record }, SPAN);

describe("how requests for a person fared", () => {
  test("median and 95th percentile are waits that were measured, by nearest rank", () => {
    const tickets = [5, 1, 4, 2, 3].map((minutes, at) => answered(at + 1, minutes));
    expect(serviceOf({ tickets }).others).toMatchObject({
      answered: 5,
      medianMs: 3 * MINUTE,
      p95Ms: 5 * MINUTE,
    });
  });

  test("fewer than five cases give no figure, and their number all the same", () => {
    const tickets = [1, 2, 3, 4].map((minutes, at) => answered(at + 1, minutes, { score: 5 }));
    const { others } = serviceOf({ tickets });
    expect(others).toMatchObject({ answered: 4, medianMs: null, p95Ms: null, meanScore: null });
  });

  test("downgrades stand beside the rest, whatever the obstacle", () => {
    const tickets = [
      answered(1, 1, { about: "downgrade.stalled_callback" }),
      answered(2, 1, { about: "downgrade" }),
      answered(3, 1, { about: "repair" }),
      answered(4, 1),
    ];
    const promises = [settled({ about: "downgrade", settledAt: MINUTE, outcome: "missed" })];
    const { downgrade, others, all } = serviceOf({ tickets, promises });
    expect([downgrade.answered, others.answered, all.answered]).toEqual([2, 2, 4]);
    expect([downgrade.promised, downgrade.kept, others.promised]).toEqual([1, 0, 0]);
  });

  test("who still waits, or was closed without a word, is counted; who withdrew is not", () => {
    const tickets = [
      ticket(1, 1, { openedAt: MINUTE }),
      ticket(2, 2, { openedAt: MINUTE, status: "closed", closedAt: 2 * MINUTE, closedBy: "agent" }),
      ticket(3, 3, { openedAt: MINUTE, status: "closed", closedAt: 2 * MINUTE, closedBy: "customer" }),
    ];
    expect(serviceOf({ tickets }).all).toMatchObject({ opened: 3, answered: 0, unanswered: 2 });
  });

  test("what lies outside the span doesn't count", () => {
    const before = answered(1, 1, { openedAt: -MINUTE, status: "closed", closedAt: -1, score: 1 });
    const promises = [settled({ settledAt: 101 * MINUTE })];
    expect(serviceOf({ tickets: [before], promises }).all).toMatchObject({
      opened: 0,
      rated: 0,
      promised: 0,
    });
  });

  test("the ladder of a promise: at ease, after the reminder, too late, never", () => {
    const promise = { openedAt: 0, dueAt: 4 * MINUTE };
    const promises = [
      settled({ ...promise, settledAt: 2 * MINUTE }),
      settled({ ...promise, settledAt: 3 * MINUTE }),
      settled({ ...promise, settledAt: 4 * MINUTE, outcome: "missed", firstReplyAt: 9 * MINUTE }),
      settled({ ...promise, settledAt: 4 * MINUTE, outcome: "missed" }),
    ];
    expect(ladderIn(promises, SPAN)).toEqual({ early: 1, reminded: 1, late: 1, never: 1 });
  });

  test("held messages by what became of them", () => {
    const held = (["pending", "sent", "changed", "dropped"] as const).map((outcome) => ({
      at: MINUTE,
      outcome,
    }));
    expect(heldIn([...held, { at: -1, outcome: "sent" }], SPAN)).toEqual({ held: 4, sent: 1, changed: 2 });
  });
});

describe("open time", () => {
  const weekly = Array.from({ length: 7 }, (_, day) =>
    day === 0 || day === 6 ? [] : [{ from: 9 * 60, to: 18 * 60 }],
  );
  const hours: AgentHours = { timeZone: "Asia/Shanghai", schedule: { weekly, days: [] } };
  const friday17 = Date.UTC(2026, 10, 20, 9); // 17:00 in Shanghai
  const span = { from: friday17, to: friday17 + 7 * 24 * 60 * MINUTE };

  test("a wait over a closed weekend counts its open hours alone", () => {
    const monday10 = friday17 + (2 * 24 + 17) * 60 * MINUTE;
    expect(openClock(hours, span)(friday17, monday10)).toBe(2 * 60 * MINUTE);
  });

  test("who is answered before the desk opens has not waited", () => {
    const saturday = friday17 + 24 * 60 * MINUTE;
    expect(openClock(hours, span)(saturday, saturday + MINUTE)).toBe(0);
  });

  test("a wait is never longer than its clock time, and two in a row are their sum", () => {
    const open = openClock(hours, span);
    const moment = fc.integer({ min: 0, max: 7 * 24 * 60 }).map((minutes) => friday17 + minutes * MINUTE);
    fc.assert(
      fc.property(fc.tuple(moment, moment, moment), (moments) => {
        const [a = 0, b = 0, c = 0] = [...moments].sort((x, y) => x - y);
        return open(a, c) <= c - a && open(a, c) === open(a, b) + open(b, c);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
