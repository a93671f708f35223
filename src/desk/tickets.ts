import type { Agent, CustomerId, Ticket, TicketNumber, TicketReason } from "./types.ts";

export function isOpen(ticket: Ticket | null): ticket is Ticket {
  return ticket !== null && ticket.status !== "closed";
}

export function openTicket(request: {
  number: TicketNumber;
  customerId: CustomerId;
  reason: TicketReason;
  asked: string;
  about: Ticket["about"];
  at: number;
}): Ticket {
  const { at, ...rest } = request;
  return {
    ...rest,
    status: "waiting",
    openedAt: at,
    agent: null,
    claimedAt: null,
    firstReplyAt: null,
    closedAt: null,
    closedBy: null,
    score: null,
    comment: null,
  };
}

export function claimTicket(ticket: Ticket, agent: Agent, at: number): Ticket {
  return {
    ...ticket,
    status: "serving",
    agent,
    claimedAt: ticket.claimedAt ?? at,
    closedAt: null,
    closedBy: null,
  };
}

export function replyOn(ticket: Ticket, at: number): Ticket {
  return { ...ticket, firstReplyAt: ticket.firstReplyAt ?? at };
}

export function closeTicket(ticket: Ticket, by: "agent" | "customer", at: number): Ticket {
  return { ...ticket, status: "closed", closedAt: at, closedBy: by };
}
