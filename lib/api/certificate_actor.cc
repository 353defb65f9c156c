#include "lib/api/certificate_actor.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/api/internal/stated_actor.h"
#include "lib/base/status_macros.h"

namespace careroute::api {

using model::v1::Actor;

bool CertificateActor::Judges(const Call& call) const {
  return !call.certificate_subject.empty();
}

std::string CertificateActor::MemberOf(const std::string& subject) const {
  if (!options_.own_subject.empty() && subject == options_.own_subject) {
    return kFirstAdministrator;
  }
  const engine::DirectoryPtr picture =
      options_.engine.organisations().Current();
  const model::v1::Member* member =
      picture->directory.FindByCertificate(subject);
  return member == nullptr ? "" : member->name();
}

absl::StatusOr<Actor> CertificateActor::ActorOf(const Call& call) const {
  std::string member = MemberOf(call.certificate_subject);
  if (member.empty()) {
    return internal::UnknownActor(
        {.message = absl::StrCat("the directory knows no one system with the "
                                 "certificate ",
                                 call.certificate_subject),
         .what = "certificate_subjects",
         .mend = "import the organisation with this subject at one member"});
  }
  CAREROUTE_ASSIGN_OR_RETURN(
      Actor actor,
      internal::ActorOfProven(
          call, {.member = std::move(member), .proof = "certificate"},
          options_.engine));
  if (actor.member() == kFirstAdministrator &&
      actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    return actor;
  }
  CAREROUTE_RETURN_IF_ERROR(internal::CheckMember(actor, options_.engine));
  return actor;
}

}  // namespace careroute::api
