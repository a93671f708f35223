// @ts-check
import { h } from "./dom.js";
import { media } from "./media.js";
import { isSafe, richText } from "./rich-text.js";

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

/** Whether Telegram itself wrote it. @param {Message} m @param {Words} words */
export const isService = (m, words) => serviceLine(m, words) !== null;

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
          if ("copy_text" in button) {
            const copy = () => void navigator.clipboard?.writeText(button.copy_text.text);
            return h(
              "button",
              { type: "button", onclick: copy },
              button.text,
              h("small", { "aria-hidden": "true" }, "⧉"),
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
