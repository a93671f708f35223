import type { Message, User } from "grammy/types";
import type { FaultOrder } from "../faults.ts";
import type { CallRecord } from "../telegram.ts";
import type { Pressed } from "./acts.ts";
import type { CommandInput, CommandName, CommandResult } from "./commands.ts";
import type { PersonContent } from "./content.ts";
import { poll, type Seen, sees } from "./waiting.ts";

/** How commands reach the playground: a function call, or HTTP. */
export interface Link {
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>>;
  /** Resolves with the world's sequence number once it's past `since`, or after `timeoutMs`. */
  changed(since: number, timeoutMs: number): Promise<number>;
}

interface Wait {
  timeoutMs?: number;
}

/** What's looked for: a part of the visible text, or any condition. */
export type Pattern = string | RegExp | ((message: Message) => boolean);

/** What pressing did. `answer` waits for the bot's answerCallbackQuery and gives its text ("" if none). */
type Press = Pressed & { answer(wait?: Wait): Promise<string> };

interface Where {
  /** A topic's id; absent is General. */
  topic?: number;
}

interface Pressing {
  message?: number;
  on?: "inline" | "keyboard";
}

interface Voice extends Where {
  replyTo?: number;
  as?: "anonymous";
}

/** A customer in the private chat with the bot. */
export interface Customer {
  id: number;
  user: User;
  says(text: string, options?: { replyTo?: number }): Promise<Message>;
  sends(content: PersonContent, options?: { replyTo?: number }): Promise<Message[]>;
  /** `/start`, with a deep link's payload if there's one. */
  starts(payload?: string): Promise<Message>;
  /** Presses a button by its text or data; `on` says which keyboard, when both have it (inline first). */
  presses(button: string, options?: Pressing): Promise<Press>;
  edits(message: number, text: string): Promise<Message>;
  reacts(message: number, emoji: string | null): Promise<void>;
  deletes(message: number): Promise<void>;
  blocks(): Promise<void>;
  unblocks(): Promise<void>;
  /** Waits for a message, new or edited since this customer's last act, that fits; fails with the transcript. */
  sees(pattern: Pattern, wait?: Wait): Promise<Message>;
  transcript(): Promise<Seen[]>;
  /** The texts of the reply keyboard, row after row; empty when there's none. */
  keyboard(): Promise<string[]>;
}

/** An agent in the staff group. */
export interface Agent {
  id: number;
  user: User;
  says(text: string, voice?: Voice): Promise<Message>;
  sends(content: PersonContent, voice?: Voice): Promise<Message[]>;
  presses(button: string, where?: Where & Pressing): Promise<Press>;
  edits(message: number, text: string, voice?: Voice): Promise<Message>;
  reacts(message: number, emoji: string | null, voice?: Voice): Promise<void>;
  sees(pattern: Pattern, where?: Where & Wait): Promise<Message>;
  /** The same person's private chat with the bot, as for an agent on call. */
  inPrivate(): Customer;
}

/** The staff group, wherever it has moved. */
interface Staff {
  id(): Promise<number>;
  /** Waits for a topic whose name contains or matches this. */
  topic(name: string | RegExp, wait?: Wait): Promise<{ threadId: number; name: string }>;
  topics(): Promise<CommandResult<"topics">>;
  transcript(topic?: number): Promise<Seen[]>;
  openTopic(name: string): Promise<number>;
  closeTopic(topic: number): Promise<void>;
  reopenTopic(topic: number): Promise<void>;
  deleteTopic(topic: number): Promise<void>;
  removeBot(): Promise<void>;
  addBot(as?: "admin" | "member"): Promise<void>;
  setRight(right: string, to: "granted" | "revoked"): Promise<void>;
  migrate(to?: number): Promise<number>;
}

/** The side door: act as anyone, look anywhere, break things. */
export interface Control extends Link {
  customer(id?: number): Customer;
  agent(id?: number): Agent;
  staff: Staff;
  injectFault(order: FaultOrder): Promise<void>;
  clearFaults(): Promise<void>;
  calls(method?: string): Promise<CallRecord[]>;
  counters(): Promise<CommandResult<"counters">>;
  /** Tries again after each change until the result isn't null, undefined or false. */
  waitFor<T>(attempt: () => Promise<T | null | undefined | false>, wait?: Wait): Promise<T>;
}

