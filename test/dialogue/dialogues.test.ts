import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { Mind } from "../../src/dialogue/mind.ts";
import { realMind } from "../support/mind.ts";
import { startTalk } from "../support/talk.ts";

/** What is written · intent · route · status of the places · listed codes; alternatives are parted by a bar. */
const turn = z.tuple([z.string(), z.string(), z.string()]).rest(z.string());
const dialogues = z
  .record(z.string(), z.array(turn))
  .parse(parse(readFileSync(new URL("dialogues.yaml", import.meta.url), "utf8")));

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

test.each(Object.entries(dialogues))("%s", (_, turns) => {
  const talk = startTalk(mind);
  for (const [text, intent, route, status, ...codes] of turns) {
    const { reading } = talk.says(text);
    expect.soft(intent.split("|"), `${text}: intent`).toContain(reading?.intent);
    expect.soft(route.split("|"), `${text}: route`).toContain(reading?.route);
    if (status !== undefined) expect.soft(reading?.coverage?.status, `${text}: status`).toBe(status);
    if (codes.length > 0) expect.soft(reading?.coverage?.codes, `${text}: codes`).toEqual(codes);
  }
});
