import { readFileSync } from "node:fs";
import { Hono } from "hono";
import type { Env } from "./bot-api.ts";

const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const SCRIPTS = [
  "acting",
  "app",
  "bubble",
  "composer",
  "customer",
  "dom",
  "live",
  "log",
  "media",
  "rich-text",
  "staff",
  "words",
  "world",
];

const FILES: readonly (readonly [path: string, file: string, type: string])[] = [
  ["/", "index.html", TYPES.html],
  ["/style.css", "style.css", TYPES.css],
  ...SCRIPTS.map((name) => [`/${name}.js`, `${name}.js`, TYPES.js] as const),
];

/** The page runs only its own files and speaks only to this server. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function pageRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  for (const [path, file, type] of FILES) {
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
