import type { HeldMessage } from "../../src/dialogue/agent/held.ts";
import type { Effect, MessageRef } from "../../src/dialogue/types.ts";

/** What a store would hold after these effects, of what it held before. */
export function heldAfter(
  before: readonly HeldMessage[],
  effects: readonly Effect[],
): readonly HeldMessage[] {
  let held = before;
  for (const effect of effects) {
    if (effect.kind === "held.keep") {
      const others = held.filter((each) => !isPendingOn(each, effect.held.ref));
      held = [effect.held, ...others];
    }
    if (effect.kind === "held.settle")
      held = held.flatMap((each): HeldMessage[] => {
        if (each.ref.messageId !== effect.ref.messageId) return [each];
        return effect.outcome === "dropped" ? [{ ...each, state: "dropped" }] : [];
      });
    if (effect.kind === "forget") held = [];
  }
  return held;
}

const isPendingOn = (held: HeldMessage, ref: MessageRef) =>
  held.state === "pending" && held.ref.messageId === ref.messageId;
