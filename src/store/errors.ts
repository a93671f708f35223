import { MendableError } from "../mendable.ts";

/** What went wrong, as far as a caller can act on it. */
export type StoreErrorCode =
  /** The disk, the quota or the file system is full, or writing to it fails. */
  | "full"
  /** The file, its folder or the server allows no writing. */
  | "unwritable"
  /** Another process holds the database, for longer than we wait. */
  | "busy"
  /** Not our database: another kind of file, damaged, or written by a newer version. */
  | "unusable"
  /** Wrong name, password or database at the server. */
  | "denied"
  /** The server can't be reached, or the connection broke. */
  | "unreachable"
  /** Others changed the same rows each time this transaction was tried. */
  | "conflict"
  /** Used after it was closed, or a transaction after its end. */
  | "closed"
  | "other";

/** Says in one line what failed, where, and what to do about it; never holds a password. */
export class StoreError extends MendableError {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The `code` of an error of Node's, SQLite's or PostgreSQL's; empty where it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** An error's own words on one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || codeOf(error) || error.name : String(error);
  return text.replace(/\s+/gu, " ").trim();
}
