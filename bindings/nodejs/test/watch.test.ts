// The iterator of a watch, over a stream of the test.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Unavailable, Watch } from "careroute";
import type { ByteStream } from "#internal/transport";
import { errorOf } from "#internal/errors";

/** Gives what the test puts in; one reader at a time, as the C ABI demands. */
class FakeStream implements ByteStream {
  closed = 0;
  #put: Array<Uint8Array | Error | undefined> = [];
  #waiting: (() => void) | undefined;

  put(...messages: Array<Uint8Array | Error | undefined>) {
    this.#put.push(...messages);
    this.#waiting?.();
  }
  async next() {
    assert.equal(this.#waiting, undefined, "two readers");
    while (this.#put.length === 0 && this.closed === 0) {
      await new Promise<void>((resolve) => (this.#waiting = resolve));
      this.#waiting = undefined;
    }
    const message = this.#put.shift();
    if (message instanceof Error) throw message;
    return message;
  }
  close() {
    this.closed += 1;
    this.#waiting?.();
  }
}

function make() {
  const stream = new FakeStream();
  const watch = new Watch(stream, (bytes) => bytes[0] ?? -1);
  return { stream, watch };
}
const message = (n: number) => Uint8Array.of(n);

describe("a watch", () => {
  it("gives what comes, and ends where the hub ends it", async () => {
    const { stream, watch } = make();
    stream.put(message(1), message(2), undefined);
    const seen: number[] = [];
    for await (const one of watch) seen.push(one);
    assert.deepEqual(seen, [1, 2]);
    assert.ok(stream.closed > 0);
  });

  it("lets two that ask at once wait for one another", async () => {
    const { stream, watch } = make();
    const both = Promise.all([watch.next(), watch.next()]);
    stream.put(message(1));
    stream.put(message(2));
    const [first, second] = await both;
    assert.deepEqual([first.value, second.value], [1, 2]);
  });

  it("is let go by leaving the loop, also by an error", async () => {
    const { stream, watch } = make();
    stream.put(message(1));
    const loop = async () => {
      for await (const one of watch) throw new Error(`seen ${one}`);
    };
    await assert.rejects(loop, /seen 1/);
    assert.ok(stream.closed > 0);
  });

  it("ends for who waits when it is disposed of", async () => {
    const { watch } = make();
    const waiting = watch.next();
    watch[Symbol.dispose]();
    assert.equal((await waiting).done, true);
  });

  it("tells an error to who asked, and can be asked again", async () => {
    const { stream, watch } = make();
    stream.put(errorOf({ code: "UNAVAILABLE", message: "down" }), message(3));
    await assert.rejects(watch.next(), Unavailable);
    assert.equal((await watch.next()).value, 3);
  });
});
