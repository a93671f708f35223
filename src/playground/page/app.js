// @ts-check
import { bubble, hue, inShort } from "./bubble.js";
import { createComposer } from "./composer.js";
import { byId, h, openMenu, reconcile, toast } from "./dom.js";
import { act, follow } from "./live.js";
import { EXAMPLES, WORDS } from "./words.js";

/**
 * @typedef {import("grammy/types").Message} Message
 * @typedef {import("../state.ts").Stored} Stored
 * @typedef {import("../control/view.ts").PageChat} PageChat
 * @typedef {import("../control/view.ts").Snapshot} Snapshot
 * @typedef {import("../control/view.ts").ShownChange} ShownChange
 * @typedef {Extract<PageChat, { kind: "private" }>} PrivateChat
 * @typedef {Exclude<PageChat, { kind: "private" }>} GroupChat
 * @typedef {import("./composer.js").Focus} Focus
 */

const REACTIONS = ["👍", "❤", "🔥", "🎉", "🙏", "😢", "👎"];
const TYPING_LASTS_MS = 5000;

/** @type {Snapshot | null} */
let world = null;
/** @type {Map<number, PageChat>} */
const chats = new Map();
/** Topic (or 0 for General) → the newest message seen there. @type {Map<number, number>} */
const seenTopics = new Map();
/** @type {Map<number, number>} */
const seenCustomers = new Map();
/** Chat or topic → until when someone types there. @type {Map<string, number>} */
const typing = new Map();
/** Callback id → the pressed button, until it's answered. @type {Map<string, HTMLElement>} */
const pressed = new Map();

const ui = {
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

const words = () => WORDS[ui.language];
const customerComposer = createComposer("customer");
const staffComposer = createComposer("staff");

/** @returns {PrivateChat | null} */
function customerChat() {
  const chat = chats.get(ui.customer);
  return chat?.kind === "private" ? chat : null;
}

/** @returns {GroupChat | null} */
function staffChat() {
  const chat = world ? chats.get(world.staffChatId) : undefined;
  return chat && chat.kind !== "private" ? chat : null;
}

/** @param {"customer" | "agent"} role */
const peopleOf = (role) => world?.people.filter((p) => p.role === role).map((p) => p.user) ?? [];

/** Does something and shows why when it can't be done. @param {string} name @param {Record<string, unknown>} input @param {HTMLElement} pane */
async function attempt(name, input, pane) {
  try {
    return await act(name, input);
  } catch (error) {
    toast(pane, words().refused(error instanceof Error ? error.message : String(error)));
    return null;
  }
}

const asCustomer = () => ({ user: ui.customer });

const asAgent = () => {
  const [id, as] = ui.agent.split(":");
  return {
    user: Number(id),
    chat: "staff",
    ...(as === "anonymous" && { as }),
    ...(ui.topic !== null && { topic: ui.topic }),
  };
};

/** The customer's composer is used. @param {Record<string, unknown>} content */
function customerSends(content) {
  const me = peopleOf("customer").find(({ id }) => id === ui.customer);
  return sendFrom("customer", asCustomer(), me?.first_name ?? "", content);
}

/** @param {Record<string, unknown>} content */
function agentSends(content) {
  const me = peopleOf("agent").find(({ id }) => id === Number(ui.agent.split(":")[0]));
  return sendFrom("staff", asAgent(), me?.first_name ?? "", content);
}

/**
 * @param {"customer" | "staff"} pane
 * @param {{ user: number }} who
 * @param {string} name
 * @param {Record<string, unknown>} given
 */
function sendFrom(pane, who, name, given) {
  const focus = pane === "customer" ? ui.customerFocus : ui.staffFocus;
  dropFocus(pane);
  if (focus?.kind === "edit" && typeof given.text === "string") {
    return attempt("edit", { ...who, message: focus.id, text: given.text }, byId(pane));
  }
  const content =
    given.contact === "own"
      ? { contact: { phone_number: "+8613800000000", first_name: name, user_id: who.user } }
      : given;
  return attempt("send", { ...who, content, ...(focus && { replyTo: focus.id }) }, byId(pane));
}

/** @param {"customer" | "staff"} pane */
function dropFocus(pane) {
  if (pane === "customer") ui.customerFocus = null;
  else ui.staffFocus = null;
  draw();
}

/** @param {"customer" | "staff"} pane @param {"reply" | "edit"} kind @param {Message} message */
function setFocus(pane, kind, message) {
  const title = kind === "edit" ? words().editing : `${words().replyingTo} ${message.from?.first_name ?? ""}`;
  /** @type {Focus} */
  const focus = { kind, id: message.message_id, title, text: inShort(message, words()) };
  if (pane === "customer") ui.customerFocus = focus;
  else ui.staffFocus = focus;
  draw();
  const composer = pane === "customer" ? customerComposer : staffComposer;
  if (kind === "edit") composer.setDraft(message.text ?? message.caption ?? "");
  else composer.focus();
}

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
function settle(callbackId) {
  pressed.get(callbackId)?.classList.remove("busy");
  pressed.delete(callbackId);
}

// ---- drawing ----

let drawing = false;

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (!world) return;
    drawCustomer();
    drawStaff();
  });
}

