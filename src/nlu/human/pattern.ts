/** Word lists by class name: what `{name}` stands for in a pattern. */
export type WordClasses = ReadonlyMap<string, readonly string[]>;

/** One step of a gap: a Latin word or number, or one other character. */
const UNIT = "(?: ?(?:[a-z0-9']+(?![a-z0-9'])|[^a-z0-9', ]))";
const UNIT_OR_BREAK = "(?:[ ,]?(?:[a-z0-9']+(?![a-z0-9'])|[^a-z0-9', ]))";

const EDGES: Readonly<Record<string, string>> = {
  "^^": "^",
  $$: "$",
  "^": "(?<![^,]) ?",
  $: " ?(?![^,])",
};

/** Bounded, because many words of a class begin alike and an unbounded repeat could try them all for ever. */
const TIMES: Readonly<Record<string, string>> = { "?": "?", "*": "{0,9}", "+": "{1,5}" };

/** A pattern of the lexicon, as a regular expression over normalised text. */
export interface CompiledPattern {
  readonly source: string;
  /** What must each be found somewhere in a text before the whole can be: cheap to try first. */
  readonly needs: readonly Alternatives[];
  /** The words of each token, and whether the pattern can't do without. */
  readonly tokens: readonly { readonly words: readonly string[]; readonly required: boolean }[];
}

/** Words of which one must match, and the expression that matches any. */
export interface Alternatives {
  readonly words: readonly string[];
  readonly source: string;
}

interface Token {
  readonly source: string;
  /** False for what takes up no text. */
  readonly consumes: boolean;
  readonly looksBack: boolean;
  readonly words: readonly string[];
  /** The expression without which the token can't match. */
  readonly need: Alternatives | undefined;
}

const EMPTY = { words: [], need: undefined, looksBack: false } as const;

/**
 * Compiles patterns over these classes. Tokens, separated by spaces (which match an optional space):
 * `{a|b}` a word of class a or b · `有|没有` one of these words, `_` for a space · `…?` optional · `…*` up to nine ·
 * `…+` one to five · `…**` up to nine, across clauses · `..3` at most three characters or Latin words, within the
 * clause · `~9` the same across clauses · `^` `$` start and end of a clause, `^^` `$$` of the message ·
 * `<!x` `<=x` not / only right after x, `>!x` `>=x` not / only right before x, where a gap may stand between:
 * `<={provider}~20`, `>!..2{repair}`. Throws on an unknown class or a malformed token, naming the pattern.
 */
export function patternCompiler(classes: WordClasses): (pattern: string) => CompiledPattern {
  // The same long classes stand in pattern after pattern: each alternation is made once.
  const made = new Map<string, Alternatives>();
  return (pattern) =>
    compile(
      pattern
        .trim()
        .split(/\s+/)
        .map((token) =>
          compileToken(token, (body) => {
            const alternatives = made.get(body) ?? alternativesOf(body, classes, pattern);
            made.set(body, alternatives);
            return alternatives;
          }),
        ),
    );
}

function compile(tokens: readonly Token[]): CompiledPattern {
  // Looking back is dear: it is done only where the first word has been found.
  const first = tokens.find((token) => token.consumes);
  const guarded = tokens[0]?.looksBack && first?.need !== undefined && first.need.source === first.source;
  let source = guarded ? `(?=${first.source})` : "";
  let glue = "";
  for (const token of tokens) {
    source += token.consumes ? glue + token.source : token.source;
    if (token.consumes) glue = " ?";
  }
  return {
    source,
    needs: tokens.flatMap(({ need }) => need ?? []),
    tokens: tokens.map(({ words, need }) => ({ words, required: need !== undefined })),
  };
}

function compileToken(token: string, alternatives: (body: string) => Alternatives): Token {
  const edge = EDGES[token];
  if (edge !== undefined) return { ...EMPTY, source: edge, consumes: false };
  const look = /^(<[!=])(.+?)((?:\.\.|~)\d+)?$/.exec(token);
  if (look) {
    const inner = alternatives(look[2] ?? "");
    const source = `(?${look[1]}${inner.source}${gap(look[3])} ?)`;
    return { ...EMPTY, source, consumes: false, looksBack: true, need: look[1] === "<=" ? inner : undefined };
  }
  const ahead = /^>([!=])((?:\.\.|~)\d+)?(.+)$/.exec(token);
  if (ahead) {
    const inner = alternatives(ahead[3] ?? "");
    const source = `(?${ahead[1]}${gap(ahead[2])} ?${inner.source})`;
    return { ...EMPTY, source, consumes: false, need: ahead[1] === "=" ? inner : undefined };
  }
  if (/^(?:\.\.|~)\d+$/.test(token)) return { ...EMPTY, source: gap(token), consumes: true };
  const [, body = "", quantifier = ""] = /^(.+?)(\*\*|[?*+]?)$/.exec(token) ?? [];
  const inner = alternatives(body);
  const need = quantifier === "" || quantifier === "+" ? inner : undefined;
  return {
    source: repeat(inner.source, quantifier),
    consumes: true,
    looksBack: false,
    words: inner.words,
    need,
  };
}

function repeat(source: string, quantifier: string): string {
  if (quantifier === "") return source;
  if (quantifier === "**") return `(?:[ ,]?${source})${TIMES["*"]}[ ,]?`;
  return `(?:${source} ?)${TIMES[quantifier]}`;
}

function gap(token: string | undefined): string {
  if (!token) return "";
  return token.startsWith("~")
    ? `${UNIT_OR_BREAK}{0,${token.slice(1)}}?[ ,]?`
    : `${UNIT}{0,${token.slice(2)}}?`;
}

/** `{a|b}`, `有|没有`, or both: `{a}|有`. */
function alternativesOf(body: string, classes: WordClasses, pattern: string): Alternatives {
  const words = [...body.matchAll(/\{([a-z|]+)\}|[^{}|]+/g)].flatMap(([word, names]) =>
    names === undefined
      ? [word.replaceAll("_", " ")]
      : names.split("|").flatMap((name) => wordsOf(name, classes, pattern)),
  );
  const rest = body.replace(/\{[a-z|]+\}/g, "");
  if (words.length === 0 || /[{}<>^$*?.~]/.test(rest))
    throw new Error(`pattern "${pattern}": can't read "${body}"`);
  return { words, source: anyOf(words) };
}

function wordsOf(name: string, classes: WordClasses, pattern: string): readonly string[] {
  const words = classes.get(name);
  if (!words) throw new Error(`pattern "${pattern}": no class {${name}}`);
  return words;
}

/** An alternation, longest first; a Latin word only as a whole word, its spaces optional (realperson). */
export function anyOf(words: readonly string[]): string {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const latin = longestFirst.filter((word) => /[a-z0-9]/.test(word)).map(escaped);
  const other = longestFirst.filter((word) => !/[a-z0-9]/.test(word)).map(escaped);
  const parts = [...other];
  if (latin.length > 0) parts.push(`(?<![a-z0-9'])(?:${latin.join("|")})(?![a-z0-9'])`);
  return `(?:${parts.join("|")})`;
}

function escaped(word: string): string {
  return word.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&").replaceAll(" ", " ?");
}
