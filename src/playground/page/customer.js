// @ts-check
import { asCustomer, attempt, customerComposer, customerSends, dropFocus } from "./acting.js";
import { hue } from "./bubble.js";
import { byId, h, openMenu, reconcile } from "./dom.js";
import { drawLog } from "./log.js";
import { EXAMPLES } from "./words.js";
import {
  customerChat,
  draw,
  initial,
  isTyping,
  lastId,
  onDraw,
  peopleOf,
  seenCustomers,
  ui,
  unreadOf,
  words,
  world,
} from "./world.js";

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

function drawCustomer() {
  const w = words();
  const chat = customerChat();
  if (!chat || !world) return;
  seenCustomers.set(chat.id, lastId(chat.messages));
  reconcile(byId("customers"), peopleOf("customer"), {
    key: ({ id }) => String(id),
    version: ({ id }) => `${id === ui.customer} ${unreadOf(id)} ${ui.language}`,
    make: (user) => {
      const unread = unreadOf(user.id);
      const tab = h(
        "button",
        {
          type: "button",
          "aria-pressed": String(user.id === ui.customer),
          onclick: () => chooseCustomer(user.id),
        },
        h("span", { class: "avatar", "aria-hidden": "true" }, initial(user.first_name, user.last_name)),
        h("span", { class: "full-name" }, [user.first_name, user.last_name].filter(Boolean).join(" ")),
        unread > 0 ? h("i", { class: "badge", "aria-label": w.unread(unread) }, String(unread)) : null,
      );
      tab.style.setProperty("--hue", String(hue(user.id)));
      return tab;
    },
  });
  byId("bot-name").textContent = world.bot.first_name;
  byId("bot-state").textContent = isTyping(`${chat.id}:`) ? w.typing : `@${world.bot.username} · ${w.bot}`;
  drawLog(byId("customer-log"), chat.messages, "customer", String(chat.id), emptyChat());
  drawCustomerFoot(chat);
}

function emptyChat() {
  const w = words();
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, w.emptyTitle),
    h("p", {}, w.emptyText),
    h(
      "div",
      { class: "chips" },
      ...EXAMPLES.map((text) =>
        h("button", { type: "button", onclick: () => void customerSends({ text }) }, text),
      ),
    ),
    h(
      "button",
      { type: "button", class: "primary", onclick: () => void customerSends({ text: "/start" }) },
      w.begin,
    ),
  );
}

/** @param {PrivateChat} chat */
function drawCustomerFoot(chat) {
  const w = words();
  const foot = byId("customer-foot");
  if (chat.link === "blocked") {
    const unblock = () => void attempt("setLink", { user: chat.id, link: "started" }, byId("customer"));
    foot.replaceChildren(
      h(
        "div",
        { class: "blocked" },
        h("p", {}, w.blocked),
        h("button", { type: "button", class: "primary", onclick: unblock }, w.unblock),
      ),
    );
    return;
  }
  if (customerComposer.element.parentElement !== foot) foot.replaceChildren(customerComposer.element);
  const rows = chat.keyboard?.keyboard ?? [];
  customerComposer.update({
    words: w,
    placeholder: chat.keyboard?.input_field_placeholder ?? w.write,
    commands: chat.commands,
    keys: rows.map((row) => row.map((key) => (typeof key === "string" ? { text: key } : key))),
    focus: ui.customerFocus,
    onText: (text) => void customerSends({ text }),
    onContent: (content) => void customerSends(content),
    onKey: (button) => void attempt("press", { ...asCustomer(), button, on: "keyboard" }, byId("customer")),
    onDropFocus: () => dropFocus("customer"),
  });
}

/** @param {number} id */
function chooseCustomer(id) {
  ui.customer = id;
  ui.customerFocus = null;
  draw();
  customerComposer.focus();
}

byId("customer-menu").addEventListener("click", () => {
  const chat = customerChat();
  if (!chat) return;
  const isBlocked = chat.link === "blocked";
  const set = () =>
    void attempt("setLink", { user: chat.id, link: isBlocked ? "started" : "blocked" }, byId("customer"));
  openMenu(byId("customer-menu"), [
    { label: "/start", run: () => void customerSends({ text: "/start" }) },
    { label: isBlocked ? words().unblock : words().block, danger: !isBlocked, run: set },
  ]);
});

onDraw(drawCustomer);
