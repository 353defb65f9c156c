#include "tests/bench/exchange_world.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "careroute/config/v1/hub.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "lib/casework/referral.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/engine/lanes.h"
#include "lib/engine/performed_referrals.h"
#include "services/core/await.h"
#include "services/grpc/door.h"
#include "services/hub/hub_exchange.h"
#include "services/hub/show_keys.h"
#include "tests/bench/stock.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

using casework::testing::CaseStage;
using engine::CaseReading;
using engine::Cases;
using engine::PerformedReferrals;
using engine::Reply;
using services::Await;
using services::HubExchange;

constexpr char kDeliver[] = "careroute.exchange.v1.ExchangeService.Deliver";
constexpr char kClinic[] = "organisations/clinic";
constexpr char kCentre[] = "organisations/centre";
constexpr char kOffice[] = "organisations/office";

// Commits of so many cases at once share their wait for the disk.
constexpr size_t kMakers = 32;

// People are told apart by their day of birth and their number.
constexpr int64_t kBirthDays = 10'000;

template <typename Command>
Command Parse(const std::string& text) {
  Command command;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &command));
  return command;
}

std::string ConsentOf(const std::string& person) {
  return absl::StrCat(
      "give_consent { consent { matter: CONSENT_MATTER_DATA "
      "classes: DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL "
      "purpose: 'support' given_by: '",
      person,
      "' word_given: WORD_GIVEN_IN_WRITING document { kind: 'paper' } } }");
}

}  // namespace

// The port is known before the peers are, so its door passes on what it takes
// once there is an exchange.
struct ExchangeWorld::Hub {
  Hub(ExchangeWorld& world, const std::string& given_id)
      : id(given_id),
        files(given_id, &world.authority_),
        certificates(files.Open()),
        hub({.sqlite = world.scratch_.File(absl::StrCat(given_id, ".db")),
             .keys = NewKeys(),
             .hub_id = given_id,
             .on_commit =
                 [this, &world](const store::Commit& commit) {
                   if (HubExchange* const told = woken.load()) {
                     told->Wake(commit);
                   }
                   world.Hear(id, commit);
                 },
             .on_settled = [&world] { world.HearSettled(); }}),
        door(table, {.address = "127.0.0.1:0",
                     .certificates = certificates.get(),
                     .peers = {given_id == "west" ? "east" : "west"}}) {
    table.AddUnary(
        kDeliver, [this](const api::CallPtr& call, std::string request,
                         base::Done<std::string> done) {
          const api::Method* const taking = deliver.load();
          if (taking == nullptr) {
            std::move(done)(absl::UnavailableError("not connected yet"));
            return;
          }
          taking->unary(call, std::move(request), std::move(done));
        });
    Sure(door.Start());
  }

  void Know(const Hub& other) {
    config.set_hub_id(id);
    config::v1::PeerConfig& peer = *config.add_peers();
    peer.set_hub_id(other.id);
    peer.set_address(absl::StrCat("127.0.0.1:", other.door.port()));
    peer.add_signing_keys(services::SigningKeyLine(other.hub.keys()));
    exchange = std::make_unique<HubExchange>(
        HubExchange::Options{.config = config,
                             .store = hub.store(),
                             .engine = hub.engine(),
                             .clock = hub.clock(),
                             .random = hub.random(),
                             .executor = hub.executor(),
                             .keys = hub.keys(),
                             .certificates = certificates.get()});
    exchange->AddMethods(exchange_table);
  }

  void Connect() {
    deliver = exchange_table.Find(kDeliver);
    woken = exchange.get();
    Sure(exchange->Start());
  }

  void Stop() {
    woken = nullptr;
    door.Stop(hub.clock().Now() + absl::Seconds(1));
    exchange->Stop();
    hub.Stop();
  }

