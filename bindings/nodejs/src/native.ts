// The addon of native/: the C ABI, as JavaScript sees it. Loaded when the first
// hub is opened, so that who only connects to hubs needs no C library.

import { createRequire } from "node:module";

declare const KIND: unique symbol;
/** Handles of the C ABI; nothing can be read from them. */
export type HubHandle = { readonly [KIND]: "hub" };
export type WatchHandle = { readonly [KIND]: "watch" };
export type WorldHandle = { readonly [KIND]: "world" };
/** Request metadata, copied once for many calls. */
export type CallerHandle = { readonly [KIND]: "caller" };

/** What is asked: method, body, caller, microseconds or 0 for no limit. */
type Request = [
  method: string,
  body: Uint8Array,
  caller: CallerHandle,
  timeoutUs: number,
];

/**
 * What functions with an `id` do ends with a completion of that id: four
 * elements of the array given to `deliver`. They are id, code, the bytes of the
 * response or of the error's details, and a value: the handle that was opened,
 * or whether a watch has ended. The others answer at once, and throw an Error
 * with `status` and `details`.
 */
export interface Native {
  version(): string;
  listen(deliver: (completions: unknown[]) => void): void;
  /** Keeps the process alive while completions are waited for. */
  hold(): void;
  release(): void;
  caller(...keysAndValues: string[]): CallerHandle;

  openHub(id: number, config: Uint8Array): void;
  closeHub(id: number, hub: HubHandle): void;
  clockNow(hub: HubHandle): number;
  advanceClock(id: number, hub: HubHandle, byUs: number): void;

  /** The call's name for `cancelCall` when it is to be cancellable. */
  call(
    id: number,
    hub: HubHandle,
    cancellable: boolean,
    ...request: Request
  ): bigint | undefined;
  cancelCall(hub: HubHandle, call: bigint): void;
  openWatch(hub: HubHandle, ...request: Request): WatchHandle;
  next(id: number, watch: WatchHandle): void;
  closeWatch(watch: WatchHandle): void;

  openWorld(id: number, config: Uint8Array): void;
  closeWorld(id: number, world: WorldHandle): void;
  worldHub(world: WorldHandle, hub: string): HubHandle;
  runWorld(id: number, world: WorldHandle, byUs: number): void;
  crashHub(id: number, world: WorldHandle, hub: string): void;
  startHub(id: number, world: WorldHandle, hub: string): void;
  setNetwork(id: number, world: WorldHandle, faults: Uint8Array): void;
  /** The same as `call` and `next`, while the world runs. */
  callWaiting(id: number, hub: HubHandle, ...request: Request): void;
  nextWaiting(id: number, watch: WatchHandle): void;
}

let loaded: Native | undefined;

export function loadNative(): Native {
  if (loaded === undefined) {
    try {
      const require = createRequire(import.meta.url);
      loaded = require("./native/careroute.node") as Native;
    } catch (cause) {
      throw new Error(
        "the addon of careroute cannot be loaded; run `npm run build` in " +
          "bindings/nodejs, and on another machine install the Debian " +
          "packages that libcareroute.so needs (ldd names them)",
        { cause },
      );
    }
  }
  return loaded;
}
