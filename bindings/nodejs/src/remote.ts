// A hub elsewhere, through its gRPC door.

import { timestampDate } from "@bufbuild/protobuf/wkt";
import { randomUUID } from "node:crypto";
import {
  Client,
  Metadata as GrpcMetadata,
  credentials as grpcCredentials,
} from "@grpc/grpc-js";
import type {
  CallOptions as GrpcOptions,
  ChannelOptions,
  ClientReadableStream,
  ServiceError,
} from "@grpc/grpc-js";
import { metadataOf } from "./caller.js";
import type { ActorInit } from "./caller.js";
import { CODES, errorOf, errorOfDetails } from "./errors.js";
import { ClockService } from "./gen/careroute/testing/v1/clock_service_pb.js";
import { serviceOf } from "./service.js";
import { microseconds, timeoutOf } from "./transport.js";
import type {
  Asked,
  ByteStream,
  Clock,
  Metadata,
  Transport,
} from "./transport.js";

/** How a caller and a hub prove to each other who they are; PEM texts. */
export interface Tls {
  /** Certificates of those it trusts to have issued the hub's. */
  readonly authorities: string | Buffer;
  /** Id of the hub, which is the common name of its certificate. */
  readonly hubId: string;
  /** The caller's certificate and key, together or not at all. */
  readonly certificate?: string | Buffer;
  readonly key?: string | Buffer;
}

/** What a remote hub is told of its caller. */
export interface Credentials {
  readonly actor: ActorInit;
  /** Absent for plain text, as a hub in development mode speaks. */
  readonly tls?: Tls;
  /** A bearer token; over plain text as well, so only for loopback. */
  readonly token?: string;
  /** Milliseconds to wait for the hub to answer; 30,000 unless given. */
  readonly timeoutMs?: number;
}

// As much as a hub takes; what it sends is never more.
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 30_000;

const same = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function dial(address: string, tls: Tls | undefined): Client {
  const options: ChannelOptions = {
    "grpc.max_receive_message_length": MESSAGE_BYTES_MAX,
  };
  if (tls === undefined) {
    return new Client(address, grpcCredentials.createInsecure(), options);
  }
  const pem = (text: string | Buffer | undefined) =>
    text === undefined ? null : Buffer.from(text);
  // A hub is known by its id, wherever it runs.
  options["grpc.ssl_target_name_override"] = tls.hubId;
  const secure = grpcCredentials.createSsl(
    pem(tls.authorities),
    pem(tls.key),
    pem(tls.certificate),
  );
  return new Client(address, secure, options);
}

// gRPC tries again after a refused certificate, and never says so.
function silence(address: string, tls: Tls | undefined): string {
  return tls === undefined
    ? `no hub answers at ${address} in plain text; start one in development ` +
        "mode with `careroute hub`, or give `tls`"
    : `no hub with a certificate of ${tls.hubId} answers at ${address}; see ` +
        "`hubId`, `authorities` and the certificate in `tls`";
}

function fromGrpc(error: ServiceError): Error {
  const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
  if (details instanceof Buffer) {
    return errorOfDetails(error.code, details, error.details);
  }
  const code = CODES[error.code] ?? "UNKNOWN";
  return errorOf({ code, message: error.details });
}

// "careroute.api.v1.CaseService.GetCase" as "/careroute…CaseService/GetCase".
function pathOf(method: string): string {
  const dot = method.lastIndexOf(".");
  return `/${method.slice(0, dot)}/${method.slice(dot + 1)}`;
}

export class RemoteTransport implements Transport {
  readonly #client: Client;
  readonly #token: string | undefined;
  readonly clock: Clock;

  private constructor(client: Client, credentials: Credentials) {
    this.#client = client;
    this.#token = credentials.token;
    this.clock = remoteClock(this, metadataOf(credentials.actor));
  }

