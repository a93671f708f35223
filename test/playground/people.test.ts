import type { Message } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, drain, openBench, refusal } from "./bench.ts";

let bench: Bench;
let staff: number;

beforeEach(async () => {
  bench = await openBench();
  staff = bench.playground.staffChatId;
});
afterEach(() => bench.playground.close());

test("a bot can't write first", async () => {
  const { customer, agent } = bench.playground.control;
  expect(await refusal(bench.api.sendMessage(customer().id, "hi"))).toBe("400 Bad Request: chat not found");
  expect(await refusal(bench.api.sendMessage(agent().id, "hi"))).toBe(
    "403 Forbidden: bot can't initiate conversation with a user",
  );
  expect(await refusal(bench.api.sendMessage(987_654_321, "hi"))).toBe("400 Bad Request: chat not found");
  await agent().inPrivate().starts();
  await bench.api.sendMessage(agent().id, "hi");
});

test("a deep link's payload comes with /start, marked as a command", async () => {
  await bench.playground.control.customer().starts("ad_42");
  const [update] = await drain(bench.api);
  expect(update?.message?.text).toBe("/start ad_42");
  expect(update?.message?.entities).toEqual([{ type: "bot_command", offset: 0, length: 6 }]);
});

test("blocking: my_chat_member, then 403; unblocking makes it work again", async () => {
  const customer = bench.playground.control.customer();
  await customer.starts();
  await drain(bench.api);
  await customer.blocks();
  const [blocked] = await drain(bench.api);
  expect(blocked?.my_chat_member?.new_chat_member.status).toBe("kicked");
  expect(blocked?.my_chat_member?.chat.type).toBe("private");
  expect(await refusal(bench.api.sendMessage(customer.id, "hi"))).toBe(
    "403 Forbidden: bot was blocked by the user",
  );
  await customer.unblocks();
  const [unblocked] = await drain(bench.api);
  expect(unblocked?.my_chat_member?.new_chat_member.status).toBe("member");
  await bench.api.sendMessage(customer.id, "hi");
});

test("an anonymous administrator writes as GroupAnonymousBot, with the group as sender_chat", async () => {
  await bench.playground.control.agent().says("hello", { as: "anonymous" });
  const [update] = await drain(bench.api);
  expect(update?.message?.from?.username).toBe("GroupAnonymousBot");
  expect(update?.message?.sender_chat?.id).toBe(staff);
});

test("privacy mode hides group texts from a bot that isn't an administrator", async () => {
  const { control } = bench.playground;
  const card = await bench.api.sendMessage(staff, "card");
  await control.staff.addBot("member");
  await drain(bench.api);
  await control.agent().says("hidden");
  await control.agent().says("/queue");
  await control.agent().says("/queue@some_other_bot");
  await control.agent().says("/queue@Zhida_Playground_Bot");
  await control.agent().says("a reply", { replyTo: card.message_id });
  expect((await drain(bench.api)).map((u) => u.message?.text)).toEqual([
    "/queue",
    "/queue@Zhida_Playground_Bot",
    "a reply",
  ]);
});

test("service messages are no secret, whatever the privacy", async () => {
  const { staff: group } = bench.playground.control;
  const topic = await group.openTopic("x");
  await group.addBot("member");
  await drain(bench.api);
  await group.closeTopic(topic);
  expect((await drain(bench.api)).map((u) => u.message?.forum_topic_closed)).toEqual([{}]);
});

test("a reply shows the message it answers, but not what that one answered", async () => {
  const agent = bench.playground.control.agent();
  const first = await agent.says("first");
  const second = await agent.says("second", { replyTo: first.message_id });
  await agent.says("third", { replyTo: second.message_id });
  const third = (await drain(bench.api)).at(-1)?.message;
  expect(third?.reply_to_message?.text).toBe("second");
  expect((third?.reply_to_message as Message | undefined)?.reply_to_message).toBeUndefined();
});

