import { Api, Bot, GrammyError } from "grammy";
import type { Update } from "grammy/types";
import { createPlayground, type Playground, type PlaygroundOptions } from "../../src/playground/server.ts";

/** A listening playground, and the Bot API as a bot uses it. */
export interface Bench {
  playground: Playground;
  url: string;
  api: Api;
}

export async function openBench(options: PlaygroundOptions = {}): Promise<Bench> {
  const playground = createPlayground(options);
  const url = await playground.listen();
  return { playground, url, api: new Api(playground.token, { apiRoot: url }) };
}

/** Takes every waiting update and confirms it. */
export async function drain(api: Api): Promise<Update[]> {
  const updates = await api.getUpdates();
  const last = updates.at(-1);
  if (last) await api.getUpdates({ offset: last.update_id + 1, limit: 1 });
  return updates;
}

/** A bot that answers every text with its echo and a button, over long polling. */
export async function startEchoBot(bench: Bench): Promise<() => Promise<void>> {
  const bot = new Bot(bench.playground.token, { client: { apiRoot: bench.url } });
  bot.on("message:text", (ctx) =>
    ctx.reply(`echo: ${ctx.message.text}`, {
      reply_markup: { inline_keyboard: [[{ text: "转人工", callback_data: "human" }]] },
    }),
  );
  bot.on("callback_query:data", (ctx) =>
    ctx.answerCallbackQuery({ text: `pressed ${ctx.callbackQuery.data}` }),
  );
  bot.catch(() => {});
  await bot.init();
  const running = bot.start({ allowed_updates: ["message", "callback_query"] });
  return async () => {
    await bot.stop();
    await running;
  };
}

/** What a call was refused with; fails if it wasn't. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    throw error;
  }
  throw new Error("the call was expected to be refused, and wasn't");
}
