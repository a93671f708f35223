import type { Bot } from "grammy";
import type { Logger } from "pino";
import type { DeskPolicy, Mind } from "../dialogue/mind.ts";
import type { Store } from "../store/types.ts";
import { createEmergency } from "./emergency.ts";
import { createIntake, type IntakeContext } from "./intake.ts";
import { createLimiter, type Limiter } from "./limiter.ts";
import { createMembers } from "./members.ts";
import { createSender, type Sender } from "./sender.ts";
import type { StaffGroups } from "./staff.ts";
import { createTake, type Take } from "./take.ts";
import type { Vitals } from "./vitals.ts";
import { createStaffWatch, type StaffWatch } from "./watch.ts";
import { createWorker, type Worker } from "./worker.ts";

export interface DeskRooms {
  readonly bot: Bot<IntakeContext>;
  readonly store: Store;
  readonly staff: StaffGroups;
  readonly mind: () => Mind;
  readonly log: Logger;
  readonly now: () => number;
  readonly vitals: Vitals;
  readonly firstReplyMs: number;
  readonly onCall: readonly number[];
  /** Telegram's limits unless said otherwise. */
  readonly limiter?: Limiter;
}

/** From an update taken to a message sent: who tells whom. */
export interface Desk {
  readonly take: Take;
  readonly worker: Worker;
  readonly sender: Sender;
  readonly watch: StaffWatch;
}

export function wireDesk(rooms: DeskRooms): Desk {
  const { bot, store, staff, mind, log, now, vitals, firstReplyMs, onCall } = rooms;
  const { api } = bot;
  const policy = (): DeskPolicy => ({
    firstReplyMs,
    escalateEveryMs: mind().knowledge.business.promise.escalateEveryS * 1000,
    onCall,
    staff: staff.standing(),
    storage: store.storage,
  });
  const emergency = createEmergency({ api, staff, onCall, mind, log });
  const watch = createStaffWatch({
    staff,
    store,
    log,
    now,
    mind,
    onCall: () => onCall,
    changed: (chatId) => {
      sender.resume(chatId);
      sender.signal.notify();
    },
  });
  const isStaff = (chatId: number) => staff.has(chatId);
  const worker = createWorker({
    intake: createIntake(bot, isStaff),
    store,
    log,
    now,
    mind,
    policy,
    members: createMembers({ api, log, now }),
    migrated: (from, to) => staff.migrate(from, to),
    standingChanged: () => void watch.look(),
    decided: () => sender.signal.notify(),
    emergency,
    vitals,
  });
  const sender = createSender(
    {
      api,
      store,
      staff,
      mind,
      log,
      now,
      vitals,
      raise: (customerId, event) => worker.raise(customerId, event),
      staffChanged: () => void watch.look(),
    },
    rooms.limiter ?? createLimiter(),
  );
  const received = () => worker.signal.notify();
  const take = createTake({ store, mind, isStaff, log, now, vitals, emergency, received });
  return { take, worker, sender, watch };
}
