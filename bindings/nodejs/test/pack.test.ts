// What `npm pack` makes, in a project that has nothing else.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { inScratch } from "./world_of_tests.js";

const HOME = fileURLToPath(new URL("../..", import.meta.url));
const TSC = join(HOME, "node_modules/typescript/bin/tsc");

const PROGRAM = `
import { Hub, InvalidArgument } from "careroute";
import type { Service } from "careroute";
import { PathwayService } from "careroute/api/v1/pathway_service";
import { days } from "careroute/testing";

const hub = await Hub.open({ virtualStart: new Date("2026-03-02T00:00:00Z") });
const pathways: Service<typeof PathwayService> = hub.service(PathwayService);
await hub.clock.advance(days(1));
const { editions } = await pathways.listPathways({});
console.log(editions.length, (await hub.clock.now()).toISOString());
await hub.close();
export const wrong = (error: unknown) =>
  error instanceof InvalidArgument ? error.problems[0]?.path : undefined;
`;

it("the packed package works in a clean project", () =>
  inScratch(async (folder) => {
    const npm = (cwd: string, ...words: string[]) =>
      execFileSync("npm", words, { cwd, encoding: "utf8" });
    npm(HOME, "pack", "--pack-destination", folder);
    const packed = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    assert.ok(packed);
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    const quietly = ["--no-audit", "--no-fund", "--prefer-offline"];
    npm(folder, "install", ...quietly, `./${packed}`);
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    const compiled = spawnSync(
      process.execPath,
      [
        TSC,
        ...["--strict", "--module", "nodenext", "--target", "es2022"],
        ...["--lib", "es2022,esnext.disposable,dom"],
        "program.ts",
      ],
      { cwd: folder, encoding: "utf8" },
    );
    assert.equal(compiled.status, 0, compiled.stdout);
    const ran = spawnSync(process.execPath, ["program.js"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^\d+ 2026-03-03T00:00:00.000Z\n$/);
  }));

it("the lock names no registry", () => {
  const lock = readFileSync(join(HOME, "package-lock.json"), "utf8");
  assert.doesNotMatch(lock, /"resolved"/);
});
