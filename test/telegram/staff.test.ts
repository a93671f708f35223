import { Api, GrammyError } from "grammy";
import { expect, test } from "vitest";
import { createStaffGroups } from "../../src/telegram/staff.ts";

const [NEAR, FAR] = [-1001, -1002];

type Answer = Record<string, unknown> | GrammyError;
const refusal = (description: string, parameters = {}) =>
  new GrammyError("refused", { ok: false, error_code: 400, description, parameters }, "getChat", {});

/** Telegram, as far as a staff group is asked about: the chat by id, and the bot's standing in each. */
function groupsWhere(
  chats: Record<number, Answer>,
  me: Answer = { status: "administrator", can_manage_topics: true },
) {
  const api = new Api("1:x");
  api.config.use(async (_, method, payload) => {
    const { chat_id: id } = payload as { chat_id: number };
    const answer = chats[id] ?? refusal("Bad Request: chat not found");
    if (answer instanceof GrammyError) throw answer;
    return { ok: true, result: (method === "getChat" ? answer : me) as never };
  });
  return createStaffGroups(api, () => 1, [NEAR, FAR]);
}

const forum = { type: "supergroup", is_forum: true };

test("a new customer goes to the group with the fewest open tickets", async () => {
  const staff = groupsWhere({ [NEAR]: forum, [FAR]: forum });
  await staff.check();
  expect(
    staff.shortest(
      new Map([
        [NEAR, 3],
        [FAR, 2],
      ]),
    )?.chatId,
  ).toBe(FAR);
  expect(staff.shortest(new Map([[FAR, 1]]))?.chatId).toBe(NEAR);
});

test("a group that is down gets no new customers, however short its queue", async () => {
  const staff = groupsWhere({ [NEAR]: forum });
  await staff.check();
  expect(staff.shortest(new Map([[NEAR, 50]]))?.chatId).toBe(NEAR);
  expect(staff.standing()).toBe("ready");
});

test("where every group is down, new customers wait", async () => {
  const staff = groupsWhere({});
  await staff.check();
  expect(staff.shortest(new Map())).toBeUndefined();
  expect(staff.standing()).toBe("unreachable");
});

test("a group that refused a message is trouble until one arrives, however well it looks", async () => {
  const staff = groupsWhere({ [NEAR]: forum, [FAR]: forum });
  await staff.check();
  staff.report(NEAR, "Forbidden: CHAT_WRITE_FORBIDDEN");
  await staff.check();
  expect(staff.byId(NEAR)?.trouble?.kind).toBe("refused");
  expect(staff.shortest(new Map([[FAR, 9]]))?.chatId).toBe(FAR);
  staff.worked(NEAR);
  expect(staff.byId(NEAR)?.trouble).toBeNull();
});

test("the only group, when it looks well, is asked again", async () => {
  const staff = groupsWhere({ [NEAR]: forum });
  await staff.check();
  staff.report(NEAR, "Forbidden: CHAT_WRITE_FORBIDDEN");
  expect(staff.shortest(new Map())?.chatId).toBe(NEAR);
});

test("a group that has become a supergroup is followed to its new id", async () => {
  const moved = refusal("Bad Request: group chat was upgraded to a supergroup chat", {
    migrate_to_chat_id: -1009,
  });
  const staff = groupsWhere({ [NEAR]: moved, [-1009]: forum, [FAR]: forum });
  expect(await staff.check()).toEqual([{ from: NEAR, to: -1009 }]);
  expect(staff.has(NEAR)).toBe(false);
  expect(staff.byId(-1009)?.trouble).toBeNull();
});

test.each([
  [{ status: "administrator", can_manage_topics: false }, "no_topics_right", /Manage topics/u],
  [{ status: "member" }, "not_admin", /administrator/u],
  [{ status: "kicked" }, "not_member", /add it/u],
  [{ status: "restricted", can_send_messages: false }, "refused", /may not write/u],
] as const)("%j is said exactly", async (me, kind, advice) => {
  const staff = groupsWhere({ [NEAR]: forum, [FAR]: forum }, me);
  await staff.check();
  expect(staff.byId(NEAR)?.trouble?.kind).toBe(kind);
  expect(staff.byId(NEAR)?.trouble?.advice).toMatch(advice);
});

test("a group without topics needs no rights over them", async () => {
  const staff = groupsWhere({ [NEAR]: { type: "supergroup" }, [FAR]: forum }, { status: "member" });
  await staff.check();
  expect(staff.byId(NEAR)).toMatchObject({ isForum: false, trouble: null });
});
