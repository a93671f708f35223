import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "../../../src/nlu/normalise.ts";
import { detector, messages } from "./lexicon.ts";

const run = { seed: 20261123, numRuns: 1500 };
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
const kind = (text: string) => detector.detect(text).kind;

const requests = messages("requests.yaml").flatMap(([, texts]) => texts);
// 客服 in the middle of a message may only address us, and 转 there may be any verb.
const wholeOnly = new Set(
  messages("requests.yaml").flatMap(([group, texts]) => (group.startsWith("a word that") ? texts : [])),
);
const chinese = requests.filter((text) => isChinese(text) && !wholeOnly.has(text));
const english = messages("requests.yaml")
  .filter(([group]) => group.startsWith("English"))
  .flatMap(([, texts]) => texts);

const greetingsZh = [
  "你好，",
  "您好 ",
  "麻烦，",
  "不好意思，",
  "亲，",
  "喂喂，",
  "老师您好，",
  "阿姨让我问的，",
  "Ricky，",
  "【急】",
  "打扰一下，",
  "晚上好！",
  "劳驾您了，",
  "我是老客户，",
];
const angerZh = [
  "什么玩意，",
  "有病吧，",
  "气死我了！",
  "垃圾！！",
  "烦不烦啊，",
  "你大爷的，",
  "wtf，",
  "我真的无语，",
  "什么破公司！",
  "真是醉了，",
  "🤬🤬 ",
];
const storyZh = [
  "柜子打不开，",
  "我按了三遍没反应。",
  "住在五楼，",
  "昨天刚买的，",
  "听不懂你说什么，",
  "已经第三次了 ",
  "家里老人不会用，",
  "订单号 88120，",
  "看了半天说明书还是不会，",
];
const endingsZh = [
  "，谢谢",
  "，急",
  "！！！",
  "～",
  "🙏",
  "😡😡",
  " ok?",
  "，快点",
  "。",
  "，我在线等",
  "，拜托了",
  "，手机尾号1234",
  "，跪谢",
  "，等了半小时了",
  "，多谢哈",
  "……",
  "\n谢谢！",
];
const beforeEn = [
  "hi, ",
  "hello! ",
  "please, ",
  "ugh. ",
  "wtf, ",
  "listen: ",
  "this is ridiculous. ",
  "my safe is stuck, ",
  "Sam here, ",
  "good evening, ",
  "sorry to bother you, ",
  "for god's sake, ",
  "i'm a long time customer. ",
];
const afterEn = [
  " please",
  ", thanks",
  "!!!",
  " 🙏",
  " 😡",
  ", asap",
  "...",
  ", order 1234",
  ", i am waiting",
  " :(",
  ", thank you so much",
  ", it's urgent",
  ", been waiting for an hour",
  " 😭😭",
];

describe("what is put around a request never loses it", () => {
  test("in Chinese: greetings, anger, a story, thanks, emoji, a name", () => {
    const before = fc.constantFrom("", ...greetingsZh, ...angerZh, ...storyZh);
    fc.assert(
      fc.property(
        fc.constantFrom(...chinese),
        before,
        before,
        fc.constantFrom("", ...endingsZh),
        (text, a, b, end) => {
          expect(kind(a + b + text + end), a + b + text + end).toBe("request");
        },
      ),
      run,
    );
  });

  test("in English", () => {
    const before = fc.constantFrom("", ...beforeEn);
    fc.assert(
      fc.property(
        fc.constantFrom(...english),
        before,
        fc.constantFrom("", ...afterEn),
        (text, start, end) => {
          expect(kind(start + text + end), start + text + end).toBe("request");
        },
      ),
      run,
    );
  });

  test("said several times over", () => {
    const between = fc.constantFrom("，", "！", " ", "\n", "😡");
    fc.assert(
      fc.property(
        fc.constantFrom(...requests),
        between,
        fc.integer({ min: 2, max: 5 }),
        (text, join, times) => {
          const message = Array.from({ length: times }, () => text).join(join);
          expect(kind(message), message).toBe("request");
        },
      ),
      run,
    );
  });

  test("in capitals, in full width, or with invisible characters between letters", () => {
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    const disguise = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      wide,
      (text: string) => [...text].join("\u200b"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...requests), disguise, (text, change) => {
        expect(kind(change(text)), change(text)).toBe("request");
      }),
      run,
    );
  });

  test("spaced out character by character, where it is short and Chinese", () => {
    const short = chinese.filter((text) => /^\p{Script=Han}{2,6}$/u.test(text));
    for (const text of short) expect.soft(kind([...text].join(" ")), text).toBe("request");
    expect(short.length).toBeGreaterThan(100);
  });
});

