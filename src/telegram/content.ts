import type { Message } from "grammy/types";
import { z } from "zod";
import type { Content } from "../dialogue/types.ts";

/**
 * Kinds of message that hold no text, as the Bot API names them. All are copied to the other side; for those that
 * Telegram refuses to copy, whoever sent it is told.
 */
const MEDIA = [
  "animation",
  "photo",
  "video",
  "paid_media",
  "video_note",
  "voice",
  "audio",
  "document",
  "sticker",
  "venue",
  "dice",
  "story",
  "game",
  "checklist",
  "invoice",
  "giveaway",
  "giveaway_winners",
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
  if (message.poll !== undefined) return { kind: "text", text: pollAsText(message.poll) };
  const media = MEDIA.find((kind) => kind in message);
  if (media === undefined) return undefined;
  const file = fileOf(message, media);
  return {
    kind: "media",
    media,
    caption: message.caption ?? "",
    album: message.media_group_id ?? null,
    ...(file === undefined ? {} : { file }),
  };
}

const fileShape = z.object({ file_unique_id: z.string() });

/** Telegram's unique id of what was sent; a photo comes in several sizes, the last one is the largest. */
function fileOf(message: Message, media: (typeof MEDIA)[number]): string | undefined {
  const sent: unknown = media === "photo" ? message.photo?.at(-1) : Reflect.get(message, media);
  return fileShape.safeParse(sent).data?.file_unique_id;
}

/** A copied poll would collect its votes apart, and a quiz can't be copied at all: what it asks goes as words. */
function pollAsText({ question, options }: NonNullable<Message["poll"]>): string {
  return [`📊 ${question}`, ...options.map(({ text }) => `· ${text}`)].join("\n");
}
