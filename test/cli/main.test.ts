import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

test("who reads what it prints may stop reading: it ends without a word", async () => {
  const child = spawn(process.execPath, [MAIN, "ask", "你好"]);
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (part) => {
    errors += part;
  });
  const [code] = await once(child, "close");
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
});
