import { afterEach, expect, test } from "vitest";
import { connectControl } from "../../src/playground/control/remote.ts";
import { type Bench, openBench, startEchoBot } from "./bench.ts";

let bench: Bench;
let stopBot: (() => Promise<void>) | undefined;

afterEach(async () => {
  await stopBot?.();
  stopBot = undefined;
  await bench.playground.close();
});

test("a customer says something and sees the bot's answer", async () => {
  bench = await openBench();
  stopBot = await startEchoBot(bench);
  const customer = bench.playground.control.customer();
  await customer.says("你好");
  const answer = await customer.sees(/^echo: 你好$/);
  expect(answer.from?.is_bot).toBe(true);
});

test("sees doesn't accept an answer from before the customer's last act", async () => {
  bench = await openBench();
  stopBot = await startEchoBot(bench);
  const customer = bench.playground.control.customer();
  await customer.says("first");
  await customer.sees("echo: first");
  await stopBot();
  stopBot = undefined;
  await customer.says("second");
  await expect(customer.sees("echo: first", { timeoutMs: 150 })).rejects.toThrow(/in vain for echo: first/);
});

test("pressing a button reaches the bot, and its answer comes back", async () => {
  bench = await openBench();
  stopBot = await startEchoBot(bench);
  const customer = bench.playground.control.customer();
  await customer.says("hi");
  await customer.sees("echo: hi");
  const press = await customer.presses("转人工");
  expect(await press.answer()).toBe("pressed human");
});

test("a button that isn't there fails with those that are", async () => {
  bench = await openBench();
  stopBot = await startEchoBot(bench);
  const customer = bench.playground.control.customer();
  await customer.says("hi");
  await customer.sees("echo: hi");
  await expect(customer.presses("退款")).rejects.toThrow(/no button "退款"; there are: 转人工/);
});

test("the same control works from another process, over HTTP", async () => {
  bench = await openBench();
  stopBot = await startEchoBot(bench);
  const remote = await connectControl(bench.url);
  const customer = remote.customer();
  await customer.says("over http");
  await customer.sees(/echo: over http/);
  expect(await (await customer.presses("human")).answer()).toBe("pressed human");
  expect((await remote.calls("sendMessage"))[0]?.payload.text).toBe("echo: over http");
  await expect(customer.presses("nothing")).rejects.toThrow(/no button/);
});
