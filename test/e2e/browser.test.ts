import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BotProcess, newHome, spawnZhida } from "./bot.ts";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const PATIENCE_MS = 180_000;
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

describe.skipIf(!existsSync(CHROMIUM))(`npm start without a token, in a browser (needs ${CHROMIUM})`, () => {
  let home: string;
  let zhida: BotProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    home = newHome();
    browser = await chromium.launch({
      headless: true,
      executablePath: CHROMIUM,
      args: ARGS,
      timeout: PATIENCE_MS,
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await start();
  });
  afterAll(async () => {
    await browser.close();
    await zhida.kill();
    rmSync(home, { recursive: true, force: true });
  });

  /** Each life at an address of its own: a port that was given back may be somebody else's by now. */
  async function start(): Promise<void> {
    zhida = spawnZhida(["start"], { PORT: "0" }, home);
    await zhida.logs(/playground: open http/u);
    const [address] = /http:\/\/[\d.:]+/u.exec(zhida.log()) ?? [];
    await page.goto(address ?? "");
  }

  const customerSees = (text: string) =>
    page.locator("#customer-log article", { hasText: text }).last().waitFor();
  const staffSees = (text: string) => page.locator("#staff-log article", { hasText: text }).last().waitFor();
  const customerSays = async (text: string) => {
    await page.getByLabel("写消息…").fill(text);
    await page.keyboard.press("Enter");
  };

  test("a newcomer asks, is answered, asks for a person, and answers as the agent", async () => {
    await customerSays("漳浦在服务范围吗");
    await customerSees("漳浦县在公布的服务区域里");
    await customerSays("do you cover Zhangpu County?");
    await customerSees("is on the published service list");
    await customerSays("转人工");
    await customerSees("工单号 #1");

    await page.locator("#topic-list").getByRole("button", { name: "客户甲" }).click();
    await staffSees("工单 #1");
    await page.locator("#staff-log").getByRole("button", { name: "接单" }).click();
    await customerSees("已接入");
    await page.getByLabel(/写给客户/).fill("您好，我来帮您看");
    await page.keyboard.press("Enter");
    await customerSees("您好，我来帮您看");
    await page.locator("#staff-log").getByRole("button", { name: "关闭" }).first().click();
    await customerSees("这次服务您满意吗");
    await page.locator("#customer-log").getByRole("button", { name: "5", exact: true }).click();
    await customerSees("谢谢您的 5 分");
  });

  test("after a kill and a restart the conversation goes on where it was", async () => {
    // The playground writes its world a moment later: what it forgets in a crash, Telegram wouldn't.
    const world = () => readFileSync(join(home, "var", "playground", "world.json"), "utf8");
    await expect.poll(world, { timeout: PATIENCE_MS }).toContain("谢谢您的 5 分");
    await zhida.kill();
    await start();
    await customerSees("谢谢您的 5 分");
    await customerSays("转人工");
    await customerSees("工单号 #2");
    expect(await page.locator("#topic-list").getByRole("button", { name: "客户甲" }).count()).toBe(1);
  });
});
