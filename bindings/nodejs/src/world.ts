// The way to a hub of a simulated world.
//
// A world is for one at a time, and runs while it is waited for: so what is
// asked of it goes one after the other, each on a thread that may wait.

import { errorOfDetails } from "./errors.js";
import type { Runtime } from "./embedded.js";
import type { HubHandle, Native, WatchHandle } from "./native.js";
import { microseconds, timeoutOf } from "./transport.js";
import type { Asked, ByteStream, Clock, Transport } from "./transport.js";

/** What happens in one world, in the order in which it was asked. */
export class Course {
  readonly runtime: Runtime;
  #last: Promise<unknown> = Promise.resolve();

  constructor(runtime: Runtime) {
    this.runtime = runtime;
  }

  ask(begin: (native: Native, id: number) => void): Promise<unknown> {
    const { native, completions } = this.runtime;
    return this.after(() => completions.ask((id) => begin(native, id)));
  }

  now<T>(answer: (native: Native) => T): Promise<T> {
    return this.after(() =>
      this.runtime.now(() => answer(this.runtime.native)),
    );
  }

  after<T>(next: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(next);
    // What went wrong is told to who asked; the world goes on.
    this.#last = result.catch(() => undefined);
    return result;
  }
}

export class WorldTransport implements Transport {
  readonly #course: Course;
  readonly #hub: HubHandle;
  #closed: Promise<void> | undefined;

  constructor(course: Course, hub: HubHandle) {
    this.#course = course;
    this.#hub = hub;
  }

  readonly clock: Clock = {
    now: async () => {
      const now = await this.#course.now((native) =>
        native.clockNow(this.#hub),
      );
      return new Date(now / 1000);
    },
    advance: async (ms) => {
      const by = microseconds(ms, "the span");
      await this.#course.ask((native, id) =>
        native.advanceClock(id, this.#hub, by),
      );
    },
  };

  unary(asked: Asked): Promise<Uint8Array> {
    const { native, completions } = this.#course.runtime;
    const request = requestOf(this.#course.runtime, asked);
    return this.#course.after(
      () =>
        new Promise((resolve, reject) => {
          asked.options.signal?.throwIfAborted();
          completions.start(
            (id) => native.callWaiting(id, this.#hub, ...request),
            (code, bytes) => {
              if (code === 0) resolve(bytes);
              else reject(errorOfDetails(code, bytes));
            },
          );
        }),
    );
  }

  stream(asked: Asked): ByteStream {
    const request = requestOf(this.#course.runtime, asked);
    const watch = this.#course.now((native) =>
      native.openWatch(this.#hub, ...request),
    );
    return new WorldStream(this.#course, watch, asked.options.signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#course
      .ask((native, id) => native.closeHub(id, this.#hub))
      .then(() => undefined);
    return this.#closed;
  }
}

function requestOf(runtime: Runtime, asked: Asked) {
  const timeout = timeoutOf(asked.options) ?? 0;
  const caller = runtime.callerOf(asked.metadata);
  return [asked.method, asked.body, caller, timeout] as const;
}

// `next` runs the world for a minute at most, and is rejected with
// DeadlineExceeded when nothing came: run the world, and ask again.
class WorldStream implements ByteStream {
  readonly #course: Course;
  readonly #watch: Promise<WatchHandle>;
  readonly #signal: AbortSignal | undefined;
  #closed = false;

  constructor(
    course: Course,
    watch: Promise<WatchHandle>,
    signal: AbortSignal | undefined,
  ) {
    this.#course = course;
    this.#watch = watch;
    this.#signal = signal;
    // The first `next` tells.
    watch.catch(() => undefined);
  }

  async next(): Promise<Uint8Array | undefined> {
    const watch = await this.#watch;
    const { native, completions } = this.#course.runtime;
    return this.#course.after(
      () =>
        new Promise((resolve, reject) => {
          this.#signal?.throwIfAborted();
          if (this.#closed) return resolve(undefined);
          completions.start(
            (id) => native.nextWaiting(id, watch),
            (code, bytes, ended) => {
              if (code !== 0) reject(errorOfDetails(code, bytes));
              else resolve(ended ? undefined : bytes);
            },
          );
        }),
    );
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch
      .then((watch) => this.#course.now((native) => native.closeWatch(watch)))
      .catch(() => undefined);
  }
}
