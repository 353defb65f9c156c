#include "lib/api/certificate_actor.h"

#include "absl/strings/str_cat.h"
#include "lib/api/internal/stated_actor.h"
#include "lib/base/status_macros.h"
#include "lib/directory/directory.h"

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
  const std::string member = MemberOf(call.certificate_subject);
  if (member.empty()) {
    return internal::UnknownActor(
        {.message = absl::StrCat("the directory knows no one system with the "
                                 "certificate ",
                                 call.certificate_subject),
         .what = "certificate_subjects",
         .mend = "import the organisation with this subject at one member"});
  }
  CAREROUTE_RETURN_IF_ERROR(
      internal::CheckClaimed(call, {.member = member, .proof = "certificate"}));
  Actor actor;
  actor.set_member(member);
  const absl::string_view organisation = directory::OrganisationOf(member);
  actor.set_organisation(std::string(organisation.data(), organisation.size()));
  CAREROUTE_RETURN_IF_ERROR(
      internal::TakeRoleAndPurpose(call, options_.engine, actor));
  if (member == kFirstAdministrator &&
      actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    return actor;
  }
  CAREROUTE_RETURN_IF_ERROR(internal::CheckMember(actor, options_.engine));
  return actor;
}

}  // namespace careroute::api
