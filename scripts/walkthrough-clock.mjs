// Loaded before the bot by scripts/walkthrough.mjs: its clock begins at WALK_AT (ISO) and runs on from there.
const RealDate = Date;
const begun = RealDate.now();
const from = RealDate.parse(process.env.WALK_AT ?? "");
const now = () => from + RealDate.now() - begun;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }
  static now() {
    return now();
  }
};
