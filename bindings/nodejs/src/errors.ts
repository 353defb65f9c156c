// What a call is rejected with: one class a status, and the refusal of the hub
// in it.

import { create, fromBinary } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { ErrorStatusSchema } from "./gen/careroute/api/v1/error_status_pb.js";
import { RefusalSchema } from "./gen/careroute/model/v1/refusal_pb.js";
import type { Problem, Refusal } from "./gen/careroute/model/v1/refusal_pb.js";

/** The canonical codes of google.rpc, by their numbers. */
export const CODES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** The name of a status: "NOT_FOUND". */
export type Code = (typeof CODES)[number];

interface Told {
  code: Code;
  message: string;
  refusal?: Refusal | undefined;
}

/** Anything a hub, or the way to it, answers instead of a response. */
export class HubError extends Error {
  /** The status, also where the class says the same. */
  readonly code: Code;
  /** Why, typed. Of an error that no hub made it has only the message. */
  readonly refusal: Refusal;

  constructor({ code, message, refusal }: Told) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.refusal = refusal ?? create(RefusalSchema, { message });
  }

  /** Every problem of the request, each with its path. */
  get problems(): readonly Problem[] {
    return this.refusal.problems;
  }
}

/**
 * A rule does not allow it now: a guard, a consent, a state, a role. The
 * refusal says what is missing, who can supply it, and what is open instead.
 */
export class Refused extends HubError {}

/** Refused for want of a consent, a ground or a role. */
export class PermissionDenied extends Refused {}

/** Refused by the state of things, also of the hub: it was closed, say. */
export class FailedPrecondition extends Refused {}

/** The request breaks rules of its fields: see `problems`. */
export class InvalidArgument extends HubError {}

/** No such thing, or none that the caller takes part in. */
export class NotFound extends HubError {}

/** It exists with other content, or the request id is from long ago. */
export class AlreadyExists extends HubError {}

/** The etag is not current, or conflicts did not end: load it and try again. */
export class Aborted extends HubError {}

/** A queue or quota is full: `refusal.retryAfter` says when to try again. */
export class ResourceExhausted extends HubError {}

/** Out of what the method can answer. */
export class OutOfRange extends HubError {}

/** The hub has no such method. */
export class Unimplemented extends HubError {}

/** Not reached, closing, or its store cannot write; it may be repeated. */
export class Unavailable extends HubError {}

/** Not in time; a repeat with the same request id tells what became of it. */
export class DeadlineExceeded extends HubError {}

/** Given up by the hub. Who aborts a signal gets its reason instead. */
export class Cancelled extends HubError {}

/** The hub does not know the caller. */
export class Unauthenticated extends HubError {}

/** Stored bytes do not verify. */
export class DataLoss extends HubError {}

/** A mistake of the hub. */
export class Internal extends HubError {}

/** Of a later release, or no hub's. */
export class Unknown extends HubError {}

const CLASSES: Record<Code, new (told: Told) => HubError> = {
  OK: Unknown,
  CANCELLED: Cancelled,
  UNKNOWN: Unknown,
  INVALID_ARGUMENT: InvalidArgument,
  DEADLINE_EXCEEDED: DeadlineExceeded,
  NOT_FOUND: NotFound,
  ALREADY_EXISTS: AlreadyExists,
  PERMISSION_DENIED: PermissionDenied,
  RESOURCE_EXHAUSTED: ResourceExhausted,
  FAILED_PRECONDITION: FailedPrecondition,
  ABORTED: Aborted,
  OUT_OF_RANGE: OutOfRange,
  UNIMPLEMENTED: Unimplemented,
  INTERNAL: Internal,
  UNAVAILABLE: Unavailable,
  DATA_LOSS: DataLoss,
  UNAUTHENTICATED: Unauthenticated,
};

/** The error of a status. */
export function errorOf(told: Told): HubError {
  return new CLASSES[told.code](told);
}

/**
 * The error of a serialised google.rpc.Status, as every door of a hub sends it.
 * Bytes that are none lose the refusal, never the error.
 */
export function errorOfDetails(
  code: number,
  details: Uint8Array,
  message?: string,
): HubError {
  const name = CODES[code] ?? "UNKNOWN";
  try {
    const status = fromBinary(ErrorStatusSchema, details);
    let refusal: Refusal | undefined;
    for (const detail of status.details) {
      refusal ??= anyUnpack(detail, RefusalSchema);
    }
    return errorOf({ code: name, message: message ?? status.message, refusal });
  } catch {
    return errorOf({ code: name, message: message ?? "" });
  }
}
