import { type Turn, toTopic } from "./turn.ts";
import type { MessageRef } from "./types.ts";

/**
 * What the customer sent before the ticket and no words can quote (a contact, a picture, a recording, a place)
 * follows the card: the bot has said that it would.
 */
export function bringAlong(turn: Turn): void {
  const { recent } = turn.snapshot;
  // What came before the end of an earlier ticket has gone with that one.
  const since = recent.findLastIndex(({ ticket }) => ticket !== null) + 1;
  for (const { speaker, kind, ref } of recent.slice(since))
    if (speaker === "customer" && kind !== "text" && ref !== null && !isOnItsWay(turn, ref))
      toTopic(turn, "relay", { kind: "copy", origin: ref, replyTo: null, album: null });
}

function isOnItsWay(turn: Turn, { chatId, messageId }: MessageRef): boolean {
  return turn.effects.some(
    (effect) =>
      effect.kind === "send" &&
      effect.message.kind === "copy" &&
      effect.message.origin.chatId === chatId &&
      effect.message.origin.messageId === messageId,
  );
}
