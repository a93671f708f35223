import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build.ts"],
    // Only a test that fails waits so long: a machine with much else to do takes minutes for what takes seconds.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 180_000 } },
    // End-to-end tests mostly wait, for Telegram's one message a second among others: more of them than cores.
    maxWorkers: 5,
    // No test changes what a module keeps: the content is read once a worker, not once a file.
    isolate: false,
  },
});
