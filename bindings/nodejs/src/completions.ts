// What was started and has not ended yet. The addon tells of many endings at
// once, so that a busy program crosses the border once for all of them.

import { errorOfDetails } from "./errors.js";
import type { Native } from "./native.js";

/** What came of one thing: details of the error unless the code is 0. */
export type Done = (code: number, bytes: Uint8Array, value: unknown) => void;

const QUAD = 4;

export class Completions {
  readonly #native: Native;
  // By id; ids of what has ended are used again.
  readonly #waiting: Array<Done | undefined> = [];
  readonly #free: number[] = [];
  #count = 0;

  constructor(native: Native) {
    this.#native = native;
    native.listen((batch) => this.#deliver(batch));
  }

  /** Starts something under an id; `done` is called once. */
  start<T>(begin: (id: number) => T, done: Done): T {
    const id = this.#free.pop() ?? this.#waiting.length;
    this.#waiting[id] = done;
    if (this.#count++ === 0) this.#native.hold();
    try {
      return begin(id);
    } catch (error) {
      this.#end(id);
      throw error;
    }
  }

  /** The same as a promise of what `value` is, or of an error. */
  ask(begin: (id: number) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.start(begin, (code, bytes, value) => {
        if (code === 0) resolve(value);
        else reject(errorOfDetails(code, bytes));
      });
    });
  }

  #end(id: number): Done | undefined {
    const done = this.#waiting[id];
    this.#waiting[id] = undefined;
    this.#free.push(id);
    if (--this.#count === 0) this.#native.release();
    return done;
  }

  #deliver(batch: unknown[]): void {
    for (let at = 0; at < batch.length; at += QUAD) {
      const done = this.#end(batch[at] as number);
      done?.(
        batch[at + 1] as number,
        batch[at + 2] as Uint8Array,
        batch[at + 3],
      );
    }
  }
}
