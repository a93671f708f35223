import type { Message } from "grammy/types";
import type { Control, Customer } from "../../src/playground/control/control.ts";
import type { PlaygroundOptions } from "../../src/playground/server.ts";
import { type BotProcess, openScene, type Scene } from "../e2e/bot.ts";

/** A scene with one bot process, shared by the tests of a file; each brings customers of its own. */
export interface Desk extends Scene {
  readonly control: Control;
  bot(): BotProcess;
  /** kill -9, and a new process on the same database; also a new minute of Telegram's twenty to a group. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  newCustomer(name: string): Promise<Customer>;
  /** A customer who has asked for a person, and the topic that holds their card. */
  newTicket(name: string): Promise<{ customer: Customer; topic: number }>;
  /** What can be read in a topic, oldest first. */
  topicTexts(topic: number): Promise<string[]>;
  /** Topics made for this customer. */
  topicsOf(name: string): Promise<number[]>;
  /** The topic in which a text that contains this has arrived. */
  topicWith(text: string, among: string): Promise<number>;
}

let people = 700_300_000;

/** Opens a scene; `start` runs the bot in it. */
export async function openDesk(options: PlaygroundOptions = {}): Promise<Desk> {
  const scene = await openScene(options);
  const { control } = scene.playground;
  let running: BotProcess | undefined;
  const topicTexts = async (topic: number) =>
    (await control.staff.transcript(topic)).map(({ message }) => message.text ?? message.caption ?? "");
  const topicsOf = async (name: string) =>
    (await control.staff.topics())
      .filter((topic) => topic.name.includes(name))
      .map(({ threadId }) => threadId);
  const newCustomer = async (name: string) => {
    people += 1;
    const id = people;
    await control.call("addPerson", { id, role: "customer", first_name: name, language_code: "zh-hans" });
    return control.customer(id);
  };
  return {
    ...scene,
    control,
    async start(env) {
      running = await scene.start(env);
      return running;
    },
    bot() {
      if (running === undefined) throw new Error("the bot wasn't started");
      return running;
    },
    async restart(env) {
      await running?.kill();
      running = await scene.start(env);
    },
    newCustomer,
    async newTicket(name) {
      const customer = await newCustomer(name);
      await customer.says("转人工");
      await customer.sees(/#\d+/u);
      const { threadId } = await control.staff.topic(name);
      await control.waitFor(async () => (await topicTexts(threadId)).some((text) => text.includes(name)));
      return { customer, topic: threadId };
    },
    topicTexts,
    topicsOf,
    topicWith: (text, among) =>
      control.waitFor(async () => {
        for (const topic of await topicsOf(among))
          if ((await topicTexts(topic)).some((read) => read.includes(text))) return topic;
        return undefined;
      }),
  };
}

export const times = (texts: readonly string[], part: string): number =>
  texts.filter((text) => text.includes(part)).length;

/** A message with an inline button of this label. */
export const offers =
  (label: string) =>
  (message: Message): boolean =>
    (message.reply_markup?.inline_keyboard ?? []).flat().some(({ text }) => text === label);

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
