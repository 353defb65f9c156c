// The example of README.md, as somebody would copy it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const HOME = fileURLToPath(new URL("../..", import.meta.url));

it("the example of the page runs", () => {
  const page = readFileSync(join(HOME, "README.md"), "utf8");
  const example = /```js\n([\s\S]*?)```/.exec(page)?.[1];
  assert.ok(example);
  // Node.js 18 and 20 know no `using`; who writes it has a compiler.
  const { outputText } = ts.transpileModule(example, {
    compilerOptions: {
      module: ts.ModuleKind.ES2022,
      target: ts.ScriptTarget.ES2022,
    },
  });
  // Below this package, so that its name is known.
  const folder = mkdtempSync(join(HOME, "build/example-"));
  try {
    const file = join(folder, "example.mjs");
    writeFileSync(file, outputText);
    const ran = spawnSync(process.execPath, [file], { encoding: "utf8" });
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^early-help$/m);
    assert.match(ran.stdout, /^Unauthenticated /m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
