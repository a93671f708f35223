import type { MessageEntity } from "grammy/types";
import { badRequest } from "./errors.ts";
import { parseMarkdown } from "./markdown.ts";

export interface Formatted {
  text: string;
  entities: MessageEntity[];
}

/** Reads `parse_mode` markup into plain text and entities, with Telegram's complaints. */
export function parseFormatted(source: string, mode: string | undefined): Formatted {
  switch (mode?.toLowerCase()) {
    case undefined:
    case "":
      return { text: source, entities: [] };
    case "html":
      return parseHtml(source);
    case "markdownv2":
      return parseMarkdown(source, "v2");
    case "markdown":
      return parseMarkdown(source, "v1");
    default:
      throw badRequest("unsupported parse_mode");
  }
}

const byteOffset = (source: string, index: number): number => Buffer.byteLength(source.slice(0, index));

type Plain = MessageEntity.CommonMessageEntity["type"];

const TAGS: Readonly<Record<string, Plain | "text_link" | "pre" | "custom_emoji">> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  span: "spoiler",
  code: "code",
  pre: "pre",
  a: "text_link",
  blockquote: "blockquote",
  "tg-emoji": "custom_emoji",
};

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

interface OpenTag {
  tag: string;
  offset: number;
  attributes: string;
}

/** https://core.telegram.org/bots/api#html-style */
function parseHtml(source: string): Formatted {
  let text = "";
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  const token = /<(\/?)([^\s>]*)([^>]*)>|&(#\d+|#x[0-9a-fA-F]+|\w+);|</g;
  let last = 0;
  for (const match of source.matchAll(token)) {
    text += source.slice(last, match.index);
    last = match.index + match[0].length;
    const [whole, slash, rawName, attributes = "", reference] = match;
    const at = byteOffset(source, match.index);
    if (reference !== undefined) {
      text += decode(reference) ?? whole;
      continue;
    }
    const tag = rawName?.toLowerCase() ?? "";
    if (rawName === undefined)
      throw badRequest(`can't parse entities: Unclosed start tag at byte offset ${at}`);
    if (slash) {
      const top = open.pop();
      if (!top) throw badRequest(`can't parse entities: Unexpected end tag at byte offset ${at}`);
      if (top.tag !== tag) {
        throw badRequest(
          `can't parse entities: Unmatched end tag at byte offset ${at}, expected "</${top.tag}>", found "</${tag}>"`,
        );
      }
      const entity = htmlEntity(top, text);
      if (entity) entities.push(entity);
      continue;
    }
    if (!TAGS[tag])
      throw badRequest(`can't parse entities: Unsupported start tag "${tag}" at byte offset ${at}`);
    open.push({ tag, offset: text.length, attributes });
  }
  text += source.slice(last);
  const unclosed = open.pop();
  if (unclosed) {
    const at = Buffer.byteLength(source);
    throw badRequest(
      `can't parse entities: Can't find end tag corresponding to start tag "${unclosed.tag}" at byte offset ${at}`,
    );
  }
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function decode(reference: string): string | null {
  if (!reference.startsWith("#")) return NAMED[reference] ?? null;
  const code = reference.startsWith("#x")
    ? Number.parseInt(reference.slice(2), 16)
    : Number(reference.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

function htmlEntity({ tag, offset, attributes }: OpenTag, text: string): MessageEntity | null {
  const length = text.length - offset;
  const type = TAGS[tag];
  if (length === 0 || !type) return null;
  const attribute = (name: string) => new RegExp(`${name}=["']?([^"'\\s>]*)`).exec(attributes)?.[1];
  switch (type) {
    case "text_link": {
      const url = attribute("href") ?? text.slice(offset);
      return { type, offset, length, url };
    }
    case "pre":
      return { type, offset, length };
    case "custom_emoji":
      return { type, offset, length, custom_emoji_id: attribute("emoji-id") ?? "" };
    case "blockquote":
      return { type: /\bexpandable\b/.test(attributes) ? "expandable_blockquote" : type, offset, length };
    default:
      return { type, offset, length };
  }
}
