import { converse, sayTo, sayToStaff, send, type Turn, toTopic, writeLine } from "./turn.ts";
import type { Content, MessageRef } from "./types.ts";

/** The words of a message: its text, or its caption. */
export function wordsOf(content: Content): string {
  switch (content.kind) {
    case "text":
      return content.text;
    case "media":
      return content.caption;
    case "location":
    case "contact":
      return "";
  }
}

export function kindOf(content: Content): string {
  return content.kind === "media" ? content.media : content.kind;
}

/** What of a file that was sent goes into the transcript. */
export function fileOf(content: Content): { readonly file?: string; readonly album?: string } {
  if (content.kind !== "media") return {};
  const { file, album } = content;
  return { ...(file === undefined ? {} : { file }), ...(album === null ? {} : { album }) };
}

/** Telegram's longest caption. */
const CAPTION = 1024;

/** Passes a customer's message to their topic. */
export function relayToTopic(
  turn: Turn,
  message: { content: Content; ref: MessageRef; replyTo: MessageRef | null },
): void {
  const { content, ref, replyTo } = message;
  const name = turn.customer.name;
  if (content.kind === "text") {
    const text = sayToStaff(turn)("desk.customer_says", { name, text: content.text });
    toTopic(turn, "relay", { kind: "text", text, origin: ref, replyTo });
    return;
  }
  toTopic(turn, "relay", { kind: "copy", origin: ref, replyTo, album: albumOf(content) });
}

/** Passes an agent's message to the customer, saying whose words they are. */
export function relayToCustomer(
  turn: Turn,
  message: { agent: string; content: Content; ref: MessageRef; replyTo: MessageRef | null },
): void {
  const { agent, content, ref, replyTo } = message;
  const to = { kind: "customer", customerId: turn.customer.id } as const;
  const say = sayTo(turn);
  const text = wordsOf(content);
  writeLine(turn, { speaker: "agent", name: agent, kind: kindOf(content), text, ref, ...fileOf(content) });
  if (content.kind === "text") {
    send(turn, to, "relay", { kind: "text", text: say("agent.says", { agent, text }), origin: ref, replyTo });
    return;
  }
  const album = albumOf(content);
  const labelled = say("agent.says", { agent, text });
  const captioned = content.kind === "media" && CAPTIONED.has(content.media) && album === null;
  if (captioned && labelled.length <= CAPTION) {
    send(turn, to, "relay", { kind: "copy", origin: ref, replyTo, album, caption: labelled });
    return;
  }
  // Whose words, or pictures, they are is always said.
  if (album === null || turn.conversation.album !== album)
    send(turn, to, "relay", { kind: "text", text: say("agent.sends", { agent }) });
  if (album !== null) converse(turn, { album });
  send(turn, to, "relay", { kind: "copy", origin: ref, replyTo, album });
}

/** Kinds of media that Telegram lets carry a caption. */
const CAPTIONED: ReadonlySet<string> = new Set(["photo", "video", "animation", "audio", "document", "voice"]);

function albumOf(content: Content): string | null {
  return content.kind === "media" ? content.album : null;
}
