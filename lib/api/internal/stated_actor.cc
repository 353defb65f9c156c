#include "lib/api/internal/stated_actor.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/string_form.h"
#include "lib/api/status.h"
#include "lib/base/status_macros.h"
#include "lib/directory/directory.h"

namespace careroute::api::internal {
namespace {

using model::v1::Actor;

constexpr absl::string_view kPurposes[] = {"care", "coordination", "audit"};
constexpr char kPurposeForm[] =
    "care, coordination, audit, or a purpose that a published pathway declares";

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

absl::StatusOr<model::v1::ActorRole> RoleOf(const std::string& word) {
  model::v1::ActorRole role;
  const std::string name =
      absl::StrCat("ACTOR_ROLE_", absl::AsciiStrToUpper(word));
  if (!model::v1::ActorRole_Parse(name, &role) ||
      role == model::v1::ACTOR_ROLE_UNSPECIFIED ||
      role == model::v1::ACTOR_ROLE_HUB) {
    return UnknownActor(
        {.message = "careroute-role names no role of callers",
         .what = "careroute-role",
         .mend = "send registrar, coordinator, performer, auditor or "
                 "administrator"});
  }
  return role;
}

// What a declared purpose opens is judged case by case: on a pathway that does
// not declare it, nothing.
bool IsPurpose(const std::string& purpose, engine::Engine& engine) {
  return std::find(std::begin(kPurposes), std::end(kPurposes), purpose) !=
             std::end(kPurposes) ||
         engine.editions().DeclaresPurpose(purpose);
}

absl::Status CheckClaimed(const Call& call, const ProvenMember& proven) {
  constexpr char kMember[] = "careroute-member";
  if (!HasPair(call, kMember)) return absl::OkStatus();
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string claimed,
      TakePair(call, {.key = kMember, .form = "organisations/*/members/*"}));
  if (claimed == proven.member) return absl::OkStatus();
  return UnknownActor(
      {.message = absl::StrCat("the ", proven.proof, " is another member's"),
       .what = kMember,
       .mend = absl::StrCat("leave it out: the ", proven.proof,
                            " says who calls")});
}

}  // namespace

absl::Status UnknownActor(const UnknownActorOptions& options) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  refusal.set_message_key("unknown_actor");
  refusal.set_message(
      std::string(options.message.data(), options.message.size()));
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what(std::string(options.what.data(), options.what.size()));
  missing.set_mend(std::string(options.mend.data(), options.mend.size()));
  if (options.retry_after > absl::ZeroDuration()) {
    refusal.mutable_retry_after()->set_seconds(absl::ToInt64Seconds(
        absl::Ceil(options.retry_after, absl::Seconds(1))));
  }
  return RefusalStatus(refusal);
}

bool HasPair(const Call& call, absl::string_view key) {
  return CountPairs(call, key) > 0;
}

absl::StatusOr<std::string> TakePair(const Call& call, const PairForm& pair) {
  const std::string* value = FindPair(call, pair.key);
  if (CountPairs(call, pair.key) > 1) {
    return UnknownActor({.message = absl::StrCat("the request metadata says ",
                                                 pair.key, " more than once"),
                         .what = pair.key,
                         .mend = "send it once"});
  }
  const auto mend = [&pair] { return absl::StrCat("send it as ", pair.form); };
  if (value == nullptr || value->empty()) {
    return UnknownActor(
        {.message = absl::StrCat("the request metadata lacks ", pair.key),
         .what = pair.key,
         .mend = mend()});
  }
  if (absl::StrContains(pair.form, "*") && !FitsPattern(*value, pair.form)) {
    return UnknownActor({.message = absl::StrCat(pair.key, " has a wrong form"),
                         .what = pair.key,
                         .mend = mend()});
  }
  return *value;
}

absl::Status TakeRoleAndPurpose(const Call& call, engine::Engine& engine,
                                Actor& actor) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string word,
      TakePair(call, {.key = "careroute-role",
                      .form = "one of the roles in small letters"}));
  CAREROUTE_ASSIGN_OR_RETURN(const model::v1::ActorRole role, RoleOf(word));
  actor.set_role(role);
  CAREROUTE_ASSIGN_OR_RETURN(
      *actor.mutable_purpose(),
      TakePair(call, {.key = "careroute-purpose", .form = kPurposeForm}));
  if (IsPurpose(actor.purpose(), engine)) return absl::OkStatus();
  return UnknownActor({.message = "careroute-purpose names no purpose",
                       .what = "careroute-purpose",
                       .mend = absl::StrCat("send ", kPurposeForm)});
}

absl::StatusOr<Actor> ActorOfProven(const Call& call,
                                    const ProvenMember& proven,
                                    engine::Engine& engine) {
  CAREROUTE_RETURN_IF_ERROR(CheckClaimed(call, proven));
  Actor actor;
  actor.set_member(proven.member);
  const absl::string_view organisation =
      directory::OrganisationOf(proven.member);
  actor.set_organisation(std::string(organisation.data(), organisation.size()));
  CAREROUTE_RETURN_IF_ERROR(TakeRoleAndPurpose(call, engine, actor));
  return actor;
}

absl::Status CheckMember(const Actor& actor, engine::Engine& engine) {
  const engine::DirectoryPtr picture = engine.organisations().Current();
  const model::v1::Member* member =
      picture->directory.FindMember(actor.member());
  const absl::CivilDay today = TodayAt(engine, actor.organisation());
  if (member == nullptr ||
      !directory::HoldsOn(member->valid_from(), member->valid_to(), today)) {
    return UnknownActor(
        {.message = "the directory knows no such member today",
         .what = "careroute-member",
         .mend = "import the organisation with this member first"});
  }
  if (std::find(member->roles().begin(), member->roles().end(),
                static_cast<int>(actor.role())) == member->roles().end()) {
    return UnknownActor(
        {.message = "the member does not hold this role",
         .what = "careroute-role",
         .mend = "act in a role the directory gives the member"});
  }
  return absl::OkStatus();
}

}  // namespace careroute::api::internal