/** Builds the whole of it over a link. `people` are the presets, so that `customer()` is the first one. */
export function createControl(link: Link, people: { customers: User[]; agents: User[] }): Control {
  const { call } = link;
  const now = () => link.changed(-1, 0);
  const done = async (work: Promise<unknown>): Promise<void> => void (await work);
  const one = (messages: Message[]): Message => {
    const [first] = messages;
    if (!first) throw new Error("a text makes a message");
    return first;
  };
  const userOf = (list: User[], id: number | undefined): User => {
    const found = id === undefined ? list[0] : list.find((user) => user.id === id);
    if (!found && id !== undefined) return { id, is_bot: false, first_name: String(id) };
    if (!found) throw new Error("the playground has nobody of this kind");
    return found;
  };

  /** A person somewhere, who remembers when they last did something: `sees` looks from there on. */
  const voice = (user: User, chat: number | "staff") => {
    let since = 0;
    const act = async <T>(work: () => Promise<T>): Promise<T> => {
      since = await now();
      return work();
    };
    const who = (o: Voice = {}) => ({
      user: user.id,
      chat,
      ...(o.topic !== undefined && { topic: o.topic }),
      ...(o.as && { as: o.as }),
    });
    return {
      sends: (content: PersonContent, o: Voice = {}) =>
        act(() =>
          call("send", { ...who(o), content, ...(o.replyTo !== undefined && { replyTo: o.replyTo }) }),
        ),
      edits: (message: number, text: string, o?: Voice) =>
        act(() => call("edit", { ...who(o), message, text })),
      reacts: (message: number, emoji: string | null, o?: Voice) =>
        done(act(() => call("react", { ...who(o), message, emoji }))),
      deletes: (message: number) => done(act(() => call("remove", { ...who(), message }))),
      async presses(button: string, o: Where & Pressing = {}): Promise<Press> {
        const at = {
          ...(o.message !== undefined && { message: o.message }),
          ...(o.on !== undefined && { on: o.on }),
        };
        const pressed = await act(() => call("press", { ...who(o), button, ...at }));
        return { ...pressed, answer: (wait) => answerTo(pressed, wait) };
      },
      sees: (pattern: Pattern, o: Where & Wait = {}) =>
        sees(link, { chat, topic: o.topic ?? null, except: user.id, since }, pattern, o.timeoutMs),
      act,
    };
  };

  const answerTo = async (pressed: Pressed, wait: Wait = {}): Promise<string> => {
    if (pressed.kind !== "callback") return "";
    const attempt = async () => (await call("callback", { id: pressed.callbackId }))?.answer;
    return (await poll(link, attempt, `an answer to the button ${pressed.data}`, wait.timeoutMs)).text;
  };

  const customerFor = (user: User): Customer => {
    const { sends, act, ...me } = voice(user, user.id);
    return {
      id: user.id,
      user,
      ...me,
      sends,
      says: async (text, options) => one(await sends({ text }, options)),
      starts: async (payload) => one(await sends({ text: payload ? `/start ${payload}` : "/start" })),
      blocks: () => done(act(() => call("setLink", { user: user.id, link: "blocked" }))),
      unblocks: () => done(act(() => call("setLink", { user: user.id, link: "started" }))),
      transcript: () => call("transcript", { chat: user.id }),
      async keyboard() {
        const chat = await call("chat", { chat: user.id });
        const rows = chat.kind === "private" ? (chat.keyboard?.keyboard ?? []) : [];
        return rows.flat().map((key) => (typeof key === "string" ? key : key.text));
      },
    };
  };

  const agentFor = (user: User): Agent => {
    const { sends, deletes: _, act: __, ...me } = voice(user, "staff");
    return {
      id: user.id,
      user,
      ...me,
      sends,
      says: async (text, o) => one(await sends({ text }, o)),
      inPrivate: () => customerFor(user),
    };
  };

  const staff: Staff = {
    id: async () => (await call("counters", {})).staffChatId,
    topic: (name, wait = {}) =>
      poll(
        link,
        async () =>
          (await call("topics", {})).find((t) =>
            typeof name === "string" ? t.name.includes(name) : name.test(t.name),
          ),
        `a topic named ${name}`,
        wait.timeoutMs,
      ),
    topics: () => call("topics", {}),
    transcript: (topic) => call("transcript", { chat: "staff", topic: topic ?? null }),
    openTopic: (name) => call("openTopic", { name }),
    closeTopic: (topic) => done(call("closeTopic", { topic })),
    reopenTopic: (topic) => done(call("reopenTopic", { topic })),
    deleteTopic: (topic) => done(call("deleteTopic", { topic })),
    removeBot: () => done(call("removeBot", {})),
    addBot: (as = "admin") => done(call("addBot", { as })),
    setRight: (right, to) => done(call("setRight", { right, to })),
    migrate: (to) => call("migrate", to === undefined ? {} : { to }),
  };

  // One object a person, so that whoever holds it shares what `sees` counts as new.
  const customers = new Map<number, Customer>();
  const agents = new Map<number, Agent>();
  const remembered = <P>(known: Map<number, P>, make: (user: User) => P, user: User): P => {
    const person = known.get(user.id) ?? make(user);
    known.set(user.id, person);
    return person;
  };

  return {
    ...link,
    customer: (id) => remembered(customers, customerFor, userOf(people.customers, id)),
    agent: (id) => remembered(agents, agentFor, userOf(people.agents, id)),
    staff,
    injectFault: (order) => done(call("injectFault", order)),
    clearFaults: () => done(call("clearFaults", {})),
    calls: (method) => call("calls", method === undefined ? {} : { method }),
    counters: () => call("counters", {}),
    waitFor: (attempt, wait = {}) => poll(link, attempt, "the condition", wait.timeoutMs),
  };
}
