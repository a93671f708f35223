import { type Bot, Composer, type Context } from "grammy";
import type { Chat, Message, Update, User } from "grammy/types";
import { z } from "zod";
import type { Agent } from "../desk/types.ts";
import type { GeneralEvent } from "../dialogue/general/decide.ts";
import type { Event, MessageRef, Profile } from "../dialogue/types.ts";
import { unpackButton } from "./buttons.ts";
import { contentOf } from "./content.ts";

/** Whose conversation something is about: known from the chat, or to be looked up by topic or by message. */
export type About =
  | { readonly by: "customer"; readonly id: number }
  /** `ticket`: the number in the title under which the bot itself made the topic. */
  | {
      readonly by: "thread";
      readonly chatId: number;
      readonly threadId: number;
      readonly ticket: number | null;
    }
  | { readonly by: "message"; readonly ref: MessageRef };

/** What an update means to us. */
export type Incoming =
  | { readonly kind: "event"; readonly about: About; readonly event: Event }
  /** A command in a staff group that is about no one customer. */
  | GeneralEvent
  /** An agent acts in a staff group, about nobody we know. */
  | { readonly kind: "seen"; readonly agent: Agent }
  /** A button pressed in a group that isn't a staff group: forwarded there, or forged. */
  | { readonly kind: "stray.press"; readonly chatId: number; readonly callbackId: string }
  /** A staff group became a supergroup and has a new id. */
  | { readonly kind: "migrated"; readonly from: number; readonly to: number }
  /** The bot's own standing in a staff group changed. */
  | { readonly kind: "standing"; readonly chatId: number }
  /** The bot was put into a group that isn't a staff group: whoever sets it up wants its id. */
  | { readonly kind: "stranger"; readonly chatId: number; readonly title: string };

/** A context that collects what the update means, for the transaction that follows from it. */
export type IntakeContext = Context & { incoming?: Incoming[] };

export const UPDATE_KINDS = [
  "message",
  "edited_message",
  "callback_query",
  "message_reaction",
  "my_chat_member",
] as const satisfies readonly (keyof Update)[];

const updateShape = z.looseObject({ update_id: z.int().nonnegative() });

/** @throws ZodError for what isn't an update at all */
export function parseUpdate(payload: unknown): Update {
  return updateShape.parse(payload) as unknown as Update;
}

const messageIn = (update: Update) =>
  update.message ?? update.edited_message ?? update.callback_query?.message;

/** Where it happened; undefined for what happens in no chat. */
export function chatOf(update: Update): Chat | undefined {
  return messageIn(update)?.chat ?? update.message_reaction?.chat ?? update.my_chat_member?.chat;
}

/** Updates with one key are handled in order: a private chat, a topic, or the group outside its topics. */
export function queueOf(update: Update): string {
  const message = messageIn(update);
  const chat = chatOf(update);
  if (chat === undefined) return `u:${update.update_id}`;
  const thread =
    message !== undefined && "message_thread_id" in message ? message.message_thread_id : undefined;
  return chat.type === "private" || thread === undefined ? `${chat.id}` : `${chat.id}:${thread}`;
}

/** Makes the bot turn stored updates into what they mean to us; it answers nothing itself. */
export function createIntake(
  bot: Bot<IntakeContext>,
  isStaff: (chatId: number) => boolean,
): (update: Update) => Promise<readonly Incoming[]> {
  const meanings = new WeakMap<Update, Incoming[]>();
  bot.use((ctx, next) => {
    ctx.incoming = [];
    meanings.set(ctx.update, ctx.incoming);
    return next();
  });
  bot.filter((ctx) => ctx.chat?.type === "private", fromCustomer());
  bot.filter((ctx) => ctx.chat !== undefined && isStaff(ctx.chat.id), fromStaff());
  bot.on("callback_query", (ctx) => {
    const { id: callbackId, message } = ctx.callbackQuery;
    raise(ctx, { kind: "stray.press", chatId: message?.chat.id ?? ctx.from.id, callbackId });
  });
  bot.on("my_chat_member", (ctx) => {
    const { chat, new_chat_member: me } = ctx.myChatMember;
    if (chat.type === "private" || isStaff(chat.id) || me.status === "left" || me.status === "kicked") return;
    raise(ctx, { kind: "stranger", chatId: chat.id, title: chat.title });
  });
  return async (update) => {
    await bot.handleUpdate(update);
    return meanings.get(update) ?? [];
  };
}

