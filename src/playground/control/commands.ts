import { z } from "zod";
import { addFault, clearFaults, faultOrder, release } from "../faults.ts";
import { migrateGroup, setBlocked, setBotMember } from "../membership.ts";
import { eraseTopic, messagesIn, openTopic, removeMessages, setTopicState } from "../messages.ts";
import { addPerson, administrator, type GroupChat } from "../state.ts";
import type { Telegram } from "../telegram.ts";
import {
  ActError,
  chatOf,
  messageOf,
  personEdits,
  personPresses,
  personReacts,
  personSends,
  resolveActor,
} from "./acts.ts";
import { personContent } from "./content.ts";
import { snapshot, topicViews } from "./view.ts";

const id = z.number().int();
/** A chat by its id, or the staff group, whose id changes when it migrates. */
const chatRef = z.union([id, z.literal("staff")]);
const actor = {
  user: id,
  chat: chatRef.optional(),
  topic: id.optional(),
  as: z.literal("anonymous").optional(),
};
const inGroup = { chat: id.optional() };
const inTopic = { ...inGroup, topic: id, by: id.optional() };

function command<T extends z.ZodType, R>(schema: T, run: (tg: Telegram, params: z.output<T>) => R) {
  return { schema, run };
}

function groupOf(tg: Telegram, chat: number | undefined): GroupChat {
  const group = tg.world.chats[chat ?? tg.world.staffChatId];
  if (!group || group.kind === "private") throw new ActError(`no group has the id ${chat}`);
  return group;
}

/** The person who does what has no named doer: the group's owner. */
function ownerOf(tg: Telegram, group: GroupChat, by: number | undefined) {
  const owner = Object.values(group.members).find(({ status }) => status === "creator")?.user;
  const user = by === undefined ? owner : tg.world.people[by]?.user;
  return user ?? tg.world.bot;
}