describe("a negation always turns a request round", () => {
  const orders = [
    "转人工",
    "转接人工客服",
    "找客服",
    "叫你们经理来",
    "给我转人工",
    "接真人",
    "安排专人",
    "联系客服",
    "跟真人说话",
    "叫真人来",
    "找人工客服",
    "要人工",
    "轉接專員",
    "搵真人",
    "呼叫人工",
    "转真人客服",
  ];
  const negations = [
    "不用",
    "不要",
    "别",
    "先不用",
    "先别",
    "不需要",
    "不必",
    "没必要",
    "暂时不用",
    "我不想",
    "唔使",
    "无需",
    "不用你",
    "不用再",
    "你不用",
    "真的不用",
    "现在不用",
  ];
  const endings = ["", "了", "了谢谢", "，谢谢", "啊", "！", "，我自己来"];

  test("in Chinese", () => {
    const all = fc.tuple(
      fc.constantFrom(...negations),
      fc.constantFrom(...orders),
      fc.constantFrom(...endings),
    );
    fc.assert(
      fc.property(all, (parts) => {
        expect(["cancel", "none"], parts.join("")).toContain(kind(parts.join("")));
      }),
      run,
    );
  });

  test("in English", () => {
    const wishes = [
      "talk to a human",
      "speak to an agent",
      "talk to a real person",
      "speak with a manager",
      "get a human",
      "talk to customer service",
      "speak to a representative",
      "get connected to an agent",
    ];
    const never = [
      "i don't want to",
      "i do not need to",
      "no need to",
      "i dont wanna",
      "don't make me",
      "i never asked to",
      "i would rather not",
      "i no longer want to",
      "please don't",
    ];
    const tails = ["", " thanks", ".", ", i will do it myself", " anymore"];
    const all = fc.tuple(fc.constantFrom(...never), fc.constantFrom(...wishes), fc.constantFrom(...tails));
    fc.assert(
      fc.property(all, ([no, wish, tail]) => {
        expect(["cancel", "none"], `${no} ${wish}${tail}`).toContain(kind(`${no} ${wish}${tail}`));
      }),
      run,
    );
  });
});

test("any string at all gets a verdict, and one without a person never a request", () => {
  const soup = fc.string({
    unit: fc.constantFrom(..."我要不转接的了吗给 ,.，。“”「」\n你好a1 '🙋0"),
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), soup), (text) => {
      const verdict = detector.detect(text);
      expect(verdict.why).not.toBe("");
      if (/^[我要不的了吗 ,你好]*$/.test(normalise(text))) expect(verdict.kind, text).toBe("none");
    }),
    run,
  );
});

test("a message as long as Telegram allows is read without trying every way to cut it up", () => {
  // Were a pattern's time exponential in these, the test would never end.
  for (const piece of [
    "求求",
    "快点",
    "我要转",
    "please ",
    "好的吗",
    "人",
    "转",
    "不用",
    "a ",
    "给我",
    "zhuan",
  ]) {
    const text = piece.repeat(Math.floor(4096 / piece.length));
    expect(["none", "maybe", "request"]).toContain(detector.detect(text).kind);
    expect(["none", "maybe", "request"]).toContain(detector.detect([...text].join("，").slice(0, 4096)).kind);
  }
});
