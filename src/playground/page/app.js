// @ts-check
import "./customer.js";
import "./staff.js";
import { byId, toast } from "./dom.js";
import { follow } from "./live.js";
import { settle } from "./log.js";
import { apply, draw, peopleOf, reset, ui, words } from "./world.js";

/** @typedef {import("./live.js").ShownChange} ShownChange */

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
for (const button of document.querySelectorAll(".tabs button")) {
  button.addEventListener("click", () =>
    chooseTab(/** @type {HTMLElement} */ (button).dataset.tab ?? "customer"),
  );
}
addEventListener("resize", draw);

/** The bot's answer to a pressed button. @param {Extract<ShownChange, { kind: "answer" }>["callback"]} callback */
function showAnswer({ id, answer, userId }) {
  settle(id);
  if (!answer?.text) return;
  const isCustomer = peopleOf("customer").some((user) => user.id === userId);
  if (answer.style === "toast") return toast(byId(isCustomer ? "customer" : "staff"), answer.text);
  const dialog = /** @type {HTMLDialogElement} */ (byId("alert"));
  const line = dialog.querySelector("p");
  if (line) line.textContent = answer.text;
  dialog.showModal();
}

follow({
  reset,
  change(change) {
    apply(change);
    if (change.kind === "answer") showAnswer(change.callback);
  },
  link(state) {
    document.body.dataset.link = state;
    speakOfLink();
  },
});
speak();
