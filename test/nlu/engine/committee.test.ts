import { expect, test } from "vitest";
import { learnFrom, readCorpus } from "../../../src/nlu/engine/learn.ts";
import { margins } from "../../../src/nlu/engine/linear.ts";
import type { LabelledText } from "../../../src/nlu/types.ts";

const SILENCE = { ids: new Int32Array(), values: new Float32Array(), ends: [], length: 0 };

/** So many examples of each intent, all alike but for its name. */
function committeeOf(sizes: Readonly<Record<string, number>>) {
  const examples = Object.entries(sizes).flatMap(([intent, count]) =>
    Array.from({ length: count }, (_, n): LabelledText => ({ text: `the ${intent} in room ${n}`, intent })),
  );
  const corpus = readCorpus(examples);
  return learnFrom(corpus, [...corpus.texts.keys()], "anew").committee;
}

test("where nothing is said a large intent isn't likelier than small ones", () => {
  const { linear } = committeeOf({ food: 4, time: 4, weather: 60 });
  const [food = 0, time = 0, weather = 0] = margins(linear, SILENCE);
  expect(weather).toBeLessThan(Math.max(food, time));
});

test("what belongs to no intent may well be said most, and keeps its lead", () => {
  const silent = (sizes: Readonly<Record<string, number>>) =>
    margins(committeeOf(sizes).linear, SILENCE)[2] ?? 0;
  const [strangers, intent] = [
    { food: 4, time: 4, oos: 60 },
    { food: 4, time: 4, weather: 60 },
  ];
  expect(silent(strangers)).toBeGreaterThan(silent(intent) + 0.1);
});

test("a class that is held out stays where the SVM begins", () => {
  const examples = ["food", "time", "weather"].flatMap((intent) =>
    Array.from({ length: 40 }, (_, n): LabelledText => ({ text: `the ${intent} in room ${n}`, intent })),
  );
  const corpus = readCorpus(examples);
  const others = [...corpus.texts.keys()].filter((i) => corpus.labels[i] !== 0);
  const { linear } = learnFrom(corpus, others, "trial").committee;
  expect(margins(linear, SILENCE)[0]).toBeCloseTo(-1, 1);
});

test("nets count the more, the fewer examples an intent has", () => {
  const few = committeeOf({ food: 5, time: 5 });
  const more = committeeOf({ food: 50, time: 50 });
  expect(few.netsWeight).toBeGreaterThan(2 * more.netsWeight);
});
