import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, drain, openBench, refusal } from "./bench.ts";

let bench: Bench;
let staff: number;

beforeEach(async () => {
  bench = await openBench();
  staff = bench.playground.staffChatId;
});
afterEach(() => bench.playground.close());

const openTopic = async (name = "客户甲") =>
  (await bench.api.createForumTopic(staff, name)).message_thread_id;
const send = (topic: number, text = "hi") => bench.api.sendMessage(staff, text, { message_thread_id: topic });

test("a topic lives: created, written to, renamed, closed, reopened, deleted", async () => {
  const topic = await openTopic();
  const message = await send(topic);
  expect(message).toMatchObject({ message_thread_id: topic, is_topic_message: true });
  await bench.api.editForumTopic(staff, topic, { name: "客户甲 · #1" });
  expect(await bench.playground.control.staff.topic("#1")).toMatchObject({ threadId: topic });
  expect(await bench.api.closeForumTopic(staff, topic)).toBe(true);
  expect(await refusal(send(topic))).toBe("400 Bad Request: TOPIC_CLOSED");
  expect(await bench.api.reopenForumTopic(staff, topic)).toBe(true);
  await send(topic);
  expect(await bench.api.deleteForumTopic(staff, topic)).toBe(true);
  expect(await refusal(send(topic))).toBe("400 Bad Request: message thread not found");
  expect(await bench.playground.control.staff.topics()).toEqual([]);
});

test("managing a topic that is gone or never was", async () => {
  const topic = await openTopic();
  await bench.playground.control.staff.deleteTopic(topic);
  expect(await refusal(bench.api.closeForumTopic(staff, topic))).toBe("400 Bad Request: TOPIC_DELETED");
  expect(await refusal(bench.api.closeForumTopic(staff, 999_999))).toBe("400 Bad Request: TOPIC_ID_INVALID");
});

test("closing twice or renaming to the same is not a change", async () => {
  const topic = await openTopic("same");
  await bench.api.closeForumTopic(staff, topic);
  expect(await refusal(bench.api.closeForumTopic(staff, topic))).toBe("400 Bad Request: TOPIC_NOT_MODIFIED");
  expect(await refusal(bench.api.editForumTopic(staff, topic, { name: "same" }))).toBe(
    "400 Bad Request: TOPIC_NOT_MODIFIED",
  );
});

test("General is written to without a thread; thread 1 is refused", async () => {
  const message = await bench.api.sendMessage(staff, "to all");
  expect(message.is_topic_message).toBeUndefined();
  expect(await refusal(send(1))).toBe("400 Bad Request: message thread not found");
});

test("a reply outside topics bears a thread id but is no topic message", async () => {
  const message = await bench.api.sendMessage(staff, "card");
  await bench.playground.control.agent().says("reply", { replyTo: message.message_id });
  const [update] = await drain(bench.api);
  expect(update?.message?.message_thread_id).toBe(message.message_id);
  expect(update?.message?.is_topic_message).toBeUndefined();
  expect(update?.message?.reply_to_message?.message_id).toBe(message.message_id);
});

test("a message in a topic replies, unasked, to the topic's opening", async () => {
  const topic = await openTopic();
  await bench.playground.control.agent().says("您好", { topic });
  const [update] = await drain(bench.api);
  expect(update?.message).toMatchObject({ is_topic_message: true, message_thread_id: topic });
  expect(update?.message?.reply_to_message?.forum_topic_created?.name).toBe("客户甲");
});

test("a reply to a message of a topic goes into that topic", async () => {
  const topic = await openTopic();
  const card = await send(topic);
  const reply = await bench.api.sendMessage(staff, "more", {
    reply_parameters: { message_id: card.message_id },
  });
  expect(reply.message_thread_id).toBe(topic);
});

test("the bot is told what agents do to topics, not what it does itself, and never of a deletion", async () => {
  const own = await openTopic("own");
  const { staff: group } = bench.playground.control;
  await group.closeTopic(own);
  await group.reopenTopic(own);
  await group.deleteTopic(own);
  const kinds = (await drain(bench.api)).map((u) =>
    u.message?.forum_topic_closed ? "closed" : u.message?.forum_topic_reopened ? "reopened" : "other",
  );
  expect(kinds).toEqual(["closed", "reopened"]);
});

test("without the right to manage topics they can't be made or closed", async () => {
  const topic = await openTopic();
  await bench.playground.control.staff.setRight("can_manage_topics", "revoked");
  expect(await refusal(bench.api.createForumTopic(staff, "x"))).toBe(
    "400 Bad Request: not enough rights to create a topic",
  );
  expect(await refusal(bench.api.closeForumTopic(staff, topic))).toBe(
    "400 Bad Request: not enough rights to manage topics",
  );
});

test("the message that opened a topic can't be deleted by itself", async () => {
  const topic = await openTopic();
  expect(await refusal(bench.api.deleteMessage(staff, topic))).toBe(
    "400 Bad Request: message can't be deleted",
  );
});

test("names are 1 to 128 characters", async () => {
  expect(await refusal(bench.api.createForumTopic(staff, " "))).toBe(
    "400 Bad Request: topic name must be non-empty",
  );
  expect(await refusal(bench.api.createForumTopic(staff, "长".repeat(129)))).toBe(
    "400 Bad Request: topic name is too long",
  );
  await bench.api.createForumTopic(staff, "长".repeat(128));
});

test("a group without topics refuses them", async () => {
  const plain = await openBench({ staffGroup: { kind: "supergroup" } });
  expect(await refusal(plain.api.createForumTopic(staff, "x"))).toBe(
    "400 Bad Request: the chat is not a forum",
  );
  await plain.playground.close();
});

test("closedTopics admins-write lets a bot with the right write into a closed topic", async () => {
  const lenient = await openBench({ closedTopics: "admins-write" });
  const { message_thread_id } = await lenient.api.createForumTopic(staff, "x");
  await lenient.api.closeForumTopic(staff, message_thread_id);
  await lenient.api.sendMessage(staff, "still", { message_thread_id });
  await lenient.playground.control.staff.setRight("can_manage_topics", "revoked");
  expect(await refusal(lenient.api.sendMessage(staff, "no more", { message_thread_id }))).toBe(
    "400 Bad Request: TOPIC_CLOSED",
  );
  await lenient.playground.close();
});

test("General can be closed, reopened, hidden and shown", async () => {
  await bench.api.closeGeneralForumTopic(staff);
  expect(await refusal(bench.api.sendMessage(staff, "x"))).toBe("400 Bad Request: TOPIC_CLOSED");
  await bench.api.reopenGeneralForumTopic(staff);
  await bench.api.hideGeneralForumTopic(staff);
  await bench.api.unhideGeneralForumTopic(staff);
  await bench.api.sendMessage(staff, "x");
});

test("icon stickers can be asked for and used", async () => {
  const [icon] = await bench.api.getForumTopicIconStickers();
  const topic = await bench.api.createForumTopic(staff, "x", {
    icon_custom_emoji_id: icon?.custom_emoji_id ?? "",
  });
  expect(topic.icon_custom_emoji_id).toBe(icon?.custom_emoji_id);
});
