// What a call through this package costs: the child of tests/bench.
//
//   careroute_bench runs     node bench.js no-op
//                            node bench.js contact cases.db MEMBER
//   it then asks             {"in_flight": 64, "seconds": 2.0}
//   and this answers         {"calls": 140000, "seconds": 2.0001}
//
// An order a line, until its input ends; `calls` instead of `seconds` asks for
// so many. The rows, their floors and their goals are those of
// tests/bench/binding_rows.cc, which says what the two calls are.

import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { ActorRole, Hub } from "careroute";
import { CaseService } from "careroute/api/v1/case_service";
import { ContactMode } from "careroute/model/v1/step";
import { ClockService } from "careroute/testing/v1/clock_service";
import { START } from "./world_of_tests.js";

const DAY_MS = 24 * 60 * 60 * 1000;
/** As much as a caseworker writes; as in tests/bench/script.cc. */
const NOTE =
  "Разговор с матерью: ребёнок окреп, режим соблюдают, помощь по дому нужна " +
  "ещё две недели.";

/** The next call of one of so many lanes, each of which awaits its own. */
type Call = (lane: number, lanes: number) => Promise<unknown>;

interface Order {
  in_flight: number;
  seconds?: number;
  calls?: number;
}

/** The hub's time: a method that looks at nothing. */
async function withNoOp(use: (call: Call) => Promise<void>): Promise<void> {
  await using hub = await Hub.open({ virtualStart: START });
  const clock = hub.service(ClockService);
  await use(() => clock.getClock({}));
}

/**
 * A talk with the family, and the day of the next one: durable. Each lane goes
 * over cases of its own, so that none waits for another.
 */
async function withContact(
  store: string,
  member: string,
  use: (call: Call) => Promise<void>,
): Promise<void> {
  await using hub = await Hub.open(store);
  const actor = { member, role: ActorRole.COORDINATOR, purpose: "care" };
  const cases = hub.as(actor).service(CaseService);
  const { cases: rows } = await cases.listCases({ pageSize: 200 });
  // Not today anywhere, also if it is midnight before the end.
  const days = [3, 4].map((days) =>
    new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10),
  );
  const turns: number[] = [];
  await use((lane, lanes) => {
    const turn = turns[lane] ?? 0;
    turns[lane] = turn + 1;
    const { name } = rows[(lane + turn * lanes) % rows.length]!;
    const lap = Math.floor((turn * lanes) / rows.length);
    const nextContactDate = days[lap % 2]!;
    return cases.recordContact({
      name,
      requestId: randomUUID(),
      command: {
        mode: ContactMode.TELEPHONE,
        with: "мать",
        note: NOTE,
        nextContactDate,
      },
    });
  });
}

async function measured(call: Call, order: Order) {
  const most = order.calls ?? Infinity;
  const seconds = order.seconds ?? Infinity;
  let calls = 0;
  const began = performance.now();
  const taken = () => (performance.now() - began) / 1000;
  const keepGoing = async (lane: number) => {
    do {
      calls += 1;
      await call(lane, order.in_flight);
    } while (calls < most && taken() < seconds);
  };
  const lanes = Array.from({ length: order.in_flight }, (_, lane) => lane);
  await Promise.all(lanes.map(keepGoing));
  return { calls, seconds: taken() };
}

async function answer(call: Call): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line) as Order;
    console.log(JSON.stringify(await measured(call, order)));
  }
}

const [what, store, member] = process.argv.slice(2);
if (what === "no-op" && store === undefined) {
  await withNoOp(answer);
} else if (what === "contact" && store !== undefined && member !== undefined) {
  await withContact(store, member, answer);
} else {
  console.error("usage: bench.js no-op | bench.js contact STORE MEMBER");
  process.exitCode = 2;
}
