#include "tests/scenarios/calls.h"

#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace careroute::scenarios {
namespace {

std::string RoleWord(model::v1::ActorRole role) {
  const std::string name = model::v1::ActorRole_Name(role);
  const absl::string_view word = absl::StripPrefix(name, "ACTOR_ROLE_");
  return absl::AsciiStrToLower(word);
}

}  // namespace

api::CallPtr MakeCall(const Transport::Target& target) {
  auto call = std::make_shared<api::Call>();
  call->method = target.method;
  call->metadata = {{"careroute-organisation", target.actor.organisation()},
                    {"careroute-member", target.actor.member()},
                    {"careroute-role", RoleWord(target.actor.role())},
                    {"careroute-purpose", target.actor.purpose()}};
  return call;
}

}  // namespace careroute::scenarios
