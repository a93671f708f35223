import { expect, test } from "vitest";
import { wordClasses } from "../../../src/nlu/human/lexicon.ts";
import { anyOf } from "../../../src/nlu/human/pattern.ts";
import { createPresence } from "../../../src/nlu/human/presence.ts";
import { normalise } from "../../../src/nlu/normalise.ts";
import { lexicon, messages } from "./lexicon.ts";

test("a word is present in a text exactly where its expression is found", () => {
  const presence = createPresence();
  const classes = [...wordClasses(lexicon).values()].map((words) => ({ words, source: anyOf(words) }));
  const ids = classes.map(presence.add);
  const texts = messages("requests.yaml").flatMap(([, each]) => each.map(normalise));
  for (const text of [...texts, "realperson,please", "iwant someone", "they're not 10086", "at t"]) {
    const has = presence.within(text);
    expect(ids.map(has), text).toEqual(classes.map(({ source }) => new RegExp(source).test(text)));
  }
});
