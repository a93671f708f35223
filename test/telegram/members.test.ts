import { Api } from "grammy";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createMembers } from "../../src/telegram/members.ts";

function scene(answer: () => unknown) {
  const api = new Api("1:token");
  let asked = 0;
  api.config.use(async () => {
    asked += 1;
    return { ok: true, result: answer() } as never;
  });
  let at = 0;
  const members = createMembers({ api, log: pino({ enabled: false }), now: () => at });
  return {
    members,
    asked: () => asked,
    later: (ms: number) => {
      at += ms;
    },
  };
}

test.each([
  ["member", "member"],
  ["administrator", "member"],
  ["restricted", "member"],
  ["left", "stranger"],
  ["kicked", "stranger"],
])("Telegram says %s: %s", async (status, standing) => {
  const { members } = scene(() => ({ status }));
  expect(members.standing(-1, 2)).toBeUndefined();
  await members.look(-1, 2);
  expect(members.standing(-1, 2)).toBe(standing);
  expect(members.standing(-1, 3)).toBeUndefined();
});

test("an answer is good for ten minutes, then asked for again", async () => {
  const { members, later } = scene(() => ({ status: "left" }));
  await members.look(-1, 2);
  later(599_999);
  expect(members.standing(-1, 2)).toBe("stranger");
  later(1);
  expect(members.standing(-1, 2)).toBeUndefined();
});

test("while Telegram says nothing the group's own door is trusted, for seconds only", async () => {
  const { members, later } = scene(() => {
    throw new Error("down");
  });
  await members.look(-1, 2);
  expect(members.standing(-1, 2)).toBe("member");
  later(10_000);
  expect(members.standing(-1, 2)).toBeUndefined();
});
