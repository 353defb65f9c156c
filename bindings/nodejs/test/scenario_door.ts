// The door through which tests/scenarios plays its files: this process is the
// child of tests/scenarios/child_transport.h, which says what passes.

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { DescService, Message } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { CODES, Hub, HubError } from "careroute";
import { ErrorStatusSchema } from "careroute/api/v1/error_status";
import { ActorSchema } from "careroute/model/v1/actor";
import { ErrorReason, RefusalSchema } from "careroute/model/v1/refusal";

type Parts = Buffer[];
type AnyMethod = (request: Message) => Promise<Message>;

const WORD = 4;
let hub: Hub | undefined;

/** careroute.api.v1.CarePlanService, of careroute/api/v1/care_plan_service. */
async function serviceOf(name: string): Promise<DescService> {
  const [, area, version, service = ""] = name.split(".");
  const file = service.replace(/(?<=.)(?=[A-Z])/g, "_").toLowerCase();
  const module = (await import(`careroute/${area}/${version}/${file}`)) as {
    [name: string]: DescService;
  };
  return module[service]!;
}

async function call([name, actor, body]: Parts): Promise<Uint8Array> {
  const full = String(name);
  const dot = full.lastIndexOf(".");
  const service = await serviceOf(full.slice(0, dot));
  const method = service.methods.find(
    (one) => one.name === full.slice(dot + 1),
  )!;
  const caller = hub!.as(fromBinary(ActorSchema, actor!));
  const methods = caller.service(service) as Record<string, AnyMethod>;
  const ask = methods[method.localName]!;
  return toBinary(method.output, await ask(fromBinary(method.input, body!)));
}

async function moveClock(to: string): Promise<void> {
  const now = await hub!.clock.now();
  await hub!.clock.advance(Number(to) - now.getTime());
}

async function open(start: string, overlays: Parts): Promise<void> {
  await hub?.close();
  hub = await Hub.open({
    overlays: overlays.map(String),
    virtualStart: new Date(Number(start)),
    config: { threads: 2 },
  });
}

const NOTHING = new Uint8Array();

async function answer([verb, ...parts]: Parts): Promise<Uint8Array> {
  switch (String(verb)) {
    case "open":
      await open(String(parts[0]), parts.slice(1));
      return NOTHING;
    case "call":
      return call(parts);
    case "clock":
      await moveClock(String(parts[0]));
      return NOTHING;
    case "close":
      await hub?.close();
      return NOTHING;
    default:
      throw new Error(`no such word: ${verb}`);
  }
}

function statusOf(error: unknown): Uint8Array {
  if (!(error instanceof HubError)) throw error;
  const { code, message, refusal } = error;
  const refused = refusal.reason !== ErrorReason.UNSPECIFIED;
  const status = create(ErrorStatusSchema, {
    code: CODES.indexOf(code),
    message,
    details: refused ? [anyPack(RefusalSchema, refusal)] : [],
  });
  return toBinary(ErrorStatusSchema, status);
}

function write(...parts: Uint8Array[]): void {
  const words = (number: number) => {
    const bytes = Buffer.alloc(WORD);
    bytes.writeUInt32LE(number);
    return bytes;
  };
  const pieces = parts.flatMap((part) => [words(part.length), part]);
  process.stdout.write(Buffer.concat([words(parts.length), ...pieces]));
}

/** The parts of one message at the beginning of the bytes, if it is whole. */
function read(bytes: Buffer): { parts: Parts; rest: Buffer } | undefined {
  const parts: Parts = [];
  let at = WORD;
  if (bytes.length < at) return undefined;
  for (let left = bytes.readUInt32LE(0); left > 0; --left) {
    if (bytes.length < at + WORD) return undefined;
    const end = at + WORD + bytes.readUInt32LE(at);
    if (bytes.length < end) return undefined;
    parts.push(bytes.subarray(at + WORD, end));
    at = end;
  }
  return { parts, rest: bytes.subarray(at) };
}

let bytes: Buffer = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  bytes = Buffer.concat([bytes, chunk as Buffer]);
  for (let one = read(bytes); one !== undefined; one = read(bytes)) {
    bytes = one.rest;
    await answer(one.parts).then(
      (response) => write(response),
      (error) => write(NOTHING, statusOf(error)),
    );
  }
}
