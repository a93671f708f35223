import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";

let desk: LocalDesk;
let control: LocalDesk["control"];

beforeEach(async () => {
  // What agents do isn't about Telegram's limits, nor about processes: the rest of the folder is.
  desk = await openLocalDesk({ limiter: UNLIMITED, onCall: [FIRST] });
  control = desk.control;
});
afterEach(() => desk.close());

const FIRST = 700200001;
const SECOND = 700200002;

/** A customer who asked for a person, and the topic where agents read it. */
async function opened() {
  desk.run();
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId: topic } = await control.staff.topic(/客户甲/u);
  const agent = control.agent(FIRST);
  await agent.sees(/工单 #1/u, { topic });
  await desk.settled();
  return { customer, agent, other: control.agent(SECOND), topic };
}

async function words(customer: ReturnType<typeof control.customer>): Promise<string> {
  return JSON.stringify(await customer.transcript());
}

describe("who has the ticket", () => {
  test("two claim at once: one wins, the other is alerted", async () => {
    const { customer, agent, other, topic } = await opened();
    const [one, two] = await Promise.all([
      agent.presses("接单", { topic }),
      other.presses("接单", { topic }),
    ]);
    const answers = [await one.answer(), await two.answer()];
    expect(answers.filter((text) => /已接单 #1/u.test(text))).toHaveLength(1);
    expect(answers.filter((text) => /已由 .* 接单/u.test(text))).toHaveLength(1);
    const calls = await control.calls("answerCallbackQuery");
    expect(calls.filter(({ payload }) => payload.show_alert === true)).toHaveLength(1);
    await customer.sees(/已接入/u);
  });

  test("taken over, then handed back by username and by reply: each side hears of it", async () => {
    const { customer, agent, other, topic } = await opened();
    await agent.says("/claim", { topic });
    await customer.sees(/客服小直/u);
    await other.says("/take", { topic });
    await customer.sees(/客服小达 接手/u);
    await agent.sees(/@agent_zhi/u, { topic });
    const mine = await agent.says("// 我来", { topic });
    await other.says("/transfer @agent_zhi", { topic });
    await customer.sees(/客服小直 接手/u);
    await agent.says("/transfer", { topic, replyTo: (await other.says("// 好", { topic })).message_id });
    await customer.sees(/客服小达 接手/u);
    await other.says("/transfer", { topic, replyTo: mine.message_id });
    await customer.sees(/客服小直 接手/u);
    await control.staff.topic(/🟢.*客服小直/u);
  });

  test("an anonymous admin is an agent, named by the group", async () => {
    const { customer, agent, topic } = await opened();
    await agent.says("您好，请说", { topic, as: "anonymous" });
    await customer.sees(/客服组.*您好，请说/su);
  });

  test("who isn't in the staff group can't use its buttons, forwarded or pressed there", async () => {
    const { customer, topic } = await opened();
    const pressed = await control.call("press", { user: customer.id, chat: "staff", topic, button: "接单" });
    if (pressed.kind !== "callback") throw new Error("no button was pressed");
    const answer = await control.waitFor(
      async () => (await control.call("callback", { id: pressed.callbackId }))?.answer,
    );
    expect(answer).toMatchObject({ style: "alert", text: expect.stringContaining("成员") });
    expect((await control.staff.topics()).some(({ name }) => name.includes("🟢"))).toBe(false);
  });
});

describe("what agents say", () => {
  test("a reply kept ready is added in General and sent in the topic, filled in", async () => {
    const { customer, agent, topic } = await opened();
    await agent.says("/canned add 时间 {name}您好，{hotline} 随时有人接");
    await agent.sees(/已保存/u);
    await agent.says("/canned 时间", { topic });
    await customer.sees(/客服小直.*客户甲您好，400-1865-909 随时有人接/su);
    await agent.sees(/已发给客户/u, { topic });
  });

  test("/del withdraws the last, or the one replied to, and each agent's own only", async () => {
    const { customer, agent, other, topic } = await opened();
    const first = await agent.says("第一句", { topic });
    await agent.says("第二句", { topic });
    await customer.sees(/第二句/u);
    await desk.settled();
    await agent.says("/del", { topic });
    await control.waitFor(async () => !(await words(customer)).includes("第二句"));
    await other.says("/del", { topic, replyTo: first.message_id });
    await other.sees(/不是您发的/u, { topic });
    expect(await words(customer)).toContain("第一句");
    await agent.says("/del", { topic, replyTo: first.message_id });
    await control.waitFor(async () => !(await words(customer)).includes("第一句"));
    await agent.says("/del", { topic });
    await agent.sees(/没有可以撤回/u, { topic });
  });

  test("what Telegram refuses to delete is said", async () => {
    const { customer, agent, topic } = await opened();
    const said = await agent.says("说错了", { topic });
    await customer.sees(/说错了/u);
    await desk.settled();
    await control.injectFault({
      method: "deleteMessage",
      fault: { kind: "error", code: 400, description: "Bad Request: message can't be deleted" },
    });
    await agent.says("/del", { topic });
    const told = await agent.sees(/没能从客户那边撤回/u, { topic });
    expect(told.reply_to_message?.message_id).toBe(said.message_id);
  });

  test("what couldn't be delivered is said at that very message, and a button sends it again", async () => {
    const { customer, agent, topic } = await opened();
    await agent.says("/claim", { topic });
    await customer.sees(/已接入/u);
    await control.injectFault({
      method: "sendMessage",
      chat: customer.id,
      fault: { kind: "error", code: 400, description: "Bad Request: something new" },
    });
    const said = await agent.says("请看一下", { topic });
    const told = await agent.sees(/没送到.*something new/su, { topic });
    expect(told.reply_to_message?.message_id).toBe(said.message_id);
    const pressed = await agent.presses("重新发送", { topic });
    expect(await pressed.answer()).toContain("重新发送");
    await customer.sees(/请看一下/u);
  });

  test("voice that a customer's settings refuse: the agent is told another way", async () => {
    const { agent, topic } = await opened();
    await agent.says("您好", { topic });
    await control.injectFault({
      method: "copyMessage",
      fault: { kind: "error", code: 400, description: "Bad Request: VOICE_MESSAGES_FORBIDDEN" },
    });
    await agent.sends({ media: "voice" }, { topic });
    await agent.sees(/改发文字或文件/u, { topic });
  });

  test("what a customer sends that can't be passed on is said to them, at that message", async () => {
    const { customer, agent, topic } = await opened();
    await agent.says("您好", { topic });
    await customer.sees(/您好/u);
    await control.injectFault({
      method: "copyMessage",
      fault: { kind: "error", code: 400, description: "Bad Request: message can't be copied" },
    });
    const [sent] = await customer.sends({ media: "sticker" });
    const told = await customer.sees(/看不到/u);
    expect(told.reply_to_message?.message_id).toBe(sent?.message_id);
  });

  test("an agent's album arrives whole, says whose it is, and is withdrawn whole", async () => {
    const { customer, agent, topic } = await opened();
    await agent.says("/claim", { topic });
    await customer.sees(/已接入/u);
    await agent.sends({ album: [{ media: "photo" }, { media: "photo", caption: "背面" }] }, { topic });
    await customer.sees(/客服小直/u);
    const back = await customer.sees((message) => message.caption === "背面");
    expect(back.media_group_id).toBeDefined();
    const calls = await control.calls("copyMessages");
    expect(calls.map(({ payload }) => (payload.message_ids as unknown[]).length)).toEqual([2]);
    await agent.says("/del", { topic });
    await control.waitFor(async () => !(await customer.transcript()).some(({ message }) => message.photo));
  });

  test("edits, replies and reactions go both ways", async () => {
    const { customer, agent, topic } = await opened();
    const said = await agent.says("请问是哪一款", { topic });
    const got = await customer.sees(/请问是哪一款/u);
    await desk.settled();
    await agent.edits(said.message_id, "请问是哪一型号", { topic });
    await customer.sees(/请问是哪一型号/u);
    const answer = await customer.says("D-50", { replyTo: got.message_id });
    const relayed = await agent.sees(/D-50/u, { topic });
    await desk.settled();
    expect(relayed.reply_to_message?.message_id).toBe(said.message_id);
    await customer.edits(answer.message_id, "D-60");
    await agent.sees(/D-60/u, { topic });
    await agent.reacts(relayed.message_id, "👍", { topic });
    await control.waitFor(async () => JSON.stringify(await customer.transcript()).includes("👍"));
    await customer.reacts(got.message_id, "❤");
    await control.waitFor(async () => JSON.stringify(await control.staff.transcript(topic)).includes("❤"));
  });
});

test("a note edited into words isn't passed on, and whoever edited it is told so at that message", async () => {
  const { customer, agent, topic } = await opened();
  await agent.says("您好", { topic });
  await customer.sees(/您好/u);
  const note = await agent.says("// 再查一下", { topic });
  await agent.edits(note.message_id, "// 再查两下", { topic });
  await agent.edits(note.message_id, "再查一下", { topic });
  const told = await agent.sees(/客户那边没有这条/u, { topic });
  expect(told.reply_to_message?.message_id).toBe(note.message_id);
  expect(await words(customer)).not.toContain("再查");
});

test("a banned customer gets no ticket, the truth and the hotline; agents see that they asked", async () => {
  const { customer, agent, topic } = await opened();
  await agent.says("/ban", { topic });
  await customer.sees(/热线|400-1865-909/u);
  await customer.says("转人工");
  await customer.sees(/没有开工单.*400-1865-909/su);
  await agent.says("/history", { topic });
  await agent.sees(/封禁期间要求人工：转人工/u, { topic });
  await agent.says("/unban", { topic });
  await agent.sees(/解除了封禁/u, { topic });
  await customer.says("转人工");
  await customer.sees(/#2/u);
});

test("General: the queue, the figures, who is on call, the hours, and what each command is for", async () => {
  const { customer, agent, topic } = await opened();
  await agent.says("/queue");
  const queue = await agent.sees(/等待中：1[\s\S]*1\. #1 客户甲/u);
  const group = `${desk.playground.staffChatId}`.replace("-100", "");
  expect(queue.entities).toContainEqual(
    expect.objectContaining({ type: "text_link", url: `https://t.me/c/${group}/${topic}` }),
  );
  await agent.says("您好", { topic });
  await customer.sees(/您好/u);
  await agent.says("/stats");
  await agent.sees(/今天：新开 1[\s\S]*做到 1 · 没做到 0/u);
  await agent.says("/oncall");
  await agent.sees(/@agent_zhi/u);
  await agent.says("/hours");
  await agent.sees(/24小时/u);
  await agent.says("/deadletters");
  await agent.sees(/没有没送成/u);
  await agent.says("/close");
  await agent.sees(/话题里发/u);
  await agent.says("/nonsense");
  await agent.sees(/\/queue/u);
});

test("a dead letter is listed in General and tried again from there", async () => {
  const { customer, agent, topic } = await opened();
  await agent.says("/claim", { topic });
  await customer.sees(/已接入/u);
  await control.injectFault({
    method: "sendMessage",
    chat: customer.id,
    fault: { kind: "error", code: 400, description: "Bad Request: something new" },
  });
  await agent.says("请看一下", { topic });
  await agent.sees(/没送到/u, { topic });
  await agent.says("/deadletters");
  await agent.sees(/something new/u);
  await agent.says("/deadletters retry");
  await customer.sees(/请看一下/u);
});

test("a rating of 2 reaches the supervisor in private, with the comment, once", async () => {
  const supervisor = control.agent(FIRST).inPrivate();
  await supervisor.starts();
  const { customer, agent, topic } = await opened();
  await agent.says("您好", { topic });
  await customer.sees(/您好/u);
  await agent.says("/close", { topic });
  await customer.sees(/已结束/u);
  await customer.presses("2");
  await customer.sees(/2 分/u);
  await customer.says("等太久了");
  await supervisor.sees(/#1.*2 分.*等太久了/su);
});
