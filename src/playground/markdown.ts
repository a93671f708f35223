import type { MessageEntity } from "grammy/types";
import { badRequest } from "./errors.ts";
import type { Formatted } from "./formatting.ts";

type Mark = readonly [
  open: string,
  type: "bold" | "italic" | "underline" | "strikethrough" | "spoiler" | "code" | "pre",
];

// Longest first, so that `__` isn't read as two `_`.
const MARKS_V2: readonly Mark[] = [
  ["```", "pre"],
  ["||", "spoiler"],
  ["__", "underline"],
  ["*", "bold"],
  ["_", "italic"],
  ["~", "strikethrough"],
  ["`", "code"],
];
const MARKS_V1: readonly Mark[] = [
  ["```", "pre"],
  ["*", "bold"],
  ["_", "italic"],
  ["`", "code"],
];
const RESERVED_V2 = new Set("_*[]()~`>#+-=|{}.!");
const NAMES: Readonly<Record<Mark[1], string>> = {
  bold: "Bold",
  italic: "Italic",
  underline: "Underline",
  strikethrough: "Strikethrough",
  spoiler: "Spoiler",
  code: "Code",
  pre: "Pre",
};

/**
 * Telegram's two Markdowns: https://core.telegram.org/bots/api#markdownv2-style. Inline marks, links and
 * code; block quotes and custom emoji aren't read, as nothing here writes them.
 */
export function parseMarkdown(source: string, version: "v1" | "v2"): Formatted {
  const marks = version === "v2" ? MARKS_V2 : MARKS_V1;
  let text = "";
  const entities: MessageEntity[] = [];
  const open: { mark: Mark; offset: number; at: number }[] = [];
  let i = 0;
  const fail = (why: string, at: number): never => {
    throw badRequest(
      `can't parse entities: ${why.replace("%", String(Buffer.byteLength(source.slice(0, at))))}`,
    );
  };
  while (i < source.length) {
    const char = source.charAt(i);
    const next = source.charAt(i + 1);
    const top = open.at(-1);
    const inCode = top && (top.mark[1] === "code" || top.mark[1] === "pre");
    if (char === "\\" && next && next.charCodeAt(0) < 127 && (version === "v2" || /[_*`[]/.test(next))) {
      text += next;
      i += 2;
      continue;
    }
    const mark = marks.find(([open]) => source.startsWith(open, i));
    if (mark && top?.mark === mark) {
      open.pop();
      const length = text.length - top.offset;
      if (length > 0) entities.push({ type: mark[1], offset: top.offset, length });
      i += mark[0].length;
      continue;
    }
    if (inCode) {
      text += char;
      i += 1;
      continue;
    }
    if (mark && (version === "v2" || open.length === 0)) {
      open.push({ mark, offset: text.length, at: i });
      i += mark[0].length;
      continue;
    }
    if (char === "[") {
      const link = /^\[((?:\\.|[^\]\\])*)\]\(((?:\\.|[^)\\])*)\)/.exec(source.slice(i));
      if (link) {
        const label = parseMarkdown(link[1] ?? "", version);
        for (const e of label.entities) entities.push({ ...e, offset: e.offset + text.length });
        const url = (link[2] ?? "").replace(/\\(.)/g, "$1");
        if (label.text)
          entities.push({ type: "text_link", offset: text.length, length: label.text.length, url });
        text += label.text;
        i += link[0].length;
        continue;
      }
      if (version === "v1") fail("Can't find end of the entity starting at byte offset %", i);
    }
    if (version === "v2" && RESERVED_V2.has(char)) {
      fail(`Character '${char}' is reserved and must be escaped with the preceding '\\'`, i);
    }
    text += char;
    i += 1;
  }
  const unclosed = open.at(-1);
  if (unclosed) {
    const name = version === "v2" ? `${NAMES[unclosed.mark[1]]} entity` : "the entity starting";
    fail(`Can't find end of ${name} at byte offset %`, unclosed.at);
  }
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}
