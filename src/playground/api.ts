import type { ApiResponse } from "grammy/types";
import { ZodError } from "zod";
import { ApiError, badRequest, forbidden, migrated, tooManyRequests } from "./errors.ts";
import { type FaultKind, hold, takeFault } from "./faults.ts";
import { findMethod } from "./methods/index.ts";
import type { CallContext } from "./methods/method.ts";
import type { CallRecord, Telegram } from "./telegram.ts";

/** What goes back over the wire. `drop` closes the connection without a word. */
export type Reply =
  | { kind: "json"; status: number; body: ApiResponse<unknown> }
  | { kind: "html"; status: number; body: string }
  | { kind: "drop" };

const KEPT_CALLS = 5_000;

/** One call of the Bot API: faults first, then limits and the method itself; every call is recorded. */
export async function callApi(
  tg: Telegram,
  name: string,
  payload: Record<string, unknown>,
  context: CallContext,
): Promise<Reply> {
  const found = findMethod(name);
  if (!found) return failure(new ApiError(404, "Not Found"));
  const record = recordCall(tg, found.name, payload);
  const fault = takeFault(tg, found.name, payload);
  try {
    if (fault?.kind === "badGateway") throw new ApiError(502, "Bad Gateway");
    if (fault?.kind === "dropBefore") return dropped(record, "not applied");
    if (fault?.kind === "hold") {
      if ((await hold(tg, context.signal)) === "gone") return dropped(record, "not applied");
    } else if (fault && fault.kind !== "dropAfter") throw refusal(fault);
    const result = await found.method.run(tg, payload, context);
    if (fault?.kind === "dropAfter") return dropped(record, "applied");
    // A copy: the world goes on changing under the record.
    record.outcome = {
      kind: "ok",
      result: found.name === "getUpdates" ? undefined : structuredClone(result),
    };
    return { kind: "json", status: 200, body: { ok: true, result } };
  } catch (error) {
    const refused = toApiError(error);
    record.outcome = { kind: "error", code: refused.code, description: refused.message };
    // A gateway in front of the API answers in HTML, which a client must survive too.
    if (fault?.kind === "badGateway") {
      return { kind: "html", status: 502, body: "<html><head><title>502 Bad Gateway</title></head></html>" };
    }
    return failure(refused);
  }
}

function dropped(record: CallRecord, applied: "applied" | "not applied"): Reply {
  record.outcome = { kind: "dropped", applied };
  return { kind: "drop" };
}

function refusal(
  fault: Exclude<FaultKind, { kind: "badGateway" | "dropBefore" | "dropAfter" | "hold" }>,
): ApiError {
  switch (fault.kind) {
    case "error":
      return new ApiError(fault.code, fault.description, fault.parameters);
    case "retryAfter":
      return tooManyRequests(fault.seconds);
    case "blocked":
      return forbidden("bot was blocked by the user");
    case "threadNotFound":
      return badRequest("message thread not found");
    case "migrated":
      return migrated(fault.to);
    case "serverError":
      return new ApiError(500, "Internal Server Error");
  }
}

export function failure(error: ApiError): Reply {
  const { code, message, parameters } = error;
  return {
    kind: "json",
    status: code,
    body: { ok: false, error_code: code, description: message, ...(parameters && { parameters }) },
  };
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    const field = issue?.path.map(String).join(".") || "request";
    const isMissing = issue?.code === "invalid_type" || issue?.code === "invalid_union";
    // The server words an absent chat_id this way; of other fields it says less, we say which.
    if (field === "chat_id" && isMissing) return badRequest("chat_id is empty");
    return badRequest(`wrong parameter ${field} in request: ${issue?.message ?? "invalid"}`);
  }
  return new ApiError(
    500,
    `Internal Server Error: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function recordCall(tg: Telegram, method: string, payload: Record<string, unknown>): CallRecord {
  tg.callCounts[method] = (tg.callCounts[method] ?? 0) + 1;
  const last = tg.calls.at(-1)?.id ?? 0;
  const record: CallRecord = {
    id: last + 1,
    at: tg.now(),
    method,
    payload: printable(payload),
    outcome: { kind: "pending" },
  };
  // Polling would push everything else out.
  if (method !== "getUpdates") {
    tg.calls.push(record);
    if (tg.calls.length > KEPT_CALLS) tg.calls.shift();
  }
  return record;
}

function printable(payload: Record<string, unknown>): Record<string, unknown> {
  const shown = Object.entries(payload).map(([key, value]) => [
    key,
    value instanceof File ? `<${value.name}, ${value.size} bytes>` : value,
  ]);
  return structuredClone(Object.fromEntries(shown));
}
