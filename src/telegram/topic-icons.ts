import type { Api } from "grammy";
import type { Ticket } from "../desk/types.ts";

/** Of the icons that Telegram offers for topics, the one for each state. */
const EMOJI = { waiting: "❗", serving: "💬", closed: "✅" } as const satisfies Record<
  Ticket["status"],
  string
>;
/** An icon isn't worth a ticket's time, ms. */
const ASK_MS = 3000;

/** The icon of a topic as `createForumTopic` and `editForumTopic` take it; nothing where there is none. */
export interface TopicIcons {
  of(status: Ticket["status"] | undefined): Promise<{ icon_custom_emoji_id?: string }>;
}

/**
 * Bots may use only the icons that `getForumTopicIconStickers` lists: asked for once, and again after a failure. A
 * topic without an icon still has the state in its title.
 */
export function createTopicIcons(api: Api): TopicIcons {
  let offered: Promise<ReadonlyMap<string, string>> | null = null;

  async function ask(): Promise<ReadonlyMap<string, string>> {
    try {
      const signal = AbortSignal.timeout(ASK_MS);
      // grammY types its signal by a polyfill; Node's own is what it uses.
      const stickers = await api.getForumTopicIconStickers(
        signal as unknown as Parameters<Api["getForumTopicIconStickers"]>[0],
      );
      return new Map(
        stickers.flatMap(({ emoji, custom_emoji_id: id }) =>
          emoji === undefined || id === undefined ? [] : [[bare(emoji), id]],
        ),
      );
    } catch {
      offered = null;
      return new Map();
    }
  }

  return {
    async of(status) {
      if (status === undefined) return {};
      offered ??= ask();
      const id = (await offered).get(EMOJI[status]);
      return id === undefined ? {} : { icon_custom_emoji_id: id };
    },
  };
}

/** Without the mark that asks for the coloured form: Telegram writes some emoji with it and some without. */
function bare(emoji: string): string {
  return emoji.replaceAll("\u{FE0F}", "");
}
