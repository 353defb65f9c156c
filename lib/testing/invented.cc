#include "lib/testing/invented.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lib/base/hash.h"

namespace careroute::testing {

model::v1::Organisation InventedOrganisation(const OrganisationPlan& plan) {
  model::v1::Organisation made;
  made.set_name(absl::StrCat("organisations/", plan.id));
  made.set_title(plan.id);
  made.set_kind(plan.kind);
  made.set_region(kInventedRegion);
  made.set_calendar("ru");
  made.set_zone(kInventedRegion);
  for (const char* member : {"coordinator", "deputy", "head"}) {
    model::v1::Member& one = *made.add_members();
    one.set_name(absl::StrCat(made.name(), "/members/", member));
    one.set_display_name(absl::StrCat(member, " of ", plan.id));
    one.add_roles(model::v1::ACTOR_ROLE_COORDINATOR);
  }
  made.set_duty_coordinator(made.members(0).name());
  made.set_duty_deputy(made.members(1).name());
  made.set_head(made.members(2).name());
  for (const std::string& service : plan.services) {
    made.add_services()->set_service(service);
  }
  return made;
}

model::v1::Identity InventedIdentity(const PersonPlan& plan) {
  model::v1::Identity identity;
  identity.set_family_name("Ёлкина");
  identity.set_given_name(plan.given_name);
  identity.set_birth_date("1991-05-06");
  identity.set_snils(absl::StrFormat("%011d", 10000 + plan.number));
  return identity;
}

model::v1::Actor ActorOf(const Caller& caller) {
  model::v1::Actor actor;
  actor.set_organisation(absl::StrCat("organisations/", caller.organisation));
  actor.set_member(
      absl::StrCat(actor.organisation(), "/members/", caller.member));
  actor.set_role(caller.role);
  actor.set_purpose("care");
  return actor;
}

engine::RequestInfo InfoOf(const Caller& caller, const Asking& asking) {
  return {.actor = ActorOf(caller),
          .request_id = asking.request_id,
          .body_hash = base::Sha256(asking.body)};
}

engine::RequestInfo HubInfo(const std::string& request_id) {
  return InfoOf({.organisation = "hub",
                 .member = "hub",
                 .role = model::v1::ACTOR_ROLE_HUB},
                {.request_id = request_id, .body = "hub"});
}

}  // namespace careroute::testing
