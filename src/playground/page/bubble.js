// @ts-check
import { h } from "./dom.js";

/**
 * @typedef {import("grammy/types").Message} Message
 * @typedef {import("grammy/types").MessageEntity} MessageEntity
 * @typedef {import("../state.ts").Stored} Stored
 * @typedef {import("./words.js").Words} Words
 */

/**
 * What a bubble needs beside its message.
 * @typedef {object} BubbleContext
 * @property {Words} words
 * @property {number} botId
 * @property {(message: Message) => boolean} isOwn whether the person at this pane wrote it
 * @property {"names" | "plain"} senders whether senders are named, as in a group
 * @property {(command: string) => void} sendCommand
 * @property {(stored: Stored, button: any, element: HTMLElement) => void} press
 * @property {(stored: Stored, anchor: HTMLElement) => void} openActions
 * @property {((stored: Stored) => void) | null} onPick a click on the bubble itself
 */

const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

/** @param {string} url */
const isSafe = (url) => /^(https?|tg):\/\//i.test(url);

/** @param {string} number */
const telephone = (number) => `tel:${number.replace(/[^\d+]/g, "")}`;

/**
 * Text with its entities as nodes: cut at every border, each piece wrapped in all that cover it.
 * @param {string} text
 * @param {readonly MessageEntity[]} entities
 * @param {(command: string) => void} sendCommand
 */
