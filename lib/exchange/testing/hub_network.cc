#include "lib/exchange/testing/hub_network.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/engine/lanes.h"

namespace careroute::exchange::testing {
namespace {

using engine::testing::BenchTime;
using engine::testing::EngineBench;

constexpr absl::Duration kRound = absl::Seconds(1);
// Longer than anything on its way takes.
constexpr absl::Duration kSilence = absl::Minutes(3);

}  // namespace

struct HubNetwork::Hub {
  Hub(std::string given_id, const std::shared_ptr<BenchTime>& time,
      uint64_t number)
      : id(std::move(given_id)),
        bench(time, number, engine::testing::Hubs::kOne, id),
        signer(bench.keys()) {}

  std::string id;
  EngineBench bench;
  registry::Signer signer;
  std::unique_ptr<Exchange> exchange;
};

HubNetwork::HubNetwork(uint64_t seed, int count)
    : time_(std::make_shared<BenchTime>()),
      random_(seed),
      network_({.clock = time_->clock,
                .executor = time_->executor,
                .random = random_}) {
  uint64_t number = 0;
  for (const char* id : {"east", "west", "north"}) {
    if (static_cast<int>(number) == count) break;
    hubs_[id] = std::make_unique<Hub>(id, time_, ++number);
  }
  for (auto& [id, hub] : hubs_) {
    PutOrganisations(*hub);
    Connect(*hub);
  }
  time_->executor.RunReady();
}

void HubNetwork::Connect(Hub& hub) {
  std::vector<Peer> peers;
  for (const auto& [other, unused] : hubs_) {
    if (other != hub.id) peers.push_back(Describe(other));
  }
  hub.exchange = std::make_unique<Exchange>(
      Exchange::Options{.store = hub.bench.store(),
                        .engine = hub.bench.engine(),
                        .clock = time_->clock,
                        .random = hub.bench.random(),
                        .executor = time_->executor,
                        .signer = hub.signer,
                        .hub_id = hub.id,
                        .peers = peers,
                        .transport = network_.From(hub.id)});
  network_.Join(
      hub.id,
      [&one = *hub.exchange](const std::string& from,
                             v1::DeliverRequest request,
                             base::Done<v1::DeliverResponse> done) {
        one.Deliver(from, std::move(request), std::move(done));
      },
      [&one = *hub.exchange](const std::string& from,
                             v1::CompareRequest request,
                             base::Done<v1::CompareResponse> done) {
        one.Compare(from, std::move(request), std::move(done));
      });
  hub.exchange->Start([](absl::Status ready) { EXPECT_TRUE(ready.ok()); });
}

void HubNetwork::Restart(const std::string& id) {
  Hub& hub = Find(id);
  for (const auto& [other, unused] : hubs_) {
    network_.Cut(id, other);
    network_.Cut(other, id);
  }
  hub.exchange->Stop([](absl::Status) {});
  time_->executor.RunUntil(time_->clock.Now() + kSilence);
  hub.exchange.reset();
  hub.bench.Restart();
  Connect(hub);
  for (const auto& [other, unused] : hubs_) {
    network_.Mend(id, other);
    network_.Mend(other, id);
  }
}

HubNetwork::~HubNetwork() {
  for (auto& [id, hub] : hubs_) hub->exchange->Stop([](absl::Status) {});
  time_->executor.RunReady();
}

void HubNetwork::PutOrganisations(Hub& hub) {
  model::v1::Organisation clinic =
      EngineBench::Describe("clinic", model::v1::AGENCY_KIND_HEALTH);
  model::v1::Organisation office =
      EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL);
  office.add_services()->set_service("care");
  if (hub.id != "west") clinic.set_hub("west");
  if (hub.id != "east") office.set_hub("east");
  hub.bench.Put(clinic);
  hub.bench.Put(office);
  if (hubs_.count("north") == 0) return;
  model::v1::Organisation bureau =
      EngineBench::Describe("bureau", model::v1::AGENCY_KIND_SOCIAL);
  bureau.add_services()->set_service("care");
  if (hub.id != "north") bureau.set_hub("north");
  hub.bench.Put(bureau);
}

std::vector<std::string> HubNetwork::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, hub] : hubs_) ids.push_back(id);
  return ids;
}

EngineBench& HubNetwork::bench(const std::string& hub) {
  return Find(hub).bench;
}

Exchange& HubNetwork::exchange(const std::string& hub) {
  return *Find(hub).exchange;
}

const registry::Signer& HubNetwork::signer(const std::string& hub) {
  return Find(hub).signer;
}

