// @ts-check
import { h, openMenu } from "./dom.js";

/**
 * @typedef {import("grammy/types").Message} Message
 * @typedef {import("./words.js").Words} Words
 * @typedef {{ kind: "reply" | "edit", id: number, title: string, text: string }} Focus
 * @typedef {object} ComposerOptions
 * @property {Words} words
 * @property {string} placeholder
 * @property {{ command: string, description: string }[]} commands
 * @property {{ text: string }[][]} keys the bot's reply keyboard
 * @property {Focus | null} focus the message replied to or edited
 * @property {(text: string) => void} onText
 * @property {(content: Record<string, unknown>) => void} onContent
 * @property {(key: string) => void} onKey
 * @property {() => void} onDropFocus
 */

/**
 * The field at a pane's foot. It's built once; `update` changes what depends on the chat and keeps the draft.
 * @param {string} id
 */
export function createComposer(id) {
  /** @type {ComposerOptions} */
  let options;
  const field = h("textarea", { id: `${id}-text`, rows: 1, maxlength: 20000, autocomplete: "off" });
  const commands = h(
    "button",
    { type: "button", class: "icon", "aria-haspopup": "menu", onclick: () => openCommands("") },
    "/",
  );
  const attach = h(
    "button",
    { type: "button", class: "icon", "aria-haspopup": "menu", onclick: () => openAttach() },
    "+",
  );
  const send = h("button", { type: "submit", class: "send" }, sendIcon());
  const picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => sendFiles() });
  const focusLine = h("div", { class: "focus-line", hidden: true });
  const form = h("form", { class: "composer" }, attach, commands, field, send, picker);
  const keys = h("div", { class: "keys", hidden: true });
  const element = h("div", {}, focusLine, form, keys);

  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
    send.disabled = field.value.trim() === "";
  };
  const submit = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    grow();
    options.onText(text);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    // While an input method composes, Enter picks a word: it mustn't send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && options.focus) options.onDropFocus();
    else if (event.key === "/" && field.value === "" && options.commands.length > 0) commands.hidden = false;
  });
  field.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void sendAll(files);
  });

  /** @param {string} prefix */
  const openCommands = (prefix) =>
    openMenu(
      commands,
      options.commands
        .filter(({ command }) => command.startsWith(prefix))
        .map(({ command, description }) => ({
          label: `/${command}`,
          hint: description,
          run: () => options.onText(`/${command}`),
        })),
    );

  const openAttach = () => {
    const { words, onContent } = options;
    openMenu(attach, [
      { label: `🖼  ${words.files}`, run: () => picker.click() },
      {
        label: `📍  ${words.location}`,
        run: () => onContent({ location: { latitude: 24.1176, longitude: 117.6137 } }),
      },
      { label: `📞  ${words.contact}`, run: () => onContent({ contact: "own" }) },
      {
        label: `🎤  ${words.voice}`,
        run: () =>
          onContent({ media: "voice", file: { name: "voice.wav", mime: "audio/wav", base64: SAMPLE_SOUND } }),
      },
      { label: `🙂  ${words.sticker}`, run: () => onContent({ media: "sticker", emoji: "👍" }) },
    ]);
  };

  const sendFiles = async () => {
    const files = [...(picker.files ?? [])];
    picker.value = "";
    await sendAll(files);
  };

  /** @param {File[]} files */
  const sendAll = async (files) => {
    const caption = field.value.trim();
    field.value = "";
    grow();
    const parts = await Promise.all(files.slice(0, 10).map(readFile));
    const visual = parts.every(({ media }) => media === "photo" || media === "video");
    const alike = visual || parts.every(({ media }) => media === "document");
    if (parts.length > 1 && alike) {
      options.onContent({
        album: parts.map((part, i) => (i === 0 && caption ? { ...part, caption } : part)),
      });
    } else {
      parts.forEach((part, i) => void options.onContent(i === 0 && caption ? { ...part, caption } : part));
    }
  };

  return {
    element,
    focus: () => field.focus(),
    /** @param {string} text */
    setDraft(text) {
      field.value = text;
      grow();
      field.focus();
    },
    /** @param {ComposerOptions} next */
    update(next) {
      options = next;
      const { words, focus } = next;
      field.placeholder = next.placeholder;
      field.setAttribute("aria-label", next.placeholder);
      attach.setAttribute("aria-label", words.attach);
      commands.setAttribute("aria-label", words.commands);
      commands.hidden = next.commands.length === 0;
      send.setAttribute("aria-label", words.send);
      focusLine.hidden = focus === null;
      if (focus) {
        focusLine.replaceChildren(
          h("p", {}, h("b", {}, focus.title), focus.text),
          h(
            "button",
            { type: "button", class: "icon", "aria-label": words.cancel, onclick: next.onDropFocus },
            "×",
          ),
        );
      }
      keys.hidden = next.keys.length === 0;
      keys.replaceChildren(
        ...next.keys.map((row) =>
          h(
            "div",
            {},
            ...row.map(({ text }) => h("button", { type: "button", onclick: () => next.onKey(text) }, text)),
          ),
        ),
      );
      grow();
    },
  };
}

/**
 * @param {File} file
 * @returns {Promise<{ media: "photo" | "video" | "document", file: { name: string, mime: string, base64: string } }>}
 */
async function readFile(file) {
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  const media = /^image\/(png|jpeg|webp)$/.test(file.type)
    ? "photo"
    : file.type.startsWith("video/")
      ? "video"
      : "document";
  return {
    media,
    file: {
      name: file.name,
      mime: file.type || "application/octet-stream",
      base64: url.slice(url.indexOf(",") + 1),
    },
  };
}

function sendIcon() {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", "M4 12 20 4l-5 16-3.5-6.5z");
  svg.append(path);
  return svg;
}

/** A fifth of a second of silence as WAV: a voice message that any browser plays. */
const SAMPLE_SOUND = (() => {
  const samples = 1600;
  const bytes = new Uint8Array(44 + samples).fill(128, 44);
  const view = new DataView(bytes.buffer);
  const ascii = (/** @type {number} */ at, /** @type {string} */ text) => {
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  };
  ascii(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  ascii(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  ascii(36, "data");
  view.setUint32(40, samples, true);
  return btoa(String.fromCharCode(...bytes));
})();
