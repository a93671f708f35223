// @ts-check
import { agentSends, asAgent, asCustomer, attempt, customerSends, setFocus } from "./acting.js";
import { bubble } from "./bubble.js";
import { byId, openMenu, reconcile } from "./dom.js";
import { ui, words, world } from "./world.js";

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

const REACTIONS = ["👍", "❤", "🔥", "🎉", "🙏", "😢", "👎"];

/** Callback id → the pressed button, until it's answered. @type {Map<string, HTMLElement>} */
const pressed = new Map();

/**
 * @param {"customer" | "staff"} pane
 * @returns {import("./bubble.js").BubbleContext}
 */
function bubbleContext(pane) {
  const who = pane === "customer" ? asCustomer : asAgent;
  /** @param {Message} m */
  const isOwn = (m) =>
    pane === "customer"
      ? m.from?.id === ui.customer
      : ui.agent.endsWith(":anonymous")
        ? m.sender_chat !== undefined
        : m.from?.id === Number(ui.agent);
  return {
    words: words(),
    botId: world?.bot.id ?? 0,
    isOwn,
    senders: pane === "customer" ? "plain" : "names",
    sendCommand: (text) => void (pane === "customer" ? customerSends({ text }) : agentSends({ text })),
    onPick: pane === "staff" ? ({ message }) => setFocus(pane, "reply", message) : null,
    async press({ message }, button, element) {
      element.classList.add("busy");
      const input = { ...who(), button: button.callback_data ?? button.text, message: message.message_id };
      const result = await attempt("press", input, byId(pane));
      if (!result?.callbackId) return element.classList.remove("busy");
      pressed.set(result.callbackId, element);
      setTimeout(() => settle(result.callbackId), 10_000);
    },
    openActions({ message }, anchor) {
      const id = message.message_id;
      const react = (/** @type {string | null} */ emoji) =>
        void attempt("react", { ...who(), message: id, emoji }, byId(pane));
      openMenu(anchor, [
        { label: `↩  ${words().reply}`, run: () => setFocus(pane, "reply", message) },
        {
          label: `☺  ${words().react}`,
          run: () =>
            openMenu(
              anchor,
              REACTIONS.map((emoji) => ({ label: emoji, run: () => react(emoji) })),
              "row",
            ),
        },
        ...(isOwn(message) && (message.text ?? message.caption) !== undefined
          ? [{ label: `✎  ${words().edit}`, run: () => setFocus(pane, "edit", message) }]
          : []),
        {
          label: `🗑  ${words().remove}`,
          danger: true,
          run: () => void attempt("remove", { ...who(), message: id }, byId(pane)),
        },
      ]);
    },
  };
}

/** @param {string} callbackId */
export function settle(callbackId) {
  pressed.get(callbackId)?.classList.remove("busy");
  pressed.delete(callbackId);
}

/** @param {HTMLElement} log @param {readonly Stored[]} messages @param {"customer" | "staff"} pane @param {string} place @param {HTMLElement} empty */
export function drawLog(log, messages, pane, place, empty) {
  const isNewPlace = log.dataset.place !== place;
  if (isNewPlace) {
    log.replaceChildren();
    atEnd.add(log);
  }
  log.dataset.place = place;
  const context = bubbleContext(pane);
  /** @type {(Stored | null)[]} */
  const items = messages.length > 0 ? [...messages] : [null];
  const who = pane === "customer" ? "" : ui.agent;
  reconcile(log, items, {
    key: (item) => (item ? String(item.message.message_id) : "empty"),
    version: (item) => `${item?.seq ?? 0} ${ui.language} ${who}`,
    make: (item) => (item ? bubble(item, context) : empty),
  });
  if (atEnd.has(log)) log.scrollTop = log.scrollHeight;
}

/** Logs whose reader is at the end, and stays there when messages come or the room shrinks. */
const atEnd = new Set([byId("customer-log"), byId("staff-log")]);
for (const log of [...atEnd]) {
  let size = "";
  new ResizeObserver(() => {
    size = `${log.clientWidth} ${log.clientHeight}`;
    if (atEnd.has(log)) log.scrollTop = log.scrollHeight;
  }).observe(log);
  log.addEventListener("scroll", () => {
    // A scroll that a change of size brought about isn't the reader's.
    if (size !== `${log.clientWidth} ${log.clientHeight}`) return;
    if (log.scrollHeight - log.scrollTop - log.clientHeight < 60) atEnd.add(log);
    else atEnd.delete(log);
  });
}