/** @param {HTMLElement} log @param {readonly Stored[]} messages @param {"customer" | "staff"} pane @param {string} place @param {HTMLElement} empty */
function drawLog(log, messages, pane, place, empty) {
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

/** @param {Message} m */
const topicOf = (m) => (m.is_topic_message ? (m.message_thread_id ?? null) : null);

/** @param {readonly Stored[]} messages */
const lastId = (messages) => messages.at(-1)?.message.message_id ?? 0;

/** @param {number} customer */
const unreadOf = (customer) =>
  (chats.get(customer)?.messages ?? []).filter(
    ({ message: m }) => m.message_id > (seenCustomers.get(customer) ?? 0) && m.from?.id !== customer,
  ).length;

function drawStaff() {
  const w = words();
  const group = staffChat();
  if (!group) return;
  const known = group.topics.some(({ threadId }) => threadId === ui.topic);
  if (ui.topic !== null && !known) ui.topic = null;
  /** @type {Map<number | null, Stored[]>} */
  const byTopic = new Map();
  for (const stored of group.messages) {
    const of = topicOf(stored.message);
    byTopic.set(of, [...(byTopic.get(of) ?? []), stored]);
  }
  const shown = byTopic.get(ui.topic) ?? [];
  const isVisible = innerWidth > 860 || document.body.dataset.tab === "staff";
  if (isVisible) seenTopics.set(ui.topic ?? 0, lastId(shown));

  const isForum = group.forum === "forum";
  const heads = [
    {
      id: /** @type {number | null} */ (null),
      name: isForum ? w.general : group.title,
      state: group.general.state,
    },
    ...group.topics.map((t) => ({ id: t.threadId, name: t.name, state: t.state })),
  ].map((head) => {
    const messages = byTopic.get(head.id) ?? [];
    const seen = seenTopics.get(head.id ?? 0) ?? 0;
    const unread = messages.filter(
      ({ message: m }) => m.message_id > seen && m.from?.id !== Number(ui.agent),
    ).length;
    const last = messages.at(-1)?.message;
    return { ...head, unread, last, preview: last ? inShort(last, w) : "" };
  });
  const [general, ...rest] = heads;
  rest.sort((a, b) => (b.last?.message_id ?? 0) - (a.last?.message_id ?? 0));
  reconcile(byId("topic-list"), [...(general ? [general] : []), ...rest], {
    key: ({ id }) => String(id ?? 0),
    version: (head) => JSON.stringify([head, head.id === ui.topic, ui.language]),
    make: (head) => topicItem(head),
  });
  const total = heads.reduce((sum, { unread }) => sum + unread, 0);
  byId("staff-unread").hidden = total === 0;
  byId("staff-unread").textContent = String(total);

  byId("group-title").textContent = group.title;
  const trouble =
    group.bot === "left" || group.bot === "kicked" ? w.botGone : group.bot === "member" ? w.botMember : null;
  byId("group-state").textContent = trouble ?? w.topicCount(group.topics.length);
  byId("group-state").classList.toggle("trouble", trouble !== null);

  const current = heads.find(({ id }) => id === ui.topic);
  byId("topic-name").textContent = current?.name ?? "";
  byId("topic-state").textContent = isTyping(`${group.id}:${ui.topic ?? ""}`)
    ? w.typing
    : current?.state === "closed"
      ? w.isClosed
      : ui.topic === null
        ? group.title
        : w.isOpen;
  drawAgents();
  const hint = group.topics.length === 0 ? w.noTopics : w.emptyTopic;
  const empty = h("div", { class: "empty" }, h("p", {}, hint));
  drawLog(byId("staff-log"), shown, "staff", `${group.id}:${ui.topic}:${group.topics.length === 0}`, empty);
  const foot = byId("staff-foot");
  if (staffComposer.element.parentElement !== foot) foot.replaceChildren(staffComposer.element);
  staffComposer.update({
    words: w,
    placeholder: ui.topic === null ? w.writeGeneral : w.writeStaff,
    commands: [],
    keys: [],
    focus: ui.staffFocus,
    onText: (text) => void agentSends({ text }),
    onContent: (content) => void agentSends(content),
    onKey: () => {},
    onDropFocus: () => dropFocus("staff"),
  });
}

/** @param {{ id: number | null, name: string, state: string, unread: number, preview: string, last: Message | undefined }} head */
function topicItem(head) {
  const w = words();
  const time = head.last ? new Date(head.last.date * 1000).toTimeString().slice(0, 5) : "";
  const item = h(
    "button",
    {
      type: "button",
      class: "topic-item",
      "aria-current": head.id === ui.topic ? "true" : undefined,
      onclick: () => chooseTopic(head.id),
    },
    h(
      "span",
      { class: `avatar ${head.id === null ? "general" : "topic"}`, "aria-hidden": "true" },
      head.id === null ? "#" : initial(head.name),
    ),
    h(
      "span",
      { class: "name" },
      head.name,
      head.state === "closed" ? h("span", { class: "tag" }, w.isClosed) : null,
    ),
    h("time", {}, time),
    h("span", { class: "preview" }, head.preview),
    head.unread > 0
      ? h("i", { class: "badge", "aria-label": w.unread(head.unread) }, String(head.unread))
      : null,
  );
  item.style.setProperty("--hue", String(hue(head.id ?? 7)));
  return h("li", { class: head.state === "closed" ? "closed" : undefined }, item);
}

function drawAgents() {
  const select = /** @type {HTMLSelectElement} */ (byId("agent"));
  const first = peopleOf("agent")[0];
  const options = [
    ...peopleOf("agent").map(({ id, first_name }) => [String(id), first_name]),
    ...(first ? [[`${first.id}:anonymous`, words().anonymous]] : []),
  ];
  const version = JSON.stringify(options);
  if (select.dataset.version === version) return;
  select.dataset.version = version;
  select.replaceChildren(...options.map(([value = "", label = ""]) => h("option", { value }, label)));
  select.value = ui.agent;
}

/** @param {string} name @param {string} [last] */
const initial = (name, last) =>
  (last ? last : name.replace(/^(客户|客服小|客服)/, "")).trim().slice(0, 1) || "·";

/** @param {string} place */
const isTyping = (place) => (typing.get(place) ?? 0) > Date.now();

// ---- choosing ----

/** @param {number} id */
function chooseCustomer(id) {
  ui.customer = id;
  ui.customerFocus = null;
  draw();
  customerComposer.focus();
}

/** @param {number | null} id */
function chooseTopic(id) {
  ui.topic = id;
  ui.staffFocus = null;
  document.body.dataset.talk = "open";
  draw();
}

/** @param {string} tab */
function chooseTab(tab) {
  document.body.dataset.tab = tab;
  for (const button of document.querySelectorAll(".tabs button")) {
    button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.tab === tab));
  }
  draw();
}

