// The contract, and what is an embedded hub's own.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  FailedPrecondition,
  FIRST_ADMINISTRATOR,
  Hub,
  InvalidArgument,
  Unavailable,
} from "careroute";
import { CaseService } from "careroute/api/v1/case_service";
import { hubContract } from "./hub_contract.js";
import { Program } from "./program.js";
import {
  COORDINATOR,
  OVERLAY,
  START,
  furnish,
  inScratch,
  newCase,
} from "./world_of_tests.js";

const options = { overlays: [OVERLAY], virtualStart: START };

hubContract("in this process", async () => {
  const hub = await Hub.open(options);
  return { hub, close: () => hub.close() };
});

function totalOf(hub: Hub): Promise<number> {
  const cases = hub.as(COORDINATOR).service(CaseService);
  return cases.listCases({}).then(({ total }) => total);
}

/** Runs a few lines in another Node.js, with `Hub` and `file` at hand. */
function runApart(file: string, ...lines: string[]) {
  const script = [
    'const { Hub } = await import("careroute");',
    `const file = ${JSON.stringify(file)};`,
    ...lines,
  ].join("\n");
  return spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { encoding: "utf8" },
  );
}

describe("a hub on a file", () => {
  it("keeps its cases when it is closed and opened again", () =>
    inScratch(async (folder) => {
      const file = join(folder, "cases.db");
      {
        await using hub = await Hub.open(file, options);
        await newCase(await furnish(hub));
      }
      await using hub = await Hub.open(file, options);
      assert.equal(await totalOf(hub), 1);
    }));

  it("is not opened twice, here or by another process", () =>
    inScratch(async (folder) => {
      const file = join(folder, "cases.db");
      await using hub = await Hub.open(file);
      await assert.rejects(Hub.open(file), FailedPrecondition);
      const other = runApart(
        file,
        "await Hub.open(file).then(() => console.log('opened'),",
        "  (error) => console.log(error.name, error.message));",
      );
      assert.match(other.stdout, /^FailedPrecondition /);
      assert.ok(await hub.clock.now());
    }));

  it("is free when its process ends without closing it", () =>
    inScratch(async (folder) => {
      const file = join(folder, "cases.db");
      const exited = runApart(file, "await Hub.open(file); process.exit(3);");
      assert.equal(exited.status, 3, exited.stderr);
      const ran = runApart(file, "await Hub.open(file);");
      assert.equal(ran.status, 0, ran.stderr);
      await using hub = await Hub.open(file);
      assert.ok(await hub.clock.now());
    }));

  it("is the same hub that `careroute hub` serves later", () =>
    inScratch(async (folder) => {
      const file = join(folder, "cases.db");
      let name;
      {
        await using hub = await Hub.open(file, { overlays: [OVERLAY] });
        name = await newCase(await furnish(hub));
      }
      const program = await Program.start(
        "hub",
        ...["--store", `sqlite:${file}`, "--key-ring", `${file}.keys`],
        ...["--hub-id", "hub", "--grpc-address", "127.0.0.1:0"],
        ...["--development", "true"],
      );
      try {
        await using hub = await Hub.connect(program.address, {
          actor: FIRST_ADMINISTRATOR,
        });
        const cases = hub.as(COORDINATOR).service(CaseService);
        assert.equal((await cases.getCase({ name })).case?.name, name);
      } finally {
        await program.stop();
      }
    }));
});

describe("closing a hub", () => {
  it("ends its watches, and refuses what comes later", async () => {
    const hub = await Hub.open(options);
    const name = await newCase(await furnish(hub));
    const cases = hub.as(COORDINATOR).service(CaseService);
    const waiting = cases.watchCase({ name, afterVersion: 1_000n }).next();
    // Both hear of it: whichever is asked first.
    const [, , ended] = await Promise.all([
      hub.close(),
      hub.close(),
      assert.rejects(waiting, Unavailable),
    ]);
    assert.equal(ended, undefined);
    await assert.rejects(cases.getCase({ name }), FailedPrecondition);
    await assert.rejects(hub.clock.now(), FailedPrecondition);
  });

  it("answers calls that are under way", async () => {
    const hub = await furnish(await Hub.open(options));
    const calls = Array.from({ length: 64 }, () => totalOf(hub));
    await hub.close();
    for (const total of await Promise.all(calls)) assert.equal(total, 0);
  });

  it("happens by `using` as well", async () => {
    let kept;
    {
      using hub = await Hub.open();
      kept = hub;
    }
    await kept.close();
    await assert.rejects(kept.clock.now(), FailedPrecondition);
  });
});

describe("the addon", () => {
  it("gives up a call by its signal", async () => {
    await using hub = await furnish(await Hub.open(options));
    const controller = new AbortController();
    const { signal } = controller;
    const cases = hub.as(COORDINATOR).service(CaseService);
    const asked = cases.listCases({}, { signal });
    controller.abort(new Error("nobody waits"));
    await assert.rejects(asked, /nobody waits/);
    assert.equal((await cases.listCases({})).total, 0);
  });

  it("passes what the C ABI bounds, no more", async () => {
    await using hub = await Hub.open(options);
    const method = "careroute.api.v1.CaseService.GetCase";
    const large = new Uint8Array(16 * 1024 * 1024 + 1);
    await assert.rejects(hub.call(method, large), InvalidArgument);
    const long = method.padEnd(300, "x");
    await assert.rejects(hub.call(long, new Uint8Array()), InvalidArgument);
    const text = "no bytes" as unknown as Uint8Array;
    await assert.rejects(hub.call("\ud800", text), TypeError);
    await assert.rejects(hub.call(7 as unknown as string, text), TypeError);
  });

  it("finds every wrong field of a configuration", async () => {
    const asked = Hub.open({
      config: { hubId: "Not An Id", threads: 100_000 },
    });
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof InvalidArgument);
      assert.ok(error.problems.length >= 2, error.message);
      return true;
    });
  });
});
