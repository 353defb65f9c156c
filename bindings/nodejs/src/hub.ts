/// <reference lib="esnext.disposable" preserve="true" />
// A hub, wherever it runs.

import { clone, create } from "@bufbuild/protobuf";
import type { DescService, MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { FIRST_ADMINISTRATOR, metadataOf } from "./caller.js";
import type { ActorInit } from "./caller.js";
import {
  EmbeddedTransport,
  SHIPPED_CATALOGUE,
  theRuntime,
} from "./embedded.js";
import { EmbeddedConfigSchema } from "./gen/careroute/config/v1/embedded_pb.js";
import { HubConfigSchema } from "./gen/careroute/config/v1/hub_pb.js";
import { RemoteTransport } from "./remote.js";
import type { Credentials } from "./remote.js";
import { serviceOf } from "./service.js";
import type { Service } from "./service.js";
import type { CallOptions, Clock, Metadata, Transport } from "./transport.js";

/** How a hub in this process is opened; all of it may be left out. */
export interface OpenOptions {
  /** Who calls; the first administrator unless given. See `Hub.as`. */
  readonly actor?: ActorInit;
  /**
   * The pathways it offers, by files of the catalogue, such as
   * "overlays/demo-region.early-help.textproto".
   */
  readonly overlays?: readonly string[];
  /** What else a hub can be told: its id, threads, a catalogue. */
  readonly config?: MessageInitShape<typeof HubConfigSchema>;
  /** Starts a virtual clock here, which only the program moves. */
  readonly virtualStart?: Date;
  /** Writes what the hub logs to standard error. */
  readonly log?: boolean;
}

/**
 * A hub and who calls it. Services are the same whether it runs in this process
 * or elsewhere.
 *
 *     await using hub = await Hub.open("cases.db", { actor });
 *     const { cases } = await hub.service(CaseService).listCases({});
 */
export class Hub implements AsyncDisposable {
  readonly #transport: Transport;
  readonly #metadata: Metadata;
  readonly #services = new Map<DescService, unknown>();

  /** Of a transport: see `open`, `connect` and careroute/testing. */
  constructor(transport: Transport, actor: ActorInit) {
    this.#transport = transport;
    this.#metadata = metadataOf(actor);
  }

  /**
   * Opens a hub in this process: on an SQLite file, which is made with its
   * key-ring beside it, on a "postgresql://…" database, or in memory when none
   * is named. One process has a file at a time: a second is refused with
   * FailedPrecondition.
   */
  static async open(file?: string, options?: OpenOptions): Promise<Hub>;
  static async open(options: OpenOptions): Promise<Hub>;
  static async open(
    file?: string | OpenOptions,
    options: OpenOptions = {},
  ): Promise<Hub> {
    if (typeof file === "object") return Hub.open(undefined, file);
    const config = configOf(file, options);
    const transport = await EmbeddedTransport.open(theRuntime(), config);
    return new Hub(transport, options.actor ?? FIRST_ADMINISTRATOR);
  }

  /** Connects to a hub that serves elsewhere, such as "127.0.0.1:7400". */
  static async connect(
    address: string,
    credentials: Credentials,
  ): Promise<Hub> {
    const transport = await RemoteTransport.connect(address, credentials);
    return new Hub(transport, credentials.actor);
  }

  /** The same hub and connection, for another caller. */
  as(actor: ActorInit): Hub {
    return new Hub(this.#transport, actor);
  }

  /** The methods of a service, such as CaseService of careroute/api/v1. */
  service<S extends DescService>(desc: S): Service<S> {
    let service = this.#services.get(desc) as Service<S> | undefined;
    if (service === undefined) {
      service = serviceOf(this.#transport, this.#metadata, desc);
      this.#services.set(desc, service);
    }
    return service;
  }

  /** A unary method by its full name, for who has bytes already. */
  call(
    method: string,
    body: Uint8Array,
    options: CallOptions = {},
  ): Promise<Uint8Array> {
    const metadata = this.#metadata;
    return this.#transport.unary({ method, body, metadata, options });
  }

  get clock(): Clock {
    return this.#transport.clock;
  }

  /**
   * Lets running calls end and closes the hub, or the connection, for all of
   * its callers. Resolves once everything is durable and the file is free.
   */
  close(): Promise<void> {
    return this.#transport.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Begins to close. Who needs the file again awaits `close()`. */
  [Symbol.dispose](): void {
    // Whoever calls close() hears what went wrong; here nobody can.
    this.close().catch(() => undefined);
  }
}

function configOf(file: string | undefined, options: OpenOptions) {
  const hub = create(HubConfigSchema, options.config ?? {});
  const config = create(EmbeddedConfigSchema, {
    hub: clone(HubConfigSchema, hub),
    log: options.log ?? false,
  });
  if (config.hub !== undefined) {
    config.hub.catalogue ||= SHIPPED_CATALOGUE;
    config.hub.overlays.push(...(options.overlays ?? []));
    if (file?.startsWith("postgresql://")) config.hub.store = file;
    else if (file !== undefined) config.hub.store = `sqlite:${file}`;
  }
  if (options.virtualStart !== undefined) {
    config.virtualStartTime = timestampFromDate(options.virtualStart);
  }
  return config;
}
