import type { ResponseParameters } from "grammy/types";

/** A refusal as the Bot API words it; the edge turns it into `{ok:false,…}`. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.name = "ApiError";
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (what: string): ApiError => new ApiError(400, `Bad Request: ${what}`);

export const forbidden = (what: string): ApiError => new ApiError(403, `Forbidden: ${what}`);

export const conflict = (what: string): ApiError => new ApiError(409, `Conflict: ${what}`);

/** `seconds` is whole, as Telegram's. */
export const tooManyRequests = (seconds: number): ApiError =>
  new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

export const migrated = (to: number): ApiError =>
  new ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: to });
