import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { newConversation } from "../../src/dialogue/turn.ts";
import { understand } from "../../src/dialogue/understand.ts";
import { wishesOf } from "../../src/dialogue/wish.ts";
import { realMind } from "../support/mind.ts";

/** Intent, tab, a message: in the voices of Hong Kong, Taiwan and the mainland, and what is near to ours but isn't. */
const messages = readFileSync(new URL("wishes.tsv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"));

/** A few may go wrong whenever an example anywhere is written: which, is said. */
const WRONG_AT_MOST = 0.03;

test("what is wanted is understood, and what isn't ours is answered as nothing of ours, or asked back", async () => {
  const mind = await realMind();
  const wrong = messages.filter(([intent = "", text = ""]) => {
    const heard = understand(text, mind);
    const wishes = wishesOf(heard, newConversation("zh"), mind).map((wish) =>
      wish.kind === "intent" ? wish.intent : wish.kind === "unsure" && intent === "oos" ? "oos" : wish.kind,
    );
    return !wishes.some((wish) => wish === intent);
  });
  expect(wrong.length / messages.length, JSON.stringify(wrong)).toBeLessThanOrEqual(WRONG_AT_MOST);
});
