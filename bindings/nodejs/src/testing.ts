/// <reference lib="esnext.disposable" preserve="true" />
// careroute/testing: several hubs and their troubles, on one virtual clock.
//
// Hubs of production code with a simulated network and simulated disks. The
// same seed and the same calls give the same course, so whatever is asked of a
// world waits for what was asked before.

import { clone, create, toBinary } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { FIRST_ADMINISTRATOR } from "./caller.js";
import type { ActorInit } from "./caller.js";
import { SHIPPED_CATALOGUE, theRuntime } from "./embedded.js";
import {
  NetworkFaultsSchema,
  WorldConfigSchema,
} from "./gen/careroute/testing/v1/world_pb.js";
import { Hub } from "./hub.js";
import type { WorldHandle } from "./native.js";
import { microseconds } from "./transport.js";
import { Course, WorldTransport } from "./world.js";

/** Fields of a careroute.testing.v1.WorldConfig. */
export type WorldOptions = MessageInitShape<typeof WorldConfigSchema>;
/** Fields of a careroute.testing.v1.NetworkFaults. */
export type NetworkFaults = MessageInitShape<typeof NetworkFaultsSchema>;

/** Spans in milliseconds. */
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

/**
 * Hubs that exchange referrals, and what a test does to them.
 *
 *     await using world = await World.open({ seed: 7n, hubs });
 *     await world.setNetwork({ lostPercent: 30 });
 *     await world.run(hours(2));
 *     await world.crash("north");
 */
export class World implements AsyncDisposable {
  readonly #course: Course;
  readonly #handle: WorldHandle;
  #closed: Promise<void> | undefined;

  private constructor(course: Course, handle: WorldHandle) {
    this.#course = course;
    this.#handle = handle;
  }

  static async open(options: WorldOptions): Promise<World> {
    const course = new Course(theRuntime());
    const world = clone(WorldConfigSchema, create(WorldConfigSchema, options));
    world.catalogue ||= SHIPPED_CATALOGUE;
    const config = toBinary(WorldConfigSchema, world);
    const handle = await course.ask((native, id) =>
      native.openWorld(id, config),
    );
    return new World(course, handle as WorldHandle);
  }

  /** A hub by its id, also while it is down: its calls are Unavailable. */
  async hub(id: string, actor: ActorInit = FIRST_ADMINISTRATOR): Promise<Hub> {
    const handle = await this.#course.now((native) =>
      native.worldHub(this.#handle, id),
    );
    return new Hub(new WorldTransport(this.#course, handle), actor);
  }

  /** Lets time pass, in milliseconds: timers fire, batches travel. */
  async run(ms: number): Promise<void> {
    const by = microseconds(ms, "the span");
    await this.#course.ask((native, id) =>
      native.runWorld(id, this.#handle, by),
    );
  }

  /** kill -9 and a power loss: what a hub had not synced is lost. */
  async crash(hub: string): Promise<void> {
    await this.#course.ask((native, id) =>
      native.crashHub(id, this.#handle, hub),
    );
  }

  /** Starts a hub that crashed, from what its disk has. */
  async start(hub: string): Promise<void> {
    await this.#course.ask((native, id) =>
      native.startHub(id, this.#handle, hub),
    );
  }

  /** What the network does from now on; nothing at all mends it. */
  async setNetwork(faults: NetworkFaults = {}): Promise<void> {
    const bytes = toBinary(
      NetworkFaultsSchema,
      create(NetworkFaultsSchema, faults),
    );
    await this.#course.ask((native, id) =>
      native.setNetwork(id, this.#handle, bytes),
    );
  }

  close(): Promise<void> {
    this.#closed ??= this.#course
      .ask((native, id) => native.closeWorld(id, this.#handle))
      .then(() => undefined);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
