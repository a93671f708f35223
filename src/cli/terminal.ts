import type { CustomerId } from "../desk/types.ts";
import type { Event } from "../dialogue/types.ts";

const CUSTOMER = 1 as CustomerId;

/** The terminal's line as Telegram would bring it: a command where it is one. */
export function eventOf(text: string): Event {
  const profile = { name: "", username: null, languageCode: null };
  const ref = { chatId: CUSTOMER, messageId: 0 };
  const [, command, argument] = /^\/([a-z0-9_]+)(?:\s+(.*))?$/iu.exec(text) ?? [];
  if (command !== undefined)
    return {
      kind: "customer.command",
      profile,
      command: command.toLowerCase(),
      argument: argument ?? "",
      ref,
    };
  return {
    kind: "customer.message",
    profile,
    content: { kind: "text", text },
    ref,
    replyTo: null,
    forwarded: false,
  };
}
