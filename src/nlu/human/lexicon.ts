import { z } from "zod";
import { normalise } from "../normalise.ts";
import { patternCompiler, type WordClasses } from "./pattern.ts";

/**
 * What a mention of a person can be. `human` is unmistakable (人工, live agent), `staff` also names the service
 * itself (客服, support), `boss` is who decides (经理), `able` describes one (能做主的), `person` is anyone (人,
 * someone), `bot` is what the customer has had enough of, `call` a call back, `sign` a key or gesture (0, 🙋).
 */
export const MENTION_KINDS = ["human", "staff", "boss", "able", "person", "bot", "call", "sign"] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];

/** A list of words is written as text with commas; they are compared as {@link normalise} writes them. */
const words = z.string().transform((text, context) => {
  const list = text.split(",").map((word) => normalise(word));
  if (list.includes("")) context.addIssue({ code: "custom", message: "an empty word between two commas" });
  return list;
});
const patterns = z.array(z.string().min(1)).min(1);

const shape = z.strictObject({
  mentions: z.record(z.enum(MENTION_KINDS), words),
  words: z.record(z.string().regex(/^[a-z]+$/), words),
  /** Words in which a mention means something else (人工智能, travel agent): out of sight for every rule. */
  hidden: words,
  spelling: z.strictObject({
    /** Misprints by shape, replaced as they stand. */
    lookalikes: z.record(z.string(), z.string()),
    /**
     * Heard by sound: every verb with every noun, and `whole` as they stand, except right before `notBefore`;
     * `never` are words of their own. `first` has what a syllable of pinyin stands for before all others.
     */
    sounds: z.strictObject({
      verbs: words,
      nouns: words,
      whole: words,
      notBefore: words,
      never: words,
      first: words,
    }),
    /** English words that may have one slip of the finger, and the real words that aren't slips of them. */
    typos: z.strictObject({ words, never: words }),
  }),
  /** Patterns of what, right before the person in a request, turns it into its opposite. */
  negation: patterns,
  /** Classes whose words don't end a clause: after them a space between Chinese words isn't a break. */
  unfinished: words,
  /** Patterns with □ for what stands in quotation marks: where one is found, that is somebody else's words. */
  quoting: patterns,
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z-]+$/),
        reads: z.enum(["request", "cancel", "maybe", "none"]),
        /** A story may have what it matches in passing: anywhere, or only where its clause goes on behind it. */
        passing: z.enum(["anywhere", "midway"]).optional(),
        patterns,
      }),
    )
    .min(1),
});

/** The shape of `data/lexicon/human.yaml`, whose comments explain its pattern language; every pattern is tried. */
export const humanLexiconSchema = shape.superRefine((lexicon, context) => {
  const classes = wordClasses(lexicon);
  const compile = patternCompiler(classes);
  const all = [
    ...lexicon.quoting.map((pattern, i) => ({ pattern, path: ["quoting", i] })),
    ...lexicon.negation.map((pattern, i) => ({ pattern, path: ["negation", i] })),
    ...lexicon.rules.flatMap((rule, r) =>
      rule.patterns.map((pattern, i) => ({ pattern, path: ["rules", r, "patterns", i] })),
    ),
  ];
  for (const { pattern, path } of all) {
    try {
      compile(pattern);
    } catch (cause) {
      context.addIssue({
        code: "custom",
        path,
        message: cause instanceof Error ? cause.message : String(cause),
      });
    }
  }
  for (const name of lexicon.unfinished) {
    if (!classes.has(name))
      context.addIssue({ code: "custom", path: ["unfinished"], message: `no class ${name}` });
  }
});

/** Parsed `data/lexicon/human.yaml`. */
export type HumanLexicon = z.infer<typeof shape>;

/** What `{name}` stands for in the lexicon's patterns. */
export function wordClasses(lexicon: Pick<HumanLexicon, "words" | "mentions">): WordClasses {
  return new Map<string, readonly string[]>([
    ...Object.entries(lexicon.words),
    ...Object.entries(lexicon.mentions),
  ]);
}
