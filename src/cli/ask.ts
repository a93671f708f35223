import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { freshSnapshot, snapshotAfter } from "../dialogue/after.ts";
import { decide } from "../dialogue/decide.ts";
import type { DeskPolicy } from "../dialogue/mind.ts";
import type { Decision, Outgoing } from "../dialogue/types.ts";
import { loadMind } from "../mind.ts";
import type { Io } from "./io.ts";
import { eventOf } from "./terminal.ts";

const USAGE = `usage: zhida ask [--json] [--session] [text]
  Without text, reads standard input, a message a line.
  --session  the lines are one conversation; an empty line starts a new one
  --json     an object a line: text, lang, intent, confidence, route, coverage, reply, buttons, why`;

/** `zhida ask`: the conversation without Telegram. Returns the exit code. */
export async function ask(argv: readonly string[], io: Io, input: NodeJS.ReadableStream): Promise<number> {
  let options: ReturnType<typeof optionsOf>;
  try {
    options = optionsOf(argv);
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 2;
  }
  const { contentDir, firstReplyMs } = readConfig({
    CONTENT_DIR: io.env.CONTENT_DIR,
    PROMISE_FIRST_REPLY_S: io.env.PROMISE_FIRST_REPLY_S,
  });
  const mind = await loadMind(contentDir);
  const policy: DeskPolicy = { firstReplyMs, escalateEveryMs: firstReplyMs, onCall: [], staff: "ready" };
  const { json, session } = options.values;
  let snapshot = freshSnapshot();
  const hear = (text: string) => {
    const now = Date.now();
    const decision = decide(snapshot, eventOf(text), now, mind, policy);
    snapshot = session ? snapshotAfter(snapshot, decision, now) : freshSnapshot();
    io.out(json ? JSON.stringify(toJson(text, decision)) : toText(decision));
  };
  if (options.positionals.length > 0) {
    hear(options.positionals.join(" "));
    return 0;
  }
  for await (const line of createInterface({ input })) {
    if (session && line.trim() === "") snapshot = freshSnapshot();
    else hear(line);
  }
  return 0;
}

function optionsOf(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, session: { type: "boolean", default: false } },
  });
}

function saidToCustomer({ effects }: Decision): Outgoing[] {
  return effects.flatMap((effect) =>
    effect.kind === "send" && effect.to.kind === "customer" ? [effect.message] : [],
  );
}

function replyOf(decision: Decision): string {
  return saidToCustomer(decision)
    .flatMap((message) => {
      if (message.kind === "text") return [message.text];
      if (message.kind === "contact") return [`☎ ${message.name} ${message.phone}`];
      return [];
    })
    .join("\n\n");
}

function buttonsOf(decision: Decision): string[] {
  return saidToCustomer(decision).flatMap((message) =>
    message.kind === "text" ? (message.inline ?? []).flat().map(({ label }) => label) : [],
  );
}

function toText(decision: Decision): string {
  const buttons = buttonsOf(decision).map((label) => `[${label}]`);
  return `${replyOf(decision)}\n${buttons.join(" ")}\n`;
}

function toJson(text: string, decision: Decision): unknown {
  const { reading } = decision;
  const opened = decision.state.ticket?.status === "waiting";
  return {
    text,
    lang: reading?.lang ?? decision.state.conversation.lang,
    intent: reading?.intent ?? (opened ? "human" : "oos"),
    confidence: reading?.confidence ?? 1,
    route: reading?.route ?? (opened ? "human" : "answer"),
    coverage: coverageOf(reading?.coverage ?? null),
    reply: replyOf(decision),
    buttons: buttonsOf(decision),
    why: reading?.why() ?? {},
  };
}

function coverageOf(reading: NonNullable<Decision["reading"]>["coverage"]): unknown {
  if (reading === null) return null;
  return {
    status: reading.status,
    codes: reading.codes,
    places: reading.parts.flatMap((part) =>
      part.candidates.map(({ full, code, status }) => ({ name: full, code, status })),
    ),
  };
}
