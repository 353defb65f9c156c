// Who calls. Every call names an actor: an embedded hub and one in development
// mode believe it; elsewhere the certificate or token says who it is, and only
// role and purpose are taken from here.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import {
  ActorRole,
  ActorRoleSchema,
  ActorSchema,
} from "./gen/careroute/model/v1/actor_pb.js";
import type { Metadata } from "./transport.js";

/**
 * The fields of a careroute.model.v1.Actor. The organisation may be left out:
 * it stands in the member's name.
 */
export type ActorInit = MessageInitShape<typeof ActorSchema>;

/** The member of a new hub who brings in the first organisations. */
export const FIRST_ADMINISTRATOR = {
  member: "organisations/hub/members/administrator",
  role: ActorRole.ADMINISTRATOR,
  purpose: "coordination",
} satisfies ActorInit;

function roleWord(role: ActorRole): string {
  if (role === ActorRole.UNSPECIFIED) return "";
  return ActorRoleSchema.value[role]?.localName.toLowerCase() ?? "";
}

/** The actor as request metadata. What is empty is not said. */
export function metadataOf(init: ActorInit): Metadata {
  const { organisation, member, role, purpose } = create(ActorSchema, init);
  const home = member.split("/members/")[0] ?? "";
  const pairs: Metadata = [
    ["careroute-organisation", organisation || home],
    ["careroute-member", member],
    ["careroute-role", roleWord(role)],
    ["careroute-purpose", purpose],
  ];
  return pairs.filter(([, value]) => value !== "");
}
