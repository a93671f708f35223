import type { Message } from "grammy/types";
import type { Content } from "../dialogue/types.ts";

/** Kinds of message that hold no text but can be copied to the other side, as the Bot API names them. */
const MEDIA = [
  "animation",
  "photo",
  "video",
  "video_note",
  "voice",
  "audio",
  "document",
  "sticker",
  "poll",
  "venue",
  "dice",
  "story",
  "game",
  "checklist",
] as const;

/** What a message says; undefined for Telegram's own notices (a topic was made, somebody joined …). */
export function contentOf(message: Message): Content | undefined {
  if (message.text !== undefined) return { kind: "text", text: message.text };
  if (message.location !== undefined && message.venue === undefined)
    return { kind: "location", latitude: message.location.latitude, longitude: message.location.longitude };
  if (message.contact !== undefined) {
    const { phone_number: phone, first_name, last_name } = message.contact;
    return { kind: "contact", phone, name: [first_name, last_name].filter(Boolean).join(" ") };
  }
  const media = MEDIA.find((kind) => kind in message);
  if (media === undefined) return undefined;
  return { kind: "media", media, caption: message.caption ?? "", album: message.media_group_id ?? null };
}
