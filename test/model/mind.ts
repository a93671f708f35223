import type { Mind } from "../../src/dialogue/mind.ts";
import type { IntentId } from "../../src/knowledge/types.ts";
import type { PlaceReading } from "../../src/places/types.ts";

/** What customers of the model say, and how each is understood: tables, so that millions of steps are cheap. */
interface Understood {
  readonly human: "request" | "cancel" | "maybe" | "none";
  readonly intent: IntentId | null;
  /** Of the intent; 0.3 is a guess. */
  readonly confidence: number;
  readonly place: string | null;
}

const said = (understood: Partial<Understood>): Understood => ({
  human: "none",
  intent: null,
  confidence: 0.9,
  place: null,
  ...understood,
});

export const UTTERANCES = {
  转人工: said({ human: "request" }),
  "I want a real person": said({ human: "request" }),
  "🙋 转人工": said({ human: "request" }),
  不用转人工了: said({ human: "cancel" }),
  有人吗: said({ human: "maybe", intent: "human", confidence: 0.3 }),
  电话多少: said({ intent: "hotline" }),
  上门费多少钱: said({ intent: "price" }),
  保险柜坏了: said({ intent: "repair" }),
  "漳浦的，门打不开，下午有空": said({ place: "350623", intent: "repair" }),
  密码忘了打不开: said({ intent: "locked_out" }),
  工单到哪了: said({ intent: "ticket_status" }),
  客服怎么分配: said({ intent: "agent_allocation" }),
  我要评价: said({ intent: "satisfaction" }),
  套餐怎么降: said({ intent: "downgrade" }),
  移动说48小时内回电: said({ intent: "downgrade" }),
  明天下午三点提醒我打10086: said({}),
  还没: said({}),
  谢谢: said({ intent: "thanks" }),
  "hello there": said({ intent: "greeting" }),
  漳浦: said({ place: "350623", intent: "coverage", confidence: 0.4 }),
  漳浦修不修: said({ place: "350623", intent: "coverage" }),
  讲个笑话: said({ intent: "oos" }),
  嘎嘣脆的那种: said({ intent: "price", confidence: 0.3 }),
  咕噜咕噜: said({}),
  "2": said({}),
} as const satisfies Record<string, Understood>;

export type Said = keyof typeof UTTERANCES;
export const SAYINGS = Object.keys(UTTERANCES) as Said[];

const NOTHING = said({});
const tableOf: ReadonlyMap<string, Understood> = new Map(Object.entries(UTTERANCES));
const lookUp = (text: string): Understood => tableOf.get(text.trim()) ?? NOTHING;

const NO_PLACE: PlaceReading = {
  status: "not_a_place",
  codes: [],
  parts: [],
  nationwide: false,
  bare: false,
};

const zhangpu = (text: string): PlaceReading => {
  const place = { code: "350623", full: "福建省漳州市漳浦县", fullEn: "Zhangpu County" };
  const candidates = [{ ...place, status: "covered" as const }];
  return {
    status: "covered",
    codes: [place.code],
    parts: [
      { text, status: "covered", candidates, listed: [place], nearest: [], recognised: { how: "name" } },
    ],
    nationwide: false,
    bare: text === "漳浦",
  };
};

const NO_WHY = { nearest: [], words: [], runnersUp: [] };

/** The real strings and facts, understood through the table. */
export function tableMind(real: Mind): Mind {
  return {
    ...real,
    nlu: {
      human: { detect: (text) => ({ kind: lookUp(text).human, why: "table" }) },
      classifier: {
        classify: (text) => {
          const { intent, confidence } = lookUp(text);
          return intent === null
            ? { ranked: [{ intent: "oos", confidence: 0.3 }], inScope: false, why: () => NO_WHY }
            : { ranked: [{ intent, confidence }], inScope: intent !== "oos", why: () => NO_WHY };
        },
      },
    },
    places: {
      read: (text) => (lookUp(text).place === null ? NO_PLACE : zhangpu(text)),
      byCode: (code) => (code === "350623" ? zhangpu("漳浦县") : undefined),
      near: () => ({ kind: "outside" }),
    },
  };
}
