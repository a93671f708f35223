import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { verify } from "../../src/cli/verify.ts";
import type { Control } from "../../src/playground/control/control.ts";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import { openScene, type Scene, spawnZhida } from "./bot.ts";

const WORDS = "我的柜子在书房第二层";

let postgres: TestPostgres | undefined;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

async function open(): Promise<Scene> {
  const scene = await openScene();
  onTestFinished(() => scene.end());
  return scene;
}

async function openDesk(): Promise<LocalDesk> {
  const desk = await openLocalDesk({ limiter: UNLIMITED });
  onTestFinished(() => desk.close());
  desk.run();
  return desk;
}

/** Runs a command to its end; gives its exit code and what it said. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const command = spawnZhida(argv, env);
  return { code: await command.exit, said: command.log() };
}

/** `zhida verify`, in this process. */
async function verified(...argv: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  return { code: await verify(argv, { env: {}, out: say, err: say }), said: said.join("\n") };
}

/** A file that the bot sent, as any client of the Bot API fetches it. */
async function download(url: string, token: string, fileId: string): Promise<Buffer> {
  const found = await fetch(`${url}/bot${token}/getFile?file_id=${fileId}`);
  const { result } = (await found.json()) as { result: { file_path: string } };
  const file = await fetch(`${url}/file/bot${token}/${result.file_path}`);
  return Buffer.from(await file.arrayBuffer());
}

/** A conversation with a person in it, ended; gives the customer. */
async function served(control: Control) {
  const customer = control.customer();
  await customer.says(`${WORDS}，电话多少`);
  await customer.sees(/400-1865-909/u);
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId: topic } = await control.staff.topic(/客户甲/u);
  const agent = control.agent();
  await agent.sees(/工单 #1/u, { topic });
  await agent.says("// 内部备注", { topic });
  await agent.says("您好，我来帮您", { topic });
  await customer.sees(/我来帮您/u);
  await customer.sends({ media: "photo", caption: "<b>照片</b>" });
  await agent.sees((message) => message.photo !== undefined, { topic });
  await agent.says("/close", { topic });
  await customer.sees(/1 分很不满意/u);
  return { customer, agent, topic };
}

