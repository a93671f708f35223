import { execFileSync } from "node:child_process";

/** End-to-end tests run the built program, so every test run starts from a fresh build. */
export default function build(): void {
  execFileSync("npm", ["run", "build", "--silent"], { stdio: "inherit" });
}
