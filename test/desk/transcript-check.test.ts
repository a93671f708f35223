import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { checkTranscript } from "../../src/desk/transcript-check.ts";
import { canonical, sealOf } from "../../src/desk/transcript-seal.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import { type TranscriptFiles, transcriptFiles } from "../../src/telegram/transcript.ts";
import { realMind } from "../support/mind.ts";
import { NOON, newSealKey, RECORD } from "../support/record.ts";

const key = newSealKey();
let mind: Mind;
let files: TranscriptFiles;
beforeAll(async () => {
  mind = await realMind();
  files = transcriptFiles(RECORD, { at: NOON + 60_000, mind, key });
});

const flawIn = (content: string) => {
  const checked = checkTranscript(content);
  return checked.kind === "foreign" ? "foreign" : checked.flaw;
};

describe("the form that is hashed", () => {
  test("is RFC 8785's: keys sorted as UTF-16, no blanks, the shortest escapes", () => {
    const value = {
      b: [1, true, null],
      "\u20ac": "€\u000f\n",
      a: { d: "", c: -0 },
      "\ud83d\ude00": "\u2028",
    };
    expect(canonical(value)).toBe('{"a":{"c":0,"d":""},"b":[1,true,null],"€":"€\\u000f\\n","😀":"\u2028"}');
  });

  test("is the same however the JSON was laid out", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read: unknown = JSON.parse(JSON.stringify(value, null, 3));
        return canonical(read) === canonical(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("an exported file", () => {
  test("is as it was made, the page and the JSON with one hash", () => {
    const page = checkTranscript(files.page.content);
    const json = checkTranscript(files.json.content);
    expect(page).toMatchObject({ kind: "sealed", flaw: null, lines: 3, tickets: 1, sha256: files.sha256 });
    expect(json).toMatchObject({ kind: "sealed", flaw: null, sha256: files.sha256 });
  });

  test("is still as it was made when the JSON is only laid out anew", () => {
    expect(flawIn(JSON.stringify(JSON.parse(files.json.content)))).toBeNull();
  });

  test("with one word changed in the record isn't, in either", () => {
    expect(flawIn(files.json.content.replace("已为您转人工", "已为您转机器"))).toBe("transcript");
    expect(flawIn(files.page.content.replaceAll("已为您转人工", "已为您转机器"))).toBe("transcript");
  });

  test("whose visible page alone was changed isn't: people read that, not the data in it", () => {
    expect(flawIn(files.page.content.replace("<p>已为您转人工</p>", "<p>不给您转人工</p>"))).toBe("page");
    expect(flawIn(files.page.content.replace("</ol>", "<li>又一句</li></ol>"))).toBe("page");
  });

  test("that was changed and hashed again isn't signed with the key it names", () => {
    const file = JSON.parse(files.json.content);
    file.transcript.lines[1].text = "不转";
    const forged = sealOf(file.transcript, null, newSealKey());
    const named = { ...forged, public_key: file.seal.public_key };
    expect(flawIn(JSON.stringify({ transcript: file.transcript, seal: named }))).toBe("signature");
    const other = checkTranscript(JSON.stringify({ transcript: file.transcript, seal: forged }));
    expect(other).toMatchObject({ flaw: null });
    expect(other.kind === "sealed" && other.publicKey).not.toBe(files.publicKey);
  });

  test("with a second seal, or without one, is none of ours", () => {
    const { content } = files.page;
    const seal = content.slice(content.lastIndexOf("<script"), content.indexOf("</body>"));
    expect(flawIn(content + seal)).toBe("foreign");
    expect(flawIn(content.replace(seal, ""))).toBe("foreign");
  });

  test.each([["", "{}", "null", "<html></html>", '{"transcript":{},"seal":{}}', "\u0000"]])(
    "%j is no transcript, and said to be none",
    (content) => expect(checkTranscript(content)).toMatchObject({ kind: "foreign" }),
  );
});

describe("the page", () => {
  test("shows everybody's words as words: nothing in them becomes markup", () => {
    const { content } = files.page;
    expect(content).toContain("<p>&lt;/script&gt;&lt;img src=x&gt;</p>");
    expect(content).toContain("&lt;b&gt;甲 &amp; &quot;乙&quot;&lt;/b&gt;");
    expect(content).not.toContain("<img");
    expect(content.match(/<script/gu)).toHaveLength(2);
  });

  test("tells the bot from a person, and what was promised from what was kept", () => {
    const { content } = files.page;
    expect(content).toMatch(/真人客服 小王/u);
    expect(content).toMatch(/机器人（自动回复）/u);
    expect(content).toMatch(/承诺 2026-11-23 12:03:05 \+08:00 前由真人首次回复： 已做到/u);
  });

  test("is in English for who writes English", () => {
    const { content } = transcriptFiles({ ...RECORD, lang: "en" }, { at: NOON + 60_000, mind, key }).page;
    expect(content).toContain('<html lang="en">');
    expect(content).toContain("Bot (automatic)");
    expect(content.replaceAll(/<script[\s\S]*?<\/script>/gu, "")).not.toMatch(/聊天记录|机器人/u);
  });

  test("loads nothing and runs nothing", () => {
    expect(files.page.content).toContain("default-src 'none'");
    expect(files.page.content).not.toMatch(/<[a-z]+\b[^>]*\s(src|href|on\w+)=/u);
  });
});
