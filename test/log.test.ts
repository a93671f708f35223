import { GrammyError } from "grammy";
import { expect, test } from "vitest";
import { withoutPayload, withoutTokens } from "../src/log.ts";

test("a token in an address, an error or a stack is taken out", () => {
  const token = "123456789:AAExampleExampleExampleExampleExample";
  const text = withoutTokens(`GET https://api.telegram.org/bot${token}/getMe failed: ${token}`);
  expect(text).toBe("GET https://api.telegram.org/bot<token>/getMe failed: <token>");
});

test("of a call that Telegram refused the log has the method and the reason, not the words", () => {
  const refusal = { ok: false, error_code: 400, description: "Bad Request: no", parameters: {} } as const;
  const error = new GrammyError("refused", refusal, "sendMessage", { chat_id: 7, text: "我的柜子在书房" });
  const logged = JSON.stringify(withoutPayload(error));
  expect(logged).toContain("sendMessage");
  expect(logged).toContain("Bad Request: no");
  expect(logged).not.toContain("书房");
});
