import type { InlineKeyboardButton, KeyboardButton, Message, ReactionType, User } from "grammy/types";
import type { z } from "zod";
import { chatObject, findTopic } from "../chats.ts";
import { withFoundEntities } from "../entities.ts";
import { setBlocked } from "../membership.ts";
import { applyEdit, type Content, messagesIn, post, react } from "../messages.ts";
import { ANONYMOUS_ADMIN, type ChatState, type GroupChat, type Stored } from "../state.ts";
import { announce, type Telegram } from "../telegram.ts";
import { queueUpdate } from "../updates.ts";
import { contentsOf, type personContent } from "./content.ts";

/** Something a person can't do; the message says why. */
export class ActError extends Error {
  override readonly name = "ActError";
}

/** Who acts and where: a customer in their private chat, or an agent in a group, maybe in a topic. */
export interface Actor {
  user: User;
  chat: ChatState;
  threadId: number | null;
  /** `hidden`: as an anonymous administrator of the group. */
  identity: "shown" | "hidden";
}

/** A chat by its id, or wherever the staff group is now. */
export function chatOf(tg: Telegram, ref: number | "staff"): ChatState {
  const chat = tg.world.chats[ref === "staff" ? tg.world.staffChatId : ref];
  if (!chat) throw new ActError(`no chat has the id ${ref}`);
  return chat;
}

export function resolveActor(
  tg: Telegram,
  who: {
    user: number;
    chat?: number | "staff" | undefined;
    topic?: number | undefined;
    as?: "anonymous" | undefined;
  },
): Actor {
  const user = tg.world.people[who.user]?.user;
  if (!user) throw new ActError(`no person has the id ${who.user}`);
  const chat = chatOf(tg, who.chat ?? user.id);
  if (chat.kind === "private" && chat.id !== user.id)
    throw new ActError("a private chat belongs to one person");
  if (chat.kind !== "private" && chat.migratedTo !== undefined) {
    throw new ActError(`the group has moved to ${chat.migratedTo}`);
  }
  if (who.topic !== undefined && (chat.kind === "private" || !findTopic(chat, who.topic))) {
    throw new ActError(`chat ${chat.id} has no topic ${who.topic}`);
  }
  return { user, chat, threadId: who.topic ?? null, identity: who.as === "anonymous" ? "hidden" : "shown" };
}

/** A person sends; the bot may be told. In a private chat the first message starts it, and unblocks. */
export function personSends(
  tg: Telegram,
  actor: Actor,
  content: z.output<typeof personContent>,
  replyTo: number | undefined,
): Message[] {
  const { chat, user } = actor;
  if (replyTo !== undefined && !chat.messages[replyTo])
    throw new ActError(`no message ${replyTo} to reply to`);
  if (chat.kind === "private") openPrivate(tg, actor);
  return contentsOf(tg, content).map((part) => {
    const draft = {
      chat,
      threadId: actor.threadId ?? undefined,
      replyTo,
      content: part,
    };
    const stored =
      actor.identity === "hidden"
        ? post(tg, { ...draft, from: ANONYMOUS_ADMIN, senderChat: chatObject(tg, chat) })
        : post(tg, { ...draft, from: user });
    return stored.message;
  });
}

function openPrivate(tg: Telegram, { chat, user }: Actor): void {
  if (chat.kind !== "private" || chat.link === "started") return;
  if (chat.link === "blocked") setBlocked(tg, chat, user, "started");
  chat.link = "started";
  announce(tg, { kind: "chat", chatId: chat.id });
}

export function messageOf(chat: ChatState, id: number): Stored {
  const stored = chat.messages[id];
  if (!stored) throw new ActError(`no message ${id} in chat ${chat.id}`);
  return stored;
}

export function personEdits(tg: Telegram, actor: Actor, messageId: number, text: string): Message {
  const stored = messageOf(actor.chat, messageId);
  const { message } = stored;
  const isOwn =
    actor.identity === "hidden"
      ? message.from?.id === ANONYMOUS_ADMIN.id
      : message.from?.id === actor.user.id;
  if (!isOwn) throw new ActError("only one's own messages can be edited");
  const entities = withFoundEntities(text, []);
  const edit = message.text === undefined ? { caption: text, captionEntities: entities } : { text, entities };
  applyEdit(tg, actor.chat, stored, edit, "person");
  return stored.message;
}

export function personReacts(tg: Telegram, actor: Actor, messageId: number, emoji: string | null): void {
  const stored = messageOf(actor.chat, messageId);
  // Any emoji a test likes; Telegram's own list is checked where the bot reacts.
  const reactions = emoji === null ? [] : ([{ type: "emoji", emoji }] as ReactionType[]);
  const isHidden = actor.identity === "hidden" && actor.chat.kind !== "private";
  react(
    tg,
    actor.chat,
    stored,
    isHidden ? { group: actor.chat as GroupChat } : { user: actor.user },
    reactions,
  );
}

