/** Lets a loop sleep until there may be work: a notice that comes while nobody waits isn't lost. */
export interface Signal {
  notify(): void;
  /** Resolves at the next notice, or after `ms`. */
  wait(ms: number): Promise<void>;
}

export function createSignal(): Signal {
  let noticed = false;
  let wake: (() => void) | undefined;
  return {
    notify() {
      noticed = true;
      wake?.();
    },
    wait(ms) {
      if (noticed) {
        noticed = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done() {
          clearTimeout(timer);
          wake = undefined;
          noticed = false;
          resolve();
        }
        wake = done;
      });
    },
  };
}
