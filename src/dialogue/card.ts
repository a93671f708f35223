import { callOut } from "../desk/agents.ts";
import { kindInWords } from "../desk/transcript-page.ts";
import { CASE_LINE, type Ticket, type TranscriptLine } from "../desk/types.ts";
import { lineWords } from "./downgrade/log-facts.ts";
import { formerTicket, momentWords, queuePosition, replyDue } from "./queue.ts";
import { repairOnCard } from "./repair/hold.ts";
import type { Say } from "./strings.ts";
import { STAFF_LANG, sayToStaff, type Turn } from "./turn.ts";
import type { InlineButton, MessageRef, Outgoing } from "./types.ts";

/** Longest quotations in the card: of the customer, whose words matter; of the bot, whose words are known. */
const QUOTE = 200;
const BOT_QUOTE = 40;
/** Longest name on a button. */
const NAME = 20;

/** What an agent needs to answer without asking twice: who, what, how long, and what was said so far. */
export function ticketCard(turn: Turn, ticket: Ticket, origin: MessageRef | null): Outgoing {
  const say = sayToStaff(turn);
  const { customer, conversation } = turn;
  const places = conversation.places.flatMap((code) => turn.mind.places.byCode(code)?.parts ?? []);
  const text = say("desk.card", {
    number: ticket.number,
    reason: say(`desk.reason.${ticket.reason}`),
    name: customer.name,
    username: customer.username === null ? "" : `@${customer.username}`,
    id: customer.id,
    language: conversation.lang === "zh" ? "中文" : "English",
    asked: cut(ticket.asked, QUOTE),
    position: queuePosition(turn),
    due: momentWords(turn, replyDue(turn, ticket), STAFF_LANG),
    coverage:
      places
        .map((part) => say(`desk.place.${part.status}`, { place: part.candidates[0]?.full ?? part.text }))
        .join("、") || "—",
  });
  const recent = [...turn.snapshot.recent, ...turn.lines.filter((line) => line.speaker === "customer")]
    .slice(-10)
    .map((line) => quote(line, turn))
    .join("\n");
  return {
    kind: "text",
    // What to do first; what was said can be read on.
    text: [
      text.trim(),
      ...aboutLine(turn, ticket),
      ...continuing(turn),
      ...repairOnCard(turn, ticket),
      say("desk.card.recent", { recent }),
    ].join("\n"),
    card: ticket.number,
    inline: cardButtons(ticket, say),
    ...(origin === null ? {} : { origin }),
  };
}

/** What an agent can do with a ticket as it stands; one that the customer withdrew is theirs to ask for again. */
export function cardButtons({ number: ticket, status, agent, closedBy }: Ticket, say: Say): InlineButton[][] {
  const close: InlineButton = { label: say("desk.button.close"), button: { kind: "close", ticket } };
  switch (status) {
    case "waiting":
      return [[{ label: say("desk.button.claim"), button: { kind: "claim", ticket } }, close]];
    case "serving": {
      const label = say("desk.button.take", { agent: cut(agent?.name ?? "—", NAME) });
      return [[{ label, button: { kind: "take", ticket } }], [close]];
    }
    case "closed":
      if (closedBy === "customer") return [];
      return [[{ label: say("desk.button.reopen"), button: { kind: "reopen", ticket } }]];
  }
}

function aboutLine(turn: Turn, { about }: Ticket): string[] {
  const title = about === null ? undefined : turn.mind.knowledge.intents.get(about)?.title[STAFF_LANG];
  return title === undefined ? [] : [sayToStaff(turn)("desk.about", { about: title })];
}

/** The ticket this one goes on from, and whose it was. */
function continuing(turn: Turn): string[] {
  const former = formerTicket(turn);
  if (former === null) return [];
  const say = sayToStaff(turn);
  const { number, agent } = former;
  return [
    agent === null
      ? say("desk.continues", { former: number })
      : say("desk.continues_agent", { former: number, agent: callOut(agent, []) }),
  ];
}

const SPEAKER = { customer: "👤", bot: "🤖", agent: "🎧", note: "📝" } as const;

/** A line of the transcript, short enough to stand among others. */
export function quote(line: TranscriptLine, turn: Turn): string {
  const isWords = line.kind === "text" || line.kind === "withdrawn" || line.kind === CASE_LINE;
  const text = lineWords(line, turn.mind, STAFF_LANG);
  const said = isWords ? text : `[${kindInWords(line.kind, sayToStaff(turn))}] ${text}`;
  // The bot's words bring a mark of their own at times: one is enough.
  const bare = line.speaker === "bot" ? said.replace(/^(?:🤖|👤)\s*/u, "") : said;
  const longest = line.speaker === "bot" ? BOT_QUOTE : QUOTE;
  return `${SPEAKER[line.speaker]} ${cut(bare.replaceAll(/\s*\n\s*/gu, " ").trim(), longest)}`;
}

function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length > longest ? `${letters.slice(0, longest).join("")}…` : text;
}
