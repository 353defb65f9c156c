// What a call through this package costs, in the manner of tests/bench: an
// array of {"row", "value", "unit", "floor", "ratio", "goal", "met"}.
//
//   npm run bench [-- --seconds 2] [--calls 10000000]
//
// The no-op reads the clock of a hub in memory. A transition records a talk
// with a family, on disk in a scratch folder. Its floor is that of tests/bench,
// in C++; whoever compares them runs both by turns on one machine. Each value
// is the median of five rounds. With --calls, so many no-ops are made once more
// to see whether memory grows.

import { join } from "node:path";
import { parseArgs } from "node:util";
import { Hub } from "careroute";
import { ClockService } from "careroute/testing/v1/clock_service";
import {
  OVERLAY,
  START,
  furnish,
  inScratch,
  newCase,
  talk,
} from "./world_of_tests.js";

const ROUNDS = 5;
const IN_FLIGHT = 64;

const { values: flags } = parseArgs({
  options: {
    seconds: { type: "string", default: "2" },
    calls: { type: "string", default: "0" },
  },
});
const seconds = Number(flags.seconds);
const memoryCalls = Number(flags.calls);

/** Calls as long as a round is, `lanes` at a time; microseconds a call. */
async function round(lanes: number, call: () => Promise<unknown>) {
  const begin = process.hrtime.bigint();
  const end = begin + BigInt(Math.round(seconds * 1e9));
  let calls = 0;
  let now = begin;
  const lane = async () => {
    while (now < end) {
      await call();
      calls += 1;
      now = process.hrtime.bigint();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return Number(now - begin) / 1000 / calls;
}

async function median(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < ROUNDS; ++i) values.push(await measure());
  return values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

interface Row {
  row: string;
  value: number;
  unit: string;
  goal: string | null;
  met: boolean | null;
}

async function noOpRows(): Promise<Row[]> {
  await using hub = await Hub.open({ virtualStart: START });
  const clock = hub.service(ClockService);
  const row = async (name: string, lanes: number, limit: number) => {
    const value = await median(() => round(lanes, () => clock.getClock({})));
    const goal = `at most ${limit} us`;
    return { row: name, value, unit: "us", goal, met: value <= limit };
  };
  return [
    await row("Node.js, no-op, one by one", 1, 90),
    await row(`Node.js, no-op, ${IN_FLIGHT} in flight`, IN_FLIGHT, 20),
  ];
}

function transitionRow(): Promise<Row> {
  return inScratch(async (folder) => {
    const file = join(folder, "cases.db");
    await using hub = await Hub.open(file, { overlays: [OVERLAY] });
    const name = await newCase(await furnish(hub));
    const value = await median(() => round(1, () => talk(hub, name)));
    const row = "Node.js, durable transition, one by one";
    return { row, value, unit: "us", goal: null, met: null };
  });
}

/** What the process has grown by between a tenth of the calls and the last. */
async function memoryRows(): Promise<Row[]> {
  if (memoryCalls === 0) return [];
  await using hub = await Hub.open({ virtualStart: START });
  const clock = hub.service(ClockService);
  const call = async (count: number) => {
    let left = count;
    const lane = async () => {
      while (left-- > 0) await clock.getClock({});
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return process.memoryUsage().rss;
  };
  const before = await call(memoryCalls / 10);
  const value = ((await call((memoryCalls * 9) / 10)) - before) / 2 ** 20;
  const row = `Node.js, memory grown by over ${memoryCalls} calls`;
  return [{ row, value, unit: "MB", goal: null, met: null }];
}

const measured = [
  ...(await noOpRows()),
  await transitionRow(),
  ...(await memoryRows()),
];
const rows = measured.map((row) => ({
  ...row,
  floor: null,
  ratio: null,
}));
console.log(JSON.stringify(rows, null, 1));
