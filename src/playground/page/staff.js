// @ts-check
import { agentSends, attempt, dropFocus, staffComposer } from "./acting.js";
import { hue, inShort, isService } from "./bubble.js";
import { byId, h, openMenu, reconcile } from "./dom.js";
import { drawLog } from "./log.js";
import {
  draw,
  initial,
  isTyping,
  lastId,
  onDraw,
  peopleOf,
  seenTopics,
  staffChat,
  topicOf,
  ui,
  words,
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
    const messages = (byTopic.get(head.id) ?? []).filter(({ message }) => !isService(message, w));
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

/** @param {number | null} id */
function chooseTopic(id) {
  ui.topic = id;
  ui.staffFocus = null;
  document.body.dataset.talk = "open";
  draw();
}

byId("agent").addEventListener("change", (event) => {
  ui.agent = /** @type {HTMLSelectElement} */ (event.target).value;
  draw();
});
byId("back").addEventListener("click", () => {
  document.body.dataset.talk = "closed";
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

onDraw(drawStaff);
