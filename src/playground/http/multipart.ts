/** One field or file of a multipart/form-data body. */
export interface Part {
  name: string;
  filename: string | null;
  type: string;
  bytes: Buffer;
}

const HEADER_END = Buffer.from("\r\n\r\n");

/**
 * Splits a multipart body (RFC 7578). Written here because fetch's own parser refuses the headers that
 * grammY sends (lower case, no blank after the colon, unquoted file names), which Telegram takes.
 * Null when the body isn't well-formed.
 */
export function parseMultipart(body: Buffer, contentType: string): Part[] | null {
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  if (!boundary) return null;
  const mark = `--${boundary[1] ?? boundary[2]}`;
  // The first mark has no line break before it; lending it one makes all marks alike.
  const all = Buffer.concat([Buffer.from("\r\n"), body]);
  const delimiter = Buffer.from(`\r\n${mark}`);
  const parts: Part[] = [];
  let start = all.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length;
    if (all.subarray(from, from + 2).toString() === "--") return parts;
    const next = all.indexOf(delimiter, from);
    const headerEnd = all.indexOf(HEADER_END, from);
    if (next < 0 || headerEnd < 0 || headerEnd > next) return null;
    const part = readPart(all.subarray(from, headerEnd).toString(), all.subarray(headerEnd + 4, next));
    if (!part) return null;
    parts.push(part);
    start = next;
  }
  return null;
}

function readPart(head: string, bytes: Buffer): Part | null {
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(head)?.[1] ?? "";
  const name = parameter(disposition, "name");
  if (name === null) return null;
  const type = /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? "text/plain";
  return { name, filename: parameter(disposition, "filename"), type, bytes };
}

function parameter(disposition: string, key: string): string | null {
  const found = new RegExp(`;\\s*${key}=(?:"([^"]*)"|([^;]*))`, "i").exec(disposition);
  return found ? (found[1] ?? found[2] ?? "").trim() : null;
}
