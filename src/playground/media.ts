import type { Content } from "./messages.ts";
import type { StoredFile } from "./state.ts";

/** Kinds of message that are a file. */
export const MEDIA_KINDS = [
  "photo",
  "video",
  "animation",
  "audio",
  "document",
  "voice",
  "video_note",
  "sticker",
] as const;

export type MediaKind = (typeof MEDIA_KINDS)[number];

/** What a client tells of a file beside its bytes. */
export interface MediaDetails {
  emoji?: string | undefined;
  duration?: number | undefined;
  title?: string | undefined;
  performer?: string | undefined;
}

// The playground doesn't decode media: sizes are plausible, not true.
const FRAME = { width: 1280, height: 960 };

/** The message field for a stored file. */
export function mediaContent(kind: MediaKind, file: StoredFile, details: MediaDetails = {}): Content {
  const base = { file_id: file.fileId, file_unique_id: file.fileUniqueId, file_size: file.size };
  const named = { ...base, file_name: file.name, mime_type: file.mime };
  const duration = details.duration ?? 1;
  switch (kind) {
    case "photo":
      return { photo: [{ ...base, ...FRAME }] };
    case "video":
      return { video: { ...named, ...FRAME, duration } };
    case "animation":
      // Telegram sets `document` too, for clients that know no animations.
      return { animation: { ...named, ...FRAME, duration }, document: named };
    case "audio":
      return {
        audio: {
          ...named,
          duration,
          ...(details.title !== undefined && { title: details.title }),
          ...(details.performer !== undefined && { performer: details.performer }),
        },
      };
    case "document":
      return { document: named };
    case "voice":
      return { voice: { ...base, mime_type: file.mime, duration } };
    case "video_note":
      return { video_note: { ...base, length: 240, duration } };
    case "sticker":
      return {
        sticker: {
          ...base,
          type: "regular",
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: details.emoji ?? "🙂",
        },
      };
  }
}
