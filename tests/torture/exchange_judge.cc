#include "tests/torture/exchange_judge.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "lib/base/status_macros.h"
#include "tests/hub/peer_bench.h"
#include "tests/torture/exchange_sides.h"
#include "tests/torture/history.h"
#include "tests/torture/read_events.h"

namespace careroute::tests {
namespace {

using model::v1::Referral;
using services::Client;

absl::Status AddWaiting(const Client& administrator, const std::string& peer,
                        Waiting& waiting) {
  CAREROUTE_ASSIGN_OR_RETURN(const auto peers,
                             administrator.Call<api::v1::ListPeersResponse>(
                                 "careroute.api.v1.PeerService.ListPeers",
                                 api::v1::ListPeersRequest()));
  for (const model::v1::Peer& one : peers.peers()) {
    waiting.envelopes += one.waiting();
  }
  if (waiting.envelopes == 0 || !waiting.problem.empty()) {
    return absl::OkStatus();
  }
  api::v1::ListWaitingEnvelopesRequest request;
  request.set_peer(absl::StrCat("peers/", peer));
  request.set_page_size(1);
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto page,
      administrator.Call<api::v1::ListWaitingEnvelopesResponse>(
          "careroute.api.v1.PeerService.ListWaitingEnvelopes", request));
  waiting.problem = page.ShortDebugString();
  return absl::OkStatus();
}

// Who performs reads who it is: as long as the family agrees and the work is
// not over; after a withdrawal no byte of it.
absl::Status CheckReading(const Family& family, const Referral& west) {
  const bool seen = absl::StrContains(west.SerializeAsString(), family.canary);
  if (!family.withdrawn) {
    if (seen || !IsOpen(west)) return absl::OkStatus();
    return Wrong(west.name(), "west does not read who it is");
  }
  if (!seen) return absl::OkStatus();
  return Wrong(west.name(),
               family.never_told
                   ? "west reads who it is, though the family withdrew before "
                     "anything could cross"
                   : "west still reads who it is after the family withdrew");
}

absl::Status JudgeReferral(const Family& family, const SentReferral& sent,
                           const Referral& east, const WestCallers& callers) {
  CAREROUTE_RETURN_IF_ERROR(CheckPerformance(east));
  if (!east.undelivered().empty() && east.undelivered() != kWithheld) {
    return Wrong(sent.name, absl::StrCat("still counts as undelivered: ",
                                         east.undelivered()));
  }
  if (sent.completed && east.state() != model::v1::REFERRAL_STATE_COMPLETED) {
    return Wrong(sent.name, absl::StrCat("west acknowledged that it is "
                                         "completed, and at east it is ",
                                         StandingOf(east)));
  }
  const absl::StatusOr<Referral> west =
      ReadReferral(callers.performer, NameAtWest(sent));
  if (absl::IsNotFound(west.status()) && MayBeAbsent(east)) {
    return absl::OkStatus();
  }
  if (!west.ok()) {
    return Wrong(sent.name, absl::StrCat("it is ", StandingOf(east),
                                         " at east, and west says: ",
                                         west.status().message()));
  }
  CAREROUTE_RETURN_IF_ERROR(CheckReading(family, *west));
  return CompareSides({.east = east, .west = *west});
}

// How often the step that was referred was done, in a history that may be so.
absl::StatusOr<int> CountDone(const Client& coordinator,
                              const std::string& case_name) {
  History history;
  int done = 0;
  const absl::Status read = ReadEvents(
      coordinator, case_name, [&](const event::v1::CaseEvent& event) {
        for (const event::v1::StepEnded& one :
             event.consequences().steps_ended()) {
          if (one.outcome() == "done") ++done;
        }
        return history.Add(event);
      });
  if (!read.ok()) return Wrong(case_name, std::string(read.message()));
  return done;
}

absl::Status JudgeFamily(const Family& family, const EastCallers& east,
                         const WestCallers& west) {
  int completed = 0;
  for (const SentReferral& sent : family.referrals) {
    CAREROUTE_ASSIGN_OR_RETURN(const Referral at_east,
                               ReadReferral(east.coordinator, sent.name));
    CAREROUTE_RETURN_IF_ERROR(JudgeReferral(family, sent, at_east, west));
    if (at_east.state() == model::v1::REFERRAL_STATE_COMPLETED) ++completed;
  }
  CAREROUTE_ASSIGN_OR_RETURN(const int done,
                             CountDone(east.coordinator, family.case_name));
  if (done == completed) return absl::OkStatus();
  return Wrong(family.case_name,
               absl::StrCat(completed, " referrals are completed, and ", done,
                            " outcomes are recorded"));
}

}  // namespace

absl::StatusOr<Waiting> WaitingAt(const EastCallers& east,
                                  const WestCallers& west) {
  Waiting waiting;
  CAREROUTE_RETURN_IF_ERROR(AddWaiting(east.administrator, kWest, waiting));
  CAREROUTE_RETURN_IF_ERROR(AddWaiting(west.administrator, kEast, waiting));
  if (waiting.envelopes > 0) return waiting;
  // What the west sent last may have been answered.
  CAREROUTE_RETURN_IF_ERROR(AddWaiting(east.administrator, kWest, waiting));
  return waiting;
}

absl::Status JudgeExchange(const std::vector<Family>& families,
                           const EastCallers& east, const WestCallers& west) {
  for (const Family& family : families) {
    CAREROUTE_RETURN_IF_ERROR(JudgeFamily(family, east, west));
  }
  return absl::OkStatus();
}

}  // namespace careroute::tests
