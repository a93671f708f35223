// tsc leaves what isn't TypeScript behind: the playground's page goes along here.
import { cpSync } from "node:fs";

cpSync(new URL("../src/playground/page", import.meta.url), new URL("../dist/playground/page", import.meta.url), {
  recursive: true,
});
