import type { Api } from "grammy";
import type { Logger } from "pino";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import { understand } from "../dialogue/understand.ts";
import { parseUpdate } from "./intake.ts";
import type { StaffGroups } from "./staff.ts";

/** The same update comes again while the store is down: each is acted on once. */
const REMEMBERED = 1000;

/**
 * The way to a person when nothing can be stored (promise 1): who asks for one is passed to the staff group at
 * once and given the hotline. Nothing is acknowledged to Telegram by it, so the update is handled again later.
 */
export function createEmergency(rooms: {
  api: Api;
  staff: StaffGroups;
  mind: () => Mind;
  log: Logger;
}): (payload: string) => Promise<void> {
  const { api, staff, mind, log } = rooms;
  const seen = new Set<number>();

  return async (payload) => {
    const update = parseUpdate(JSON.parse(payload));
    const { message } = update;
    if (message === undefined || message.chat.type !== "private" || seen.has(update.update_id)) return;
    const text = message.text ?? message.caption ?? "";
    const { human, lang } = understand(text, mind());
    if (human.kind !== "request" && !text.startsWith("/human")) return;
    seen.add(update.update_id);
    for (const old of seen) if (seen.size > REMEMBERED) seen.delete(old);
    const say = mind().say(lang === "en" ? "en" : "zh");
    const facts = {
      id: message.chat.id,
      name: message.from?.first_name ?? `${message.chat.id}`,
      asked: text,
    };
    const group = staff.first();
    const calls = [api.sendMessage(message.chat.id, say("emergency.customer"))];
    if (group !== undefined)
      calls.push(api.sendMessage(group.chatId, mind().say(STAFF_LANG)("emergency.staff", facts)));
    for (const call of await Promise.allSettled(calls))
      if (call.status === "rejected") log.error({ err: call.reason }, "the emergency route failed too");
  };
}