/** What pressing did: a callback that the bot must answer, or a message that the keyboard sent. */
export type Pressed =
  | { kind: "callback"; callbackId: string; messageId: number; data: string }
  | { kind: "sent"; messages: Message[] }
  /** A text went to the presser's clipboard; the bot hears nothing of it. */
  | { kind: "copied"; text: string };

/** Which button is meant: its text or data, maybe only on one message or one kind of keyboard. */
export interface ButtonChoice {
  button: string;
  message?: number | undefined;
  on?: "inline" | "keyboard" | undefined;
}

/**
 * Presses a button, found by its exact text or data, else by a part of its text: the newest inline button
 * first, then the reply keyboard.
 */
export function personPresses(tg: Telegram, actor: Actor, choice: ButtonChoice): Pressed {
  const { chat, user } = actor;
  const { button } = choice;
  const inline = choice.on === "keyboard" ? [] : inlineButtons(tg, actor, choice.message);
  const hasKeyboard = chat.kind === "private" && choice.message === undefined && choice.on !== "inline";
  const keys = (hasKeyboard ? (chat.keyboard?.keyboard ?? []) : [])
    .flat()
    .map((key) => (typeof key === "string" ? { text: key } : key));
  const data = (b: InlineKeyboardButton) => ("callback_data" in b ? b.callback_data : undefined);
  const exact = inline.find((b) => b.button.text === button || data(b.button) === button);
  const exactKey = keys.find(({ text }) => text === button);
  const pressed = exact ?? (exactKey ? undefined : inline.find((b) => b.button.text.includes(button)));
  if (pressed) return pressInline(tg, actor, pressed.message, pressed.button);
  const key = exactKey ?? keys.find(({ text }) => text.includes(button));
  if (key) return { kind: "sent", messages: personSends(tg, actor, keyContent(key, user), undefined) };
  const seen = [...inline.map((b) => b.button.text), ...keys.map((k) => k.text)];
  throw new ActError(`no button "${button}"; there are: ${seen.join(" | ") || "none"}`);
}

/** The bot's inline buttons at hand, newest message first. */
function inlineButtons(tg: Telegram, { chat, threadId }: Actor, messageId: number | undefined) {
  const near = messageId === undefined ? messagesIn(chat, threadId) : [messageOf(chat, messageId)];
  return near
    .filter(({ message }) => message.from?.id === tg.world.bot.id)
    .reverse()
    .flatMap(({ message }) =>
      (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => ({ message, button })),
    );
}

function keyContent(key: KeyboardButton, user: User): z.output<typeof personContent> {
  if (typeof key === "string") return { text: key };
  if ("request_contact" in key && key.request_contact) {
    return { contact: { phone_number: "+8613800000000", first_name: user.first_name, user_id: user.id } };
  }
  if ("request_location" in key && key.request_location) {
    return { location: { latitude: 24.1176, longitude: 117.6137 } };
  }
  return { text: key.text };
}

function pressInline(tg: Telegram, actor: Actor, message: Message, button: InlineKeyboardButton): Pressed {
  if ("copy_text" in button) return { kind: "copied", text: button.copy_text.text };
  const data = "callback_data" in button ? button.callback_data : undefined;
  if (data === undefined) throw new ActError(`"${button.text}" opens a link; it tells the bot nothing`);
  if (actor.chat.kind === "private" && actor.chat.link !== "started") {
    throw new ActError("the bot is blocked: its buttons don't work");
  }
  tg.world.counters.callback += 1;
  const id = String(30_064_771_072_000_000n + BigInt(tg.world.counters.callback));
  const { user, chat } = actor;
  tg.world.callbacks[id] = {
    id,
    userId: user.id,
    chatId: chat.id,
    messageId: message.message_id,
    data,
    at: tg.now(),
    answer: null,
  };
  queueUpdate(tg, chat.id, {
    callback_query: { id, from: user, message, chat_instance: String(chat.id * 7919), data },
  });
  return { kind: "callback", callbackId: id, messageId: message.message_id, data };
}

/** The text of a message as a person sees it, for patterns in tests. */
export function visibleText(message: Content): string {
  const parts = [message.text ?? message.caption ?? ""];
  if (message.contact) parts.push(message.contact.first_name, message.contact.phone_number);
  if (message.location) parts.push(`${message.location.latitude},${message.location.longitude}`);
  for (const kind of ["photo", "video", "audio", "document", "voice", "video_note", "sticker"] as const) {
    if (message[kind]) parts.push(`[${kind}]`);
  }
  return parts.filter(Boolean).join("\n");
}
