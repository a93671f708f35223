import type { Lang } from "../knowledge/types.ts";
import { isoIn } from "./iso.ts";
import { CASE_LINE, type Customer, type Ticket, type TicketNumber, type TranscriptLine } from "./types.ts";

/** All that a customer may take away as evidence, as it is stored. */
export interface CustomerRecord {
  readonly customer: Customer;
  readonly lang: Lang;
  readonly lines: readonly TranscriptLine[];
  readonly tickets: readonly Ticket[];
  /** First replies promised to the customer. */
  readonly promises: readonly {
    readonly ticket: TicketNumber;
    readonly dueAt: number;
    readonly state: "pending" | "kept" | "missed" | "dropped";
    readonly settledAt: number | null;
  }[];
}

/** The record as it is handed over: times are ISO 8601 with the business's offset; nothing here is optional. */
export type TranscriptDocument = {
  readonly format: "zhida-transcript/1";
  readonly service: string;
  readonly customer: { readonly telegram_id: number; readonly name: string };
  readonly language: Lang;
  readonly time_zone: string;
  readonly exported_at: string;
  readonly lines: readonly {
    readonly at: string;
    readonly speaker: "customer" | "bot" | "agent";
    /** The agent's name. */
    readonly name: string | null;
    /** `text`, or the kind of file that was sent; its caption is the text. */
    readonly kind: string;
    readonly text: string;
    readonly ticket: number | null;
    /** Telegram's unique id of the file. It names the file at Telegram and is no hash of it. */
    readonly telegram_file_id: string | null;
    /** When an agent took the message back from the customer's chat. */
    readonly withdrawn_at: string | null;
  }[];
  /** What was noted down about their dispute with a provider. */
  readonly case_log: readonly {
    readonly at: string;
    /** Who noted it: the customer, or the bot for them, such as what became of a reminder. */
    readonly by: "customer" | "bot";
    readonly text: string;
  }[];
  readonly tickets: readonly {
    readonly number: number;
    readonly opened_at: string;
    readonly claimed_at: string | null;
    readonly agent: string | null;
    readonly first_reply_at: string | null;
    readonly closed_at: string | null;
    readonly closed_by: "agent" | "customer" | null;
    readonly score: number | null;
    readonly comment: string | null;
  }[];
  readonly promises: readonly {
    readonly ticket: number;
    readonly promise: "first_reply";
    readonly due_at: string;
    readonly outcome: "pending" | "kept" | "missed" | "dropped";
    readonly settled_at: string | null;
  }[];
};

/**
 * What a customer said and was told, ready to be written down. Agents' notes are their own and stay out; that a
 * message was withdrawn is the customer's to know.
 * @param at epoch ms: later lines aren't part of it
 */
export function transcriptDocument(
  { customer, lang, lines, tickets, promises }: CustomerRecord,
  { at, timeZone, service }: { at: number; timeZone: string; service: string },
): TranscriptDocument {
  const iso = isoIn(timeZone);
  const isoOrNull = (time: number | null) => (time === null ? null : iso(time));
  const until = lines.filter((line) => line.at <= at);
  const withdrawn = new Map(
    until.flatMap((line) =>
      line.kind === "withdrawn" && line.ref !== null ? [[keyOf(line.ref), line.at] as const] : [],
    ),
  );
  return {
    format: "zhida-transcript/1",
    service,
    customer: { telegram_id: customer.id, name: customer.name },
    language: lang,
    time_zone: timeZone,
    exported_at: iso(at),
    lines: until.flatMap(({ at: said, speaker, name, kind, text, ticket, ref, file }) =>
      speaker === "note" || kind === CASE_LINE
        ? []
        : [
            {
              at: iso(said),
              speaker,
              name,
              kind,
              text,
              ticket,
              telegram_file_id: file ?? null,
              withdrawn_at: isoOrNull((ref === null ? undefined : withdrawn.get(keyOf(ref))) ?? null),
            },
          ],
    ),
    case_log: until.flatMap(({ at: noted, kind, speaker, text }) =>
      kind === CASE_LINE ? [{ at: iso(noted), by: speaker === "bot" ? "bot" : "customer", text }] : [],
    ),
    tickets: tickets.map((ticket) => ({
      number: ticket.number,
      opened_at: iso(ticket.openedAt),
      claimed_at: isoOrNull(ticket.claimedAt),
      agent: ticket.agent?.name ?? null,
      first_reply_at: isoOrNull(ticket.firstReplyAt),
      closed_at: isoOrNull(ticket.closedAt),
      closed_by: ticket.closedBy,
      score: ticket.score,
      comment: ticket.comment,
    })),
    promises: promises.map(({ ticket, dueAt, state, settledAt }) => ({
      ticket,
      promise: "first_reply",
      due_at: iso(dueAt),
      outcome: state,
      settled_at: isoOrNull(settledAt),
    })),
  };
}

const keyOf = ({ chatId, messageId }: { chatId: number; messageId: number }) => `${chatId}:${messageId}`;
