import { expect, test } from "vitest";
import { withoutTokens } from "../src/log.ts";

test("a token in an address, an error or a stack is taken out", () => {
  const token = "123456789:AAExampleExampleExampleExampleExample";
  const text = withoutTokens(`GET https://api.telegram.org/bot${token}/getMe failed: ${token}`);
  expect(text).toBe("GET https://api.telegram.org/bot<token>/getMe failed: <token>");
});
