import { afterEach, expect, test } from "vitest";
import { TELEGRAM_RATE_LIMITS } from "../../src/playground/limits.ts";
import { DEFAULT_PRESET } from "../../src/playground/state.ts";
import { type LocalDesk, type LocalOptions, openLocalDesk } from "../support/local.ts";

let desk: LocalDesk;

afterEach(() => desk.close());

/** With Telegram's limits: they are what it is about. */
async function open(options?: LocalOptions): Promise<void> {
  desk = await openLocalDesk(options);
  desk.run();
}

/** Opens the first customer's ticket and gives its topic. */
async function ticket(): Promise<number> {
  const { control } = desk;
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/工单 #1/u, { topic: threadId });
  return threadId;
}

const inTopic = async (threadId: number) =>
  (await desk.control.staff.transcript(threadId)).map(({ message }) => message);

test("short lines in a rush go in a few messages, in order, within Telegram's twenty a minute", async () => {
  await open({ playground: { rateLimits: TELEGRAM_RATE_LIMITS } });
  const { control } = desk;
  const threadId = await ticket();
  const lines = Array.from({ length: 60 }, (_, at) => `第${at}句`);
  for (const line of lines) await control.customer().says(line);
  await control.waitFor(async () => JSON.stringify(await inTopic(threadId)).includes("第59句"));
  const said = (await inTopic(threadId)).map(({ text }) => text ?? "").join("\n");
  expect([...said.matchAll(/第\d+句/gu)].map(([line]) => line)).toEqual(lines);
  const refused = (await control.calls()).filter(
    ({ outcome, payload }) => outcome.kind === "error" && Number(payload.chat_id) < 0,
  );
  expect(refused).toEqual([]);
});

test("a reply to merged words reaches the customer, and an edit of one is shown below them", async () => {
  await open();
  const { control } = desk;
  const threadId = await ticket();
  const customer = control.customer();
  const written = [];
  // While the first is on its way the others come in: so that there is something to merge.
  await desk.settled();
  await control.injectFault({
    method: "sendMessage",
    chat: desk.playground.staffChatId,
    fault: { kind: "hold" },
  });
  for (let at = 0; at < 12; at += 1) written.push(await customer.says(`第${at}句`));
  await control.waitFor(async () => {
    const { inboxPending } = await desk.store.transaction((tx) => tx.counts());
    return inboxPending === 0 && (await control.counters()).pendingUpdates === 0;
  });
  await control.clearFaults();
  const merged = await control.waitFor(async () =>
    (await inTopic(threadId)).find(({ text }) => (text?.match(/第\d+句/gu)?.length ?? 0) > 1),
  );
  await control.waitFor(async () => JSON.stringify(await inTopic(threadId)).includes("第11句"));
  await desk.settled();
  await control.agent().says("看到了", { topic: threadId, replyTo: merged.message_id });
  const answer = await customer.sees(/看到了/u);
  expect(answer.reply_to_message?.text).toMatch(/第\d+句/u);

  const first = /第(\d+)句/u.exec(merged.text ?? "")?.[1];
  await customer.edits(written[Number(first)]?.message_id ?? 0, "改成这样");
  const below = await control.waitFor(async () =>
    (await inTopic(threadId)).find(({ text }) => text?.includes("改成这样")),
  );
  expect(below.reply_to_message?.message_id).toBe(merged.message_id);
  await customer.edits(written[Number(first)]?.message_id ?? 0, "再改一次");
  await control.waitFor(async () =>
    (await inTopic(threadId)).some(
      ({ message_id, text }) => message_id === below.message_id && text?.includes("再改一次"),
    ),
  );
  const kept = (await inTopic(threadId)).find(({ message_id }) => message_id === merged.message_id);
  expect(kept?.text).toBe(merged.text);
});

test("an album stays an album", async () => {
  await open();
  const { control } = desk;
  const threadId = await ticket();
  const album = [1, 2, 3].map((at) => ({ media: "photo" as const, caption: `图${at}` }));
  await control.customer().sends({ album });
  const parts = await control.waitFor(async () => {
    const found = (await inTopic(threadId)).filter(({ media_group_id }) => media_group_id !== undefined);
    return found.length === 3 && found;
  });
  expect(new Set(parts.map(({ media_group_id }) => media_group_id)).size).toBe(1);
  expect(parts.map(({ caption }) => caption)).toEqual(["图1", "图2", "图3"]);
  expect(await control.calls("copyMessages")).toHaveLength(1);
});

test("of several groups one that can't be found gets no customers, and none is lost", async () => {
  const other = -1001000000077;
  const staffChatId = DEFAULT_PRESET.staffGroup.id;
  await open({ staffChatIds: [staffChatId, other] });
  const { control } = desk;
  await control.customer().says("转人工");
  await control.customer(700100002).says("转人工");
  await control.staff.topic(/客户甲/u);
  await control.staff.topic(/客户乙/u);
  expect(
    (await control.calls("createForumTopic")).every(({ payload }) => payload.chat_id === staffChatId),
  ).toBe(true);
});
