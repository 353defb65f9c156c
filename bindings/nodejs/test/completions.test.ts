// What the addon tells in batches, brought to who waits for it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HubError, NotFound } from "careroute";
import { Completions } from "#internal/completions";
import type { Native } from "#internal/native";

const NONE = new Uint8Array();

/** The few functions of the addon that completions use. */
class FakeNative implements Pick<Native, "listen" | "hold" | "release"> {
  held = false;
  deliver: (batch: unknown[]) => void = () => assert.fail("nobody listens");
  listen(deliver: (batch: unknown[]) => void) {
    this.deliver = deliver;
  }
  hold() {
    assert.ok(!this.held);
    this.held = true;
  }
  release() {
    assert.ok(this.held);
    this.held = false;
  }
}

function make() {
  const native = new FakeNative();
  const completions = new Completions(native as unknown as Native);
  return { native, completions };
}

describe("completions", () => {
  it("bring each ending of a batch to who asked for it", async () => {
    const { native, completions } = make();
    const ids: number[] = [];
    const asked = ["a", "b", "c"].map(() =>
      completions.ask((id) => ids.push(id)),
    );
    const [a, b, c] = ids;
    native.deliver([c, 0, NONE, "third", a, 0, NONE, "first"]);
    native.deliver([b, 5, NONE, false]);
    assert.equal(await asked[0], "first");
    assert.equal(await asked[2], "third");
    await assert.rejects(asked[1]!, NotFound);
  });

  it("keep the process alive while something is waited for", async () => {
    const { native, completions } = make();
    let last = -1;
    const first = completions.ask((id) => (last = id));
    assert.ok(native.held);
    native.deliver([last, 0, NONE, 1]);
    await first;
    assert.ok(!native.held);
  });

  it("use an id again once it has ended, never before", () => {
    const { native, completions } = make();
    const ids: number[] = [];
    const begin = () =>
      void completions.start((id) => ids.push(id), () => {});
    begin();
    begin();
    assert.equal(new Set(ids).size, 2);
    native.deliver([ids[0], 0, NONE, false]);
    begin();
    assert.equal(ids[2], ids[0]);
  });

  it("forget what could not be started", () => {
    const { native, completions } = make();
    const broken = () => {
      throw new TypeError("bytes are a Uint8Array");
    };
    const done = () => assert.fail("it never began");
    assert.throws(() => completions.start(broken, done), TypeError);
    assert.ok(!native.held);
  });

  it("let who is told start the next at once", async () => {
    const { native, completions } = make();
    const ids: number[] = [];
    const again = (left: number): void =>
      void completions.start(
        (id) => ids.push(id),
        (code) => {
          assert.equal(code, 0);
          if (left > 0) again(left - 1);
        },
      );
    again(2);
    for (let i = 0; i < 3; ++i) native.deliver([ids[i], 0, NONE, false]);
    assert.equal(ids.length, 3);
    assert.ok(!native.held);
  });

  it("make an error of a code without details", async () => {
    const { native, completions } = make();
    let last = -1;
    const asked = completions.ask((id) => (last = id));
    native.deliver([last, 8, NONE, undefined]);
    await assert.rejects(asked, (error) => error instanceof HubError);
  });
});
