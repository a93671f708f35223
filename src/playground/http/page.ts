import { readFileSync } from "node:fs";
import { Hono } from "hono";
import type { Env } from "./bot-api.ts";

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/style.css": ["style.css", "text/css; charset=utf-8"],
  "/app.js": ["app.js", "text/javascript; charset=utf-8"],
  "/view.js": ["view.js", "text/javascript; charset=utf-8"],
  "/words.js": ["words.js", "text/javascript; charset=utf-8"],
};

/** The page runs only its own files and speaks only to this server. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function pageRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  for (const [path, [file, type]] of Object.entries(FILES)) {
    app.get(path, (c) =>
      c.body(readFileSync(new URL(`../page/${file}`, import.meta.url), "utf8"), 200, {
        "content-type": type,
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
      }),
    );
  }
  app.get("/favicon.ico", (c) => c.body(null, 204));
  return app;
}
