import type { MessageEntity } from "grammy/types";
import { withFoundEntities } from "../entities.ts";
import { badRequest } from "../errors.ts";
import { parseFormatted } from "../formatting.ts";
import type { Content } from "../messages.ts";

// https://core.telegram.org/bots/api#sendmessage, #sendphoto. Counted in UTF-16 units, the stricter reading.
const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;

interface Marked {
  parse_mode?: string | undefined;
  entities?: unknown[] | undefined;
}

function read(source: string, marked: Marked): { text: string; entities: MessageEntity[] } {
  // An explicit list wins over parse_mode.
  const given = marked.entities as MessageEntity[] | undefined;
  const { text, entities } = given
    ? { text: source, entities: given }
    : parseFormatted(source, marked.parse_mode);
  const beyond = entities.find((e) => e.offset < 0 || e.length < 0 || e.offset + e.length > text.length);
  if (beyond)
    throw badRequest(`entity beginning at UTF-16 offset ${beyond.offset} ends after the end of the text`);
  const end = text.trimEnd();
  // The server trims; marks over trimmed blanks go with them.
  const start = end.length - end.trimStart().length;
  const kept = entities
    .map((e) => {
      const offset = Math.max(e.offset - start, 0);
      const last = Math.min(e.offset + e.length, end.length) - start;
      return { ...e, offset, length: last - offset };
    })
    .filter((e) => e.length > 0);
  const trimmed = end.slice(start);
  return { text: trimmed, entities: withFoundEntities(trimmed, kept) };
}

export function textContent(source: string, marked: Marked): { text: string; entities: MessageEntity[] } {
  const { text, entities } = read(source, marked);
  if (text === "") throw badRequest("message text is empty");
  if (text.length > LONGEST_TEXT) throw badRequest("message is too long");
  return { text, entities };
}

export interface Captioned {
  caption?: string | undefined;
  parse_mode?: string | undefined;
  caption_entities?: unknown[] | undefined;
}

export function captionContent(params: Captioned): { caption: string; captionEntities: MessageEntity[] } {
  const { text, entities } = read(params.caption ?? "", {
    parse_mode: params.parse_mode,
    entities: params.caption_entities,
  });
  if (text.length > LONGEST_CAPTION) throw badRequest("message caption is too long");
  return { caption: text, captionEntities: entities };
}

/** A caption as message fields; nothing when there's none. */
export function captionFields(params: Captioned): Content {
  const { caption, captionEntities } = captionContent(params);
  if (!caption) return {};
  return { caption, ...(captionEntities.length > 0 && { caption_entities: captionEntities }) };
}
