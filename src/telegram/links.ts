import type { MessageRef } from "../dialogue/types.ts";
import type { Delivery, Store, Tx } from "../store/types.ts";

/** The message in `chatId` that stands for another: itself, or what carries it; null where there's none. */
export async function replyTarget(store: Store, chatId: number, origin: MessageRef): Promise<number | null> {
  if (origin.chatId === chatId) return origin.messageId;
  const others = await store.transaction((tx) => tx.counterparts(origin));
  return others.find((other) => other.chatId === chatId)?.messageId ?? null;
}

/**
 * Links what was sent to what it carries, so that a reply or an edit on either side finds the other. Several
 * origins in one message all lead to it; of an album that came through incomplete nobody knows which part is
 * missing, so all of it leads to the first that came.
 */
export function links(
  { to, customerId }: Delivery,
  chatId: number,
  sent: readonly number[],
  origins: readonly MessageRef[],
): (tx: Tx) => Promise<void> {
  return async (tx) => {
    if (to.kind === "oncall" || to.kind === "general") return;
    const link = (origin: MessageRef, messageId: number) =>
      tx.link(customerId, origin, { chatId, messageId });
    if (origins.length === 0) {
      // In the staff group even what carries nothing must be known as this customer's: agents reply to it.
      if (to.kind === "topic") for (const messageId of sent) await link({ chatId, messageId }, messageId);
      return;
    }
    if (origins.length === sent.length) {
      for (const [at, origin] of origins.entries()) await link(origin, sent[at] ?? 0);
      return;
    }
    if (origins.length === 1) {
      for (const messageId of sent) for (const origin of origins) await link(origin, messageId);
      return;
    }
    const [first] = sent;
    if (first === undefined) return;
    for (const origin of origins) await link(origin, first);
    for (const messageId of sent.slice(1)) await link({ chatId, messageId }, messageId);
  };
}
