import type { BotCommand } from "grammy/types";
import { z } from "zod";
import { badRequest } from "../errors.ts";
import { announce } from "../telegram.ts";
import { type Method, method } from "./method.ts";
import { int, json, str } from "./schema.ts";

const scope = json(
  z.looseObject({ type: z.string(), chat_id: int.optional(), user_id: int.optional() }),
).optional();

const scoped = { scope, language_code: z.string().optional() };

type Scoped = z.output<z.ZodObject<typeof scoped>>;

/** One list of commands a scope and language, as Telegram keeps them. */
function commandsKey({ scope: of, language_code: language }: Scoped): string {
  return [of?.type ?? "default", of?.chat_id ?? "", of?.user_id ?? "", language ?? ""].join("|");
}

/** The menu that a person sees in a private chat: the narrowest scope and language that has one. */
export function privateCommands(
  commands: Record<string, BotCommand[]>,
  userId: number,
  language: string,
): BotCommand[] {
  const languages = [language.slice(0, 2), ""];
  const scopes = [`chat|${userId}|`, "all_private_chats||", "default||"];
  for (const of of scopes) {
    for (const code of languages) {
      const found = commands[`${of}|${code}`];
      if (found) return found;
    }
  }
  return [];
}

const getMe = method(z.looseObject({}), (tg) => tg.world.bot);

const setMyCommands = method(
  z.looseObject({
    ...scoped,
    commands: json(z.array(z.looseObject({ command: str, description: str })).max(100)),
  }),
  (tg, params) => {
    for (const { command, description } of params.commands) {
      if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
      if (description.length < 1 || description.length > 256)
        throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
    }
    tg.world.commands[commandsKey(params)] = params.commands.map(({ command, description }) => ({
      command: command.replace(/^\//, ""),
      description,
    }));
    announce(tg, { kind: "commands" });
    return true;
  },
);

const getMyCommands = method(
  z.looseObject(scoped),
  (tg, params) => tg.world.commands[commandsKey(params)] ?? [],
);

const deleteMyCommands = method(z.looseObject(scoped), (tg, params) => {
  delete tg.world.commands[commandsKey(params)];
  announce(tg, { kind: "commands" });
  return true;
});

/** setMyX keeps a text by language; getMyX gives it back under its own field. */
function profileText(field: "name" | "description" | "short_description", longest: number): [Method, Method] {
  const key = (language: string | undefined) => `${field}|${language ?? ""}`;
  const set = method(
    z.looseObject({ [field]: str.optional(), language_code: z.string().optional() }),
    (tg, params) => {
      const text = String((params as Record<string, unknown>)[field] ?? "");
      if (text.length > longest) throw badRequest(`BOT_${field.toUpperCase()}_TOO_LONG`);
      tg.world.profile[key(params.language_code as string | undefined)] = text;
      tg.dirty();
      return true;
    },
  );
  const get = method(z.looseObject({ language_code: z.string().optional() }), (tg, params) => ({
    [field]: tg.world.profile[key(params.language_code)] ?? (field === "name" ? tg.world.bot.first_name : ""),
  }));
  return [set, get];
}

const [setMyName, getMyName] = profileText("name", 64);
const [setMyDescription, getMyDescription] = profileText("description", 512);
const [setMyShortDescription, getMyShortDescription] = profileText("short_description", 120);

/** Settings that nothing here depends on: taken, answered with true. */
const harmless = method(z.looseObject({}), () => true);

export const accountMethods: Record<string, Method> = {
  getMe,
  logOut: harmless,
  close: harmless,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setMyName,
  getMyName,
  setMyDescription,
  getMyDescription,
  setMyShortDescription,
  getMyShortDescription,
  setMyDefaultAdministratorRights: harmless,
  setChatMenuButton: harmless,
  getChatMenuButton: method(z.looseObject({}), () => ({ type: "commands" })),
  setMyProfilePhoto: harmless,
};
