import { afterEach, expect, test } from "vitest";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, type LocalOptions, openLocalDesk } from "../support/local.ts";

let desk: LocalDesk;
afterEach(() => desk.close());

/** A ticket that waits; gives its topic, null in a group without. */
async function waiting(options: LocalOptions = {}): Promise<{ readonly topic?: number }> {
  desk = await openLocalDesk({ limiter: UNLIMITED, ...options });
  desk.run();
  const { control } = desk;
  await control.customer().says("转人工");
  const at =
    options.playground === undefined ? { topic: (await control.staff.topic(/客户甲/u)).threadId } : {};
  await control.agent().sees(/工单 #1/u, at);
  return at;
}

const showing = (label: RegExp, at: { readonly topic?: number }) =>
  desk.control
    .agent()
    .sees(
      ({ text, reply_markup: markup }) =>
        text?.includes("工单 #1 ·") === true && label.test(JSON.stringify(markup ?? {})),
      at,
    );
const isDone = async () => (await desk.store.transaction((tx) => tx.counts())).outboxPending === 0;

test.each([
  ["with topics", {}],
  ["without topics", { playground: { staffGroup: { kind: "supergroup" as const } } }],
])("in a group %s the card follows its ticket, and its buttons do what they say", async (_, options) => {
  const at = await waiting(options);
  const { control } = desk;
  await control.agent().presses("接单", at);
  await showing(/转给我（现由 客服小直 服务）/u, at);
  await control.agent(700200002).presses("转给我（现由 客服小直 服务）", at);
  await control.customer().sees(/客服小达 接手/u);
  await showing(/现由 客服小达/u, at);
  await control.agent().presses("关闭", at);
  await showing(/重新打开/u, at);
  await control.agent().presses("重新打开", at);
  await showing(/现由 客服小直/u, at);
});

test.each(["message is not modified", "message to edit not found", "MESSAGE_ID_INVALID", "something new"])(
  "a card that can't be changed is left as it is, and is no dead letter: %s",
  async (description) => {
    const at = await waiting();
    const { control, store } = desk;
    const fault = { kind: "error", code: 400, description: `Bad Request: ${description}` } as const;
    await control.injectFault({ method: "editMessageReplyMarkup", fault });
    await control.agent().presses("接单", at);
    await control.waitFor(
      async () => (await control.calls("editMessageReplyMarkup")).length > 0 && (await isDone()),
    );
    expect((await store.transaction((tx) => tx.counts())).outboxDead).toBe(0);
    expect(await control.calls("editMessageReplyMarkup")).toHaveLength(1);
  },
);

test("a topic that was deleted isn't made anew for the card's buttons", async () => {
  const at = await waiting();
  const { control, store } = desk;
  await control.staff.deleteTopic(at.topic ?? 0);
  const { id } = control.customer();
  const to = { kind: "topic", customerId: id } as const;
  const message = { kind: "card.buttons", ticket: 1 } as const;
  await store.transaction((tx) =>
    tx.enqueue(id, [{ kind: "send", to, lane: "notice", message }], desk.now()),
  );
  await control.waitFor(isDone);
  expect(await control.calls("createForumTopic")).toHaveLength(1);
});
