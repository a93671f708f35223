import { Bot } from "grammy";
import type { Message, Update, User } from "grammy/types";
import { describe, expect, test } from "vitest";
import { createIntake, type IntakeContext } from "../../src/telegram/intake.ts";

const STAFF = -1001;
const GROUP = { id: STAFF, type: "supergroup", title: "客服组", is_forum: true } as const;
const AGENT: User = { id: 900, is_bot: false, first_name: "客服小直", username: "agent_zhi" };
const OTHER: User = { id: 901, is_bot: false, first_name: "客服小达" };
const BOT: User = { id: 1, is_bot: true, first_name: "Zhida", username: "zhida_bot" };

const bot = new Bot<IntakeContext>("1:token", {
  botInfo: { ...BOT, username: "zhida_bot" } as Bot["botInfo"],
});
const intake = createIntake(bot, (chatId) => chatId === STAFF);

let updateId = 0;
function meaningOf(update: Omit<Update, "update_id">) {
  updateId += 1;
  return intake({ update_id: updateId, ...update });
}

function written(parts: Partial<Message>): NonNullable<Update["message"]> {
  return { message_id: 5, date: 1, chat: GROUP, from: AGENT, ...parts } as NonNullable<Update["message"]>;
}
const inTopic = { message_thread_id: 7, is_topic_message: true };

describe("commands of the staff group", () => {
  test("outside topics they are about nobody: General's own", async () => {
    expect(await meaningOf({ message: written({ text: "/canned@zhida_bot add 时间 两行\n都要" }) })).toEqual([
      {
        kind: "general",
        chatId: STAFF,
        agent: { id: 900, name: "客服小直", username: "agent_zhi" },
        command: "canned",
        argument: "add 时间 两行\n都要",
        ref: { chatId: STAFF, messageId: 5 },
      },
    ]);
  });

  test("another bot's command, and what agents say among themselves, only make the agent known", async () => {
    const seen = [{ kind: "seen", agent: expect.objectContaining({ id: 900 }) }];
    expect(await meaningOf({ message: written({ text: "/queue@other_bot" }) })).toEqual(seen);
    expect(await meaningOf({ message: written({ text: "谁去吃饭" }) })).toEqual(seen);
  });

  test("a colleague without a username is meant by a mention, or by the message replied to", async () => {
    const mentioned = written({
      ...inTopic,
      text: "/transfer 客服小达",
      entities: [{ type: "text_mention", offset: 10, length: 4, user: OTHER }],
    });
    const replied = written({
      ...inTopic,
      text: "/transfer",
      reply_to_message: written({ message_id: 4, from: OTHER, text: "在" }) as never,
    });
    for (const message of [mentioned, replied]) {
      const [incoming] = await meaningOf({ message });
      expect(incoming).toMatchObject({
        event: { command: "transfer", mentioned: { id: 901, name: "客服小达" } },
      });
    }
  });

  test("the topic's own first message is nobody's answer", async () => {
    const first = written({
      message_id: 7,
      from: BOT,
      forum_topic_created: { name: "t", icon_color: 0 },
    } as never);
    const [incoming] = await meaningOf({
      message: written({ ...inTopic, text: "/del", reply_to_message: first as never }),
    });
    expect(incoming).toMatchObject({ event: { command: "del", replyTo: null, mentioned: null } });
  });

  test("an anonymous admin is named by their title in the group, else by the group", async () => {
    const anonymous = { from: { ...BOT, id: 1087968824 }, sender_chat: GROUP, ...inTopic, text: "您好" };
    const [titled] = await meaningOf({ message: written({ ...anonymous, author_signature: "夜班" }) });
    expect(titled).toMatchObject({ event: { kind: "agent.message", agent: { id: STAFF, name: "夜班" } } });
    const [plain] = await meaningOf({ message: written(anonymous) });
    expect(plain).toMatchObject({ event: { agent: { id: STAFF, name: "客服组" } } });
  });
});

test("a staff button pressed in another group is a stray, and answered there", async () => {
  const elsewhere = { ...GROUP, id: -1002 };
  const callback_query = {
    id: "77",
    from: AGENT,
    chat_instance: "1",
    data: "claim:1",
    message: written({ chat: elsewhere, from: BOT }),
  };
  expect(await meaningOf({ callback_query })).toEqual([
    { kind: "stray.press", chatId: -1002, callbackId: "77" },
  ]);
});

test("a poll goes as words, for its votes would be counted apart", async () => {
  const poll = { question: "哪天方便？", options: [{ text: "周六" }, { text: "周日" }] };
  const [incoming] = await meaningOf({ message: written({ ...inTopic, poll } as never) });
  expect(incoming).toMatchObject({
    event: { content: { kind: "text", text: "📊 哪天方便？\n· 周六\n· 周日" } },
  });
});

test("what can't be passed on is raised all the same, so that it can be said", async () => {
  const [incoming] = await meaningOf({
    message: written({ ...inTopic, paid_media: { star_count: 1 } } as never),
  });
  expect(incoming).toMatchObject({ event: { content: { kind: "media", media: "paid_media" } } });
});

test("of a file Telegram's unique id is kept, of a photo that of its largest size", async () => {
  const size = (id: string) => ({ file_id: `f${id}`, file_unique_id: id, width: 1, height: 1 });
  const [photo] = await meaningOf({
    message: written({ ...inTopic, photo: [size("s"), size("l")] } as never),
  });
  expect(photo).toMatchObject({ event: { content: { media: "photo", file: "l" } } });
  const voice = { file_id: "f", file_unique_id: "v", duration: 1 };
  const [spoken] = await meaningOf({ message: written({ ...inTopic, voice } as never) });
  expect(spoken).toMatchObject({ event: { content: { media: "voice", file: "v" } } });
});
