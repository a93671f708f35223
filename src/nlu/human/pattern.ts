/** Word lists by class name: what `{name}` stands for in a pattern. */
export type WordClasses = ReadonlyMap<string, readonly string[]>;

/** One step of a gap: a Latin word or number, or one other character. */
const UNIT = "(?: ?(?:[a-z0-9']+(?![a-z0-9'])|[^a-z0-9', ]))";
const UNIT_OR_BREAK = "(?:[ ,]?(?:[a-z0-9']+(?![a-z0-9'])|[^a-z0-9', ]))";

/** Bounded, because many words of a class begin alike and an unbounded repeat could try them all for ever. */
const TIMES: Readonly<Record<string, string>> = { "?": "?", "*": "{0,9}", "+": "{1,5}" };

/**
 * Compiles one pattern of the lexicon to the source of a regular expression over normalised text.
 * Tokens, separated by spaces (which match an optional space):
 * `{a|b}` a word of class a or b · `有|没有` one of these words, `_` for a space · `…?` optional · `…*` up to nine · `…+` one to five ·
 * `..3` at most three characters or Latin words, within the clause · `~9` the same across clauses ·
 * `**` any number across clauses · `^` `$` start and end of a clause, `^^` `$$` of the message · `<!x` `<=x` not / only right after x, `>!x` `>=x` not / only right before x,
 * where a gap may stand between: `<={provider}~20`, `>!..2{repair}`.
 * Throws on an unknown class or a malformed token, naming the pattern.
 */
export function compilePattern(pattern: string, classes: WordClasses): string {
  let source = "";
  let glue = "";
  for (const token of pattern.trim().split(/\s+/)) {
    const { text, joins } = compileToken(token, classes, pattern);
    source += joins ? glue + text : text;
    if (joins) glue = " ?";
  }
  return source;
}

function compileToken(
  token: string,
  classes: WordClasses,
  pattern: string,
): { text: string; joins: boolean } {
  if (token === "^^") return { text: "^", joins: false };
  if (token === "$$") return { text: "$", joins: false };
  if (token === "^") return { text: "(?<![^,]) ?", joins: false };
  if (token === "$") return { text: " ?(?![^,])", joins: false };
  const look = /^(<[!=])(.+?)((?:\.\.|~)\d+)?$/.exec(token);
  if (look)
    return { text: `(?${look[1]}${one(look[2] ?? "", classes, pattern)}${gap(look[3])} ?)`, joins: false };
  const ahead = /^>([!=])((?:\.\.|~)\d+)?(.+)$/.exec(token);
  if (ahead)
    return { text: `(?${ahead[1]}${gap(ahead[2])} ?${one(ahead[3] ?? "", classes, pattern)})`, joins: false };
  if (/^(?:\.\.|~)\d+$/.test(token)) return { text: gap(token), joins: true };
  const [, body = "", quantifier = ""] = /^(.+?)(\*\*|[?*+]?)$/.exec(token) ?? [];
  const text = one(body, classes, pattern);
  if (quantifier === "**") return { text: `(?:[ ,]?${text})${TIMES["*"]}[ ,]?`, joins: true };
  return { text: quantifier === "" ? text : `(?:${text} ?)${TIMES[quantifier]}`, joins: true };
}

function gap(token: string | undefined): string {
  if (!token) return "";
  return token.startsWith("~")
    ? `${UNIT_OR_BREAK}{0,${token.slice(1)}}?[ ,]?`
    : `${UNIT}{0,${token.slice(2)}}?`;
}

/** `{a|b}`, `有|没有`, or both: `{a}|有`. */
function one(body: string, classes: WordClasses, pattern: string): string {
  const words = [...body.matchAll(/\{([a-z|]+)\}|[^{}|]+/g)].flatMap(([word, names]) =>
    names === undefined
      ? [word.replaceAll("_", " ")]
      : names.split("|").flatMap((name) => wordsOf(name, classes, pattern)),
  );
  const rest = body.replace(/\{[a-z|]+\}/g, "");
  if (words.length === 0 || /[{}<>^$*?.~]/.test(rest))
    throw new Error(`pattern "${pattern}": can't read "${body}"`);
  return anyOf(words);
}

function wordsOf(name: string, classes: WordClasses, pattern: string): readonly string[] {
  const words = classes.get(name);
  if (!words) throw new Error(`pattern "${pattern}": no class {${name}}`);
  return words;
}

/** An alternation, longest first; a Latin word only as a whole word, its spaces optional (realperson). */
export function anyOf(words: readonly string[]): string {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const latin = longestFirst.filter((word) => /[a-z0-9]/.test(word)).map(escape);
  const other = longestFirst.filter((word) => !/[a-z0-9]/.test(word)).map(escape);
  const parts = [...other];
  if (latin.length > 0) parts.push(`(?<![a-z0-9'])(?:${latin.join("|")})(?![a-z0-9'])`);
  return `(?:${parts.join("|")})`;
}

function escape(word: string): string {
  return word.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&").replaceAll(" ", " ?");
}
