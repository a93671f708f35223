import { Bot } from "grammy";
import type { Bench } from "./bench.ts";

/**
 * A small desk for driving the page: echoes, opens a topic when asked for a person, relays both ways.
 * Returns how to stop it.
 */
export async function startDeskBot({ playground, url }: Bench): Promise<() => Promise<void>> {
  const staff = playground.staffChatId;
  const bot = new Bot(playground.token, { client: { apiRoot: url } });
  const topics = new Map<number, number>();
  const customerOf = (topic: number | undefined) => [...topics].find(([, id]) => id === topic)?.[0];

  const openTopic = async (customer: number, name: string) => {
    const { message_thread_id } = await bot.api.createForumTopic(staff, `${name} · #${topics.size + 1}`);
    topics.set(customer, message_thread_id);
    await bot.api.sendMessage(staff, `<b>#${topics.size}</b> ${name}\n想要：人工`, {
      message_thread_id,
      parse_mode: "HTML",
      reply_markup: {
        inline_keyboard: [
          [
            { text: "接单", callback_data: "claim" },
            { text: "关闭", callback_data: "close" },
          ],
        ],
      },
    });
  };

  const desk = bot.chatType("supergroup");
  desk.on("callback_query:data", async (ctx) => {
    await ctx.answerCallbackQuery({ text: "好的" });
    const thread = ctx.callbackQuery.message?.message_thread_id;
    if (ctx.callbackQuery.data === "close" && thread) await ctx.api.closeForumTopic(staff, thread);
  });
  desk.on("message", async (ctx) => {
    const customer = ctx.message.is_topic_message ? customerOf(ctx.message.message_thread_id) : undefined;
    if (customer) await ctx.copyMessage(customer);
  });

  const front = bot.chatType("private");
  front.command("start", async (ctx) => {
    await ctx.reply("您好，我是直达。想问什么直接打字；想找人，随时点下面的按钮。", {
      reply_markup: {
        keyboard: [["🙋 转人工"], ["📍 覆盖查询", "📞 热线"]],
        is_persistent: true,
        resize_keyboard: true,
      },
    });
  });
  front.hears(/转人工/, async (ctx) => {
    await openTopic(ctx.from.id, ctx.from.first_name);
    await ctx.reply("已转人工，您是第 1 位，3 分钟内回复。", {
      reply_markup: { inline_keyboard: [[{ text: "取消", callback_data: "cancel" }]] },
    });
  });
  front.hears(/热线/, (ctx) => ctx.replyWithContact("400-000-0000", "服务热线"));
  front.on("message", async (ctx) => {
    const thread = topics.get(ctx.from.id);
    if (thread) await ctx.copyMessage(staff, { message_thread_id: thread });
    else
      await ctx.reply(`收到：${ctx.message.text ?? "附件"}`, {
        reply_markup: { inline_keyboard: [[{ text: "🙋 转人工", callback_data: "human" }]] },
      });
  });
  front.on("callback_query:data", (ctx) =>
    ctx.answerCallbackQuery({ text: `按了 ${ctx.callbackQuery.data}` }),
  );

  bot.catch(() => {});
  await bot.init();
  await bot.api.setMyCommands([
    { command: "human", description: "转人工" },
    { command: "hotline", description: "服务热线" },
  ]);
  const running = bot.start();
  return async () => {
    await bot.stop();
    await running;
  };
}
