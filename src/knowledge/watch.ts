import { join } from "node:path";
import { watch } from "chokidar";
import { CONTENT_ROOTS, readContent, versionOf } from "./content.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { type ContentShapes, knowledgeOf } from "./read.ts";
import type { Knowledge } from "./types.ts";

export interface WatchOptions {
  readonly shapes: ContentShapes;
  /** What is in use now: content of the same version is not handed out again. */
  readonly current: Knowledge;
  /**
   * The content changed and is right: use it from now on. The next change waits until this is done, so that an
   * older one can't overtake a newer; one that throws is refused.
   */
  readonly onChange: (knowledge: Knowledge) => void | Promise<void>;
  /** The content changed and is wrong: keep the old knowledge, and tell somebody why. */
  readonly onRefused: (findings: readonly Finding[]) => void;
  /** The content can't be watched any more: changes go unnoticed until a restart. */
  readonly onBroken: (cause: unknown) => void;
  /** Quiet after the last change before the content is read: editors and `git pull` write file by file. */
  readonly debounceMs?: number;
}

export interface Watching {
  close(): Promise<void>;
}

/** Watches the content; a change is read when it has gone quiet, and handed out or refused whole. */
export async function watchKnowledge(contentDir: string, options: WatchOptions): Promise<Watching> {
  const { shapes, onChange, onRefused, onBroken, debounceMs = 300 } = options;
  let inUse = options.current.version;
  let seen = inUse;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();
  let closed = false;

  const reload = async () => {
    const content = await readContent(contentDir);
    // More has been written meanwhile: what was read may be half old, half new.
    if (closed || timer !== undefined) return;
    const version = versionOf(content.files);
    if (version === seen) return;
    seen = version;
    const { knowledge, findings } = knowledgeOf(content, shapes);
    if (knowledge === undefined) return onRefused(findings);
    // A mistake taken back: what it would replace is in use already.
    if (version === inUse) return;
    try {
      await onChange(knowledge);
      inUse = version;
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      onRefused([error(startOf("data"), "unusable", `every rule holds, yet it can't be used: ${what}`)]);
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      reading = reading.then(reload).catch(onBroken);
    }, debounceMs);
  };

  const watcher = watch(
    CONTENT_ROOTS.map((root) => join(contentDir, root)),
    { ignoreInitial: true },
  );
  await new Promise<void>((resolve) => {
    watcher.on("ready", resolve).on("error", onBroken).on("all", schedule);
  });
  // What changed between the first reading and now raised no event.
  schedule();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await watcher.close();
      await reading;
    },
  };
}