function richText(text, entities, sendCommand) {
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

/** @param {string} id */
const fileAddress = (id) => `/control/files/${encodeURIComponent(id)}`;

/**
 * @param {Message} m
 * @param {Words} words
 */
function media(m, words) {
  const photo = m.photo?.at(-1);
  if (photo) {
    const src = fileAddress(photo.file_id);
    return h(
      "a",
      { href: src, target: "_blank", class: "photo" },
      h("img", { src, alt: m.caption ?? words.photo, loading: "lazy" }),
    );
  }
  const moving = m.video ?? m.animation ?? m.video_note;
  if (moving) return h("video", { src: fileAddress(moving.file_id), controls: true, preload: "none" });
  const sound = m.voice ?? m.audio;
  if (sound) return h("audio", { src: fileAddress(sound.file_id), controls: true, preload: "none" });
  if (m.document) {
    return h(
      "a",
      { href: fileAddress(m.document.file_id), class: "card", download: m.document.file_name ?? "" },
      h("span", { class: "card-icon", "aria-hidden": "true" }, "📄"),
      h(
        "span",
        {},
        h("b", {}, m.document.file_name ?? "?"),
        h("small", {}, `${size(m.document.file_size ?? 0)} · ${words.openFile}`),
      ),
    );
  }
  if (m.sticker) return h("span", { class: "sticker" }, m.sticker.emoji ?? "🙂");
  if (m.contact) {
    const name = [m.contact.first_name, m.contact.last_name].filter(Boolean).join(" ");
    return h(
      "a",
      { href: telephone(m.contact.phone_number), class: "card" },
      h("span", { class: "card-icon", "aria-hidden": "true" }, "📞"),
      h("span", {}, h("b", {}, name), h("small", {}, `${m.contact.phone_number} · ${words.call}`)),
    );
  }
  const place = m.venue?.location ?? m.location;
  if (place) {
    const at = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
    return h(
      "span",
      { class: "card" },
      h("span", { class: "card-icon", "aria-hidden": "true" }, "📍"),
      h("span", {}, h("b", {}, m.venue?.title ?? words.place), h("small", {}, m.venue?.address ?? at)),
    );
  }
  return null;
}

/** @param {number} bytes */
const size = (bytes) =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1048576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1048576).toFixed(1)} MB`;

/**
 * The line of a service message, or null for an ordinary one.
 * @param {Message} m
 * @param {Words} words
 */
function serviceLine(m, words) {
  const who = m.from?.first_name ?? "";
  if (m.forum_topic_created) return words.created(who, m.forum_topic_created.name);
  if (m.forum_topic_edited) {
    const { name } = m.forum_topic_edited;
    return name === undefined ? words.iconChanged(who) : words.renamed(who, name);
  }
  if (m.forum_topic_closed) return words.closed(who);
  if (m.forum_topic_reopened) return words.reopened(who);
  if (m.migrate_to_chat_id || m.migrate_from_chat_id) return words.migrated;
  if (m.general_forum_topic_hidden || m.general_forum_topic_unhidden || m.pinned_message) return words.other;
  return null;
}

/**
 * A message in a few words, for reply lines and lists.
 * @param {Message} m
 * @param {Words} words
 */
export function inShort(m, words) {
  const service = serviceLine(m, words);
  if (service) return service;
  if (m.text) return m.text;
  const icon = m.photo
    ? `🖼 ${words.photo}`
    : m.voice
      ? "🎤"
      : m.video
        ? "🎬"
        : m.sticker
          ? (m.sticker.emoji ?? "🙂")
          : null;
  const thing =
    icon ??
    (m.document
      ? `📄 ${m.document.file_name}`
      : m.location
        ? `📍 ${words.place}`
        : m.contact
          ? `📞 ${m.contact.phone_number}`
          : "");
  return [thing, m.caption].filter(Boolean).join(" ");
}

/** A person keeps one colour. @param {number} id */
export const hue = (id) => (Math.abs(id) * 47) % 360;

/**
 * @param {Stored} stored
 * @param {BubbleContext} context
 */
export function bubble(stored, context) {
  const { message: m, reactions } = stored;
  const { words } = context;
  const service = serviceLine(m, words);
  if (service) return h("p", { class: "service" }, service);

  const own = context.isOwn(m);
  const isBot = m.from?.id === context.botId;
  const text = m.text ?? m.caption;
  const marks = m.entities ?? m.caption_entities ?? [];
  const answered = m.reply_to_message;
  // In a topic every message answers the one that opened it; only real replies are worth a line.
  const quoted = answered && !answered.forum_topic_created ? /** @type {Message} */ (answered) : null;
  const name = m.sender_chat ? words.anonymous : (m.from?.first_name ?? "");
  const origin = m.forward_origin;
  const from =
    origin &&
    (origin.type === "user"
      ? origin.sender_user.first_name
      : origin.type === "hidden_user"
        ? origin.sender_user_name
        : "");

  const body = h(
    "div",
    { class: "bubble" },
    context.senders === "names" && !own
      ? h("p", { class: "sender" }, name, isBot ? h("span", { class: "tag" }, words.bot) : null)
      : null,
    origin ? h("p", { class: "forward" }, `${words.forwarded} ${from}`) : null,
    quoted
      ? h("p", { class: "quote" }, h("b", {}, quoted.from?.first_name ?? ""), inShort(quoted, words))
      : null,
    media(m, words),
    text ? h("p", { class: "text" }, ...richText(text, marks, context.sendCommand)) : null,
    h(
      "p",
      { class: "meta" },
      ...Object.values(reactions).flatMap((list) =>
        list.map((r) => h("span", { class: "reaction" }, r.type === "emoji" ? r.emoji : "★")),
      ),
      m.edit_date ? h("span", {}, words.edited) : null,
      h("time", { datetime: new Date(m.date * 1000).toISOString() }, clock.format(m.date * 1000)),
    ),
  );
  const pick = context.onPick;
  if (pick) {
    body.classList.add("pickable");
    body.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (!target.closest("a, button, audio, video") && !getSelection()?.toString()) pick(stored);
    });
  }
  const actions = h(
    "button",
    {
      type: "button",
      class: "actions",
      "aria-label": words.menu,
      "aria-haspopup": "menu",
      onclick: () => context.openActions(stored, actions),
    },
    "⋯",
  );
  const side = own ? "own" : isBot ? "theirs from-bot" : "theirs";
  const element = h(
    "article",
    { class: `message ${side}${m.sticker ? " bare" : ""}${m.media_group_id ? " album" : ""}` },
    h("div", { class: "row" }, body, actions),
    inlineKeyboard(stored, context),
  );
  element.style.setProperty("--hue", String(hue(m.from?.id ?? 0)));
  return element;
}

/**
 * @param {Stored} stored
 * @param {BubbleContext} context
 */
function inlineKeyboard(stored, context) {
  const rows = stored.message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h(
    "div",
    { class: "inline-keys" },
    ...rows.map((row) =>
      h(
        "div",
        {},
        ...row.map((button) => {
          if ("url" in button && isSafe(button.url)) {
            return h(
              "a",
              { href: button.url, target: "_blank", rel: "noopener noreferrer" },
              button.text,
              h("small", { "aria-hidden": "true" }, "↗"),
            );
          }
          const key = h(
            "button",
            { type: "button", onclick: () => context.press(stored, button, key) },
            button.text,
          );
          return key;
        }),
      ),
    ),
  );
}