test("with privacy off a plain member reads everything, and getMe says so", async () => {
  const open = await openBench({ privacy: "off", staffGroup: { bot: "member" } });
  await open.playground.control.agent().says("heard");
  expect((await drain(open.api)).map((u) => u.message?.text)).toEqual(["heard"]);
  expect((await open.api.getMe()).can_read_all_group_messages).toBe(true);
  await open.playground.close();
});

test("a bot that was removed is told, and refused", async () => {
  await bench.playground.control.staff.removeBot();
  const [update] = await drain(bench.api);
  expect(update?.my_chat_member?.new_chat_member.status).toBe("kicked");
  expect(await refusal(bench.api.sendMessage(staff, "hi"))).toBe(
    "403 Forbidden: bot was kicked from the supergroup chat",
  );
  await bench.playground.control.agent().says("unheard");
  expect(await drain(bench.api)).toEqual([]);
  await bench.playground.control.staff.addBot();
  await bench.api.sendMessage(staff, "back");
});

test("a group that became a supergroup: service messages, then the error with the new id", async () => {
  const basic = await openBench({ staffGroup: { kind: "group", id: -400_000_001 } });
  const moved = await basic.playground.control.staff.migrate(-1_002_000_000_009);
  const updates = await drain(basic.api);
  expect(updates.map((u) => u.message?.migrate_to_chat_id ?? u.message?.migrate_from_chat_id)).toEqual([
    moved,
    -400_000_001,
  ]);
  await expect(basic.api.sendMessage(-400_000_001, "hi")).rejects.toMatchObject({
    error_code: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: moved },
  });
  await basic.api.sendMessage(moved, "hi");
  await basic.playground.control.agent().says("I'm here too");
  expect(await basic.playground.control.staff.id()).toBe(moved);
  await basic.playground.close();
});

test("getChat, getChatMember and getChatAdministrators tell of the group", async () => {
  const me = await bench.api.getMe();
  expect(await bench.api.getChat(staff)).toMatchObject({ type: "supergroup", is_forum: true });
  expect(await bench.api.getChatMember(staff, me.id)).toMatchObject({
    status: "administrator",
    can_manage_topics: true,
  });
  expect((await bench.api.getChatAdministrators(staff)).map(({ status }) => status)).toContain("creator");
  expect((await bench.api.getChatMember(staff, bench.playground.control.customer().id)).status).toBe("left");
});

test("a shared contact and a location arrive as such", async () => {
  const customer = bench.playground.control.customer();
  await customer.sends({
    contact: { phone_number: "+8613800000000", first_name: "客户甲", user_id: customer.id },
  });
  await customer.sends({ location: { latitude: 24.1, longitude: 117.6 } });
  const [contact, location] = await drain(bench.api);
  expect(contact?.message?.contact?.user_id).toBe(customer.id);
  expect(location?.message?.location?.latitude).toBe(24.1);
});

test("an edit comes as edited_message", async () => {
  const customer = bench.playground.control.customer();
  const { message_id } = await customer.says("漳浦修不修");
  await customer.edits(message_id, "漳平修不修");
  const [, edited] = await drain(bench.api);
  expect(edited?.edited_message).toMatchObject({ message_id, text: "漳平修不修" });
  expect(edited?.edited_message?.edit_date).toBeGreaterThan(0);
});

test("a reaction in the group is told to an administrator, also an anonymous one's", async () => {
  await bench.api.getUpdates({ allowed_updates: ["message_reaction"] });
  const message = await bench.api.sendMessage(staff, "card");
  const agent = bench.playground.control.agent();
  await agent.reacts(message.message_id, "👌");
  await agent.reacts(message.message_id, "👌", { as: "anonymous" });
  const [shown, hidden] = await drain(bench.api);
  expect(shown?.message_reaction?.user?.id).toBe(agent.id);
  expect(hidden?.message_reaction?.actor_chat?.id).toBe(staff);
});
