import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseDissuasion } from "../../src/knowledge/dissuasion.ts";
import { dissuasiveIn } from "../../src/knowledge/dissuasive.ts";
import { simplify } from "../../src/nlu/normalise.ts";

const LIST = "data/lint/dissuasion.yaml";
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const { value: dissuasion = { phrases: [], reports: [] } } = parseDissuasion(new Map([[LIST, read(LIST)]]));
const say = parse(read("test/knowledge/agents-say.yaml")) as { fine: string[]; held: string[] };
const wordsIn = (text: string) =>
  dissuasiveIn(simplify(text), dissuasion, { about: "downgrade" }).map(({ words }) => words);

describe("to a customer who wants to go down", () => {
  test.each(say.fine)("an agent may say: %s", (text) => expect(wordsIn(text)).toEqual([]));
  test.each(say.held)("this talks them out of it: %s", (text) => expect(wordsIn(text)).not.toEqual([]));
});
