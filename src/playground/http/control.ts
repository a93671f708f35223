import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { ZodError, z } from "zod";
import { ActError } from "../control/acts.ts";
import { runCommand } from "../control/commands.ts";
import { shownChange } from "../control/view.ts";
import type { Change, Telegram } from "../telegram.ts";
import type { Env } from "./bot-api.ts";

const LONGEST_WAIT_MS = 30_000;
const HEARTBEAT_MS = 15_000;

const waiting = z.object({ since: z.number(), timeoutMs: z.number().nonnegative().max(LONGEST_WAIT_MS) });

/** The side door over HTTP: commands as JSON, changes as server-sent events, files. */
export function controlRoutes(tg: Telegram): Hono<Env> {
  const app = new Hono<Env>();

  app.post("/changed", async (c) => {
    const { since, timeoutMs } = waiting.parse(await c.req.json());
    return c.json({ ok: true, result: await waitForChange(tg, since, timeoutMs) });
  });

  app.post("/:command", async (c) => {
    const input: unknown = await c.req.json();
    return c.json({ ok: true, result: runCommand(tg, c.req.param("command"), input) ?? null });
  });

  app.get("/events", (c) =>
    streamSSE(c, async (stream) => {
      const listener = (change: Change) =>
        void stream.writeSSE({ data: JSON.stringify(shownChange(tg, change)) });
      tg.listeners.add(listener);
      stream.onAbort(() => void tg.listeners.delete(listener));
      while (!stream.aborted) {
        await stream.writeSSE({ event: "alive", data: String(tg.world.counters.seq) });
        await stream.sleep(HEARTBEAT_MS);
      }
      tg.listeners.delete(listener);
    }),
  );

  app.get("/files/:id", (c) => {
    const file = tg.world.files[c.req.param("id")];
    const bytes = file && tg.bytes.get(file.fileId);
    if (!bytes) return c.notFound();
    // Only images are shown in place: anything else a person uploads mustn't run as a page of ours.
    const isShown = /^image\/(png|jpeg|gif|webp)$/.test(file.mime) || /^(audio|video)\//.test(file.mime);
    return c.body(new Uint8Array(bytes), 200, {
      "content-type": isShown ? file.mime : "application/octet-stream",
      "content-disposition": `${isShown ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      "x-content-type-options": "nosniff",
    });
  });

  app.onError((error, c) => {
    if (error instanceof ActError) return c.json({ ok: false, error: error.message }, 400);
    if (error instanceof ZodError) return c.json({ ok: false, error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ ok: false, error: "not JSON" }, 400);
    throw error;
  });

  return app;
}

/** The sequence number once it's past `since`, or what it is when time is up. */
export function waitForChange(tg: Telegram, since: number, timeoutMs: number): Promise<number> {
  const { counters } = tg.world;
  if (counters.seq > since || timeoutMs <= 0) return Promise.resolve(counters.seq);
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      tg.listeners.delete(settle);
      resolve(counters.seq);
    };
    const timer = setTimeout(settle, timeoutMs);
    tg.listeners.add(settle);
  });
}
