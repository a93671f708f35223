import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What took long to make from content of one's own: beside the database, in the folder the bot was started in. */
export const OWN = "var";

/** What the build made of the content that ships. */
export const SHIPPED = fileURLToPath(new URL("../dist/kept", import.meta.url));

/** What is kept under a name, folder by folder; whoever reads it decides whether it is good. */
export async function readKept(name: string, folders: readonly string[]): Promise<readonly Uint8Array[]> {
  const found = await Promise.all(
    folders.map((folder) => readFile(join(folder, name)).catch(() => undefined)),
  );
  return found.filter((bytes) => bytes !== undefined);
}

/** Kept for speed alone: a folder that can't be written is no error. */
export async function keep(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  const unfinished = `${path}.${process.pid}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
  } catch {
    // It is made again at the next start.
  }
}

export async function keepOnly(folder: string, names: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) if (!names.includes(name)) await rm(join(folder, name));
}
