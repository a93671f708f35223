import { html, raw } from "hono/html";
import type { Lang } from "../knowledge/types.ts";

export type Markup = ReturnType<typeof html>;

/** A page of its own, one file: readable on a phone, it prints, no script runs, and nothing is loaded. */
export function pageOf(page: {
  readonly lang: Lang;
  readonly title: string;
  /** CSS. */
  readonly style: string;
  readonly body: Markup;
}): string {
  return html`<!doctype html>
<html lang="${page.lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${page.title}</title>
<style>${raw(page.style)}</style>
</head>
<body>
${page.body}
</body>
</html>
`.toString();
}
