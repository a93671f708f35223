import { afterAll, beforeAll, expect, test } from "vitest";
import { openScene, type Scene } from "./bot.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.end());

test("/downgrade, two taps and an answer to copy; the buttons outlive a kill", async () => {
  const bot = await scene.start();
  const { control } = scene.playground;
  await control.call("addPerson", {
    id: 801_000_001,
    role: "customer",
    first_name: "客户甲",
    language_code: "zh-hans",
  });
  const customer = control.customer(801_000_001);
  await customer.says("/downgrade");
  await customer.sees(/要降的是哪一类/u);
  await bot.kill();
  await scene.start();
  await customer.presses("手机套餐");
  await customer.sees(/手机套餐：卡在哪里/u);
  await customer.presses("找不到降级入口");
  await customer.sees(/法定15日/u);
  expect(await customer.presses("复制这句话")).toMatchObject({
    kind: "copied",
    text: expect.stringContaining("请给出降到【目标套餐】的自助路径"),
  });
});
