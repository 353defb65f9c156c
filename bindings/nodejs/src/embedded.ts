// A hub inside this process, through the addon.

import { toBinary } from "@bufbuild/protobuf";
import { fileURLToPath } from "node:url";
import { Completions } from "./completions.js";
import { errorOfDetails } from "./errors.js";
import { EmbeddedConfigSchema } from "./gen/careroute/config/v1/embedded_pb.js";
import type { EmbeddedConfig } from "./gen/careroute/config/v1/embedded_pb.js";
import { loadNative } from "./native.js";
import type {
  CallerHandle,
  HubHandle,
  Native,
  WatchHandle,
} from "./native.js";
import { microseconds, timeoutOf } from "./transport.js";
import type {
  Asked,
  ByteStream,
  Clock,
  Metadata,
  Transport,
} from "./transport.js";

/** Pathways, calendars and the like that came with this package. */
export const SHIPPED_CATALOGUE = fileURLToPath(
  new URL("./share/careroute/catalogue", import.meta.url),
);

/** The addon and what is under way in it: one for each thread of JavaScript. */
export class Runtime {
  readonly native: Native;
  readonly completions: Completions;
  readonly #callers = new WeakMap<Metadata, CallerHandle>();

  constructor(native: Native) {
    this.native = native;
    this.completions = new Completions(native);
  }

  callerOf(metadata: Metadata): CallerHandle {
    let caller = this.#callers.get(metadata);
    if (caller === undefined) {
      caller = this.native.caller(...metadata.flat());
      this.#callers.set(metadata, caller);
    }
    return caller;
  }

  /** What a function that answers at once returns, its error made ours. */
  now<T>(answer: () => T): T {
    try {
      return answer();
    } catch (error) {
      const { status, details } = error as NativeError;
      if (details === undefined) throw error;
      throw errorOfDetails(status, details);
    }
  }
}

interface NativeError {
  readonly status: number;
  readonly details?: Uint8Array;
}

let runtime: Runtime | undefined;

export function theRuntime(): Runtime {
  runtime ??= new Runtime(loadNative());
  return runtime;
}

/** Calls `gone` when the signal aborts; returns what takes that back. */
function onAbort(signal: AbortSignal | undefined, gone: () => void) {
  signal?.addEventListener("abort", gone, { once: true });
  return () => signal?.removeEventListener("abort", gone);
}

export class EmbeddedTransport implements Transport {
  readonly #runtime: Runtime;
  readonly #hub: HubHandle;
  #closed: Promise<void> | undefined;

  constructor(runtime: Runtime, hub: HubHandle) {
    this.#runtime = runtime;
    this.#hub = hub;
  }

  static async open(
    runtime: Runtime,
    config: EmbeddedConfig,
  ): Promise<EmbeddedTransport> {
    const bytes = toBinary(EmbeddedConfigSchema, config);
    const hub = await runtime.completions.ask((id) =>
      runtime.native.openHub(id, bytes),
    );
    return new EmbeddedTransport(runtime, hub as HubHandle);
  }

  readonly clock: Clock = {
    now: async () => {
      const now = this.#runtime.now(() =>
        this.#runtime.native.clockNow(this.#hub),
      );
      return new Date(now / 1000);
    },
    advance: async (ms) => {
      const by = microseconds(ms, "the span");
      await this.#runtime.completions.ask((id) =>
        this.#runtime.native.advanceClock(id, this.#hub, by),
      );
    },
  };

  unary(asked: Asked): Promise<Uint8Array> {
    const { native, completions } = this.#runtime;
    const { signal } = asked.options;
    // What is thrown in here rejects the promise.
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timeout = timeoutOf(asked.options) ?? 0;
      const caller = this.#runtime.callerOf(asked.metadata);
      let heard: (() => void) | undefined;
      const call = completions.start(
        (id) =>
          native.call(
            id,
            this.#hub,
            signal !== undefined,
            asked.method,
            asked.body,
            caller,
            timeout,
          ),
        (code, bytes) => {
          heard?.();
          if (code === 0) resolve(bytes);
          else reject(errorOfDetails(code, bytes));
        },
      );
      if (call === undefined) return;
      heard = onAbort(signal, () => {
        native.cancelCall(this.#hub, call);
        reject(signal?.reason);
      });
    });
  }

  stream(asked: Asked): ByteStream {
    const { signal } = asked.options;
    signal?.throwIfAborted();
    const timeout = timeoutOf(asked.options) ?? 0;
    const caller = this.#runtime.callerOf(asked.metadata);
    const watch = this.#runtime.now(() =>
      this.#runtime.native.openWatch(
        this.#hub,
        asked.method,
        asked.body,
        caller,
        timeout,
      ),
    );
    return new EmbeddedStream(this.#runtime, watch, signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#runtime.completions
      .ask((id) => this.#runtime.native.closeHub(id, this.#hub))
      .then(() => undefined);
    return this.#closed;
  }
}

class EmbeddedStream implements ByteStream {
  readonly #runtime: Runtime;
  readonly #signal: AbortSignal | undefined;
  readonly #heard: () => void;
  #watch: WatchHandle | undefined;

  constructor(
    runtime: Runtime,
    watch: WatchHandle,
    signal: AbortSignal | undefined,
  ) {
    this.#runtime = runtime;
    this.#watch = watch;
    this.#signal = signal;
    this.#heard = onAbort(signal, () => this.close());
  }

  next(): Promise<Uint8Array | undefined> {
    const { native, completions } = this.#runtime;
    return new Promise((resolve, reject) => {
      const watch = this.#watch;
      if (watch === undefined) return this.#over(resolve, reject);
      completions.start(
        (id) => native.next(id, watch),
        (code, bytes, ended) => {
          if (this.#signal?.aborted) return this.#over(resolve, reject);
          if (ended) this.close();
          if (code !== 0) reject(errorOfDetails(code, bytes));
          else resolve(ended ? undefined : bytes);
        },
      );
    });
  }

  close(): void {
    if (this.#watch === undefined) return;
    this.#heard();
    this.#runtime.native.closeWatch(this.#watch);
    this.#watch = undefined;
  }

  // Nothing comes any more: by the signal, or because it was let go.
  #over(
    resolve: (end: undefined) => void,
    reject: (reason: unknown) => void,
  ): void {
    if (this.#signal?.aborted) reject(this.#signal.reason);
    else resolve(undefined);
  }
}