  /** Waits until the hub answers; Unavailable when it does not in time. */
  static connect(
    address: string,
    credentials: Credentials,
  ): Promise<RemoteTransport> {
    const { tls } = credentials;
    const client = dial(address, tls);
    const limit = Date.now() + (credentials.timeoutMs ?? CONNECT_TIMEOUT_MS);
    return new Promise((resolve, reject) => {
      client.waitForReady(limit, (problem) => {
        if (problem == null) {
          resolve(new RemoteTransport(client, credentials));
          return;
        }
        client.close();
        const message = silence(address, tls);
        reject(errorOf({ code: "UNAVAILABLE", message }));
      });
    });
  }

  async unary(asked: Asked): Promise<Uint8Array> {
    const { signal } = asked.options;
    signal?.throwIfAborted();
    const options = this.#optionsOf(asked);
    return new Promise((resolve, reject) => {
      const call = this.#client.makeUnaryRequest<Uint8Array, Uint8Array>(
        pathOf(asked.method),
        same,
        (bytes) => bytes,
        asked.body,
        this.#metadataOf(asked),
        options,
        (error, response) => {
          signal?.removeEventListener("abort", gone);
          if (signal?.aborted) reject(signal.reason);
          else if (error) reject(fromGrpc(error));
          else resolve(response ?? new Uint8Array());
        },
      );
      const gone = () => call.cancel();
      signal?.addEventListener("abort", gone, { once: true });
    });
  }

  stream(asked: Asked): ByteStream {
    const { signal } = asked.options;
    signal?.throwIfAborted();
    const call = this.#client.makeServerStreamRequest<Uint8Array, Uint8Array>(
      pathOf(asked.method),
      same,
      (bytes) => bytes,
      asked.body,
      this.#metadataOf(asked),
      this.#optionsOf(asked),
    );
    return new RemoteStream(call, signal);
  }

  async close(): Promise<void> {
    this.#client.close();
  }

  #metadataOf(asked: Asked): GrpcMetadata {
    const metadata = new GrpcMetadata();
    for (const [key, value] of asked.metadata) metadata.set(key, value);
    if (this.#token !== undefined) {
      metadata.set("authorization", `Bearer ${this.#token}`);
    }
    return metadata;
  }

  #optionsOf(asked: Asked): GrpcOptions {
    const timeout = timeoutOf(asked.options);
    if (timeout === undefined) return {};
    return { deadline: Date.now() + timeout / 1000 };
  }
}

class RemoteStream implements ByteStream {
  readonly #call: ClientReadableStream<Uint8Array>;
  readonly #messages: AsyncIterator<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  readonly #gone = () => this.#call.cancel();

  constructor(
    call: ClientReadableStream<Uint8Array>,
    signal: AbortSignal | undefined,
  ) {
    this.#call = call;
    this.#messages = call[Symbol.asyncIterator]();
    this.#signal = signal;
    // Its iterator throws it as well; unheard it would end the process.
    call.on("error", () => {});
    signal?.addEventListener("abort", this.#gone, { once: true });
  }

  async next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#messages.next();
      return done ? undefined : value;
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw fromGrpc(error as ServiceError);
    }
  }

  close(): void {
    this.#signal?.removeEventListener("abort", this.#gone);
    this.#call.cancel();
  }
}

function durationOf(ms: number) {
  const us = microseconds(ms, "the span");
  const seconds = Math.floor(us / 1e6);
  return { seconds: BigInt(seconds), nanos: (us - seconds * 1e6) * 1000 };
}

// A sandbox has a clock to be moved; other hubs answer UNIMPLEMENTED.
function remoteClock(transport: Transport, metadata: Metadata): Clock {
  const service = serviceOf(transport, metadata, ClockService);
  return {
    now: async () => {
      const { time } = await service.getClock({});
      return time === undefined ? new Date(Number.NaN) : timestampDate(time);
    },
    advance: async (ms) => {
      await service.advanceClock({
        requestId: randomUUID(),
        advance: { case: "by", value: durationOf(ms) },
      });
    },
  };
}
