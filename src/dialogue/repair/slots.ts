import { normalise } from "../../nlu/normalise.ts";
import { hasWord, type RepairLexicon } from "./lexicon.ts";

/** What one message tells of a repair, besides the place. */
export interface Slots {
  readonly problem: string | null;
  /** Nothing more is said of the problem than that there is one. */
  readonly vague: boolean;
  readonly model: string | null;
  readonly phone: string | null;
  readonly when: string | null;
  /** It is said not to open. */
  readonly lockedOut: boolean;
  /** What is none of these, in the customer's words. */
  readonly rest: string;
  readonly isQuestion: boolean;
}

/** Mobile and land lines of the mainland, and numbers written with their country. */
const PHONE =
  /(?<![\d.+-])(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|\+\d[\d -]{7,15}\d)(?![\d.])/u;
/** 我的电话是, "my number is" */
const NAMED_PHONE =
  /(?:我的?)?(?:联系)?(?:电话|手机|号码|手机号码?)(?:是|为|[:：])?\s*$|\b(?:my |the )?(?:phone|mobile|cell|number|phone number)(?: is|:)?\s*$/iu;
/** Said to be one: 型号是 D-53, model no. FDG-A1/D. */
const NAMED_MODEL =
  /(?:型号|型號|\bmodel)(?:\s*(?:是|为|為|叫|:|：|is|no\.?|number))*\s*(?<code>[a-z0-9][a-z0-9./-]{0,30}(?: [a-z0-9./-]*\d[a-z0-9./-]*)?)/iu;
/** Letters and digits in one word: BGX-5/D1. */
const MODEL_CODE = /(?<![\w./-])(?=[a-z/-]*\d)[a-z]{1,6}[a-z0-9]*(?:[-/.][a-z0-9]+)*(?![\w/-])/iu;
/** Shown by the safe, or a unit: no model. */
const NOT_A_MODEL = /^(?:e|er|err|error|code)[-.]?\d+$|^.{1,2}$/iu;

const CLAUSE = /[,，。;；!！?？、\n]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|\.\s/u;
/** 3点半, 9:00, 10 am: with the time words, all that a bare time is made of. */
const CLOCK =
  /\d{1,2}(?::\d{2})?\s*(?:点半?|时|am|pm|o'clock)?|[一二三四五六七八九十两]+点半?|[到至~-]|之?[前后]|以[前后]|\b(?:after|before|from|to|until|at|on|in|the|and|or|between)\b|[或和跟的都,]|我|\s/gu;

/** The first telephone number in a text, as it was written. */
export function phoneIn(text: string): string | undefined {
  return PHONE.exec(text)?.[0]?.trim();
}

/** Reads the facts of a repair out of a message, each in the customer's own words. */
export function readSlots(text: string, lexicon: RepairLexicon): Slots {
  const phone = phoneIn(text) ?? null;
  const unphoned = phone === null ? text : withoutPhone(text, phone);
  const clauses = unphoned
    .split(CLAUSE)
    .map((clause) => clause.trim().replaceAll(/\s+/gu, " "))
    .filter((clause) => clause !== "");
  const problem: string[] = [];
  const when: string[] = [];
  const rest: string[] = [];
  for (const clause of clauses) {
    const said = normalise(clause);
    // "It has been stuck since yesterday afternoon" is what's wrong, not when to come.
    if (hasWord(said, lexicon.symptoms)) problem.push(clause);
    else if (hasWord(said, lexicon.available) || isBareTime(said, lexicon)) when.push(clause);
    else rest.push(clause);
  }
  const normalised = normalise(unphoned);
  return {
    problem: joined(problem),
    vague: problem.length > 0 && problem.every((clause) => isVague(clause, lexicon)),
    model: modelIn(unphoned),
    phone,
    when: joined(when),
    lockedOut: hasWord(normalised, lexicon.locked),
    rest: rest.join("，"),
    isQuestion: /[?？]/u.test(text) || hasWord(normalised, lexicon.questions),
  };
}

/** Without the number, and what only says that it is one. */
function withoutPhone(text: string, phone: string): string {
  const at = text.indexOf(phone);
  return `${text.slice(0, at).replace(NAMED_PHONE, "")} ${text.slice(at + phone.length)}`;
}

function isVague(clause: string, { symptoms, vague }: RepairLexicon): boolean {
  const said = normalise(clause);
  const telling = symptoms.filter((word) => !vague.includes(word));
  return hasWord(said, vague) && !hasWord(said, telling);
}

function joined(clauses: readonly string[]): string | null {
  return clauses.length === 0 ? null : clauses.join("，");
}

/** 明天下午, 周六 9点到11点, tomorrow after 3 pm: nothing else in it. */
function isBareTime(said: string, { times }: RepairLexicon): boolean {
  if (!hasWord(said, times)) return false;
  const left = times.reduce((text, word) => text.replaceAll(word, " "), said);
  return left.replaceAll(CLOCK, "").trim() === "";
}

function modelIn(text: string): string | null {
  const named = NAMED_MODEL.exec(text)?.groups?.code;
  if (named !== undefined) return named;
  const code = MODEL_CODE.exec(text)?.[0];
  return code === undefined || NOT_A_MODEL.test(code) || /^(?:am|pm)\d|^\d/iu.test(code) ? null : code;
}
