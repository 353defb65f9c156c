// The other end of worker.test.ts: a hub in a worker thread.

import { parentPort, workerData } from "node:worker_threads";
import { Hub } from "careroute";
import { CaseService } from "careroute/api/v1/case_service";
import { COORDINATOR, OVERLAY, furnish, newCase } from "./world_of_tests.js";

const { cases: count, linger } = workerData as {
  cases: number;
  linger: boolean;
};
const hub = await Hub.open({ overlays: [OVERLAY] });
await furnish(hub);
for (let n = 0; n < count; ++n) await newCase(hub, n);
const cases = hub.as(COORDINATOR).service(CaseService);
const { total } = await cases.listCases({});
if (linger) {
  // Calls and a watch are under way when the thread is ended.
  void cases.watchCases({}).next();
  for (let i = 0; i < 1_000; ++i) void cases.listCases({});
} else {
  await hub.close();
}
parentPort?.postMessage(total);