Peer HubNetwork::Describe(const std::string& hub) {
  const registry::Key& key =
      Find(hub).bench.keys().Active(registry::KeyUse::kSigning);
  return {.hub_id = hub,
          .address = absl::StrCat(hub, ":7400"),
          .keys = {{.id = key.id, .public_key = key.public_key}}};
}

Referred HubNetwork::Refer(const Referring& referring) {
  EngineBench& west = bench("west");
  engine::Report report =
      west.ReportOf({.pathway = referring.pathway, .snils = referring.snils});
  report.person.mutable_identity()->set_birth_date("1991-05-06");
  report.person.mutable_identity()->set_given_name(referring.given_name);
  const auto taken = west.Take(std::move(report));
  CAREROUTE_CHECK(taken.ok() && !taken->refusal.has_value());
  const auto uid = engine::ParseName("reports/", taken->report);
  CAREROUTE_CHECK(uid.ok());
  Referred referred{.case_uid = *uid};
  if (referring.consented) {
    west.Do(*uid,
            absl::StrCat(
                "give_consent { consent { matter: CONSENT_MATTER_DATA "
                "classes: DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL "
                "purpose: 'support' given_by: '",
                engine::PersonNameOf(west.Read(*uid).person->uid),
                "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
                "'paper' } } }"));
  }
  west.Do(*uid, "start_step { step: 'help' }");
  west.Do(*uid, absl::StrCat(
                    "referral { make { occurrence: ", west.Number(*uid, "help"),
                    " performer: 'organisations/", referring.performer,
                    "' way: 'by_consent' send: ",
                    referring.send ? "true" : "false", " } }"));
  const casework::Referral& made = west.Read(*uid).state->referrals.back();
  referred.number = made.number;
  referred.uid = made.uid;
  return referred;
}

void HubNetwork::Ask(const Referred& referred, const std::string& command) {
  bench("west").Do(referred.case_uid,
                   absl::StrCat("referral { referral: ", referred.number, " ",
                                command, " }"));
}

engine::Reply HubNetwork::Perform(const base::Uid& referral,
                                  const std::string& command) {
  return PerformAt({}, referral, command);
}

engine::Reply HubNetwork::PerformAt(const Performing& performing,
                                    const base::Uid& referral,
                                    const std::string& command) {
  EngineBench& performer = bench(performing.hub);
  engine::PerformedReferrals::ExecuteRequest request{
      .uid = referral,
      .info = performer.Info(EngineBench::Actor(
          performing.organisation, "anna", model::v1::ACTOR_ROLE_PERFORMER))};
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(command, &request.command));
  const auto reply =
      performer.Wait<engine::Reply>([&](base::Done<engine::Reply> done) {
        performer.engine().performed_referrals().Execute(std::move(request),
                                                         std::move(done));
      });
  EXPECT_TRUE(reply.ok()) << reply.status();
  if (!reply.ok()) return {};
  EXPECT_FALSE(reply->refusal.has_value()) << reply->refusal->DebugString();
  return *reply;
}

void HubNetwork::Run(absl::Duration within) {
  const absl::Time end = time_->clock.Now() + within;
  while (time_->clock.Now() < end) {
    for (auto& [id, hub] : hubs_) {
      hub->bench.RunDue();
      for (const auto& [other, unused] : hubs_) {
        hub->exchange->Wake({.lanes = {engine::LaneOf(other)}});
      }
    }
    time_->executor.RunUntil(time_->clock.Now() + kRound);
  }
}

casework::Referral HubNetwork::Read(const Referred& referred) {
  const engine::CaseReading reading = bench("west").Read(referred.case_uid);
  const casework::Referral* found =
      casework::FindReferral(*reading.state, referred.number);
  CAREROUTE_CHECK(found != nullptr);
  return *found;
}

model::v1::ReferralState HubNetwork::AtHome(const Referred& referred) {
  return casework::StateOf(Read(referred));
}

model::v1::ReferralState HubNetwork::There(const base::Uid& referral) {
  EngineBench& east = bench("east");
  const auto reading = east.Wait<engine::PerformedReading>(
      [&](base::Done<engine::PerformedReading> done) {
        east.engine().performed_referrals().Read(referral, std::move(done));
      });
  return reading.ok() ? casework::StateOf(reading->state->referral)
                      : model::v1::REFERRAL_STATE_UNSPECIFIED;
}

bool Crossed(HubNetwork& hubs, const std::string& words) {
  for (const Carried& one : hubs.network().carried()) {
    if (absl::StrContains(one.request.SerializeAsString(), words)) return true;
  }
  return false;
}

}  // namespace careroute::exchange::testing
