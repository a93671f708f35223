import { accountMethods } from "./account.ts";
import { chatMethods } from "./chats.ts";
import { copyMethods } from "./copy.ts";
import { deliveryMethods } from "./delivery.ts";
import { editMethods } from "./edit.ts";
import { interactionMethods } from "./interaction.ts";
import type { Method } from "./method.ts";
import { sendMethods } from "./send.ts";
import { topicMethods } from "./topics.ts";

const all: Record<string, Method> = {
  ...accountMethods,
  ...deliveryMethods,
  ...sendMethods,
  ...copyMethods,
  ...editMethods,
  ...interactionMethods,
  ...topicMethods,
  ...chatMethods,
};

const byName = new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), { name, method }]));

/** Methods are case-insensitive on the server. */
export function findMethod(name: string): { name: string; method: Method } | null {
  return byName.get(name.toLowerCase()) ?? null;
}
