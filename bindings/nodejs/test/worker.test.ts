// Hubs in worker threads: each thread has its own.

import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { Worker } from "node:worker_threads";
import { FIRST_ADMINISTRATOR, Hub } from "careroute";
import { PathwayService } from "careroute/api/v1/pathway_service";

function work(data: { cases: number; linger: boolean }): Worker {
  return new Worker(new URL("worker.js", import.meta.url), {
    workerData: data,
  });
}

async function totalOf(worker: Worker): Promise<number> {
  const [total] = (await once(worker, "message")) as [number];
  return total;
}

describe("hubs in worker threads", () => {
  it("know nothing of each other", async () => {
    const counts = [0, 1, 2, 3];
    const totals = await Promise.all(
      counts.map((cases) => totalOf(work({ cases, linger: false }))),
    );
    assert.deepEqual(totals, counts);
  });

  it("end with their thread, whatever is under way", async () => {
    for (let round = 0; round < 5; ++round) {
      const worker = work({ cases: 1, linger: true });
      assert.equal(await totalOf(worker), 1);
      await worker.terminate();
    }
    // The library is there for who comes next.
    await using hub = await Hub.open({ actor: FIRST_ADMINISTRATOR });
    assert.ok(await hub.service(PathwayService).listPathways({}));
  });
});
