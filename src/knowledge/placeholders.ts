const PLACEHOLDER = /\{([^{}]*)\}/gu;
const NAME = /^[a-z][A-Za-z0-9_.]*$/u;

/** What a template can be filled with. */
export type Params = Readonly<Record<string, string | number>>;

/** The names in a template's `{placeholders}`, each once, in order. */
export function placeholdersOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""))];
}

/** The braces of a template that name nothing: `{}`, `{Some Thing}`, a brace without its partner. */
export function badBraces(template: string): readonly string[] {
  const misnamed = placeholdersOf(template).filter((name) => !NAME.test(name));
  const lone = template.replaceAll(PLACEHOLDER, "").match(/[{}]/gu) ?? [];
  return [...misnamed.map((name) => `{${name}}`), ...new Set(lone)];
}

/**
 * Fills a template's `{placeholders}`. What is filled in is never read as a template again, so a
 * customer's words can hold braces.
 * @throws where a placeholder has no value: `zhida check` proves there is none
 */
export function fill(template: string, params: Params): string {
  return template.replaceAll(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new Error(`no value for {${name}} in "${template}"`);
    return String(value);
  });
}
