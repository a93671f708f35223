/** Writes times as ISO 8601 to the second with the offset the zone has then: `2026-11-23T12:00:05+08:00`. */
export function isoIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("en-US", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "longOffset",
  });
  return (at) => {
    const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const date = `${part.get("year")}-${part.get("month")}-${part.get("day")}`;
    const time = `${part.get("hour")}:${part.get("minute")}:${part.get("second")}`;
    // Greenwich itself is plain "GMT".
    const offset = part.get("timeZoneName")?.slice("GMT".length) || "+00:00";
    return `${date}T${time}${offset}`;
  };
}
