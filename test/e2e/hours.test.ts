import { expect, onTestFinished, test } from "vitest";
import { UNLIMITED } from "../support/limits.ts";
import { FIRST_REPLY_MS, openLocalDesk } from "../support/local.ts";
import { realMind } from "../support/mind.ts";

test("failure 32: after hours the ticket opens all the same, with the next opening as the promise", async () => {
  const mind = await realMind();
  const { knowledge } = mind;
  const { business } = knowledge;
  // It begins on a Monday morning; they work on Thursdays.
  const weekly = [[], [], [], [], [{ from: 9 * 60, to: 18 * 60 }], [], []];
  const agents = { ...business.agents, timeZone: "Asia/Shanghai", schedule: { weekly, days: [] } };
  const desk = await openLocalDesk({
    limiter: UNLIMITED,
    mind: { ...mind, knowledge: { ...knowledge, business: { ...business, agents } } },
  });
  onTestFinished(() => desk.close());
  desk.run();
  const { control } = desk;
  const customer = control.customer();
  await customer.says("转人工");
  const opened = await customer.sees(/#1/u);
  expect(opened.text).toMatch(/11月26日.*9:00 上班.*400-1865-909/su);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/工单 #1/u, { topic: threadId });
  await desk.settled();

  // Nothing is missed while it is closed; at the opening the clock goes on.
  desk.later(2 * 24 * 3_600_000);
  await customer.says("/status");
  await customer.sees(/#1/u);
  expect(JSON.stringify(await customer.transcript())).not.toContain("没做到");
  desk.later(23 * 3_600_000 + FIRST_REPLY_MS);
  await customer.sees(/没做到/u);
});