/** Everything that the page and the tests can make happen. The same over HTTP: `POST /control/<name>`. */
const commands = {
  send: command(z.object({ ...actor, content: personContent, replyTo: id.optional() }), (tg, p) =>
    personSends(tg, resolveActor(tg, p), p.content, p.replyTo),
  ),
  edit: command(z.object({ ...actor, message: id, text: z.string().min(1) }), (tg, p) =>
    personEdits(tg, resolveActor(tg, p), p.message, p.text),
  ),
  react: command(z.object({ ...actor, message: id, emoji: z.string().nullable() }), (tg, p) => {
    personReacts(tg, resolveActor(tg, p), p.message, p.emoji);
    return true;
  }),
  press: command(
    z.object({
      ...actor,
      button: z.string(),
      message: id.optional(),
      on: z.enum(["inline", "keyboard"]).optional(),
    }),
    (tg, p) => personPresses(tg, resolveActor(tg, p), p),
  ),
  /** A person deletes a message; the bot is never told. */
  remove: command(z.object({ ...actor, message: id }), (tg, p) => {
    const { chat } = resolveActor(tg, p);
    removeMessages(tg, chat, [messageOf(chat, p.message).message.message_id]);
    return true;
  }),
  setLink: command(z.object({ user: id, link: z.enum(["blocked", "started"]) }), (tg, p) => {
    const { chat, user } = resolveActor(tg, p);
    if (chat.kind === "private") setBlocked(tg, chat, user, p.link);
    return true;
  }),
  addPerson: command(
    z.object({
      id,
      role: z.enum(["customer", "agent"]),
      first_name: z.string().min(1),
      username: z.string().optional(),
      language_code: z.string().optional(),
    }),
    (tg, { role, username, language_code, ...rest }) => {
      const user = {
        ...rest,
        is_bot: false,
        ...(username !== undefined && { username }),
        ...(language_code !== undefined && { language_code }),
      };
      addPerson(tg.world, user, role);
      tg.dirty();
      return user;
    },
  ),

  openTopic: command(z.object({ ...inGroup, name: z.string().min(1), by: id.optional() }), (tg, p) => {
    const group = groupOf(tg, p.chat);
    return openTopic(tg, group, ownerOf(tg, group, p.by), p.name, { color: 7322096 });
  }),
  closeTopic: command(z.object(inTopic), (tg, p) => {
    const group = groupOf(tg, p.chat);
    return setTopicState(tg, group, ownerOf(tg, group, p.by), p.topic, "closed");
  }),
  reopenTopic: command(z.object(inTopic), (tg, p) => {
    const group = groupOf(tg, p.chat);
    return setTopicState(tg, group, ownerOf(tg, group, p.by), p.topic, "open");
  }),
  deleteTopic: command(z.object(inTopic), (tg, p) => {
    eraseTopic(tg, groupOf(tg, p.chat), p.topic);
    return true;
  }),

  removeBot: command(z.object(inGroup), (tg, p) => {
    const group = groupOf(tg, p.chat);
    const user = tg.world.bot;
    setBotMember(tg, group, { status: "kicked", user, until_date: 0 }, ownerOf(tg, group, undefined));
    return true;
  }),
  addBot: command(z.object({ ...inGroup, as: z.enum(["admin", "member"]).default("admin") }), (tg, p) => {
    const group = groupOf(tg, p.chat);
    const user = tg.world.bot;
    const member = p.as === "admin" ? administrator(user) : { status: "member" as const, user };
    setBotMember(tg, group, member, ownerOf(tg, group, undefined));
    return true;
  }),
  setRight: command(
    z.object({ ...inGroup, right: z.string(), to: z.enum(["granted", "revoked"]) }),
    (tg, p) => {
      const group = groupOf(tg, p.chat);
      const member = group.members[tg.world.bot.id];
      if (member?.status !== "administrator" || !(p.right in member)) {
        throw new ActError(`the bot isn't an administrator, or there's no right ${p.right}`);
      }
      const after = { ...member, [p.right]: p.to === "granted" };
      setBotMember(tg, group, after, ownerOf(tg, group, undefined));
      return true;
    },
  ),
  migrate: command(z.object({ ...inGroup, to: id.default(-1002000000001) }), (tg, p) => {
    const group = groupOf(tg, p.chat);
    return migrateGroup(tg, group, p.to, ownerOf(tg, group, undefined)).id;
  }),

  injectFault: command(faultOrder, (tg, order) => {
    addFault(tg, order);
    return true;
  }),
  clearFaults: command(z.object({}), (tg) => {
    clearFaults(tg);
    return true;
  }),
  /** The calls that a fault holds go on; what other faults are ordered stays ordered. */
  release: command(z.object({}), (tg) => {
    release(tg);
    return true;
  }),

  transcript: command(z.object({ chat: chatRef, topic: id.nullable().default(null) }), (tg, p) =>
    messagesIn(chatOf(tg, p.chat), p.topic),
  ),
  topics: command(z.object(inGroup), (tg, p) => topicViews(groupOf(tg, p.chat))),
  chat: command(z.object({ chat: chatRef }), (tg, p) => {
    const { messages: _, ...rest } = chatOf(tg, p.chat);
    return rest;
  }),
  callback: command(z.object({ id: z.string() }), (tg, p) => tg.world.callbacks[p.id] ?? null),
  calls: command(z.object({ method: z.string().optional(), after: id.default(0) }), (tg, p) =>
    tg.calls.filter((call) => call.id > p.after && (p.method === undefined || call.method === p.method)),
  ),
  counters: command(z.object({}), (tg) => ({
    calls: tg.callCounts,
    heldCalls: tg.held.size,
    pendingUpdates: tg.world.queue.length,
    lastUpdateId: tg.world.counters.update,
    seq: tg.world.counters.seq,
    staffChatId: tg.world.staffChatId,
  })),
  snapshot: command(z.object({}), (tg) => snapshot(tg)),
};

type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandInput<N extends CommandName> = z.input<Commands[N]["schema"]>;
export type CommandResult<N extends CommandName> = ReturnType<Commands[N]["run"]>;

/** Checks and runs a command that came from outside. Results are copies: the caller can't touch the world. */
export function runCommand(tg: Telegram, name: string, input: unknown): unknown {
  const found = Object.hasOwn(commands, name) ? commands[name as CommandName] : null;
  if (!found) throw new ActError(`unknown command ${name}; there are: ${Object.keys(commands).join(", ")}`);
  const run = found.run as (tg: Telegram, params: unknown) => unknown;
  return structuredClone(run(tg, found.schema.parse(input)));
}
