import type { PlacesData } from "./types.ts";

export interface Township {
  /** 9 digits. */
  readonly code: string;
  readonly name: string;
}

/** What kind of township a name ends in. */
export const TOWNSHIP_KIND = /(?:街道|苏木|民族乡|[镇乡])$/u;

/** Townships of one county or city without counties, in the order of their codes. */
export function townshipsOf(data: PlacesData, county: string): Township[] {
  const townships: Township[] = [];
  let next = "";
  for (const item of data.townships.get(county)?.split(" ") ?? []) {
    const [, digits = "", name = ""] = /^(\d*)(.*)$/u.exec(item) ?? [];
    const own = digits === "" ? next : digits;
    townships.push({ code: own.length > 6 ? own : `${county}${own}`, name });
    next = String(Number(own) + 1).padStart(own.length, "0");
  }
  return townships;
}
