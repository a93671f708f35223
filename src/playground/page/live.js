// @ts-check

/**
 * @typedef {import("../state.ts").Stored} Stored
 * @typedef {import("../control/view.ts").PageChat} PageChat
 * @typedef {ReturnType<typeof import("../control/view.ts").snapshot>} Snapshot
 * @typedef {import("../control/view.ts").ShownChange} ShownChange
 */

/**
 * Asks the playground to do something as somebody.
 * @param {string} name
 * @param {Record<string, unknown>} input
 * @returns {Promise<any>}
 */
export async function act(name, input) {
  const response = await fetch(`/control/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const body = await response.json();
  if (!body.ok) throw new Error(body.error);
  return body.result;
}

/**
 * Follows the world: a snapshot first, then each change in order. A gap, a restart of the playground or a
 * lost connection brings a new snapshot.
 * @param {{ reset: (snapshot: Snapshot) => void, change: (change: ShownChange) => void, link: (state: "live" | "lost") => void }} to
 */
export function follow({ reset, change, link }) {
  let seq = -1;
  let loading = false;
  const load = async () => {
    if (loading) return;
    loading = true;
    try {
      const snapshot = await act("snapshot", {});
      seq = snapshot.seq;
      reset(snapshot);
    } finally {
      loading = false;
    }
  };
  const events = new EventSource("/control/events");
  events.addEventListener("alive", async (event) => {
    link("live");
    // All changes before this one have arrived: another number means some were missed.
    if (Number(event.data) !== seq) await load();
  });
  events.addEventListener("message", async (event) => {
    /** @type {ShownChange} */
    const next = JSON.parse(event.data);
    if (next.seq <= seq) return;
    if (next.seq !== seq + 1 || next.kind === "people" || next.kind === "commands") return load();
    seq = next.seq;
    change(next);
  });
  events.addEventListener("error", () => link("lost"));
}
