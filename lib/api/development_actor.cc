#include "lib/api/development_actor.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/string_form.h"
#include "lib/api/status.h"
#include "lib/base/status_macros.h"
#include "lib/directory/directory.h"

namespace careroute::api {
namespace {

using model::v1::Actor;

constexpr absl::string_view kPurposes[] = {"care", "coordination", "audit"};
constexpr char kPurposeForm[] =
    "care, coordination, audit, or a purpose that a published pathway declares";

absl::Status UnknownActor(absl::string_view message, absl::string_view what,
                          absl::string_view mend) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  refusal.set_message_key("unknown_actor");
  refusal.set_message(std::string(message.data(), message.size()));
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what(std::string(what.data(), what.size()));
  missing.set_mend(std::string(mend.data(), mend.size()));
  return RefusalStatus(refusal);
}

const std::string* FindPair(const Call& call, absl::string_view key) {
  for (const auto& [name, value] : call.metadata) {
    if (absl::string_view(name) == key) return &value;
  }
  return nullptr;
}

// Two answers to "who calls?" are none.
int64_t CountPairs(const Call& call, absl::string_view key) {
  return std::count_if(
      call.metadata.begin(), call.metadata.end(),
      [key](const auto& pair) { return absl::string_view(pair.first) == key; });
}

absl::StatusOr<std::string> Take(const Call& call, absl::string_view key,
                                 absl::string_view form) {
  const std::string* value = FindPair(call, key);
  if (CountPairs(call, key) > 1) {
    return UnknownActor(
        absl::StrCat("the request metadata says ", key, " more than once"), key,
        "send it once");
  }
  if (value == nullptr || value->empty()) {
    return UnknownActor(absl::StrCat("the request metadata lacks ", key), key,
                        absl::StrCat("send it as ", form));
  }
  if (absl::StrContains(form, "*") && !internal::FitsPattern(*value, form)) {
    return UnknownActor(absl::StrCat(key, " has a wrong form"), key,
                        absl::StrCat("send it as ", form));
  }
  return *value;
}

absl::StatusOr<model::v1::ActorRole> RoleOf(const std::string& word) {
  model::v1::ActorRole role;
  const std::string name =
      absl::StrCat("ACTOR_ROLE_", absl::AsciiStrToUpper(word));
  if (!model::v1::ActorRole_Parse(name, &role) ||
      role == model::v1::ACTOR_ROLE_UNSPECIFIED ||
      role == model::v1::ACTOR_ROLE_HUB) {
    return UnknownActor("careroute-role names no role of callers",
                        "careroute-role",
                        "send registrar, coordinator, performer, auditor or "
                        "administrator");
  }
  return role;
}

}  // namespace

absl::StatusOr<Actor> DevelopmentActor::ActorOf(const Call& call) const {
  Actor actor;
  CAREROUTE_ASSIGN_OR_RETURN(
      *actor.mutable_organisation(),
      Take(call, "careroute-organisation", "organisations/*"));
  CAREROUTE_ASSIGN_OR_RETURN(
      *actor.mutable_member(),
      Take(call, "careroute-member", "organisations/*/members/*"));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string role,
      Take(call, "careroute-role", "one of the roles in small letters"));
  CAREROUTE_ASSIGN_OR_RETURN(const model::v1::ActorRole parsed, RoleOf(role));
  actor.set_role(parsed);
  CAREROUTE_ASSIGN_OR_RETURN(*actor.mutable_purpose(),
                             Take(call, "careroute-purpose", kPurposeForm));
  if (!IsPurpose(actor.purpose())) {
    return UnknownActor("careroute-purpose names no purpose",
                        "careroute-purpose",
                        absl::StrCat("send ", kPurposeForm));
  }
  if (directory::OrganisationOf(actor.member()) != actor.organisation()) {
    return UnknownActor("the member belongs to another organisation",
                        "careroute-member",
                        "name a member of careroute-organisation");
  }
  CAREROUTE_RETURN_IF_ERROR(CheckMember(actor));
  return actor;
}

// What a declared purpose opens is judged case by case: on a pathway that does
// not declare it, nothing.
bool DevelopmentActor::IsPurpose(const std::string& purpose) const {
  return std::find(std::begin(kPurposes), std::end(kPurposes), purpose) !=
             std::end(kPurposes) ||
         options_.engine.editions().DeclaresPurpose(purpose);
}

absl::Status DevelopmentActor::CheckMember(const Actor& actor) const {
  if (actor.member() == options_.first_administrator &&
      actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    return absl::OkStatus();
  }
  const engine::DirectoryPtr picture =
      options_.engine.organisations().Current();
  const model::v1::Member* member =
      picture->directory.FindMember(actor.member());
  const absl::CivilDay today =
      internal::TodayAt(options_.engine, actor.organisation());
  if (member == nullptr ||
      !directory::HoldsOn(member->valid_from(), member->valid_to(), today)) {
    return UnknownActor("the directory knows no such member today",
                        "careroute-member",
                        "import the organisation with this member first");
  }
  if (std::find(member->roles().begin(), member->roles().end(),
                static_cast<int>(actor.role())) == member->roles().end()) {
    return UnknownActor("the member does not hold this role", "careroute-role",
                        "act in a role the directory gives the member");
  }
  return absl::OkStatus();
}

}  // namespace careroute::api
