#include "tests/bench/hub_world.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "lib/casework/testing/case_stage.h"
#include "services/core/await.h"
#include "tests/bench/stock.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

using casework::testing::CaseStage;
using services::Await;

constexpr char kClinic[] = "organisations/clinic";
constexpr char kCentre[] = "organisations/centre";

}  // namespace

HubWorld::HubWorld(size_t cases, const std::string& postgres)
    : postgres_(postgres),
      hub_({.sqlite = scratch_.File("hub.db"),
            .postgres = postgres,
            .keys = NewKeys()}) {
  Put(hub_, OrganisationOf(kClinic, model::v1::AGENCY_KIND_HEALTH));
  Put(hub_, OrganisationOf(kCentre, model::v1::AGENCY_KIND_COORDINATION));
  const std::string hash = PublishTestRoute(hub_);
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

WorldCase HubWorld::OpenCase(const std::string& edition_hash, int64_t number) {
  OpeningOf opening = {.edition_hash = edition_hash,
                       .by = CaseStage::Actor("clinic", "m1"),
                       .coordinators = kCentre};
  model::v1::Identity& identity = *opening.person.mutable_identity();
  identity.set_family_name("Измеренный");
  identity.set_birth_date(
      absl::FormatCivilTime(absl::CivilDay(2024, 1, 1) + number));
  const base::Uid uid = OpenTestCase(hub_, opening).uid;
  const auto opened = Sure(Await<engine::CaseReading>(
      [&](auto done) { hub_.engine().cases().Read(uid, std::move(done)); }));
  return {.name = absl::StrCat("cases/", uid.Hex()),
          .coordinator = CaseStage::Coordinator(),
          .next_occurrence = opened.state->next.occurrence};
}

}  // namespace careroute::bench
