// @ts-check
import { inShort } from "./bubble.js";
import { createComposer } from "./composer.js";
import { byId, toast } from "./dom.js";
import { act } from "./live.js";
import { draw, peopleOf, ui, words } from "./world.js";

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

export const customerComposer = createComposer("customer");
export const staffComposer = createComposer("staff");

/** Does something and shows why when it can't be done. @param {string} name @param {Record<string, unknown>} input @param {HTMLElement} pane */
export async function attempt(name, input, pane) {
  try {
    return await act(name, input);
  } catch (error) {
    toast(pane, words().refused(error instanceof Error ? error.message : String(error)));
    return null;
  }
}

export const asCustomer = () => ({ user: ui.customer });

export const asAgent = () => {
  const [id, as] = ui.agent.split(":");
  return {
    user: Number(id),
    chat: "staff",
    ...(as === "anonymous" && { as }),
    ...(ui.topic !== null && { topic: ui.topic }),
  };
};

/** The customer's composer is used. @param {Record<string, unknown>} content */
export function customerSends(content) {
  const me = peopleOf("customer").find(({ id }) => id === ui.customer);
  return sendFrom("customer", asCustomer(), me?.first_name ?? "", content);
}

/** @param {Record<string, unknown>} content */
export function agentSends(content) {
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
export function dropFocus(pane) {
  if (pane === "customer") ui.customerFocus = null;
  else ui.staffFocus = null;
  draw();
}

/** @param {"customer" | "staff"} pane @param {"reply" | "edit"} kind @param {Message} message */
export function setFocus(pane, kind, message) {
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
