/** What the bot does with the store. */
export type Part = "taking updates" | "deciding" | "looking for what to send" | "noting what was sent";

/** Whether what must be stored can be stored, for the health check. Each part speaks for itself. */
export interface Vitals {
  failing(part: Part, error: unknown): void;
  well(part: Part): void;
  /** Null when all is well; else what is wrong, without secrets. */
  trouble(): string | null;
}

export function createVitals(): Vitals {
  const ailing = new Map<Part, string>();
  return {
    failing: (part, error) => ailing.set(part, error instanceof Error ? error.message : String(error)),
    well: (part) => ailing.delete(part),
    trouble: () => {
      const [first] = ailing;
      return first === undefined ? null : `${first[0]}: ${first[1]}`;
    },
  };
}
