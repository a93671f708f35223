import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // End-to-end tests mostly wait, for Telegram's one message a second among others: more of them than cores.
    maxWorkers: 6,
    // No test changes what a module keeps: the content is read once a worker, not once a file.
    isolate: false,
  },
});