function raise(ctx: IntakeContext, incoming: Incoming): void {
  ctx.incoming?.push(incoming);
}

function fromCustomer(): Composer<IntakeContext> {
  const customer = new Composer<IntakeContext>();
  const about = (ctx: IntakeContext): About => ({ by: "customer", id: ctx.chat?.id ?? 0 });
  customer.on("message", (ctx) => {
    const { message } = ctx;
    const profile = profileOf(message.from);
    const ref = refOf(message);
    const typed = commandOf(message, ctx.me.username);
    if (typed !== undefined) {
      raise(ctx, {
        kind: "event",
        about: about(ctx),
        event: { kind: "customer.command", profile, ref, ...typed },
      });
      return;
    }
    const content = contentOf(message);
    if (content === undefined) return;
    raise(ctx, {
      kind: "event",
      about: about(ctx),
      event: {
        kind: "customer.message",
        profile,
        content,
        ref,
        replyTo: replyOf(message),
        forwarded: message.forward_origin !== undefined,
      },
    });
  });
  customer.on("edited_message", (ctx) => {
    const content = contentOf(ctx.editedMessage);
    if (content === undefined) return;
    const event: Event = { kind: "customer.edited", content, ref: refOf(ctx.editedMessage) };
    raise(ctx, { kind: "event", about: about(ctx), event });
  });
  customer.on("callback_query", (ctx) => {
    const { id, data, from } = ctx.callbackQuery;
    const event: Event = {
      kind: "customer.button",
      profile: profileOf(from),
      button: unpackButton(data),
      callbackId: id,
    };
    raise(ctx, { kind: "event", about: about(ctx), event });
  });
  customer.on("message_reaction", (ctx) => {
    const { chat, message_id: messageId } = ctx.messageReaction;
    const event: Event = {
      kind: "customer.reacted",
      ref: { chatId: chat.id, messageId },
      emoji: emojiOf(ctx),
    };
    raise(ctx, { kind: "event", about: about(ctx), event });
  });
  customer.on("my_chat_member", (ctx) => {
    const gone = ctx.myChatMember.new_chat_member.status === "kicked";
    const event: Event = { kind: gone ? "customer.blocked" : "customer.unblocked" };
    raise(ctx, { kind: "event", about: about(ctx), event });
  });
  return customer;
}

function fromStaff(): Composer<IntakeContext> {
  const staff = new Composer<IntakeContext>();
  staff.on("message", (ctx) => {
    const { message } = ctx;
    if (message.migrate_to_chat_id !== undefined) {
      raise(ctx, { kind: "migrated", from: message.chat.id, to: message.migrate_to_chat_id });
      return;
    }
    const agent = agentOf(message);
    const content = contentOf(message);
    if (agent === undefined || content === undefined) return;
    const about = aboutOf(message, ctx.me.id);
    const ref = refOf(message);
    const typed = commandOf(message, ctx.me.username);
    if (about === undefined) {
      // What agents say to one another in General is theirs.
      if (typed === undefined) raise(ctx, { kind: "seen", agent });
      else raise(ctx, { kind: "general", chatId: message.chat.id, agent, ref, ...typed });
      return;
    }
    const replyTo = replyOf(message);
    const event: Event =
      typed === undefined
        ? { kind: "agent.message", agent, content, ref, replyTo }
        : { kind: "agent.command", agent, ref, replyTo, mentioned: mentionedIn(message), ...typed };
    raise(ctx, { kind: "event", about, event });
  });
  staff.on("edited_message", (ctx) => {
    const message = ctx.editedMessage;
    const agent = agentOf(message);
    const content = contentOf(message);
    if (agent === undefined || content === undefined) return;
    const ref = refOf(message);
    raise(ctx, {
      kind: "event",
      about: aboutOf(message, ctx.me.id) ?? { by: "message", ref },
      event: { kind: "agent.edited", agent, content, ref },
    });
  });
  staff.on("callback_query", (ctx) => {
    const { id, data, from, message } = ctx.callbackQuery;
    if (message === undefined) return;
    const button = unpackButton(data);
    const about: About = aboutOf(message as Message, ctx.me.id) ?? { by: "message", ref: refOf(message) };
    raise(ctx, {
      kind: "event",
      about,
      event: { kind: "agent.button", agent: named(from), button, callbackId: id, on: refOf(message) },
    });
  });
  staff.on("message_reaction", (ctx) => {
    const { chat, message_id: messageId, user } = ctx.messageReaction;
    if (user?.is_bot === true) return;
    const ref = { chatId: chat.id, messageId };
    const event: Event = { kind: "agent.reacted", ref, emoji: emojiOf(ctx) };
    raise(ctx, { kind: "event", about: { by: "message", ref }, event });
  });
  staff.on("my_chat_member", (ctx) => raise(ctx, { kind: "standing", chatId: ctx.chat.id }));
  return staff;
}

