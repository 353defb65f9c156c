// Runs the compiled tests by Node's runner: all, or those whose name holds a
// word.
//
//   npm test
//   npm test -- errors watch

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(home, "build/test");
const words = process.argv.slice(2);

const files = readdirSync(folder)
  .filter((name) => name.endsWith(".test.js"))
  .filter((name) => !words.length || words.some((word) => name.includes(word)))
  .map((name) => join(folder, name));
if (files.length === 0) {
  console.error(`no test of that name: ${words.join(" ")}`);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ["--test", ...files], {
  cwd: home,
  stdio: "inherit",
});
process.exit(status ?? 1);
