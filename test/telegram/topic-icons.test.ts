import { Api } from "grammy";
import { afterEach, expect, test } from "vitest";
import { createTopicIcons } from "../../src/telegram/topic-icons.ts";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";

const sticker = (emoji: string, id: string) => ({ emoji, custom_emoji_id: id });

/** An API that answers with these, one a call; an error is a call that failed. */
function answering(...answers: readonly (readonly object[] | Error)[]): { api: Api; calls: () => number } {
  const api = new Api("1:x");
  let calls = 0;
  api.config.use(async () => {
    const answer = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    if (answer instanceof Error) throw answer;
    return { ok: true, result: answer } as never;
  });
  return { api, calls: () => calls };
}

test("each state has the icon that Telegram offers for it, asked for once", async () => {
  const { api, calls } = answering([sticker("❗️", "7"), sticker("💬", "8"), sticker("✅", "9")]);
  const icons = createTopicIcons(api);
  expect(await icons.of("waiting")).toEqual({ icon_custom_emoji_id: "7" });
  expect(await icons.of("serving")).toEqual({ icon_custom_emoji_id: "8" });
  expect(await icons.of("closed")).toEqual({ icon_custom_emoji_id: "9" });
  expect(calls()).toBe(1);
});

test("where icons can't be had a topic goes without, and they are asked for again", async () => {
  const { api } = answering(new Error("no network"), [sticker("💬", "8")]);
  const icons = createTopicIcons(api);
  expect(await icons.of("serving")).toEqual({});
  expect(await icons.of("serving")).toEqual({ icon_custom_emoji_id: "8" });
  expect(await icons.of("waiting")).toEqual({});
});

let desk: LocalDesk | undefined;
afterEach(() => desk?.close());

test("a topic's icon follows its ticket: waiting, being served, closed", async () => {
  desk = await openLocalDesk({ limiter: UNLIMITED });
  desk.run();
  const { control } = desk;
  await control.customer().says("转人工");
  const { threadId: topic } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/工单 #1/u, { topic });
  await control.agent().says("您好", { topic });
  await control.staff.topic(/🟢/u);
  await control.agent().says("/close", { topic });
  await control.staff.topic(/⚪/u);
  const made = await control.calls("createForumTopic");
  const icons = [...made, ...(await control.calls("editForumTopic"))].map(
    ({ payload }) => payload.icon_custom_emoji_id,
  );
  expect(new Set(icons).size).toBe(3);
  expect(icons).not.toContain(undefined);
});
