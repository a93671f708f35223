import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Logger } from "pino";
import type { Store } from "./store/types.ts";
import { parseUpdate } from "./telegram/intake.ts";
import type { Take } from "./telegram/take.ts";
import type { Vitals } from "./telegram/vitals.ts";

export interface ServiceRooms {
  readonly store: Store;
  readonly log: Logger;
  /** Null when updates can be taken and sent; else why not. */
  readonly trouble: () => string | null;
  readonly vitals: Vitals;
  readonly take: Take;
  /** Absent: the bot polls. */
  readonly webhook: { readonly path: string; readonly secret: string } | null;
}

/** Health for a supervisor, metrics for Prometheus, and the webhook where there is one. */
export function serviceRoutes(rooms: ServiceRooms): Hono {
  const { store, log } = rooms;
  const app = new Hono();
  app.get("/healthz", async (c) => {
    // Reading may work where writing doesn't: a full disk shows only in what could not be written down.
    const ailing = rooms.vitals.trouble();
    if (ailing !== null) return c.json({ ok: false, trouble: ailing }, 503);
    try {
      await store.transaction((tx) => tx.counts());
      return c.json({ ok: true });
    } catch {
      return c.json({ ok: false, trouble: "the database can't be used" }, 503);
    }
  });
  app.get("/readyz", (c) => {
    const trouble = rooms.trouble();
    return trouble === null ? c.json({ ok: true }) : c.json({ ok: false, trouble }, 503);
  });
  app.get("/metrics", async (c) => c.text(metrics(await store.transaction((tx) => tx.counts()))));
  const { webhook } = rooms;
  if (webhook !== null)
    app.post(webhook.path, async (c) => {
      if (!sameSecret(c.req.header("X-Telegram-Bot-Api-Secret-Token") ?? "", webhook.secret))
        return c.body(null, 401);
      const update = parseUpdate(await c.req.json());
      // Telegram sends it again unless it hears 200, so 200 is said only when the row is committed (promise 2).
      await rooms.take([update]);
      return c.body(null, 200);
    });
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, "request failed");
    return c.body(null, 500);
  });
  return app;
}

function sameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Prometheus' text format: gauges of rows by state. */
function metrics(
  counts: Awaited<ReturnType<Parameters<Parameters<Store["transaction"]>[0]>[0]["counts"]>>,
): string {
  const lines = Object.entries(counts).map(([name, value]) => {
    const metric = `zhida_${name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)}`;
    return `# TYPE ${metric} gauge\n${metric} ${value}`;
  });
  return `${lines.join("\n")}\n`;
}