describe("promise 6: the customer owns the record", () => {
  test("/export gives a page and JSON; verify finds both as they were made, and neither once a word is changed", async () => {
    const { control, playground } = await openDesk();
    const url = await playground.listen();
    const folder = mkdtempSync(join(tmpdir(), "zhida-record-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { customer } = await served(control);
    await customer.says("/export");
    const kept = async (ending: string) => {
      const isFile = ({ document }: { document?: { file_name?: string } }) =>
        document?.file_name?.endsWith(ending) ?? false;
      const sent = await customer.sees(isFile);
      const path = join(folder, `record${ending}`);
      writeFileSync(path, await download(url, playground.token, sent.document?.file_id ?? ""));
      return path;
    };
    const [pagePath, jsonPath] = [await kept(".html"), await kept(".json")];

    const { transcript } = JSON.parse(readFileSync(jsonPath, "utf8"));
    expect(transcript.lines).toContainEqual(
      expect.objectContaining({ speaker: "agent", name: "客服小直", text: "您好，我来帮您", ticket: 1 }),
    );
    expect(transcript.lines.find(({ kind }: { kind: string }) => kind === "photo")).toMatchObject({
      text: "<b>照片</b>",
      telegram_file_id: expect.stringMatching(/./u),
    });
    expect(transcript.promises).toMatchObject([{ ticket: 1, promise: "first_reply", outcome: "kept" }]);
    expect(transcript.tickets).toMatchObject([{ number: 1, agent: "客服小直", closed_by: "agent" }]);
    expect(JSON.stringify(transcript)).not.toContain("内部备注");
    expect(readFileSync(pagePath, "utf8")).toContain("&lt;b&gt;照片&lt;/b&gt;");

    for (const path of [pagePath, jsonPath]) expect((await verified(path)).code).toBe(0);
    for (const path of [pagePath, jsonPath]) {
      writeFileSync(path, readFileSync(path, "utf8").replaceAll("我来帮您", "帮不了您"));
      const { code, said } = await verified(path);
      expect(code).toBe(1);
      expect(said).toMatch(/^altered/u);
    }
  });

  test("from the terminal it is the same record, beside the running bot", async () => {
    const scene = await open();
    await scene.start();
    const { customer } = await served(scene.playground.control);
    const env = { DATABASE_URL: scene.databaseUrl, BOT_TOKEN: scene.playground.token };
    const { code, said } = await run(["export", "--chat", `${customer.id}`, "--out", scene.folder], env);
    expect(said).toMatch(/transcript-.*\.html\n.*transcript-.*\.json\nsha256 /u);
    expect(code).toBe(0);
    const [page = "", json = ""] = said.split("\n");
    const key = /public key (\w+)/u.exec(said)?.[1] ?? "";
    expect((await run(["verify", page, "--key", key], {})).code).toBe(0);
    expect(readFileSync(json, "utf8")).toContain(WORDS);
    expect((await run(["export", "--chat", "404404"], env)).said).toMatch(
      /nothing is stored of the customer 404404/u,
    );
    expect((await run(["export", "--chat", "@jia"], env)).code).toBe(2);
  });

  test("from the terminal on PostgreSQL too", async (context) => {
    if (postgres === undefined) return context.skip("no PostgreSQL was found; the reason is printed above");
    const scene = await open();
    const env = { DATABASE_URL: await postgres.emptyDatabase() };
    const bot = await scene.start(env);
    const { customer } = await served(scene.playground.control);
    const { code, said } = await run(["export", "--chat", `${customer.id}`, "--out", scene.folder], env);
    expect(code).toBe(0);
    const [page = ""] = said.split("\n");
    expect((await verified(page)).code).toBe(0);
    await bot.terminate();
  });
});

describe("/forget in the staff group", () => {
  const forget = async ({ customer }: Awaited<ReturnType<typeof served>>) => {
    await customer.says("/forget");
    await customer.sees(/无法恢复/u);
    await customer.presses("确定删除我的数据");
    await customer.sees(/已删除/u);
  };

  test("an open ticket isn't forgotten by accident: it is said what to do first", async () => {
    const customer = (await openDesk()).control.customer();
    await customer.says("转人工");
    await customer.sees(/#1/u);
    await customer.says("/forget");
    await customer.sees(/无法恢复/u);
    await customer.presses("确定删除我的数据");
    await customer.sees(/\/cancel/u);
  });

  test("who comes back at once gets a new topic, and nothing of the old one is in it", async () => {
    const { control } = await openDesk();
    const scenery = await served(control);
    const { customer, agent, topic: old } = scenery;
    await forget(scenery);
    await customer.says("转人工");
    await customer.sees(/#2/u);
    const { staff } = control;
    const { threadId: topic } = await staff.topic(/#2/u);
    expect(topic).not.toBe(old);
    await agent.sees(/工单 #2/u, { topic });
    expect(await staff.topics()).toHaveLength(1);
    expect(JSON.stringify(await staff.transcript(topic))).not.toContain(WORDS);
  });

  test("where the topic can't be deleted, what can be is, and the agents are told what is left to them", async () => {
    const { control } = await openDesk();
    const scenery = await served(control);
    const { staff } = control;
    await staff.setRight("can_delete_messages", "revoked");
    await forget(scenery);
    await scenery.agent.sees(/#1 的客户要求删除数据.*手动删掉剩下的/u);
    const left = JSON.stringify(await staff.transcript(scenery.topic));
    expect(left).not.toContain(WORDS);
    expect(left).not.toContain("照片");
    // An agent's own message is only theirs to delete.
    expect(left).toContain("我来帮您");
  });
});

describe("the log", () => {
  test("at its most talkative has words in the lines of understanding alone, and the token nowhere", async () => {
    const scene = await open();
    const bot = await scene.start({ LOG_LEVEL: "trace" });
    const { customer } = await served(scene.playground.control);
    await scene.settled();
    await scene.playground.control.injectFault({
      method: "sendMessage",
      times: 2,
      fault: { kind: "error", code: 400, description: "Bad Request: something new" },
    });
    await customer.says(`${WORDS}，电话多少`);
    await bot.logs(/something new/u);
    const lines = bot.log().split("\n");
    const spoken = lines.filter((line) => line.includes(WORDS));
    expect(spoken.length).toBeGreaterThan(0);
    for (const line of spoken) expect(JSON.parse(line)).toMatchObject({ level: "debug", msg: "utterance" });
    expect(bot.log()).not.toContain(scene.playground.token);
  });
});
