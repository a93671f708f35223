/** What the person who runs the bot can mend: told in a line, without a stack. The message says what right looks like. */
export class MendableError extends Error {}
