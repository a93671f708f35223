import { z } from "zod";
import { badRequest, conflict } from "../errors.ts";
import { dropPending, endPoll, forgetExpired, pollUpdates, setAllowedUpdates } from "../updates.ts";
import { isLocalUrl } from "../webhook.ts";
import { type Method, method } from "./method.ts";
import { flag, int, json, str } from "./schema.ts";

const allowed = { allowed_updates: json(z.array(z.string())).optional() };

const getUpdates = method(
  z.looseObject({ offset: int.optional(), limit: int.optional(), timeout: int.optional(), ...allowed }),
  (tg, params, { signal }) => pollUpdates(tg, params, signal),
);

const setWebhook = method(
  z.looseObject({
    url: str.default(""),
    secret_token: str.optional(),
    max_connections: int.optional(),
    drop_pending_updates: flag.optional(),
    ...allowed,
  }),
  (tg, params) => {
    if (params.url !== "" && !isLocalUrl(params.url)) {
      throw badRequest("bad webhook: the playground delivers only to this machine (localhost, 127.0.0.1)");
    }
    const secret = params.secret_token ?? "";
    if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret)) {
      throw badRequest("secret token contains unallowed characters");
    }
    if (params.drop_pending_updates) dropPending(tg);
    setAllowedUpdates(tg, params.allowed_updates);
    if (params.url !== "") endPoll(tg, conflict("terminated by setWebhook request"));
    const maxConnections = Math.min(Math.max(params.max_connections ?? 40, 1), 100);
    tg.world.webhook = params.url === "" ? null : { url: params.url, secret, maxConnections };
    tg.dirty();
    tg.kickWebhook();
    return true;
  },
);

const deleteWebhook = method(z.looseObject({ drop_pending_updates: flag.optional() }), (tg, params) => {
  if (params.drop_pending_updates) dropPending(tg);
  tg.world.webhook = null;
  tg.dirty();
  return true;
});

const getWebhookInfo = method(z.looseObject({}), (tg) => {
  forgetExpired(tg);
  const { webhook, queue, allowedUpdates } = tg.world;
  return {
    url: webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: queue.length,
    ...(webhook && { max_connections: webhook.maxConnections }),
    ...(webhook?.lastErrorAt !== undefined && {
      last_error_date: Math.floor(webhook.lastErrorAt / 1000),
      last_error_message: webhook.lastError,
    }),
    ...(allowedUpdates && { allowed_updates: allowedUpdates }),
  };
});

export const deliveryMethods: Record<string, Method> = {
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
};
