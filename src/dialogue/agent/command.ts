import { sayToStaff, type Turn, tellTopic } from "../turn.ts";
import type { Event } from "../types.ts";
import { ban, unban } from "./ban.ts";
import { canned } from "./canned.ts";
import { tellHistory } from "./history.ts";
import { keepNote } from "./message.ts";
import { claimOrSay, closeOrSay, takeFrom, transfer } from "./serve.ts";
import { withdrawSaid } from "./withdraw.ts";

/** What would bring a banned customer back to the desk by the way. */
const SERVING: ReadonlySet<string> = new Set(["claim", "take", "transfer"]);

/** An agent's command in a customer's topic. What isn't one is answered with the list of those there are. */
export function agentCommand(turn: Turn, event: Extract<Event, { kind: "agent.command" }>): void {
  const { agent, command, argument } = event;
  const say = sayToStaff(turn);
  if (turn.customer.banned === true && SERVING.has(command)) {
    tellTopic(turn, "relay", say("desk.is_banned"));
    return;
  }
  switch (command) {
    case "claim":
      claimOrSay(turn, agent);
      return;
    case "take":
      takeFrom(turn, agent);
      return;
    case "transfer":
      transfer(turn, event);
      return;
    case "close":
      closeOrSay(turn, agent);
      return;
    case "note":
      if (argument === "") {
        tellTopic(turn, "relay", say("desk.note_empty"));
        return;
      }
      keepNote(turn, agent, argument, "text");
      tellTopic(turn, "notice", say("desk.note_kept"));
      return;
    case "history":
      tellHistory(turn);
      return;
    case "canned":
      canned(turn, event);
      return;
    case "del":
      withdrawSaid(turn, event);
      return;
    case "ban":
      ban(turn, agent);
      return;
    case "unban":
      unban(turn, agent);
      return;
    default:
      tellTopic(turn, "relay", say("desk.commands"));
  }
}
