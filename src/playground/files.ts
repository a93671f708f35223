import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { badRequest } from "./errors.ts";
import type { StoredFile } from "./state.ts";
import type { Telegram } from "./telegram.ts";

/** Where the bytes of files are: in memory, or beside the world's file. */
export interface FileBytes {
  put(fileId: string, bytes: Uint8Array): void;
  get(fileId: string): Uint8Array | null;
}

export function bytesInMemory(): FileBytes {
  const all = new Map<string, Uint8Array>();
  return { put: (id, bytes) => void all.set(id, bytes), get: (id) => all.get(id) ?? null };
}

export function bytesInFolder(folder: string): FileBytes {
  mkdirSync(folder, { recursive: true });
  return {
    put: (id, bytes) => writeFileSync(join(folder, id), bytes),
    get(id) {
      try {
        return readFileSync(join(folder, id));
      } catch {
        return null;
      }
    },
  };
}

/** A file on its way in, by upload. */
export interface Upload {
  name: string;
  mime: string;
  bytes: Uint8Array;
}

const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/^image\//, "photos"],
  [/^video\//, "videos"],
  [/^audio\/ogg/, "voice"],
  [/^audio\//, "music"],
];

export function saveFile(tg: Telegram, upload: Upload): StoredFile {
  tg.world.counters.file += 1;
  const n = tg.world.counters.file;
  const folder = FOLDERS.find(([mime]) => mime.test(upload.mime))?.[1] ?? "documents";
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(upload.name)?.[0] ?? "";
  const file: StoredFile = {
    fileId: `AgACPlayground${String(n).padStart(6, "0")}`,
    fileUniqueId: `AQAD${String(n).padStart(6, "0")}`,
    path: `${folder}/file_${n}${extension}`,
    name: upload.name,
    mime: upload.mime,
    size: upload.bytes.byteLength,
  };
  tg.bytes.put(file.fileId, upload.bytes);
  tg.world.files[file.fileId] = file;
  tg.dirty();
  return file;
}

/** A file named by an id the bot saw before. Addresses aren't fetched: the playground stays on this machine. */
export function knownFile(tg: Telegram, reference: string): StoredFile {
  const file = tg.world.files[reference];
  if (file) return file;
  throw badRequest(
    /^https?:/.test(reference)
      ? "failed to get HTTP URL content"
      : "wrong file identifier/HTTP URL specified",
  );
}
