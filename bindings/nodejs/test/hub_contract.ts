// What every hub does alike, wherever it runs: one suite, for both ways to it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import {
  DeadlineExceeded,
  FailedPrecondition,
  HubError,
  InvalidArgument,
  NotFound,
  PermissionDenied,
  Refused,
  Unauthenticated,
  Unimplemented,
} from "careroute";
import type { Hub } from "careroute";
import { CaseService } from "careroute/api/v1/case_service";
import { DirectoryService } from "careroute/api/v1/directory_service";
import { ErrorReason } from "careroute/model/v1/refusal";
import { days } from "careroute/testing";
import {
  COORDINATOR,
  NOBODY,
  REGISTRAR,
  STRANGER,
  START,
  furnish,
  newCase,
  report,
  talk,
} from "./world_of_tests.js";

/** A number in [0, below) of a seeded series: the same bytes each time. */
function series(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomBytes(next: (below: number) => number): Uint8Array {
  return Uint8Array.from({ length: next(64) }, () => next(256));
}

export interface OpenedHub {
  /** Of the first administrator, in memory, on a virtual clock from START. */
  readonly hub: Hub;
  readonly close: () => Promise<void>;
}

export function hubContract(
  place: string,
  open: () => Promise<OpenedHub>,
): void {
  describe(`a hub ${place}`, () => {
    let opened: OpenedHub;
    let hub: Hub;
    let name: string;
    before(async () => {
      opened = await open();
      hub = await furnish(opened.hub);
      name = await newCase(hub);
      await talk(hub, name);
    });
    after(() => opened?.close());
    const casesOf = (who: typeof COORDINATOR) =>
      hub.as(who).service(CaseService);

    answers();
    errors();
    watches();
    bounds();

    function answers() {
      it("answers with typed messages", async () => {
        const { case: found } = await casesOf(COORDINATOR).getCase({ name });
        assert.equal(found?.name, name);
        assert.match(found?.coordinator ?? "", /coordinator$/);
        assert.ok(found?.occurrences.length);
      });

      it("carries Cyrillic both ways", async () => {
        const directory = hub.service(DirectoryService);
        const { organisation } = await directory.getOrganisation({
          name: "organisations/clinic",
        });
        assert.equal(organisation?.title, "Поликлиника (демо)");
      });

      it("does a repeated request once, with the same answer", async () => {
        const cases = casesOf(REGISTRAR);
        const asked = report(2);
        const first = await cases.reportNeed(asked);
        assert.deepEqual(await cases.reportNeed(asked), first);
      });

      it("answers 64 calls in flight, each its own", async () => {
        const cases = casesOf(COORDINATOR);
        const replies = await Promise.all(
          Array.from({ length: 64 }, (_, i) =>
            i % 2 ? cases.getCase({ name }) : cases.getRoute({ name }),
          ),
        );
        for (const [i, reply] of replies.entries()) {
          const kind = i % 2 ? "GetCaseResponse" : "GetRouteResponse";
          assert.equal(reply.$typeName, `careroute.api.v1.${kind}`);
        }
      });

      it("has a clock that the program moves", async () => {
        const then = await hub.clock.now();
        assert.ok(then >= START);
        await hub.clock.advance(days(1));
        const now = await hub.clock.now();
        assert.equal(now.getTime() - then.getTime(), days(1));
      });
    }

    function errors() {
      it("refuses with what is open instead", async () => {
        const cases = casesOf(COORDINATOR);
        const { case: found } = await cases.getCase({ name });
        const asked = cases.completeStep({
          name,
          requestId: randomUUID(),
          command: {
            occurrence: found?.occurrences[0]?.number ?? 0,
            outcome: "no_such_outcome",
          },
        });
        await assert.rejects(asked, (error) => {
          assert.ok(error instanceof Refused);
          assert.ok(error instanceof FailedPrecondition);
          assert.equal(error.code, "FAILED_PRECONDITION");
          assert.ok(error.refusal.reason > ErrorReason.UNSPECIFIED);
          assert.ok(error.refusal.messageKey);
          return true;
        });
      });

      it("lists every problem of a request with its path", async () => {
        const asked = casesOf(REGISTRAR).reportNeed({ pathway: "Early Help" });
        await assert.rejects(asked, (error) => {
          assert.ok(error instanceof InvalidArgument);
          const paths = error.problems.map(({ path }) => path);
          assert.ok(paths.includes("pathway"), paths.join());
          assert.ok(paths.includes("request_id"), paths.join());
          assert.ok(error.problems.every(({ message }) => message));
          return true;
        });
      });

      it("knows no case to who takes no part in it", async () => {
        await assert.rejects(casesOf(STRANGER).getCase({ name }), NotFound);
      });

      it("knows no caller that the directory does not", async () => {
        const asked = casesOf(NOBODY).getCase({ name });
        await assert.rejects(asked, Unauthenticated);
      });

      it("denies what a role may not do", async () => {
        const directory = hub.as(COORDINATOR).service(DirectoryService);
        const asked = directory.importDirectory({
          requestId: randomUUID(),
          directory: {},
        });
        await assert.rejects(asked, PermissionDenied);
      });

      it("has no method of another name", async () => {
        const asked = hub.call("careroute.api.v1.CaseService.Gift", BYTES);
        await assert.rejects(asked, Unimplemented);
      });

      it("answers bytes that are no request with an error", async () => {
        const seed = 20260302;
        const next = series(seed);
        const methods = CaseService.methods.filter(
          ({ methodKind }) => methodKind === "unary",
        );
        const coordinator = hub.as(COORDINATOR);
        for (let i = 0; i < 500; ++i) {
          const method = methods[next(methods.length)]!;
          const bytes = randomBytes(next);
          const full = `${CaseService.typeName}.${method.name}`;
          await coordinator.call(full, bytes).then(
            // Rubbish may happen to be an empty request.
            (reply) => assert.ok(reply instanceof Uint8Array),
            (error) =>
              assert.ok(
                error instanceof HubError && error.code !== "INTERNAL",
                `seed ${seed}, call ${i}: ${error}`,
              ),
          );
        }
      });
    }

    function watches() {
      it("watches a case from its first event on", async () => {
        const seen: bigint[] = [];
        const watch = casesOf(COORDINATOR).watchCase({ name });
        for await (const { event } of watch) {
          seen.push(event?.event?.header?.version ?? 0n);
          if (seen.length === 2) break;
        }
        assert.deepEqual(seen, [1n, 2n]);
        assert.equal((await watch.next()).done, true);
      });

      it("tells who waits of what happens meanwhile", async () => {
        const { case: found } = await casesOf(COORDINATOR).getCase({ name });
        const version = BigInt(found?.etag ?? 0);
        await using watch = casesOf(COORDINATOR).watchCase({
          name,
          afterVersion: version,
        });
        const waiting = watch.next();
        await talk(hub, name);
        const { value } = await waiting;
        assert.equal(value?.event?.event?.header?.version, version + 1n);
      });

      it("ends a watch that waits when it is let go", async () => {
        const watch = casesOf(COORDINATOR).watchCase({
          name,
          afterVersion: 1_000_000n,
        });
        const waiting = watch.next();
        await watch[Symbol.asyncDispose]();
        assert.deepEqual(await waiting, { done: true, value: undefined });
      });

      it("rejects a watch with the reason of its signal", async () => {
        const controller = new AbortController();
        const reason = new Error("the family left");
        const watch = casesOf(COORDINATOR).watchCase(
          { name, afterVersion: 1_000_000n },
          { signal: controller.signal },
        );
        const waiting = watch.next();
        controller.abort(reason);
        await assert.rejects(waiting, reason);
      });

      it("tells of a watch's errors by its first message", async () => {
        const watch = casesOf(STRANGER).watchCase({ name });
        await assert.rejects(watch.next(), NotFound);
        assert.equal((await watch.next()).done, true);
      });

      it("disposes of a watch by `using`", async () => {
        let watch;
        {
          await using open = casesOf(COORDINATOR).watchCase({ name });
          watch = open;
          assert.equal((await open.next()).done, false);
        }
        assert.equal((await watch.next()).done, true);
      });
    }

    function bounds() {
      it("waits for a watch no longer than it is told", async () => {
        const watch = casesOf(COORDINATOR).watchCase(
          { name, afterVersion: 1_000_000n },
          { timeoutMs: 20 },
        );
        await assert.rejects(watch.next(), DeadlineExceeded);
      });

      it("starts nothing for a signal that is aborted", async () => {
        const signal = AbortSignal.abort();
        const asked = casesOf(COORDINATOR).getCase({ name }, { signal });
        await assert.rejects(asked, { name: "AbortError" });
      });

      it("takes no limit that is no number", async () => {
        const asked = casesOf(COORDINATOR).getCase(
          { name },
          { timeoutMs: Number.NaN },
        );
        await assert.rejects(asked, RangeError);
      });
    }
  });
}

const BYTES = new Uint8Array();
