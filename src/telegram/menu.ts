import type { Api } from "grammy";
import { CUSTOMER_COMMANDS } from "../dialogue/commands.ts";
import type { Mind } from "../dialogue/mind.ts";
import type { Lang } from "../knowledge/types.ts";

/** The commands customers see in private chats: Chinese for Chinese apps and by default, English for English ones. */
export async function setMenu(api: Api, mind: Mind): Promise<void> {
  const menu = (lang: Lang) =>
    CUSTOMER_COMMANDS.map((command) => ({ command, description: mind.say(lang)(`command.${command}`) }));
  const scope = { type: "all_private_chats" } as const;
  await api.setMyCommands(menu("zh"), { scope });
  await api.setMyCommands(menu("en"), { scope, language_code: "en" });
}
