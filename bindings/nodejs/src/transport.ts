// The way to a hub: calls by full name, bytes in and out. There are two, and
// nothing above knows which: embedded.ts and remote.ts.

/** What goes with one call. */
export interface CallOptions {
  /** Ends the call or watch; it is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which it is rejected with DeadlineExceeded. */
  readonly timeoutMs?: number;
}

/** Who calls, as request metadata; one object serves many calls. */
export type Metadata = ReadonlyArray<readonly [key: string, value: string]>;

/** A call as the transport gets it. */
export interface Asked {
  /** Full name, "careroute.api.v1.CaseService.GetCase". */
  readonly method: string;
  readonly body: Uint8Array;
  readonly metadata: Metadata;
  readonly options: CallOptions;
}

/** The messages of a watch. One `next` at a time. */
export interface ByteStream {
  /** Undefined when the hub has ended it. */
  next(): Promise<Uint8Array | undefined>;
  /** Lets it go; a waiting `next` ends soon. A second time does nothing. */
  close(): void;
}

/** What time it is at a hub. */
export interface Clock {
  now(): Promise<Date>;
  /**
   * Moves a virtual clock on, by milliseconds. All that falls due on the way
   * has happened when it resolves. FailedPrecondition on a real clock.
   */
  advance(ms: number): Promise<void>;
}

export interface Transport {
  readonly clock: Clock;
  unary(asked: Asked): Promise<Uint8Array>;
  stream(asked: Asked): ByteStream;
  /** Waits until all is put away; a second time waits for the same. */
  close(): Promise<void>;
}

/** A span in microseconds, which transports count in. */
export function microseconds(ms: number, what: string): number {
  if (!Number.isFinite(ms) || ms < 0) {
    throw new RangeError(`${what} is a number of milliseconds, not ${ms}`);
  }
  return Math.round(ms * 1000);
}

/** The same of a limit, which none has waited for when it is nothing. */
export function timeoutOf({ timeoutMs }: CallOptions): number | undefined {
  if (timeoutMs === undefined || timeoutMs === Infinity) return undefined;
  return Math.max(1, microseconds(timeoutMs, "timeoutMs"));
}
