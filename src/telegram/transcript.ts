import type { TranscriptLine } from "../desk/types.ts";

/** A customer's transcript as a file: one object a line said, with the time in the business's zone. */
export function transcriptFile(
  lines: readonly TranscriptLine[],
  timeZone: string,
): { name: string; content: string } {
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
  // Notes are the agents' own; everything else the customer said or was told.
  const said = lines
    .filter((line) => line.speaker !== "note")
    .map(({ at, speaker, name, kind, text, ticket }) => ({
      time: format.format(at),
      timeZone,
      speaker,
      name,
      kind,
      text,
      ticket,
    }));
  return { name: "transcript.json", content: `${JSON.stringify(said, null, 2)}\n` };
}
