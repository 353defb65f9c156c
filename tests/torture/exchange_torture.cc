#include "tests/torture/exchange_torture.h"

#include <signal.h>

#include <iostream>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "lib/engine/checkpoints.h"
#include "tests/torture/check_bench.h"
#include "tests/torture/exchange_judge.h"

namespace careroute::tests {
namespace {

// Things asked in a round while the network hurts.
constexpr uint64_t kActs = 80;
// One of so many is asked on new connections; of those one of so many times
// they are faithful.
constexpr uint64_t kCutOf = 8;
constexpr uint64_t kFaithfulOf = 4;
// A hub that was killed is down while at most so many are asked of the other.
constexpr uint64_t kDownMax = 12;

// An administrator who sees that something still waits asks again.
constexpr absl::Duration kRedriveEvery = absl::Seconds(5);
// What waits is looked at after every byte that passes, and this often.
constexpr absl::Duration kLookEvery = absl::Milliseconds(500);

std::string AddressOf(const Relay& relay) {
  return absl::StrCat("127.0.0.1:", relay.port());
}

absl::Status CheckRan(const std::string& what, const Ran& ran) {
  if (ran.status == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(what, ":\n", ran.log));
}

// In development mode: whoever it says it is.
PeerBench::Identity ActingAs(const std::string& organisation,
                             const std::string& member,
                             model::v1::ActorRole role) {
  PeerBench::Identity identity;
  identity.actor.set_organisation(organisation);
  identity.actor.set_member(absl::StrCat(organisation, "/members/", member));
  identity.actor.set_role(role);
  identity.actor.set_purpose("care");
  return identity;
}

int MishapsOf(const Relay::Tally& tally) {
  return std::accumulate(tally.mishaps.begin() + 1, tally.mishaps.end(),
                         tally.refused);
}

}  // namespace

ExchangeTorture::ExchangeTorture(const Options& options)
    : options_(options),
      began_(base::MonotonicTime()),
      random_(options.seed),
      east_(kEast, options.seed + 1),
      west_(kWest, options.seed + 2),
      bench_({.east_address = AddressOf(east_.relay),
              .west_address = AddressOf(west_.relay),
              .development = true}),
      load_(options.seed + 3) {}

bool ExchangeTorture::Over() const {
  if (tally_.rounds == 0) return false;
  if (options_.rounds > 0 && tally_.rounds >= options_.rounds) return true;
  return base::MonotonicTime() - began_ >= options_.time;
}

absl::Status ExchangeTorture::Run() {
  const absl::Status status = Rounds();
  east_.program.reset();
  west_.program.reset();
  return status;
}

absl::Status ExchangeTorture::Rounds() {
  while (!Over()) CAREROUTE_RETURN_IF_ERROR(Round());
  tally_.mishaps =
      MishapsOf(east_.relay.tally()) + MishapsOf(west_.relay.tally());
  if (tally_.mishaps > 0) return absl::OkStatus();
  return absl::InternalError(
      "nothing went wrong on the way: the run has shown nothing");
}

absl::Status ExchangeTorture::Round() {
  CAREROUTE_RETURN_IF_ERROR(StartHubs());
  CAREROUTE_RETURN_IF_ERROR(Hurt());
  CAREROUTE_RETURN_IF_ERROR(StartHubs());
  CAREROUTE_RETURN_IF_ERROR(ReferInVain());
  // Now both hubs have something to sign; what they send next carries it.
  const absl::Duration signed_by =
      base::MonotonicTime() + 2 * engine::kCheckpointEvery;
  while (base::MonotonicTime() < signed_by) {
    west_.relay.WaitForTraffic(signed_by - base::MonotonicTime());
  }
  CAREROUTE_RETURN_IF_ERROR(ReferInVain());
  CAREROUTE_RETURN_IF_ERROR(
      JudgeExchange(load_.families(), AtEast(), AtWest()));
  for (Side* side : {&east_, &west_}) CAREROUTE_RETURN_IF_ERROR(EndHub(*side));
  ++tally_.rounds;
  TellRound();
  return Examine();
}

// --- Hubs -------------------------------------------------------------------

absl::Status ExchangeTorture::StartHubs() {
  for (Side* side : {&east_, &west_}) {
    if (side->program == nullptr) CAREROUTE_RETURN_IF_ERROR(Start(*side));
  }
  return absl::OkStatus();
}

absl::Status ExchangeTorture::Start(Side& side) {
  side.program = bench_.Start(side.id);
  CAREROUTE_RETURN_IF_ERROR(CheckBench(*side.program));
  if (!std::exchange(side.imported, true)) {
    bench_.ImportDirectory(side.id, side.program->port());
  }
  side.relay.LeadTo(side.program->port());
  return CheckBench(*side.program);
}

absl::Status ExchangeTorture::Kill(Side& side) {
  side.program->Signal(SIGKILL);
  side.relay.LeadTo(0);
  if (const int status = side.program->Wait(); status != -SIGKILL) {
    return absl::InternalError(absl::StrCat("hub ", side.id,
                                            " ended by itself with ", status,
                                            ":\n", side.program->log()));
  }
  side.program = nullptr;
  ++tally_.kills;
  return absl::OkStatus();
}

// In order, or not.
absl::Status ExchangeTorture::EndHub(Side& side) {
  if (random_.Uniform(2) == 0) return Kill(side);
  side.program->Signal(SIGTERM);
  if (const int status = side.program->Wait(); status != 0) {
    return absl::InternalError(absl::StrCat(
        "hub ", side.id, " stopped with ", status, ":\n", side.program->log()));
  }
  side.relay.LeadTo(0);
  side.program = nullptr;
  return absl::OkStatus();
}

void ExchangeTorture::SetRelays(Relay::Mood mood) {
  for (Side* side : {&east_, &west_}) side->relay.Set(mood);
}

EastCallers ExchangeTorture::AtEast() const {
  const int port = east_.program->port();
  return {.administrator = bench_.Administrator(kEast, port),
          .registrar = bench_.Caller(
              kEast, port,
              ActingAs(kClinicName, "system", model::v1::ACTOR_ROLE_REGISTRAR)),
          .coordinator =
              bench_.Caller(kEast, port,
                            ActingAs(kClinicName, "coordinator",
                                     model::v1::ACTOR_ROLE_COORDINATOR))};
}

WestCallers ExchangeTorture::AtWest() const {
  const int port = west_.program->port();
  return {
      .administrator = bench_.Administrator(kWest, port),
      .performer = bench_.Caller(kWest, port,
                                 ActingAs(kOfficeName, "coordinator",
                                          model::v1::ACTOR_ROLE_PERFORMER))};
}

ExchangeCallers ExchangeTorture::Callers() const {
  ExchangeCallers callers;
  if (east_.program != nullptr) callers.east = AtEast();
  if (west_.program != nullptr) callers.west = AtWest();
  return callers;
}

// --- A round ----------------------------------------------------------------

absl::Status ExchangeTorture::Hurt() {
  Side& victim = random_.Uniform(2) == 0 ? east_ : west_;
  const uint64_t killed = random_.Uniform(kActs);
  const uint64_t started = killed + random_.Uniform(kDownMax);
  ExchangeCallers callers = Callers();
  for (uint64_t act = 0; act < kActs; ++act) {
    if (act == 0 || random_.Uniform(kCutOf) == 0) {
      SetRelays(random_.Uniform(kFaithfulOf) == 0 ? Relay::Mood::kFaithful
                                                  : Relay::Mood::kTroubled);
    }
    if (act == killed) {
      CAREROUTE_RETURN_IF_ERROR(Kill(victim));
      callers = Callers();
    }
    if (act == started) {
      CAREROUTE_RETURN_IF_ERROR(Start(victim));
      callers = Callers();
    }
    CAREROUTE_RETURN_IF_ERROR(load_.Act(callers));
  }
  return absl::OkStatus();
}

absl::Status ExchangeTorture::ReferInVain() {
  SetRelays(Relay::Mood::kShut);
  CAREROUTE_RETURN_IF_ERROR(load_.ReferInVain(AtEast()));
  SetRelays(Relay::Mood::kFaithful);
  return Converge();
}

absl::Status ExchangeTorture::Converge() {
  const EastCallers east = AtEast();
  const WestCallers west = AtWest();
  const absl::Duration end = base::MonotonicTime() + kConvergesWithin;
  absl::Duration redrive = absl::ZeroDuration();
  while (true) {
    if (base::MonotonicTime() >= redrive) {
      CAREROUTE_RETURN_IF_ERROR(load_.Redrive({.east = east, .west = west}));
      redrive = base::MonotonicTime() + kRedriveEvery;
    }
    CAREROUTE_ASSIGN_OR_RETURN(const Waiting waiting, WaitingAt(east, west));
    if (waiting.envelopes == 0) return absl::OkStatus();
    if (base::MonotonicTime() >= end) {
      return absl::DeadlineExceededError(
          absl::StrCat(waiting.envelopes, " envelopes still wait ",
                       absl::FormatDuration(kConvergesWithin),
                       " after the network is whole, first ", waiting.problem));
    }
    west_.relay.WaitForTraffic(kLookEvery);
  }
}

absl::Status ExchangeTorture::Examine() const {
  for (const char* hub : {kEast, kWest}) {
    CAREROUTE_RETURN_IF_ERROR(
        CheckRan(absl::StrCat("fsck of ", hub), bench_.Fsck(hub)));
    CAREROUTE_RETURN_IF_ERROR(
        CheckRan(absl::StrCat("verify of ", hub), bench_.Verify(hub)));
  }
  return absl::OkStatus();
}

void ExchangeTorture::TellRound() {
  size_t referrals = 0;
  for (const Family& family : load_.families()) {
    referrals += family.referrals.size();
  }
  std::cout << "round " << tally_.rounds << ": "
            << MishapsOf(east_.relay.tally()) + MishapsOf(west_.relay.tally())
            << " mishaps, " << tally_.kills << " kills, "
            << load_.acknowledged() << " acknowledged, " << referrals
            << " referrals alike at both hubs" << std::endl;
}

}  // namespace careroute::tests
