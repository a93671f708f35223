import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, openBench } from "./bench.ts";
import { startDeskBot } from "./desk-bot.ts";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const PATIENCE_MS = 180_000;
const OFFLINE = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe.skipIf(!existsSync(CHROMIUM))("the page", () => {
  let browser: Browser;
  let bench: Bench;
  let page: Page;
  let stopBot: () => Promise<void>;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      headless: true,
      executablePath: CHROMIUM,
      args: OFFLINE,
      timeout: PATIENCE_MS,
    });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    bench = await openBench();
    stopBot = await startDeskBot(bench);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    complaints = [];
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    // Whatever the page asks of another machine counts against the promise in its header.
    page.on("request", (request) => {
      if (!request.url().startsWith(bench.url)) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(bench.url);
  });
  afterEach(async () => {
    await page.close();
    await stopBot();
    await bench.playground.close();
    expect(complaints).toEqual([]);
  });

  const customerSees = (text: string) => page.locator("#customer-log article", { hasText: text }).last();
  const staffSees = (text: string) => page.locator("#staff-log article", { hasText: text }).last();

  test("an example reaches the bot; a person is asked for, answers, and is heard", async () => {
    await page.getByRole("button", { name: "你们漳浦修不修" }).click();
    await customerSees("收到：你们漳浦修不修").waitFor();
    await page.getByLabel("写消息…").fill("转人工");
    await page.keyboard.press("Enter");
    await customerSees("您是第 1 位").waitFor();

    await page.locator("#topic-list").getByRole("button", { name: "客户甲 · #1" }).click();
    await staffSees("想要：人工").waitFor();
    await page.getByLabel(/写给客户/).fill("您好，我是小直");
    await page.keyboard.press("Enter");
    await customerSees("您好，我是小直").waitFor();

    // Looked for beforehand: it goes by itself.
    const toast = page.locator(".toast", { hasText: "好的" }).waitFor();
    await page.locator("#staff-log").getByRole("button", { name: "关闭" }).click();
    await toast;
    await page.locator("#staff-log .service", { hasText: "关闭了话题" }).waitFor();
  });

  test("the reply keyboard stays and sends; the contact card can be called", async () => {
    await page.getByRole("button", { name: "开始" }).click();
    await page.locator(".keys").getByRole("button", { name: "📞 热线" }).click();
    const card = customerSees("服务热线").getByRole("link");
    expect(await card.getAttribute("href")).toBe("tel:4000000000");
    expect(await page.locator(".keys button").count()).toBe(3);
  });

  test("what people write is shown as text, never as markup", async () => {
    const nasty = '<img src=x onerror="document.title=1"> <b>&amp;';
    await page.getByLabel("写消息…").fill(nasty);
    await page.keyboard.press("Enter");
    await customerSees(nasty).waitFor();
    await customerSees(`收到：${nasty}`).waitFor();
    expect(await page.locator("#customer-log .text img, #customer-log .text b").count()).toBe(0);
    expect(await page.title()).toBe("Zhida 直达 · 演练场");
  });

  test("an uploaded picture is shown to the bot's side and here", async () => {
    const png =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    await page
      .locator("#customer-foot input[type=file]")
      .setInputFiles({ name: "锁.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
    await customerSees("收到：附件").waitFor();
    const image = page.locator("#customer-log .photo img");
    await expect.poll(() => image.evaluate((img: { naturalWidth: number }) => img.naturalWidth)).toBe(1);
  });

  test("clicking a message replies to it; blocking closes the input until unblocked", async () => {
    await bench.api.sendMessage(bench.playground.staffChatId, "值班表");
    await page.locator("#staff-log .bubble", { hasText: "值班表" }).click();
    await page.getByLabel(/在 General 里说/).fill("收到");
    await page.keyboard.press("Enter");
    await page.locator("#staff-log .own .quote", { hasText: "值班表" }).waitFor();

    await page.getByRole("button", { name: "开始" }).click();
    await customerSees("我是直达").waitFor();
    await page.locator("#customer").getByRole("button", { name: "更多" }).first().click();
    await page.getByRole("menuitem", { name: "屏蔽机器人" }).click();
    await page.getByRole("button", { name: "解除屏蔽" }).click();
    await page.getByLabel("写消息…").waitFor();
  });

  test("the bot's commands are in the menu", async () => {
    await page.getByRole("button", { name: "命令" }).click();
    await page.getByRole("menuitem", { name: "/human" }).click();
    await customerSees("/human").waitFor();
  });

  test("English, and on a narrow screen one pane at a time", async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Ask something" }).waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    await expect.poll(() => page.locator("#staff").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Staff group" }).click();
    expect(await page.locator("#staff").isVisible()).toBe(true);
    expect(await page.locator("#customer").isVisible()).toBe(false);
  });

  test("after a reload everything is still there", async () => {
    await page.getByRole("button", { name: "转人工", exact: true }).click();
    await customerSees("您是第 1 位").waitFor();
    await page.reload();
    await customerSees("您是第 1 位").waitFor();
    await page.locator("#topic-list").getByRole("button", { name: "客户甲 · #1" }).waitFor();
  });
});
