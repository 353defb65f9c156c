// From the bytes of a status to an error a program can act on.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import {
  Aborted,
  CODES,
  FailedPrecondition,
  HubError,
  PermissionDenied,
  Refused,
  Unavailable,
  Unknown,
} from "careroute";
import { ErrorStatusSchema } from "careroute/api/v1/error_status";
import {
  ErrorReason,
  ProblemGrade,
  RefusalSchema,
} from "careroute/model/v1/refusal";
import { errorOfDetails } from "#internal/errors";

function details(message: string, reason?: ErrorReason): Uint8Array {
  const refusal = create(RefusalSchema, {
    message,
    missing: [{ what: "consent", canBeMetBy: "family", mend: "ask" }],
    problems: [
      { grade: ProblemGrade.ERROR, path: "command.facts[2].value", message },
    ],
    ...(reason === undefined ? {} : { reason }),
  });
  const status = create(ErrorStatusSchema, {
    message,
    details: reason === undefined ? [] : [anyPack(RefusalSchema, refusal)],
  });
  return toBinary(ErrorStatusSchema, status);
}

const numberOf = (code: string) => CODES.findIndex((name) => name === code);

describe("an error of a status", () => {
  it("carries the refusal, whatever class it is", () => {
    const bytes = details("no consent", ErrorReason.NO_GROUND);
    const error = errorOfDetails(numberOf("PERMISSION_DENIED"), bytes);
    assert.ok(error instanceof PermissionDenied);
    assert.ok(error instanceof Refused);
    assert.equal(error.message, "no consent");
    assert.equal(error.refusal.reason, ErrorReason.NO_GROUND);
    assert.equal(error.refusal.missing[0]?.canBeMetBy, "family");
    assert.equal(error.problems[0]?.path, "command.facts[2].value");
  });

  it("has a class of its own for every status", () => {
    const classes = new Set<unknown>();
    for (let code = 1; code < CODES.length; ++code) {
      const error = errorOfDetails(code, details("no"));
      assert.equal(error.code, CODES[code]);
      assert.notEqual(error.constructor, HubError);
      assert.equal(error.name, error.constructor.name);
      classes.add(error.constructor);
    }
    assert.equal(classes.size, CODES.length - 1);
  });

  it("has an empty refusal where nobody refused", () => {
    const code = numberOf("FAILED_PRECONDITION");
    const error = errorOfDetails(code, details("the hub is closed"));
    assert.ok(error instanceof FailedPrecondition);
    assert.equal(error.refusal.reason, ErrorReason.UNSPECIFIED);
    assert.equal(error.refusal.message, "the hub is closed");
    assert.deepEqual(error.problems, []);
  });

  it("is told as well by details that cannot be read", () => {
    const rubbish = Uint8Array.of(0x0a, 0xff);
    const error = errorOfDetails(numberOf("ABORTED"), rubbish, "reload");
    assert.ok(error instanceof Aborted);
    assert.equal(error.message, "reload");
  });

  it("is Unknown with a number that no release of ours has", () => {
    const error = errorOfDetails(77, details("later"));
    assert.ok(error instanceof Unknown);
    assert.ok(!(error instanceof Unavailable));
  });
});
