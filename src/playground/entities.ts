import type { MessageEntity } from "grammy/types";

type Found = MessageEntity.CommonMessageEntity["type"];

/** What Telegram marks by itself in any text. Order matters: the earlier kind wins where two overlap. */
const KINDS: readonly (readonly [Found, RegExp])[] = [
  ["url", /\bhttps?:\/\/[^\s<>"'，。；！？、）】]+/gu],
  ["email", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ["url", /(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|cn|me|io)(?:\/[^\s<>"'，。；！？、）】]*)?/giu],
  ["bot_command", /(?<![\w/])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/gu],
  ["mention", /(?<![\w@])@[A-Za-z0-9_]{4,32}\b/gu],
  ["phone_number", /(?<![\w.])\+?\d[\d -]{8,16}\d(?![\w.])/gu],
  ["hashtag", /(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*/gu],
  ["cashtag", /(?<![\w$])\$[A-Z]{1,8}\b/gu],
];

/** Adds automatic entities where none given ones stand. Offsets are UTF-16 units, as everywhere in the API. */
export function withFoundEntities(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  const all: MessageEntity[] = [...given];
  const isFree = (offset: number, length: number): boolean =>
    all.every((e) => offset + length <= e.offset || e.offset + e.length <= offset || isStyle(e));
  for (const [type, pattern] of KINDS) {
    for (const match of text.matchAll(pattern)) {
      const found = { type, offset: match.index, length: match[0].length };
      if (isFree(found.offset, found.length)) all.push(found);
    }
  }
  return all.sort((a, b) => a.offset - b.offset || b.length - a.length);
}

const STYLES = new Set([
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
]);

const isStyle = (entity: MessageEntity): boolean => STYLES.has(entity.type);