function speak() {
  const w = words();
  document.documentElement.lang = ui.language === "zh" ? "zh-CN" : "en";
  document.title = `Zhida 直达 · ${w.title}`;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = String(w[/** @type {"ok"} */ (/** @type {HTMLElement} */ (element).dataset.word)]);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute(
      "aria-label",
      String(w[/** @type {"ok"} */ (/** @type {HTMLElement} */ (element).dataset.label)]),
    );
  }
  const toggle = byId("language");
  toggle.textContent = ui.language === "zh" ? "English" : "中文";
  toggle.lang = ui.language === "zh" ? "en" : "zh-CN";
  byId("agent").dataset.version = "";
  speakOfLink();
  draw();
}

function speakOfLink() {
  const state = document.body.dataset.link;
  byId("link-text").textContent = state === "live" || state === "lost" ? words()[state] : "";
}

byId("language").addEventListener("click", () => {
  ui.language = ui.language === "zh" ? "en" : "zh";
  localStorage.setItem("language", ui.language);
  speak();
});
byId("agent").addEventListener("change", (event) => {
  ui.agent = /** @type {HTMLSelectElement} */ (event.target).value;
  draw();
});
byId("back").addEventListener("click", () => {
  document.body.dataset.talk = "closed";
});
for (const button of document.querySelectorAll(".tabs button")) {
  button.addEventListener("click", () =>
    chooseTab(/** @type {HTMLElement} */ (button).dataset.tab ?? "customer"),
  );
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
byId("staff-menu").addEventListener("click", () => {
  const group = staffChat();
  if (!group) return;
  const w = words();
  const pane = byId("staff");
  const topic = group.topics.find(({ threadId }) => threadId === ui.topic);
  const by = Number(ui.agent.split(":")[0]);
  const isGone = group.bot === "left" || group.bot === "kicked";
  const onTopic = (/** @type {string} */ name) => void attempt(name, { topic: topic?.threadId, by }, pane);
  openMenu(byId("staff-menu"), [
    ...(topic
      ? [
          topic.state === "closed"
            ? { label: w.reopenTopic, run: () => onTopic("reopenTopic") }
            : { label: w.closeTopic, run: () => onTopic("closeTopic") },
          { label: w.deleteTopic, danger: true, run: () => onTopic("deleteTopic") },
        ]
      : []),
    isGone
      ? { label: w.addBot, run: () => void attempt("addBot", {}, pane) }
      : { label: w.removeBot, danger: true, run: () => void attempt("removeBot", {}, pane) },
  ]);
});
addEventListener("resize", draw);

// ---- following the world ----

/** @param {Snapshot} snapshot */
function reset(snapshot) {
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

/** @param {ShownChange} change */
function apply(change) {
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
    case "answer": {
      const { id, answer, userId } = change.callback;
      settle(id);
      if (!answer?.text) break;
      const pane = byId(peopleOf("customer").some((user) => user.id === userId) ? "customer" : "staff");
      if (answer.style === "toast") toast(pane, answer.text);
      else {
        const dialog = /** @type {HTMLDialogElement} */ (byId("alert"));
        const line = dialog.querySelector("p");
        if (line) line.textContent = answer.text;
        dialog.showModal();
      }
      break;
    }
    case "people":
    case "commands":
      break;
  }
  draw();
}

follow({
  reset,
  change: apply,
  link(state) {
    document.body.dataset.link = state;
    speakOfLink();
  },
});
speak();
