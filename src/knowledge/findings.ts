/** Every rule of `zhida check`, by id. What each asks for stands where it is applied. */
export type RuleId =
  | "unreadable"
  | "not-utf8"
  | "unknown-file"
  | "missing-file"
  | "yaml-syntax"
  | "duplicate-key"
  | "intent-shape"
  | "intent-id-mismatch"
  | "unknown-button"
  | "pointless-button"
  | "thin-intent"
  | "wrong-language"
  | "business-shape"
  | "strings-shape"
  | "string-missing-language"
  | "string-missing"
  | "string-unused"
  | "string-defined-twice"
  | "placeholder-syntax"
  | "placeholder-mismatch"
  | "unknown-placeholder"
  | "hardcoded-fact"
  | "coverage-shape"
  | "coverage-duplicate-code"
  | "places-shape"
  | "human-lexicon-shape"
  | "repair-lexicon-shape"
  | "letter-lexicon-shape"
  | "reminders-lexicon-shape"
  | "follow-lexicon-shape"
  | "asked-lexicon-shape"
  | "letter-shape"
  | "unknown-right"
  | "downgrade-lexicon-shape"
  | "downgrade-shape"
  | "unknown-source"
  | "weak-source"
  | "stale-fact"
  | "dissuasion"
  | "dissuasion-list"
  | "parity"
  | "allow-without-reason"
  | "duplicate-example"
  | "duplicate-across-intents"
  | "near-duplicate-across-intents"
  | "misclassified-example"
  | "dev-overlap"
  | "bad-row"
  | "unusable";

/** An error keeps the content from being used; a warning asks the author to look. */
type Severity = "error" | "warning";

/** A place in a content file: lines and columns count from 1, as editors do. */
export interface Position {
  /** Relative to the content directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Finding extends Position {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What is wrong, and what right looks like. */
  readonly message: string;
}

export function error(at: Position, rule: RuleId, message: string): Finding {
  return finding(at, rule, "error", message);
}

export function warning(at: Position, rule: RuleId, message: string): Finding {
  return finding(at, rule, "warning", message);
}

/** The first character of a file, for what is wrong with the file as a whole. */
export function startOf(file: string): Position {
  return { file, line: 1, column: 1 };
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.severity === "error");
}

/** `file:line:column  rule  message`, one line whatever the message quotes. */
export function formatFinding(f: Finding): string {
  const message = f.message.replaceAll(/\s*\n\s*/g, " ");
  const marked = f.severity === "warning" ? `warning: ${message}` : message;
  return `${f.file}:${f.line}:${f.column}  ${f.rule}  ${marked}`;
}

/** By file, line and column; findings at one place keep their order. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column);
}

// Not localeCompare: the order must not depend on the machine's locale.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function finding(at: Position, rule: RuleId, severity: Severity, message: string): Finding {
  return { file: at.file, line: at.line, column: at.column, rule, severity, message };
}