function profileOf(user: User): Profile {
  return { name: nameOf(user), username: user.username ?? null, languageCode: user.language_code ?? null };
}

function nameOf(user: User): string {
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || `${user.id}`;
}

function named(user: User): Agent {
  const { id, username } = user;
  return { id, name: nameOf(user), ...(username === undefined ? {} : { username }) };
}

/** Whom a message means without a username to write: mentioned by name, or the author of what it replies to. */
function mentionedIn(message: Message): Agent | null {
  const mention = message.entities?.find((entity) => entity.type === "text_mention");
  if (mention?.type === "text_mention" && !mention.user.is_bot) return named(mention.user);
  const repliedTo = message.reply_to_message;
  if (repliedTo === undefined || replyOf(message) === null) return null;
  return agentOf(repliedTo as Message) ?? null;
}

/** Who wrote it. An anonymous admin writes as the group itself; other bots aren't agents. */
function agentOf(message: Message): Agent | undefined {
  const { from, sender_chat: group } = message;
  if (group !== undefined && group.id === message.chat.id)
    return { id: group.id, name: message.author_signature ?? group.title ?? `${group.id}` };
  if (from === undefined || from.is_bot) return undefined;
  return named(from);
}

/** Outside topics only a reply says whose conversation is meant. */
function aboutOf(message: Message, botId: number): About | undefined {
  const {
    chat,
    message_thread_id: threadId,
    is_topic_message: inTopic,
    reply_to_message: repliedTo,
  } = message;
  if (inTopic === true && threadId !== undefined) {
    const title = repliedTo?.from?.id === botId ? repliedTo.forum_topic_created?.name : undefined;
    const number = /#(\d+)/u.exec(title ?? "")?.[1];
    return { by: "thread", chatId: chat.id, threadId, ticket: number === undefined ? null : Number(number) };
  }
  if (repliedTo !== undefined) return { by: "message", ref: refOf(repliedTo) };
  return undefined;
}

function refOf(message: { chat: { id: number }; message_id: number }): MessageRef {
  return { chatId: message.chat.id, messageId: message.message_id };
}

/** In a topic every message replies to the topic's first one: that isn't an answer to anything. */
function replyOf(message: Message): MessageRef | null {
  const repliedTo = message.reply_to_message;
  if (repliedTo === undefined || repliedTo.forum_topic_created !== undefined) return null;
  return refOf(repliedTo);
}

function emojiOf(ctx: Context): string | null {
  const reaction = ctx.messageReaction?.new_reaction.find((each) => each.type === "emoji");
  return reaction?.type === "emoji" ? reaction.emoji : null;
}

/** `/name@bot argument`; undefined for what isn't a command, or is another bot's. */
function commandOf(message: Message, username: string): { command: string; argument: string } | undefined {
  const typed = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/iu.exec(message.text ?? "");
  const [, command, addressee, argument] = typed ?? [];
  if (command === undefined) return undefined;
  if (addressee !== undefined && addressee.toLowerCase() !== username.toLowerCase()) return undefined;
  return { command: command.toLowerCase(), argument: argument?.trim() ?? "" };
}
