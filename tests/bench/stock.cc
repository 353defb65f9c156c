#include "tests/bench/stock.h"

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "lib/base/check.h"
#include "lib/base/hash.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/engine/persons.h"
#include "services/core/await.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

using casework::testing::CaseStage;
using engine::Cases;
using engine::Persons;
using engine::Reply;
using services::Await;

// A Monday on which every person of a measurement has been born.
constexpr absl::CivilDay kToday(2026, 3, 2);

std::string PersonOf(BenchHub& hub, const OpeningOf& opening) {
  Persons::ResolveRequest person{.info = NewInfo(hub, opening.by),
                                 .today = kToday};
  person.command = opening.person;
  const Persons::Resolved resolved =
      Sure(Await<Persons::Resolved>([&](base::Done<Persons::Resolved> done) {
        hub.engine().persons().Resolve(person, std::move(done));
      }));
  CAREROUTE_CHECK(!resolved.refusal.has_value());
  return resolved.person->person.name();
}

}  // namespace

registry::KeyRing NewKeys() {
  base::RealRandom random;
  return registry::KeyRing::Generate(random, base::RealClock().Now());
}

engine::RequestInfo NewInfo(BenchHub& hub, const model::v1::Actor& actor) {
  const std::string id = base::NewUid(hub.random()).Bytes();
  return {.actor = actor, .request_id = id, .body_hash = base::Sha256(id)};
}

model::v1::Organisation OrganisationOf(absl::string_view name,
                                       model::v1::AgencyKind kind) {
  model::v1::Organisation organisation;
  organisation.set_name(std::string(name));
  organisation.set_title("measured");
  organisation.set_kind(kind);
  organisation.set_region("RU-KHA");
  organisation.set_calendar("ru");
  organisation.set_zone("RU-KHA");
  for (const char* id : {"anna", "boris", "hanna", "m1"}) {
    model::v1::Member& member = *organisation.add_members();
    member.set_name(absl::StrCat(name, "/members/", id));
    member.set_kind(model::v1::MEMBER_KIND_PERSON);
    member.add_roles(model::v1::ACTOR_ROLE_COORDINATOR);
    member.add_roles(model::v1::ACTOR_ROLE_PERFORMER);
  }
  organisation.set_duty_coordinator(absl::StrCat(name, "/members/anna"));
  organisation.set_duty_deputy(absl::StrCat(name, "/members/boris"));
  organisation.set_head(absl::StrCat(name, "/members/hanna"));
  return organisation;
}

void Put(BenchHub& hub, const model::v1::Organisation& organisation) {
  engine::Organisations::ExecuteRequest request{
      .info = NewInfo(hub, CaseStage::Hub()),
      .organisation = organisation.name()};
  *request.command.mutable_put()->mutable_organisation() = organisation;
  Accepted(Await<Reply>([&](base::Done<Reply> done) {
    hub.engine().organisations().Execute(std::move(request), std::move(done));
  }));
}

std::string PublishTestRoute(BenchHub& hub) {
  CaseStage stage;
  engine::Editions::PublishRequest request{
      .info = NewInfo(hub, CaseStage::Hub()),
      .bound = stage.edition().bytes(),
      .make_answer = [](const model::v1::PublishedEdition& published) {
        return published.edition().hash();
      }};
  return Accepted(Await<Reply>([&](base::Done<Reply> done) {
    hub.engine().editions().Publish(std::move(request), std::move(done));
  }));
}

std::string Accepted(absl::StatusOr<Reply> reply) {
  Sure(reply.status());
  if (reply->refusal.has_value()) {
    std::fprintf(stderr, "%s\n", reply->refusal->ShortDebugString().c_str());
  }
  CAREROUTE_CHECK(!reply->refusal.has_value());
  return std::move(reply->answer);
}

std::string Ask(BenchHub& hub, Cases::ExecuteRequest request) {
  return Accepted(Await<Reply>([&](base::Done<Reply> done) {
    hub.engine().cases().Execute(std::move(request), std::move(done));
  }));
}

OpenedCase OpenTestCase(BenchHub& hub, const OpeningOf& opening) {
  OpenedCase opened = {.uid = base::NewUid(hub.random()),
                       .person = PersonOf(hub, opening)};
  Cases::ExecuteRequest request{.info = NewInfo(hub, opening.by),
                                .case_uid = opened.uid};
  command::v1::OpenCase& open = *request.command.mutable_open_case();
  open.set_person(opened.person);
  open.mutable_edition()->set_pathway("test-route");
  open.mutable_edition()->set_hash(opening.edition_hash);
  open.set_entry("report");
  open.set_coordinator(absl::StrCat(opening.coordinators, "/members/anna"));
  open.set_deputy(absl::StrCat(opening.coordinators, "/members/boris"));
  Ask(hub, std::move(request));
  return opened;
}

}  // namespace careroute::bench
