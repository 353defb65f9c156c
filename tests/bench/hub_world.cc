#include "tests/bench/hub_world.h"

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/hash.h"
#include "lib/base/real_random.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/engine/persons.h"
#include "services/hub/await.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

using casework::testing::CaseStage;
using engine::Cases;
using engine::Reply;
using services::Await;

constexpr char kClinic[] = "organisations/clinic";
constexpr char kCentre[] = "organisations/centre";

void Accepted(const absl::StatusOr<Reply>& reply) {
  Sure(reply.status());
  if (reply->refusal.has_value()) {
    std::fprintf(stderr, "%s\n", reply->refusal->ShortDebugString().c_str());
  }
  CAREROUTE_CHECK(!reply->refusal.has_value());
}

registry::KeyRing NewKeys() {
  base::RealRandom random;
  return registry::KeyRing::Generate(random, base::RealClock().Now());
}

model::v1::Organisation Organisation(absl::string_view name,
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

}  // namespace

HubWorld::HubWorld(size_t cases, const std::string& postgres)
    : postgres_(postgres),
      hub_({.sqlite = scratch_.File("hub.db"),
            .postgres = postgres,
            .keys = NewKeys()}) {
  ImportOrganisations();
  const std::string hash = PublishEdition();
  for (size_t i = 0; i < cases; ++i) {
    cases_.push_back(OpenCase(hash, static_cast<int64_t>(i)));
  }
  hub_.RunInBackground();
}

std::unique_ptr<BenchHub> HubWorld::AnotherHub() const {
  auto hub = std::make_unique<BenchHub>(
      BenchHub::Options{.postgres = postgres_, .keys = hub_.keys().Clone()});
  hub->RunInBackground();
  return hub;
}

engine::RequestInfo HubWorld::Info(const model::v1::Actor& actor) {
  const std::string id = base::NewUid(hub_.random()).Bytes();
  return {.actor = actor, .request_id = id, .body_hash = base::Sha256(id)};
}

void HubWorld::ImportOrganisations() {
  for (const auto& [name, kind] :
       {std::pair(kClinic, model::v1::AGENCY_KIND_HEALTH),
        std::pair(kCentre, model::v1::AGENCY_KIND_COORDINATION)}) {
    engine::Organisations::ExecuteRequest request{
        .info = Info(CaseStage::Hub()), .organisation = name};
    *request.command.mutable_put()->mutable_organisation() =
        Organisation(name, kind);
    Accepted(Await<Reply>([&](base::Done<Reply> done) {
      hub_.engine().organisations().Execute(std::move(request),
                                            std::move(done));
    }));
  }
}

std::string HubWorld::PublishEdition() {
  CaseStage stage;
  engine::Editions::PublishRequest request{
      .info = Info(CaseStage::Hub()),
      .bound = stage.edition().bytes(),
      .make_answer = [](const model::v1::PublishedEdition& published) {
        return published.edition().hash();
      }};
  return Sure(Await<Reply>([&](base::Done<Reply> done) {
           hub_.engine().editions().Publish(std::move(request),
                                            std::move(done));
         }))
      .answer;
}

WorldCase HubWorld::OpenCase(const std::string& edition_hash, int64_t number) {
  const model::v1::Actor actor = CaseStage::Actor("clinic", "m1");
  engine::Persons::ResolveRequest person{.info = Info(actor),
                                         .today = absl::CivilDay(2026, 3, 2)};
  model::v1::Identity& identity = *person.command.mutable_identity();
  identity.set_family_name("Измеренный");
  identity.set_birth_date(
      absl::FormatCivilTime(absl::CivilDay(2024, 1, 1) + number));
  const engine::Persons::Resolved resolved =
      Sure(Await<engine::Persons::Resolved>(
          [&](base::Done<engine::Persons::Resolved> done) {
            hub_.engine().persons().Resolve(person, std::move(done));
          }));
  CAREROUTE_CHECK(!resolved.refusal.has_value());
  const base::Uid uid = base::NewUid(hub_.random());
  Cases::ExecuteRequest request{.info = Info(actor), .case_uid = uid};
  command::v1::OpenCase& open = *request.command.mutable_open_case();
  open.set_person(resolved.person->person.name());
  open.mutable_edition()->set_pathway("test-route");
  open.mutable_edition()->set_hash(edition_hash);
  open.set_entry("report");
  open.set_coordinator(absl::StrCat(kCentre, "/members/anna"));
  open.set_deputy(absl::StrCat(kCentre, "/members/boris"));
  Accepted(Await<Reply>([&](base::Done<Reply> done) {
    hub_.engine().cases().Execute(std::move(request), std::move(done));
  }));
  const auto opened = Sure(Await<engine::CaseReading>(
      [&](auto done) { hub_.engine().cases().Read(uid, std::move(done)); }));
  return {.name = absl::StrCat("cases/", uid.Hex()),
          .coordinator = CaseStage::Coordinator(),
          .next_occurrence = opened.state->next.occurrence};
}

}  // namespace careroute::bench
