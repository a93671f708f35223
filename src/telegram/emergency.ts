import type { Api } from "grammy";
import type { Logger } from "pino";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import { pieces } from "./calls.ts";
import { parseUpdate } from "./intake.ts";
import { type Request, requestIn } from "./request.ts";
import type { StaffGroups } from "./staff.ts";

/** The same update comes again and again while the store is down: what was done for each is remembered. */
const REMEMBERED = 5000;

interface Progress {
  customer: "to be told" | "told";
  agents: "to be told" | "told";
}

/**
 * The way to a person when nothing can be stored (promise 1): who asks for one is passed to the staff group at
 * once, to the on-call agents where no group takes it, and is given the hotline. Nothing is acknowledged to
 * Telegram by it, so the update is handled again later. Never throws: what failed is done when the update comes
 * again.
 */
export function createEmergency(rooms: {
  api: Api;
  staff: StaffGroups;
  onCall: readonly number[];
  mind: () => Mind;
  log: Logger;
}): (payload: string) => Promise<void> {
  const { api, staff, onCall, mind, log } = rooms;
  const progress = new Map<number, Progress>();
  const working = new Map<number, Promise<void>>();

  async function act(request: Request, done: Progress): Promise<void> {
    const tasks: Promise<void>[] = [];
    if (done.customer === "to be told") tasks.push(tellCustomer(request, done));
    if (done.agents === "to be told") tasks.push(tellAgents(request, done));
    await Promise.all(tasks);
  }

  async function tellCustomer({ chatId, lang, callbackId }: Request, done: Progress): Promise<void> {
    // What a button shows while it waits; the words come as a message.
    if (callbackId !== null) await reached(api.answerCallbackQuery(callbackId), "callback");
    if (await reached(api.sendMessage(chatId, mind().say(lang)("emergency.customer")), "customer"))
      done.customer = "told";
  }

  async function tellAgents({ chatId, name, asked }: Request, done: Progress): Promise<void> {
    const text = mind().say(STAFF_LANG)("emergency.staff", { id: chatId, name, asked });
    const [first = ""] = pieces(text);
    const groups = [...staff.all()].sort((a, b) => Number(a.trouble !== null) - Number(b.trouble !== null));
    for (const group of groups)
      if (await reached(api.sendMessage(group.chatId, first), "staff group")) {
        done.agents = "told";
        return;
      }
    for (const agent of onCall)
      if (await reached(api.sendMessage(agent, first), "on-call agent")) done.agents = "told";
  }

  async function reached(call: Promise<unknown>, whom: string): Promise<boolean> {
    try {
      await call;
      return true;
    } catch (error) {
      log.error({ err: error, whom }, "the emergency route failed too");
      return false;
    }
  }

  return async (payload) => {
    try {
      const update = parseUpdate(JSON.parse(payload));
      const id = update.update_id;
      await working.get(id);
      const request = requestIn(update, mind());
      if (request === undefined) return;
      const done = progress.get(id) ?? { customer: "to be told", agents: "to be told" };
      progress.set(id, done);
      for (const old of progress.keys()) if (progress.size > REMEMBERED) progress.delete(old);
      const acting = act(request, done).finally(() => working.delete(id));
      working.set(id, acting);
      await acting;
    } catch (error) {
      log.error({ err: error }, "the emergency route couldn't read an update");
    }
  };
}
