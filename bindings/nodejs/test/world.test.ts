// The test kit from JavaScript: two hubs and their troubles.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FailedPrecondition, InvalidArgument, Unavailable } from "careroute";
import { CaseService } from "careroute/api/v1/case_service";
import { World, days, hours, minutes } from "careroute/testing";
import {
  COORDINATOR,
  ORGANISATIONS,
  OVERLAY,
  newCase,
} from "./world_of_tests.js";

const [clinic, school] = ORGANISATIONS;

function open(seed = 1n): Promise<World> {
  return World.open({
    seed,
    overlays: [OVERLAY],
    hubs: [
      { id: "north", organisations: [clinic!] },
      { id: "south", organisations: [school!] },
    ],
  });
}

describe("a simulated world", () => {
  it("moves all its hubs by one clock", async () => {
    await using world = await open();
    const [north, south] = [await world.hub("north"), await world.hub("south")];
    const then = await north.clock.now();
    await world.run(days(2) + hours(1) + minutes(30));
    const spans = [north, south].map(
      async (hub) => (await hub.clock.now()).getTime() - then.getTime(),
    );
    const run = days(2) + hours(1) + minutes(30);
    assert.deepEqual(await Promise.all(spans), [run, run]);
  });

  it("loses no acknowledged case in a power loss", async () => {
    await using world = await open();
    const hub = await world.hub("north");
    const name = await newCase(hub);
    const cases = hub.as(COORDINATOR).service(CaseService);
    await world.crash("north");
    await assert.rejects(cases.getCase({ name }), Unavailable);
    await assert.rejects(world.crash("north"), FailedPrecondition);
    await world.start("north");
    assert.equal((await cases.getCase({ name })).case?.name, name);
  });

  it("goes the same course by the same seed", async () => {
    const course = async () => {
      await using world = await open(7n);
      await world.setNetwork({ lostPercent: 30, doubledPercent: 10 });
      const hub = await world.hub("north");
      const name = await newCase(hub);
      await world.run(days(30));
      const cases = hub.as(COORDINATOR).service(CaseService);
      return (await cases.listEvents({ name })).events;
    };
    assert.deepEqual(await course(), await course());
  });

  it("watches while it runs", async () => {
    await using world = await open();
    const hub = await world.hub("north");
    const name = await newCase(hub);
    const watch = hub.as(COORDINATOR).service(CaseService).watchCase({ name });
    const { value } = await watch.next();
    assert.equal(value?.event?.event?.header?.version, 1n);
    watch[Symbol.dispose]();
  });

  it("starts nothing with an argument of another type", async () => {
    await using world = await open();
    const none = undefined as unknown as string;
    const clock = (await world.hub("north")).clock;
    const now = (await clock.now()).getTime();
    await assert.rejects(world.crash(none), TypeError);
    await assert.rejects(world.hub(none), TypeError);
    // What comes next gets its own answer.
    await world.run(minutes(1));
    assert.equal((await clock.now()).getTime(), now + minutes(1));
  });

  it("names every wrong field of a world and of faults", async () => {
    await assert.rejects(World.open({ seed: -1n, hubs: [] }), (error) => {
      assert.ok(error instanceof InvalidArgument);
      assert.ok(error.problems.length >= 2, error.message);
      return true;
    });
    await using world = await open();
    const faults = { lostPercent: 101, cut: [{ fromHub: "x", toHub: "y" }] };
    await assert.rejects(world.setNetwork(faults), InvalidArgument);
  });
});
