import { z } from "zod";
import { withFoundEntities } from "../entities.ts";
import { saveFile } from "../files.ts";
import { MEDIA_KINDS, mediaContent } from "../media.ts";
import type { Content } from "../messages.ts";
import { newAlbumId } from "../methods/send.ts";
import type { Telegram } from "../telegram.ts";

/** A file that a person sends. Without bytes a tiny stand-in of the right kind is made. */
const file = z.object({
  name: z.string().max(255).optional(),
  mime: z.string().max(100).optional(),
  base64: z.base64().optional(),
});

const mediaKind = z.enum(MEDIA_KINDS);

/** What a person can send. */
export const personContent = z.union([
  z.object({ text: z.string().min(1) }),
  z.object({
    media: mediaKind,
    file: file.default({}),
    caption: z.string().optional(),
    emoji: z.string().optional(),
  }),
  z.object({
    album: z
      .array(
        z.object({
          media: z.enum(["photo", "video", "document", "audio"]),
          file: file.default({}),
          caption: z.string().optional(),
        }),
      )
      .min(2)
      .max(10),
  }),
  z.object({ location: z.object({ latitude: z.number(), longitude: z.number() }) }),
  z.object({
    contact: z.object({
      phone_number: z.string(),
      first_name: z.string(),
      user_id: z.number().int().optional(),
    }),
  }),
  z.object({ forward: z.object({ from: z.string(), text: z.string().min(1) }) }),
]);

export type PersonContent = z.input<typeof personContent>;

/** Longer texts are cut into several messages by every Telegram client. */
const LONGEST_TEXT = 4096;

// A one-pixel PNG, so that a photo without a file is still an image.
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const STAND_INS: Readonly<Record<(typeof MEDIA_KINDS)[number], readonly [name: string, mime: string]>> = {
  photo: ["photo.png", "image/png"],
  video: ["video.mp4", "video/mp4"],
  animation: ["animation.mp4", "video/mp4"],
  audio: ["audio.mp3", "audio/mpeg"],
  document: ["document.txt", "text/plain"],
  voice: ["voice.ogg", "audio/ogg"],
  video_note: ["note.mp4", "video/mp4"],
  sticker: ["sticker.webp", "image/webp"],
};

function mediaOf(
  tg: Telegram,
  kind: keyof typeof STAND_INS,
  given: z.output<typeof file>,
  emoji?: string,
): Content {
  const [name, mime] = STAND_INS[kind];
  const bytes = Buffer.from(given.base64 ?? PIXEL, "base64");
  return mediaContent(kind, saveFile(tg, { name: given.name ?? name, mime: given.mime ?? mime, bytes }), {
    emoji,
  });
}

function caption(text: string | undefined): Content {
  if (!text) return {};
  const found = withFoundEntities(text, []);
  return { caption: text, ...(found.length > 0 && { caption_entities: found }) };
}

function words(text: string): Content {
  const found = withFoundEntities(text, []);
  return { text, ...(found.length > 0 && { entities: found }) };
}

function cut(text: string): string[] {
  const parts: string[] = [];
  for (let rest = text; rest.length > 0; rest = rest.slice(LONGEST_TEXT))
    parts.push(rest.slice(0, LONGEST_TEXT));
  return parts;
}

/** The messages a client makes of it: one, or one a part of an album or of a long text. */
export function contentsOf(tg: Telegram, sent: z.output<typeof personContent>): Content[] {
  if ("text" in sent) return cut(sent.text).map(words);
  if ("media" in sent)
    return [{ ...mediaOf(tg, sent.media, sent.file, sent.emoji), ...caption(sent.caption) }];
  if ("album" in sent) {
    const album = newAlbumId(tg);
    return sent.album.map((part) => ({
      ...mediaOf(tg, part.media, part.file),
      ...caption(part.caption),
      media_group_id: album,
    }));
  }
  if ("location" in sent) return [{ location: sent.location }];
  if ("contact" in sent) {
    const { user_id, ...contact } = sent.contact;
    return [{ contact: { ...contact, ...(user_id !== undefined && { user_id }) } }];
  }
  const date = Math.floor(tg.now() / 1000);
  const origin = { type: "hidden_user" as const, date, sender_user_name: sent.forward.from };
  return [{ ...words(sent.forward.text), forward_origin: origin }];
}
