// lib/engine/testing/performed_bench.h: another hub, "east", refers a child to
// the office of an EngineBench.
//
//   PerformedBench bench;
//   bench.Take(1, bench.Sent());
//   bench.Do("accept {}");
//   EXPECT_EQ(bench.State(), model::v1::REFERRAL_STATE_ACCEPTED);
//
// What must succeed and does not fails the test. Not thread-safe.

#ifndef CAREROUTE_LIB_ENGINE_TESTING_PERFORMED_BENCH_H_
#define CAREROUTE_LIB_ENGINE_TESTING_PERFORMED_BENCH_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/engine/performed_referrals.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine::testing {

inline constexpr base::Uid kPerformedUid{.high = 7, .low = 9};
inline constexpr char kOffice[] = "organisations/office";
// The entry of the request half that follows on those of Sent.
inline constexpr char kCancelAsked[] =
    "sequence: 3 move: REFERRAL_MOVE_CANCEL_ASKED reason: "
    "REFERRAL_REASON_PERSON_REFUSED note: 'they moved'";

class PerformedBench {
 public:
  // Over the bench given, or one of its own.
  explicit PerformedBench(EngineBench* given = nullptr);

  [[nodiscard]] EngineBench& bench() { return bench_; }
  [[nodiscard]] PerformedReferrals& performed() {
    return bench_.engine().performed_referrals();
  }

  // --- What the other hub tells ---------------------------------------------
  // With identity and a text of class SOCIAL; made and sent.
  [[nodiscard]] static Arrival Sent();
  // By one entry.
  [[nodiscard]] static Growth Grew(const std::string& entry);
  template <typename What>
  [[nodiscard]] Incoming Told(int32_t sequence, What what) {
    return {.referral = kPerformedUid,
            .from_hub = "east",
            .sequence = sequence,
            .recorded = bench_.clock().Now(),
            .what = std::move(what),
            .from_organisation = "organisations/far-clinic",
            .to_organisation = kOffice};
  }
  TakeResult Take(Incoming incoming);
  template <typename What>
  TakeResult Take(int32_t sequence, What what) {
    return Take(Told(sequence, std::move(what)));
  }

  // --- What the performer does ----------------------------------------------
  // The command of the text, by a performer of the office; answered with the
  // number of the state.
  [[nodiscard]] PerformedReferrals::ExecuteRequest Asking(
      const std::string& command, const std::string& request_id = "");
  Reply Do(PerformedReferrals::ExecuteRequest request);
  // It must be accepted.
  Reply Do(const std::string& command);
  // It must be refused: why.
  model::v1::Refusal Refuse(const std::string& command);

  // --- What is then ---------------------------------------------------------
  [[nodiscard]] absl::StatusOr<PerformedReading> TryRead();
  // It must be there.
  [[nodiscard]] PerformedReading Read();
  [[nodiscard]] model::v1::ReferralState State();
  // What can be opened of it.
  [[nodiscard]] model::v1::Disclosed Disclosed();
  [[nodiscard]] absl::StatusOr<PerformedEvent> Event(int64_t version);
  [[nodiscard]] std::vector<store::IndexRow> Rows(Table table,
                                                  const std::string& key);
  // Numbers of the envelopes that wait for the hub.
  [[nodiscard]] std::vector<int64_t> Owed();
  [[nodiscard]] bool KeyIsThere();

 private:
  std::unique_ptr<EngineBench> own_;
  EngineBench& bench_;
};

}  // namespace careroute::engine::testing

#endif  // CAREROUTE_LIB_ENGINE_TESTING_PERFORMED_BENCH_H_
