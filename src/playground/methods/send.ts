import { z } from "zod";
import { checkThread, writableChat } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { knownFile, saveFile } from "../files.ts";
import { MEDIA_KINDS, type MediaKind, mediaContent } from "../media.ts";
import type { Content } from "../messages.ts";
import type { StoredFile } from "../state.ts";
import { announce, type Telegram } from "../telegram.ts";
import { type CallContext, type Method, method } from "./method.ts";
import { captioned, entities, fileRef, flag, float, int, json, parseMode, str, target } from "./schema.ts";
import { resolveTarget, sendContent, sendContents, type Target } from "./target.ts";
import { captionFields, textContent } from "./text.ts";

const linkPreview = json(z.looseObject({ is_disabled: flag.optional() }));

const sendMessage = method(
  z.looseObject({
    ...target,
    text: str.default(""),
    parse_mode: parseMode,
    entities: entities.optional(),
    link_preview_options: linkPreview.optional(),
    disable_web_page_preview: flag.optional(),
  }),
  (tg, params) => {
    // The chat is checked before the text, as on the server.
    resolveTarget(tg, params);
    const { text, entities: marks } = textContent(params.text, params);
    return sendContent(tg, params, { text, ...(marks.length > 0 && { entities: marks }) }).message;
  },
);

/** Turns a file parameter into a stored file. */
export async function resolveFile(
  tg: Telegram,
  ref: z.output<typeof fileRef>,
  context: CallContext,
): Promise<StoredFile> {
  const upload =
    typeof ref === "string" && ref.startsWith("attach://") ? context.parts.get(ref.slice(9)) : ref;
  if (upload === undefined || upload === "")
    throw badRequest("there is no file to send: file must be non-empty");
  if (typeof upload === "string") return knownFile(tg, upload);
  const bytes = new Uint8Array(await upload.arrayBuffer());
  if (bytes.byteLength === 0) throw badRequest("file must be non-empty");
  const mime = upload.type.split(";")[0] || "application/octet-stream";
  return saveFile(tg, {
    name: upload.name,
    mime: mime === "application/octet-stream" ? guessMime(upload.name) : mime,
    bytes,
  });
}

const MIMES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  mp3: "audio/mpeg",
  pdf: "application/pdf",
  txt: "text/plain",
  json: "application/json",
  html: "text/html",
};

/** grammY sends uploads without a type: the name's ending tells it. */
const guessMime = (name: string): string =>
  MIMES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream";

const details = {
  duration: int.optional(),
  title: str.optional(),
  performer: str.optional(),
  emoji: str.optional(),
};

function sendMedia(kind: MediaKind): Method {
  return method(
    z.looseObject({ ...target, ...captioned, ...details, [kind]: fileRef }),
    async (tg, params, context) => {
      resolveTarget(tg, params as Target);
      const ref = (params as Record<string, unknown>)[kind] as z.output<typeof fileRef>;
      const file = await resolveFile(tg, ref, context);
      const caption = kind === "sticker" || kind === "video_note" ? {} : captionFields(params);
      return sendContent(tg, params as Target, { ...mediaContent(kind, file, params), ...caption }).message;
    },
  );
}

/** How a method is spelt from a field's name: `video_note` → `sendVideoNote`. */
const methodName = (kind: MediaKind): string =>
  `send${kind.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`;

const mediaMethods = Object.fromEntries(MEDIA_KINDS.map((kind) => [methodName(kind), sendMedia(kind)]));

const GROUPED = ["photo", "video", "audio", "document"] as const;

const sendMediaGroup = method(
  z.looseObject({
    ...target,
    media: json(
      z.array(z.looseObject({ type: z.enum(GROUPED), media: fileRef, ...captioned, ...details })).min(1),
    ),
  }),
  async (tg, params, context) => {
    resolveTarget(tg, params);
    const { media } = params;
    if (media.length < 2 || media.length > 10) throw badRequest("group send failed: MEDIA_GROUP_INVALID");
    const kinds = new Set(media.map(({ type }) => type));
    // Documents and audio can't be mixed with anything; photos and videos can.
    if (kinds.size > 1 && (kinds.has("document") || kinds.has("audio"))) {
      throw badRequest(
        `${kinds.has("document") ? "document" : "audio"} can't be mixed with other media types`,
      );
    }
    const album = newAlbumId(tg);
    const contents: Content[] = [];
    for (const item of media) {
      const file = await resolveFile(tg, item.media, context);
      contents.push({
        ...mediaContent(item.type, file, item),
        ...captionFields(item),
        media_group_id: album,
      });
    }
    return sendContents(tg, params, contents).map(({ message }) => message);
  },
);

/** Album ids are long numbers in text. */
export function newAlbumId(tg: Telegram): string {
  tg.world.counters.album += 1;
  return String(13_800_000_000_000_000n + BigInt(tg.world.counters.album));
}

const sendContact = method(
  z.looseObject({
    ...target,
    phone_number: str,
    first_name: str,
    last_name: str.optional(),
    vcard: str.optional(),
  }),
  (tg, params) => {
    const { phone_number, first_name, last_name, vcard } = params;
    const contact = { phone_number, first_name, ...(last_name && { last_name }), ...(vcard && { vcard }) };
    return sendContent(tg, params, { contact }).message;
  },
);

const sendLocation = method(
  z.looseObject({ ...target, latitude: float, longitude: float }),
  (tg, params) =>
    sendContent(tg, params, { location: { latitude: params.latitude, longitude: params.longitude } }).message,
);

const sendVenue = method(
  z.looseObject({ ...target, latitude: float, longitude: float, title: str, address: str }),
  (tg, params) => {
    const location = { latitude: params.latitude, longitude: params.longitude };
    const venue = { location, title: params.title, address: params.address };
    return sendContent(tg, params, { venue, location }).message;
  },
);

const ACTIONS = new Set(
  `typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
  find_location record_video_note upload_video_note`.split(/\s+/),
);

const sendChatAction = method(
  z.looseObject({ chat_id: int, message_thread_id: int.optional(), action: str }),
  (tg, { chat_id, message_thread_id, action }) => {
    if (!ACTIONS.has(action)) throw badRequest("wrong parameter action in request");
    const chat = writableChat(tg, chat_id);
    checkThread(tg, chat, message_thread_id);
    announce(tg, { kind: "typing", chatId: chat.id, threadId: message_thread_id ?? null, action });
    return true;
  },
);

export const sendMethods: Record<string, Method> = {
  sendMessage,
  ...mediaMethods,
  sendMediaGroup,
  sendContact,
  sendLocation,
  sendVenue,
  sendChatAction,
};
