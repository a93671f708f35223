// @ts-check
import { h } from "./dom.js";

/** @typedef {import("grammy/types").MessageEntity} MessageEntity */

/** Whether a link may be followed from the page. @param {string} url */
export const isSafe = (url) => /^(https?|tg):\/\//i.test(url);

/** A link that calls. @param {string} number */
export const telephone = (number) => `tel:${number.replace(/[^\d+]/g, "")}`;

/**
 * Text with its entities as nodes: cut at every border, each piece wrapped in all that cover it.
 * @param {string} text
 * @param {readonly MessageEntity[]} entities
 * @param {(command: string) => void} sendCommand
 */
export function richText(text, entities, sendCommand) {
  const cuts = new Set([0, text.length, ...entities.flatMap((e) => [e.offset, e.offset + e.length])]);
  const borders = [...cuts].sort((a, b) => a - b);
  return borders.slice(0, -1).map((from, i) => {
    const piece = text.slice(from, borders[i + 1]);
    /** @type {Node} */
    let node = document.createTextNode(piece);
    for (const entity of entities) {
      if (entity.offset > from || entity.offset + entity.length <= from) continue;
      node = wrap(entity, node, piece, sendCommand);
    }
    return node;
  });
}

/** @type {Partial<Record<MessageEntity["type"], keyof HTMLElementTagNameMap>>} */
const STYLES = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "code",
  blockquote: "q",
  expandable_blockquote: "q",
  hashtag: "em",
  mention: "em",
};

/**
 * @param {MessageEntity} entity
 * @param {Node} node
 * @param {string} piece
 * @param {(command: string) => void} sendCommand
 * @returns {Node}
 */
function wrap(entity, node, piece, sendCommand) {
  switch (entity.type) {
    case "bot_command":
      return h("button", { type: "button", class: "inline-link", onclick: () => sendCommand(piece) }, node);
    case "phone_number":
      return h("a", { href: telephone(piece) }, node);
    case "email":
      return h("a", { href: `mailto:${piece}` }, node);
    case "url":
      return outside(/^https?:/i.test(piece) ? piece : `https://${piece}`, node);
    case "text_link":
      return outside(entity.url, node);
    case "spoiler":
      return h("span", { class: "spoiler", tabindex: 0 }, node);
    default: {
      const tag = STYLES[entity.type];
      return tag ? h(tag, {}, node) : node;
    }
  }
}

/**
 * @param {string} url
 * @param {Node} node
 */
function outside(url, node) {
  if (!isSafe(url)) return node;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, node);
}