  const std::string id;
  services::CertificateFiles files;
  std::unique_ptr<services::HubCertificates> certificates;
  std::atomic<HubExchange*> woken{nullptr};
  std::atomic<const api::Method*> deliver{nullptr};
  config::v1::HubConfig config;
  api::MethodTable exchange_table;
  api::MethodTable table;
  BenchHub hub;
  services::GrpcDoor door;
  // Goes once the hub's threads have stopped, before what it uses.
  std::unique_ptr<HubExchange> exchange;
};

ExchangeWorld::ExchangeWorld()
    : authority_(services::CertificateFiles::NewAuthority()),
      west_(std::make_unique<Hub>(*this, "west")),
      east_(std::make_unique<Hub>(*this, "east")) {
  for (Hub* const hub : {west_.get(), east_.get()}) Stock(*hub);
  Put(west_->hub, OrganisationOf(kClinic, model::v1::AGENCY_KIND_HEALTH));
  edition_hash_ = PublishTestRoute(west_->hub);
  west_->Know(*east_);
  east_->Know(*west_);
}

ExchangeWorld::~ExchangeWorld() {
  for (Hub* const hub : {west_.get(), east_.get()}) hub->Stop();
}

void ExchangeWorld::Stock(Hub& hub) {
  model::v1::Organisation centre =
      OrganisationOf(kCentre, model::v1::AGENCY_KIND_COORDINATION);
  model::v1::Organisation office =
      OrganisationOf(kOffice, model::v1::AGENCY_KIND_SOCIAL);
  office.add_services()->set_service("care");
  (hub.id == "west" ? office : centre)
      .set_hub(hub.id == "west" ? "east" : "west");
  Put(hub.hub, centre);
  Put(hub.hub, office);
  hub.hub.RunInBackground();
}

std::vector<Referable> ExchangeWorld::Prepare(size_t count) {
  std::vector<Referable> made(count);
  std::atomic<size_t> next{0};
  std::vector<std::thread> makers;
  for (size_t i = 0; i < std::min(count, kMakers); ++i) {
    makers.emplace_back([&] {
      for (size_t at = next++; at < count; at = next++) {
        made[at] = PrepareOne(people_++);
      }
    });
  }
  for (std::thread& one : makers) one.join();
  return made;
}

Referable ExchangeWorld::PrepareOne(int64_t number) {
  BenchHub& hub = west_->hub;
  const model::v1::Actor coordinator = CaseStage::Coordinator();
  OpeningOf opening = {.edition_hash = edition_hash_,
                       .by = CaseStage::Actor("clinic", "m1"),
                       .coordinators = kCentre};
  model::v1::Identity& identity = *opening.person.mutable_identity();
  identity.set_family_name("Измеренная");
  identity.set_birth_date(
      absl::FormatCivilTime(absl::CivilDay(1970, 1, 1) + number % kBirthDays));
  // So low a number has no check digits.
  identity.set_snils(absl::StrFormat("00%07d00", number + 1));
  const OpenedCase opened = OpenTestCase(hub, opening);
  for (const std::string& command :
       {ConsentOf(opened.person), std::string("start_step { step: 'help' }")}) {
    Cases::ExecuteRequest request{.info = NewInfo(hub, coordinator),
                                  .case_uid = opened.uid};
    request.command = Parse<command::v1::CaseCommand>(command);
    Ask(hub, std::move(request));
  }
  const auto reading = Sure(Await<CaseReading>([&](auto done) {
    hub.engine().cases().Read(opened.uid, std::move(done));
  }));
  return {.case_uid = opened.uid,
          .occurrence = reading.state->next.occurrence - 1};
}

void ExchangeWorld::Connect() {
  // Who is sent to first must take.
  east_->Connect();
  west_->Connect();
}

