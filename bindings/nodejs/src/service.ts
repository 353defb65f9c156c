// The typed client of any service: its methods are those of the description
// that protoc-gen-es generates, so none is written here.

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type {
  DescMessage,
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import { errorOf } from "./errors.js";
import type { Asked, CallOptions, Metadata, Transport } from "./transport.js";
import { Watch } from "./watch.js";

/** A method as it is called. */
export type Method<M> =
  M extends DescMethodUnary<infer Input, infer Output>
    ? (
        request: MessageInitShape<Input>,
        options?: CallOptions,
      ) => Promise<MessageShape<Output>>
    : M extends DescMethodServerStreaming<infer Input, infer Output>
      ? (
          request: MessageInitShape<Input>,
          options?: CallOptions,
        ) => Watch<MessageShape<Output>>
      : never;

/** A service: `Service<typeof CaseService>` has `getCase`, `watchCase`, … */
export type Service<S extends DescService> = {
  readonly [Name in keyof S["method"]]: Method<S["method"][Name]>;
};

/** "careroute.api.v1.CaseService.GetCase". */
export function fullName(method: DescMethod): string {
  return `${method.parent.typeName}.${method.name}`;
}

function reader<O extends DescMessage>(output: O) {
  return (bytes: Uint8Array): MessageShape<O> => {
    try {
      return fromBinary(output, bytes);
    } catch (cause) {
      const message = `the response is no ${output.typeName}`;
      const error = errorOf({ code: "INTERNAL", message });
      error.cause = cause;
      throw error;
    }
  };
}

function bind(transport: Transport, metadata: Metadata, desc: DescMethod) {
  const method = fullName(desc);
  const read = reader(desc.output);
  type Request = MessageInitShape<DescMessage>;
  const asked = (request: Request, options: CallOptions): Asked => ({
    method,
    body: toBinary(desc.input, create(desc.input, request)),
    metadata,
    options,
  });
  if (desc.methodKind === "server_streaming") {
    return (request: Request, options: CallOptions = {}) =>
      new Watch(transport.stream(asked(request, options)), read);
  }
  return async (request: Request, options: CallOptions = {}) =>
    read(await transport.unary(asked(request, options)));
}

/** The methods of a service, through a transport and for one caller. */
export function serviceOf<S extends DescService>(
  transport: Transport,
  metadata: Metadata,
  desc: S,
): Service<S> {
  const methods = desc.methods.map((method) => [
    method.localName,
    bind(transport, metadata, method),
  ]);
  return Object.freeze(Object.fromEntries(methods)) as Service<S>;
}
