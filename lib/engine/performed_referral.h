// lib/engine/performed_referral.h: a referral at a hub that only performs, as
// it is folded.
//
// Its case lives at another hub, which writes the request half; here stands a
// mirror of that half and the half of its own. Both come from one stream, whose
// events also say how far the envelopes of either half have come. Nothing the
// referral discloses is folded: that stands sealed in the events.
//
//   PerformedReferral state;
//   FoldPerformed(event, state);
//   if (state.arrived) Show(casework::StateOf(state.referral));

#ifndef CAREROUTE_LIB_ENGINE_PERFORMED_REFERRAL_H_
#define CAREROUTE_LIB_ENGINE_PERFORMED_REFERRAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/event/v1/referral_event.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/base/uid.h"
#include "lib/casework/referral.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

// The lowest format number that can fold the events this release writes, and
// the highest it can fold.
inline constexpr int32_t kPerformedFormat = 1;

// Envelopes one referral may have waiting for a newer release.
inline constexpr size_t kKeptMax = 100;

// An envelope that is kept until it is understood.
struct KeptEnvelope {
  int32_t sequence = 0;
  int64_t version = 0;  // of the event that holds it

  friend bool operator==(const KeptEnvelope&, const KeptEnvelope&) = default;
};

struct PerformedReferral {
  // Its halves; only its parties are known before it has arrived. The number is
  // 0: that is the requester's.
  casework::Referral referral;
  std::string home_hub;                        // of the requester
  std::vector<std::string> past_homes;         // of the case, sorted
  std::vector<std::string> outcomes;           // it may be completed with
  std::string profile;                         // empty = "default"
  std::string pathway;                         // of the case, by id
  std::string replaces;                        // uid; empty = none
  std::vector<model::v1::Deadline> deadlines;  // that run
  access::DataClassSet recalled;
  int32_t taken = 0;         // the last envelope of the request half
  int32_t envelopes = 0;     // of the own half; the number of the last
  int64_t told_version = 0;  // of the event that one tells of
  int64_t version = 0;
  absl::Time recorded = absl::InfinitePast();  // the last event
  bool arrived = false;
  bool erased = false;
  bool ahead = false;  // a newer release wrote on
  std::vector<KeptEnvelope> kept;
};

// Total: any event leaves a state that can be asked. What a newer release wrote
// leaves it as it is, but for `ahead`.
void FoldPerformed(const event::v1::ReferralEvent& event,
                   PerformedReferral& state);

[[nodiscard]] bool IsKept(const PerformedReferral& state, int32_t sequence);

// Whether nothing that was disclosed may be used any more. What was, is known
// once the referral has arrived: its envelope may be kept meanwhile.
[[nodiscard]] bool AllIsRecalled(const PerformedReferral& state);

// The classes the performer may read now: those disclosed and not recalled,
// while the referral is open or completed. Who rejected it, failed, or had it
// taken back reads nothing more.
[[nodiscard]] access::DataClassSet ReadableClasses(
    const PerformedReferral& state);

// When the nearest deadline that runs falls due; InfiniteFuture = none.
[[nodiscard]] absl::Time NextDue(const PerformedReferral& state);

// "referrals/{uid}".
[[nodiscard]] std::string PerformedName(const base::Uid& uid);

// Where its events lie.
[[nodiscard]] inline store::StreamId PerformedStream(const base::Uid& uid) {
  return {.kind = store::StreamKind::kReferral, .id = uid};
}

// Number of the own envelope that tells of the event; 0 = none does.
[[nodiscard]] int32_t EnvelopeOf(const event::v1::ReferralEvent& event);

// Its stream, as StreamEngine sees it.
struct PerformedTraits {
  using State = PerformedReferral;
  static constexpr store::StreamKind kKind = store::StreamKind::kReferral;
  static constexpr int32_t kFoldVersion = 1;
  // A referral has some ten events, and its questions are bounded: it is read
  // whole.
  static constexpr int64_t kSnapshotEvery = INT64_MAX;
  static constexpr absl::string_view kName = "referrals";

  // DATA_LOSS for bytes that are no event.
  static absl::Status Fold(const std::string& stored, State& state);
  // Never called: there are no snapshots.
  static absl::Status Restore(const std::string& snapshot, State& state);
  static std::string Snapshot(const State& state);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PERFORMED_REFERRAL_H_
