// careroute: everything but the messages (careroute/api/v1/…) and the test kit
// (careroute/testing).

export { Hub } from "./hub.js";
export type { OpenOptions } from "./hub.js";
export { FIRST_ADMINISTRATOR } from "./caller.js";
export type { ActorInit } from "./caller.js";
export type { Credentials, Tls } from "./remote.js";
export type { Method, Service } from "./service.js";
export type { CallOptions, Clock } from "./transport.js";
export { Watch } from "./watch.js";
export * from "./errors.js";
export { ActorRole } from "./gen/careroute/model/v1/actor_pb.js";
