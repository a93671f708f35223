// @ts-check
import { h } from "./dom.js";
import { telephone } from "./rich-text.js";

/**
 * @typedef {import("grammy/types").Message} Message
 * @typedef {import("./words.js").Words} Words
 */

/** @param {string} id */
const fileAddress = (id) => `/control/files/${encodeURIComponent(id)}`;

/**
 * What a message carries beside text: picture, sound, card; null for none.
 * @param {Message} m
 * @param {Words} words
 */
export function media(m, words) {
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
