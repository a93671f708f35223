// @ts-check
import { WORDS } from "./words.js";

/**
 * @typedef {import("grammy/types").Message} Message
 * @typedef {import("../state.ts").Stored} Stored
 * @typedef {import("./live.js").PageChat} PageChat
 * @typedef {import("./live.js").Snapshot} Snapshot
 * @typedef {import("./live.js").ShownChange} ShownChange
 * @typedef {Extract<PageChat, { kind: "private" }>} PrivateChat
 * @typedef {Exclude<PageChat, { kind: "private" }>} GroupChat
 * @typedef {import("./composer.js").Focus} Focus
 */

const TYPING_LASTS_MS = 5000;

/** @type {Snapshot | null} */
export let world = null;
/** @type {Map<number, PageChat>} */
export const chats = new Map();
/** Topic (or 0 for General) → the newest message seen there. @type {Map<number, number>} */
export const seenTopics = new Map();
/** @type {Map<number, number>} */
export const seenCustomers = new Map();
/** Chat or topic → until when someone types there. @type {Map<string, number>} */
export const typing = new Map();

/** What's chosen at this page. */
export const ui = {
  /** @type {"zh" | "en"} */
  language: localStorage.getItem("language") === "en" ? "en" : "zh",
  customer: 0,
  /** @type {number | null} */
  topic: null,
  agent: "",
  /** @type {Focus | null} */
  customerFocus: null,
  /** @type {Focus | null} */
  staffFocus: null,
};

export const words = () => WORDS[ui.language];

/** @returns {PrivateChat | null} */
export function customerChat() {
  const chat = chats.get(ui.customer);
  return chat?.kind === "private" ? chat : null;
}

/** @returns {GroupChat | null} */
export function staffChat() {
  const chat = world ? chats.get(world.staffChatId) : undefined;
  return chat && chat.kind !== "private" ? chat : null;
}

/** @param {"customer" | "agent"} role */
export const peopleOf = (role) => world?.people.filter((p) => p.role === role).map((p) => p.user) ?? [];

/** @param {Message} m */
export const topicOf = (m) => (m.is_topic_message ? (m.message_thread_id ?? null) : null);

/** @param {readonly Stored[]} messages */
export const lastId = (messages) => messages.at(-1)?.message.message_id ?? 0;

/** @param {number} customer */
export const unreadOf = (customer) =>
  (chats.get(customer)?.messages ?? []).filter(
    ({ message: m }) => m.message_id > (seenCustomers.get(customer) ?? 0) && m.from?.id !== customer,
  ).length;

const letters = new Intl.Segmenter();

/** What an avatar shows: the first letter or emoji that tells names apart. @param {string} name @param {string} [last] */
export function initial(name, last) {
  const telling = (last ?? name.replace(/^(客户|客服小|客服)/, "")).trim();
  return [...letters.segment(telling)][0]?.segment ?? "·";
}

/** @param {string} place */
export const isTyping = (place) => (typing.get(place) ?? 0) > Date.now();

/** @type {(() => void)[]} */
const painters = [];
let drawing = false;

/** A pane tells how it's drawn. @param {() => void} painter */
export const onDraw = (painter) => void painters.push(painter);

/** Draws everything once, in the next frame, however often it's asked for. */
export function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (world) for (const paint of painters) paint();
  });
}

/** Takes a whole new world. @param {Snapshot} snapshot */
export function reset(snapshot) {
  const isFirst = world === null;
  world = snapshot;
  chats.clear();
  for (const chat of snapshot.chats) chats.set(chat.id, chat);
  if (!chats.has(ui.customer)) ui.customer = peopleOf("customer")[0]?.id ?? 0;
  if (!ui.agent) ui.agent = String(peopleOf("agent")[0]?.id ?? "");
  if (isFirst) {
    // What happened before the page was opened isn't news.
    for (const { id } of peopleOf("customer")) seenCustomers.set(id, lastId(chats.get(id)?.messages ?? []));
    for (const { message } of staffChat()?.messages ?? [])
      seenTopics.set(topicOf(message) ?? 0, message.message_id);
  }
  draw();
}

/** Takes one change. @param {ShownChange} change */
export function apply(change) {
  switch (change.kind) {
    case "message": {
      const chat = chats.get(change.chatId);
      if (!chat) break;
      const id = change.stored.message.message_id;
      const at = chat.messages.findIndex(({ message }) => message.message_id === id);
      if (at >= 0) chat.messages[at] = change.stored;
      else chat.messages.push(change.stored);
      if (change.stored.message.from?.id === world?.bot.id) {
        typing.delete(`${change.chatId}:${topicOf(change.stored.message) ?? ""}`);
      }
      break;
    }
    case "gone": {
      const chat = chats.get(change.chatId);
      if (chat)
        chat.messages = chat.messages.filter(
          ({ message }) => !change.messageIds.includes(message.message_id),
        );
      break;
    }
    case "chat": {
      const chat = chats.get(change.chatId);
      if (chat && change.chat) Object.assign(chat, change.chat);
      break;
    }
    case "typing":
      typing.set(`${change.chatId}:${change.threadId ?? ""}`, Date.now() + TYPING_LASTS_MS);
      setTimeout(draw, TYPING_LASTS_MS + 50);
      break;
    case "answer":
    case "people":
    case "commands":
      break;
  }
  draw();
}
