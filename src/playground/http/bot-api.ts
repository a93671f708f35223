import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { callApi, failure, type Reply } from "../api.ts";
import { ApiError, badRequest } from "../errors.ts";
import type { Telegram } from "../telegram.ts";
import { parseMultipart } from "./multipart.ts";

export type Env = { Bindings: HttpBindings };

/** https://core.telegram.org/bots/api#sending-files */
const LARGEST_BODY = 50 * 1024 * 1024;

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`, as api.telegram.org has them. */
export function botApiRoutes(tg: Telegram): Hono<Env> {
  const app = new Hono<Env>();

  app.get("/file/:bot{bot[^/]+}/:path{.+}", (c) => {
    if (!isToken(tg, c.req.param("bot"))) return c.json(UNAUTHORIZED.body, 401);
    const file = Object.values(tg.world.files).find(({ path }) => path === c.req.param("path"));
    const bytes = file && tg.bytes.get(file.fileId);
    if (!bytes) return c.json({ ok: false, error_code: 404, description: "Not Found: file not found" }, 404);
    return c.body(new Uint8Array(bytes), 200, { "content-type": "application/octet-stream" });
  });

  app.on(["GET", "POST"], "/:bot{bot[^/]+}/:method", async (c) => {
    if (!isToken(tg, c.req.param("bot"))) return send(c, UNAUTHORIZED);
    if (Number(c.req.header("content-length") ?? 0) > LARGEST_BODY) {
      return send(c, failure(new ApiError(413, "Request Entity Too Large")));
    }
    try {
      const { payload, parts } = await readParameters(c);
      return send(c, await callApi(tg, c.req.param("method"), payload, { signal: goneSignal(c), parts }));
    } catch (error) {
      return send(c, failure(error instanceof ApiError ? error : badRequest("can't parse request body")));
    }
  });

  return app;
}

const UNAUTHORIZED = {
  kind: "json",
  status: 401,
  body: { ok: false, error_code: 401, description: "Unauthorized" },
} satisfies Reply;

const isToken = (tg: Telegram, bot: string): boolean => decodeURIComponent(bot) === `bot${tg.world.token}`;

/** Tells when the client closes the connection: a killed bot leaves its long poll behind. */
function goneSignal(c: Context<Env>): AbortSignal {
  const gone = new AbortController();
  c.env.outgoing.once("close", () => gone.abort());
  return gone.signal;
}

/** Parameters from the address, JSON, a form, or a multipart form with files: all are allowed, and may mix. */
async function readParameters(c: Context<Env>) {
  const payload: Record<string, unknown> = { ...c.req.query() };
  const parts = new Map<string, File>();
  const type = c.req.header("content-type") ?? "";
  if (c.req.method === "GET" || type === "") return { payload, parts };
  if (type.includes("application/json")) {
    const text = await c.req.text();
    const body: unknown = text === "" ? {} : JSON.parse(text);
    if (typeof body !== "object" || body === null || Array.isArray(body))
      throw badRequest("expected a JSON object");
    Object.assign(payload, body);
    return { payload: withoutNulls(payload), parts };
  }
  if (!type.includes("multipart/")) {
    Object.assign(payload, Object.fromEntries(new URLSearchParams(await c.req.text())));
    return { payload, parts };
  }
  const body = parseMultipart(Buffer.from(await c.req.arrayBuffer()), type);
  if (!body) throw badRequest("can't parse multipart body");
  for (const { name, filename, type: mime, bytes } of body) {
    const value =
      filename === null ? bytes.toString() : new File([new Uint8Array(bytes)], filename, { type: mime });
    if (value instanceof File) parts.set(name, value);
    payload[name] = value;
  }
  return { payload, parts };
}

/** A JSON null is as good as absent. */
const withoutNulls = (payload: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null));

function send(c: Context<Env>, reply: Reply): Response {
  switch (reply.kind) {
    case "json":
      return c.json(reply.body, reply.status as 200);
    case "html":
      return c.html(reply.body, reply.status as 502);
    case "drop":
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
  }
}
