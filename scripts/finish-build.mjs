// What tsc leaves to do: the playground's page goes along, and the content that ships is parsed and trained on.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

cpSync(at("src/playground/page"), at("dist/playground/page"), { recursive: true });

const { ship } = await import("../dist/mind.js");
try {
  await ship(at(""));
} catch (error) {
  // The start says the same and stops; `zhida check` must still be there to find it.
  console.warn(error instanceof Error ? error.message : error);
}
