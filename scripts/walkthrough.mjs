// Walks through the downgrade guide as a new customer does, against the real bot process and a local Telegram, and
// writes down what was said: docs/walkthrough.zh.md and docs/walkthrough.en.md. Run after `npm run build`.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlayground } from "../dist/playground/server.js";
import { SCRIPTS } from "./walkthrough-script.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const CLOCK = new URL("walkthrough-clock.mjs", import.meta.url).href;
const MAIN = at("dist/cli/main.js");
/** Nothing more comes after so long, ms. */
const QUIET_MS = 1500;
const PATIENCE_MS = 30_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

for (const [lang, script] of Object.entries(SCRIPTS)) {
  const text = await walk(script);
  writeFileSync(at(`docs/walkthrough.${lang}.md`), text);
  console.log(`docs/walkthrough.${lang}.md`);
}

/** Plays one script from an empty database on. */
async function walk(script) {
  const folder = mkdtempSync(join(tmpdir(), "zhida-walk-"));
  let clock = () => Date.now();
  const playground = createPlayground({ now: () => clock() });
  const url = await playground.listen();
  const { control } = playground;
  const written = [`# ${script.title}`, "", script.preface];
  const people = new Map();
  let bot;

  const start = async (time) => {
    const from = Date.parse(time);
    const begun = Date.now();
    clock = () => from + Date.now() - begun;
    bot = spawn(process.execPath, ["--import", CLOCK, MAIN, "start"], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        WALK_AT: time,
        BOT_TOKEN: playground.token,
        TELEGRAM_API_ROOT: url,
        STAFF_CHAT_ID: `${playground.staffChatId}`,
        DATABASE_URL: `file:${join(folder, "zhida.db")}`,
        CONTENT_DIR: at(""),
        PORT: "0",
      },
    });
    await new Promise((resolve, reject) => {
      let log = "";
      const look = (chunk) => {
        log += chunk;
        if (/the bot runs/u.test(log)) resolve();
      };
      bot.stdout.on("data", look);
      bot.stderr.on("data", look);
      bot.once("exit", () => reject(new Error(`the bot ended:\n${log}`)));
    });
  };
  const stop = async () => {
    const ended = new Promise((resolve) => bot.once("exit", resolve));
    bot.kill("SIGTERM");
    await ended;
  };
  const customer = async (name) => {
    const known = people.get(name);
    if (known !== undefined) return known;
    const id = 700300001 + people.size;
    const language_code = script.language;
    await control.call("addPerson", { id, role: "customer", first_name: name, language_code });
    const person = control.customer(id);
    people.set(name, person);
    return person;
  };

  /** What the bot says from `since` on, once it says no more; `where` is a private chat or a topic. */
  const heard = async (where, since) => {
    const begun = Date.now();
    let seen = [];
    let changed = begun;
    for (;;) {
      const all = await control.call("transcript", where);
      const fresh = all.filter(({ message, seq }) => seq > since && message.from?.is_bot === true);
      if (JSON.stringify(fresh) !== JSON.stringify(seen)) changed = Date.now();
      seen = fresh;
      if (seen.length > 0 && Date.now() - changed > QUIET_MS) return seen.map(({ message }) => message);
      if (Date.now() - begun > PATIENCE_MS) throw new Error(`nobody answered in ${JSON.stringify(where)}`);
      await pause(200);
    }
  };
  const mark = () => control.changed(-1, 0);
  const file = async ({ file_id }) => {
    const found = await (await fetch(`${url}/bot${playground.token}/getFile?file_id=${file_id}`)).json();
    const bytes = await fetch(`${url}/file/bot${playground.token}/${found.result.file_path}`);
    return Buffer.from(await bytes.arrayBuffer());
  };
  const documents = new Map();
  const quote = (text) =>
    text
      .split("\n")
      .map((line) => (line === "" ? ">" : `> ${line.replaceAll(/([*_<>])/gu, "\\$1")}  `))
      .join("\n");
  const show = (who, message) => {
    const { document, contact, text = "", caption } = message;
    const body = [
      text === "" ? (caption ?? "") : text,
      document ? `📎 ${document.file_name}` : "",
      contact ? `☎ ${contact.first_name} ${contact.phone_number}` : "",
    ];
    if (document) documents.set(document.file_name.replace(/^.*\./u, ""), document);
    const rows = (message.reply_markup?.inline_keyboard ?? []).map((row) =>
      row.map((button) => `\`[${button.text}]\``).join(" "),
    );
    const inline = rows.length === 0 ? "" : `\n>\n${rows.map((row) => `> ${row}  `).join("\n")}`;
    written.push("", `**${who}**`, "", quote(body.filter((part) => part !== "").join("\n")) + inline);
  };
  const note = (text) => written.push("", `*${text}*`);
  const voice = (person) => ({
    async answered(act, said) {
      const since = await mark();
      await act();
      written.push("", said);
      for (const message of await heard({ chat: person.id }, since)) show(script.bot, message);
    },
  });

  const steps = {
    title: ({ text }) => written.push("", `## ${text}`),
    async clock({ time, text }) {
      if (bot) await stop();
      const since = await mark();
      note(text);
      await start(time);
      return since;
    },
    /** What comes by itself, after the clock went on. */
    async comes({ who, since }) {
      const person = await customer(who);
      for (const message of await heard({ chat: person.id }, since)) show(script.bot, message);
    },
    async says({ who, text }) {
      const person = await customer(who);
      await voice(person).answered(() => person.says(text), `**${who}**\n\n${quote(text)}`);
    },
    async presses({ who, button }) {
      const person = await customer(who);
      await voice(person).answered(() => person.presses(button), `**${who}** → \`[${button}]\``);
    },
    async agent({ text, pressing, edit, reaches, who }) {
      const agent = control.agent();
      const { threadId: topic } = await control.staff.topic(who);
      const since = await mark();
      const person = await customer(who);
      if (text !== undefined) {
        agent.last = await agent.says(text, { topic });
        written.push("", `**${script.agent}**\n\n${quote(text)}`);
      }
      if (pressing !== undefined) {
        const pressed = await agent.presses(pressing, { topic });
        written.push("", `**${script.agent}** → \`[${pressing}]\` ${await pressed.answer()}`);
        return;
      }
      if (edit !== undefined) {
        await agent.edits(agent.last.message_id, edit, { topic });
        written.push("", `**${script.agent}** ✏️\n\n${quote(edit)}`);
      }
      const where = reaches === "customer" ? { chat: person.id } : { chat: "staff", topic };
      for (const message of await heard(where, since))
        show(reaches === "customer" ? script.bot : script.staff, message);
    },
    async verify() {
      const path = join(folder, "transcript.json");
      writeFileSync(path, await file(documents.get("json")));
      const said = execFileSync(process.execPath, [MAIN, "verify", path], { encoding: "utf8" });
      written.push(
        "",
        "```",
        `$ zhida verify transcript.json`,
        said.replaceAll(`${folder}/`, "").trim(),
        "```",
      );
    },
  };

  let since = 0;
  try {
    for (const step of script.steps) {
      const result = await steps[step.do]({ since, who: script.customer, ...step });
      if (step.do === "clock") since = result;
    }
    await stop();
  } finally {
    bot?.kill("SIGKILL");
    await playground.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return `${written.join("\n").replaceAll(/\n{3,}/gu, "\n\n")}\n`;
}