void ExchangeWorld::Refer(const Referable& from, base::Done<base::Uid> done) {
  Cases::ExecuteRequest request{
      .info = NewInfo(west_->hub, CaseStage::Coordinator()),
      .case_uid = from.case_uid};
  request.command = Parse<command::v1::CaseCommand>(absl::StrCat(
      "referral { make { occurrence: ", from.occurrence, " performer: '",
      kOffice, "' way: 'by_consent' send: true } }"));
  request.make_answer = [](const CaseReading& after, const auto*) {
    return after.state->referrals.back().uid.Bytes();
  };
  west_->hub.engine().cases().Execute(
      std::move(request),
      [done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        std::move(done)(base::UidFromBytes(Accepted(std::move(reply))));
      });
}

void ExchangeWorld::Perform(const base::Uid& referral,
                            const std::string& command, base::Done<bool> done) {
  model::v1::Actor actor = CaseStage::Actor("office", "anna");
  actor.set_role(model::v1::ACTOR_ROLE_PERFORMER);
  PerformedReferrals::ExecuteRequest request{
      .uid = referral,
      .command = Parse<command::v1::ReferralCommand>(command),
      .info = NewInfo(east_->hub, actor)};
  east_->hub.engine().performed_referrals().Execute(
      std::move(request),
      [done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        Accepted(std::move(reply));
        std::move(done)(true);
      });
}

bool ExchangeWorld::HasArrived(const base::Uid& referral) {
  base::MutexLock lock(mutex_);
  return arrived_.erase(referral) > 0;
}

bool ExchangeWorld::IsCompleted(const Referable& from) {
  const auto reading = Sure(Await<CaseReading>([&](auto done) {
    west_->hub.engine().cases().Read(from.case_uid, std::move(done));
  }));
  return casework::StateOf(reading.state->referrals.back()) ==
         model::v1::REFERRAL_STATE_COMPLETED;
}

bool ExchangeWorld::HasUnsent() {
  for (Hub* const hub : {west_.get(), east_.get()}) {
    const std::string& other = (hub == west_.get() ? east_ : west_)->id;
    const auto page = Sure(Await<store::OutboxPage>([&](auto done) {
      hub->hub.store().ListOutbox({.lane = engine::LaneOf(other), .limit = 1},
                                  std::move(done));
    }));
    if (!page.rows.empty()) return true;
  }
  return false;
}

int64_t ExchangeWorld::happened() {
  base::MutexLock lock(mutex_);
  return happened_;
}

void ExchangeWorld::Notify() {
  base::MutexLock lock(mutex_);
  ++happened_;
  happens_.NotifyAll();
}

// A performer hears of what arrives as any watcher does: by its commit.
void ExchangeWorld::Hear(const std::string& hub, const store::Commit& commit) {
  const store::StreamHead& head = commit.head;
  if (hub == "east" && head.stream.kind == store::StreamKind::kReferral &&
      head.version == 1) {
    base::MutexLock lock(mutex_);
    arrived_.insert(head.stream.id);
  }
  Notify();
}

void ExchangeWorld::HearSettled() {
  {
    base::MutexLock lock(mutex_);
    ++settled_;
    settles_.NotifyAll();
  }
  Notify();
}

int64_t ExchangeWorld::settled() {
  base::MutexLock lock(mutex_);
  return settled_;
}

void ExchangeWorld::WaitSettledBeyond(int64_t settled) {
  base::MutexLock lock(mutex_);
  while (settled_ <= settled) settles_.Wait(mutex_);
}

void ExchangeWorld::WaitBeyond(int64_t happened) {
  base::MutexLock lock(mutex_);
  while (happened_ <= happened) happens_.Wait(mutex_);
}

BenchHub& ExchangeWorld::west() { return west_->hub; }
BenchHub& ExchangeWorld::east() { return east_->hub; }

int64_t ExchangeWorld::commits() {
  return west().store().commits() + east().store().commits();
}

int64_t ExchangeWorld::rows() {
  return west().written().total() + east().written().total();
}

const services::HubCertificates& ExchangeWorld::certificates(
    const std::string& hub) {
  return *(hub == west_->id ? west_ : east_)->certificates;
}

}  // namespace careroute::bench
