import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Content } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { buttonsTo, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

const photo = (album: string | null = null): Content => ({
  kind: "media",
  media: "photo",
  caption: "",
  album,
});
const edit = (step: "place" | "model" | "contact") => ({ kind: "repair", act: "edit", step }) as const;

describe("the first word about a repair is answered, in one message", () => {
  test.each([
    ["保险柜坏了", "repair"],
    ["密码忘了打不开", "locked_out"],
  ])("%s", (text, intent) => {
    const decision = talk.says(text);
    expect(textsTo(decision)).toHaveLength(1);
    expect(textsTo(decision)[0]).toMatch(/400-1865-909.*您在哪个县/su);
    expect(decision.reading).toMatchObject({ intent, route: "answer", coverage: null });
    expect(talk.ticket).toBeNull();
  });

  test("a place in it is answered at once, and not asked again", () => {
    const decision = talk.says("漳浦的保险柜坏了能修吗");
    expect(decision.reading?.coverage).toMatchObject({ status: "covered", codes: ["350623"] });
    expect(textsTo(decision)[0]).toMatch(/漳浦县.*是什么毛病/su);
    expect(textsTo(decision)[0]).not.toMatch(/您在哪个县/u);
  });

  test.each([
    ["漳浦能修吗", "柜子按键没反应", /漳州市漳浦县，不对就直接说/u],
    ["do you cover Zhangpu", "my safe is broken", /Zhangpu.*if that's wrong/u],
  ])("asked about before, %s is put down and said, not asked again", (before, text, said) => {
    talk.says(before);
    const [answer] = textsTo(talk.says(text));
    expect(answer).toMatch(said);
    expect(answer).not.toMatch(/您在哪个县|Which county/u);
    talk.says("不是漳浦，是徐州的鼓楼区");
    expect(talk.snapshot.conversation?.repair?.place?.codes).toEqual(["320302"]);
  });

  test("a whole city asked about before doesn't say where they are", () => {
    talk.says("漳州能修吗");
    expect(textsTo(talk.says("柜子按键没反应"))[0]).toMatch(/您在哪个县/u);
  });

  test("who only asked may go on to anything else, and is asked nothing more", () => {
    talk.says("你们修保险柜吗");
    expect(textsTo(talk.says("谢谢"))).toHaveLength(1);
    expect(textsTo(talk.says("电话多少"))[0]).not.toMatch(/哪个县/u);
  });
});

describe("step by step", () => {
  test("what is plainly about something else is answered, and is no fact of the repair", () => {
    talk.says("漳浦的保险柜坏了，键盘按了没反应");
    talk.types("repair");
    expect(textsTo(talk.says("徐州的鼓楼能修不")).join()).toMatch(/不在公布的服务区域名单上/u);
    expect(textsTo(talk.says("移动说48小时内回电，不给我降套餐")).join()).toMatch(/法/u);
    expect(JSON.stringify(talk.snapshot.conversation?.repair)).not.toMatch(/鼓楼|移动/u);
    expect(talk.snapshot.conversation?.repair?.place?.codes).toEqual(["350623"]);
  });

  test("the words under a picture say what is on it: no model, no place", () => {
    talk.types("repair");
    const pictured = (caption: string) => talk.sends({ ...photo("A"), caption } as Content);
    expect(textsTo(pictured("这是柜子的正面"))[0]).toMatch(/哪个县/u);
    talk.says("漳浦");
    talk.says("按键没反应");
    pictured("这是铭牌");
    talk.says("跳过");
    pictured("这是侧面");
    expect(talk.snapshot.conversation?.repair).toMatchObject({ model: null, problem: "按键没反应" });
  });

  test("who asks for a person in the middle sees what goes with it, and can put it right", () => {
    for (const text of ["🔧 报修", "漳浦", "按键没反应"]) talk.says(text);
    const asked = talk.says("转人工");
    expect(textsTo(asked)[0]).toMatch(/#1.*报修内容.*漳浦县.*按键没反应/su);
    for (const shown of [asked, talk.types("status"), talk.says("转人工")]) {
      expect(buttonsTo(shown)).toContainEqual(edit("model"));
      expect(buttonsTo(shown)).toContainEqual({ kind: "withdraw" });
    }
  });

  test("place, problem, model, photos and contact end in a ticket that holds them", () => {
    talk.types("repair");
    expect(textsTo(talk.says("漳浦"))[0]).toMatch(/在公布的服务区域里.*什么毛病/su);
    expect(textsTo(talk.says("按键没反应"))[0]).toMatch(/型号/u);
    expect(textsTo(talk.says("BGX-5"))[0]).toMatch(/照片/u);
    expect(textsTo(talk.sends(photo()))[0]).toMatch(/还有就接着发/u);
    expect(textsTo(talk.says("没有了吧"))[0]).toMatch(/#1/u);
    expect(talk.ticket).toMatchObject({ status: "waiting", reason: "repair", asked: "按键没反应" });
  });

  test("the customer sees what was noted, the card holds it, and the photos follow", () => {
    for (const text of ["🔧 报修", "漳浦", "按键没反应", "不知道"]) talk.says(text);
    talk.sends(photo("A"));
    talk.sends(photo("A"));
    talk.says("跳过");
    const made = talk.says("13800001111，下午有空");
    expect(textsTo(made, "topic")[0]).toMatch(/工单 #1.*报修信息.*最近消息/su);
    const facts = [/漳州市漳浦县/u, /按键没反应/u, /2 个/u, /13800001111，下午有空/u];
    for (const fact of facts) {
      expect(textsTo(made)[0]).toMatch(fact);
      expect(textsTo(made, "topic")[0]).toMatch(fact);
    }
    expect(sentTo(made, "topic").filter((message) => message.kind === "copy")).toHaveLength(2);
  });

  test("every step can be skipped, by its button or in words, in either language", () => {
    for (const skip of ["跳过", "不知道", "skip", "没有"]) {
      const fresh = startTalk(mind);
      fresh.types("repair");
      for (let step = 0; step < 5; step += 1) fresh.says(skip);
      expect(fresh.ticket, skip).toMatchObject({ status: "waiting", reason: "repair" });
    }
    talk.types("repair");
    for (const step of ["place", "problem", "model", "photos", "contact"] as const)
      talk.presses({ kind: "repair", act: "skip", step });
    expect(talk.ticket?.reason).toBe("repair");
  });

  test("it can be made at any step", () => {
    talk.types("repair");
    talk.says("漳浦");
    talk.presses({ kind: "repair", act: "register", step: "problem" });
    expect(talk.ticket).toMatchObject({ status: "waiting", reason: "repair" });
  });

  test("a question in between is answered, and the request goes on where it was", () => {
    talk.types("repair");
    talk.says("漳浦");
    const asked = textsTo(talk.says("上门费多少钱"));
    expect(asked[0]).toMatch(/价格/u);
    expect(asked[1]).toMatch(/什么毛病/u);
    expect(textsTo(talk.says("按键没反应"))[0]).toMatch(/型号/u);
  });

  test("a name with namesakes is asked about, and its button is the answer", () => {
    talk.types("repair");
    const which = talk.says("鼓楼");
    expect(buttonsTo(which)).toContainEqual({ kind: "place", code: "320106" });
    expect(textsTo(talk.presses({ kind: "place", code: "320106" }))[0]).toMatch(/什么毛病/u);
  });

  test.each(["那给我派个师傅", "约个师傅来修吧", "那约周六"])(
    "once the fault is told, %s asks for what is missing and offers nothing twice",
    (text) => {
      talk.says("保险柜按键失灵");
      const [asked, ...more] = textsTo(talk.says(text));
      expect(asked).toMatch(/^您在哪个县/u);
      expect(more).toEqual([]);
    },
  );

  test("a place nobody knows is kept as it was said, and never called covered", () => {
    talk.types("repair");
    const kept = textsTo(talk.says("城东阳光小区三栋"))[0];
    expect(kept).toMatch(/城东阳光小区三栋/u);
    expect(kept).not.toMatch(/在公布的服务区域里/u);
  });

  test("the same again doesn't ask for ever", () => {
    talk.types("repair");
    for (let time = 0; time < 6; time += 1) talk.says("打不开");
    expect(talk.ticket?.status).toBe("waiting");
  });

  test("a shared contact is how to reach them", () => {
    talk.types("repair");
    talk.says("漳浦");
    talk.says("按键没反应");
    const made = talk.sends({ kind: "contact", phone: "+8613800001111", name: "客户甲" });
    expect(textsTo(made).join()).toContain("+8613800001111");
    expect(talk.ticket?.reason).toBe("repair");
  });

  test.each(["算了", "不登记了", "/cancel", "never mind"])("%s leaves it, and nobody is told", (text) => {
    talk.types("repair");
    talk.says("漳浦");
    const left = text.startsWith("/") ? talk.types(text.slice(1)) : talk.says(text);
    expect(textsTo(left)[0]).toMatch(/不登记了|no request is made/u);
    expect(sentTo(left, "topic")).toEqual([]);
    expect(textsTo(talk.says("电话多少"))).toHaveLength(1);
    expect(talk.ticket).toBeNull();
  });
});

describe("all in one message", () => {
  test.each([
    ["漳浦的,门打不开,下午有空", [/漳浦县/u, /毛病：门打不开/u, /联系：下午有空/u]],
    ["漳浦 按键没反应 型号BGX-5 13800001111", [/漳浦县/u, /按键没反应/u, /型号：BGX-5/u, /13800001111/u]],
    [
      "Zhangpu County, the keypad is dead, free tomorrow",
      [/Zhangpu County/u, /the keypad is dead/u, /free tomorrow/u],
    ],
  ])("%s", (text, facts) => {
    const made = talk.says(text);
    expect(talk.ticket).toMatchObject({ status: "waiting", reason: "repair" });
    for (const fact of facts) expect(textsTo(made)[0]).toMatch(fact);
    expect(made.reading).toMatchObject({ route: "answer", coverage: { status: "covered" } });
  });

  test("as the answer to the first question too", () => {
    talk.says("保险柜坏了");
    talk.says("漳浦的,门打不开,下午有空");
    expect(talk.ticket?.reason).toBe("repair");
  });

  test("a forwarded one is somebody else's", () => {
    talk.says("漳浦的,门打不开,下午有空", { forwarded: true });
    expect(talk.ticket).toBeNull();
  });
});

describe("putting it right", () => {
  test("a button a fact; the customer and the topic see the new one", () => {
    const made = talk.says("漳浦的,门打不开,下午有空");
    expect(buttonsTo(made)).toContainEqual(edit("model"));
    talk.presses(edit("model"));
    const changed = talk.says("D-53");
    expect(textsTo(changed)[0]).toMatch(/改好了.*型号：D-53/su);
    expect(textsTo(changed, "topic").join()).toMatch(/更正.*型号：D-53/su);
    talk.presses(edit("place"));
    expect(textsTo(talk.says("云霄县"))[0]).toMatch(/地点：漳州市云霄县（不在公布的名单上/u);
    expect(talk.ticket?.number).toBe(1);
  });

  test("/status shows it, while it is told and once it is made", () => {
    talk.types("repair");
    talk.says("漳浦");
    expect(textsTo(talk.types("status"))[0]).toMatch(/还没登记.*漳浦县/su);
    talk.says("按键没反应");
    talk.says("就这些");
    expect(textsTo(talk.types("status"))[0]).toMatch(/#1.*漳浦县.*按键没反应/su);
  });

  test("the buttons of a closed ticket are over", () => {
    talk.says("漳浦的,门打不开,下午有空");
    talk.types("cancel");
    expect(textsTo(talk.presses(edit("model")))[0]).toMatch(/过期/u);
  });
});

describe("promise 1: no form before the person", () => {
  test("at every step a person is one tap away, and gets what was told so far", () => {
    talk.types("repair");
    for (const text of ["漳浦", "按键没反应", "BGX-5", "跳过"]) {
      const decision = talk.says(text);
      expect(buttonsTo(decision), text).toContainEqual({ kind: "human" });
    }
    const asked = talk.presses({ kind: "human" });
    expect(talk.ticket).toMatchObject({ status: "waiting", reason: "button" });
    expect(textsTo(asked, "topic")[0]).toMatch(/漳浦县.*按键没反应.*BGX-5/su);
  });

  test("whatever was said or pressed before, asking opens exactly one ticket", () => {
    const step = fc.constantFrom("place", "problem", "model", "photos", "contact");
    const act = fc.constantFrom("start", "skip", "edit", "stop");
    const deed = fc.oneof(
      fc
        .constantFrom(
          "漳浦",
          "鼓楼",
          "打不开",
          "按键没反应",
          "跳过",
          "13800001111",
          "多少钱",
          "谢谢",
          "算了",
          "🔧 报修",
        )
        .map((text) => (t: Talk) => t.says(text)),
      fc.record({ act, step }).map((button) => (t: Talk) => t.presses({ kind: "repair", ...button })),
      fc.constant((t: Talk) => t.sends(photo())),
      fc.constant((t: Talk) => t.types("repair")),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 8 }), (deeds) => {
        const fresh = startTalk(mind);
        for (const each of deeds) each(fresh);
        const before = fresh.ticket;
        const decision = fresh.says("转人工");
        expect(fresh.ticket?.status).toBe("waiting");
        expect(fresh.ticket?.number).toBe(before?.number ?? 1);
        expect(decision.reading?.route).toBe("human");
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });
});

describe("locked out", () => {
  test("told in the middle of a request, it is said at once, and once", () => {
    talk.types("repair");
    talk.says("漳浦");
    const told = talk.says("保险柜打不开了");
    expect(textsTo(told)[0]).toMatch(/核对是不是您的.*400-1865-909.*型号/su);
    expect(textsTo(talk.says("跳过"))[0]).not.toMatch(/核对/u);
  });

  test("never a way to open it: the person, the hotline, and who it belongs to is checked on site", () => {
    const first = talk.says("密码忘了打不开");
    expect(buttonsTo(first)).toContainEqual({ kind: "human" });
    expect(textsTo(first)[0]).toMatch(/400-1865-909.*核对/su);
    talk.says("漳浦");
    const made = talk.says("就这些");
    expect(textsTo(made)[0]).toMatch(/现场会先核对是不是您的/u);
    expect(textsTo(made, "topic")[0]).toMatch(/打不开：现场先核对归属/u);
  });
});

test("forgetting deletes it", () => {
  talk.types("repair");
  talk.says("漳浦");
  talk.presses({ kind: "forget" });
  expect(talk.snapshot.conversation?.repair ?? null).toBeNull();
});
