/// <reference lib="esnext.disposable" preserve="true" />
// A watch: the messages of a streaming method, to be iterated.

import type { ByteStream } from "./transport.js";

const END = { done: true, value: undefined } as const;

/**
 * The messages of a watch as they come. Leaving a `for await` ends it, as do
 * `using`, `return()` and the signal of the call. One after the other: a second
 * `next()` waits for the first.
 */
export class Watch<T> implements AsyncIterableIterator<T>, AsyncDisposable {
  readonly #stream: ByteStream;
  readonly #read: (bytes: Uint8Array) => T;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(stream: ByteStream, read: (bytes: Uint8Array) => T) {
    this.#stream = stream;
    this.#read = read;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const result = this.#last.then(() => this.#take());
    // Whoever asked is told; those behind it ask for themselves.
    this.#last = result.catch(() => undefined);
    return result;
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    await this.#last;
  }

  #end(): void {
    this.#ended = true;
    this.#stream.close();
  }

  async #take(): Promise<IteratorResult<T, undefined>> {
    if (this.#ended) return END;
    let bytes: Uint8Array | undefined;
    try {
      bytes = await this.#stream.next();
    } catch (error) {
      // Whoever let it go while it waited gets an end, not an error.
      if (this.#ended) return END;
      throw error;
    }
    if (bytes === undefined || this.#ended) {
      this.#end();
      return END;
    }
    return { done: false, value: this.#read(bytes) };
  }
}
