import type { Mind } from "./dialogue/mind.ts";
import { understand } from "./dialogue/understand.ts";
import type { IntentId } from "./knowledge/types.ts";
import { textLang } from "./nlu/language.ts";

/** Between two sentences whatever waits goes first. */
const PAUSE_MS = 25;
const SENTENCES_EACH = 5;
const INTENTS = ["human", "human.cancel", "coverage"] as const satisfies readonly IntentId[];

/**
 * Reads a few examples in the pauses after a start: what compiles at its first use has compiled then, and the first
 * customer needn't wait for it. Returns how to stop.
 */
export function startWarming(mind: Mind): () => void {
  const sentences = INTENTS.flatMap((id) => {
    const { zh = [], en = [] } = mind.knowledge.intents.get(id)?.examples ?? {};
    const pinyin = zh.filter((sentence) => textLang(sentence) === "pinyin");
    return [zh, en, pinyin].flatMap((sentences) => sentences.slice(0, SENTENCES_EACH));
  }).values();
  const timer = setInterval(() => {
    const { value } = sentences.next();
    if (value === undefined) clearInterval(timer);
    else understand(value, mind);
  }, PAUSE_MS);
  timer.unref();
  return () => clearInterval(timer);
}
