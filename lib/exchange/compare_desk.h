// lib/exchange/compare_desk.h: answers a hub that was put back from a backup.
//
// Says how far this hub is with the referrals of a stretch, gives back what the
// asking hub lost of its own halves, and sends again what it has not taken.
// Before that it says which cases moved, and gives back what was lost of them.
//
//   desk.Compare("east", request,
//                [](absl::StatusOr<v1::CompareResponse> answer) { ... });

#ifndef CAREROUTE_LIB_EXCHANGE_COMPARE_DESK_H_
#define CAREROUTE_LIB_EXCHANGE_COMPARE_DESK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/exchange/halves.h"
#include "lib/exchange/peer_epochs.h"
#include "lib/exchange/returned_cases.h"

namespace careroute::exchange {

// As the fields of the messages say.
inline constexpr int32_t kMarksPerCompareMax = 500;
inline constexpr int kReturnedMax = 256;
// Of the envelopes given back in one answer; those of one referral may go over
// it by one envelope.
inline constexpr size_t kReturnedBytesMax = 2 << 20;

// Thread-safe. Everything handed in must outlive it.
class CompareDesk {
 public:
  struct Options {
    std::string hub_id;  // this hub
    int64_t epoch = 1;   // of this hub's store
    std::vector<std::string> peers;
    engine::MarksSource& marks;
    Halves& halves;
    ReturnedCases& cases;
    PeerEpochs& epochs;
  };
  explicit CompareDesk(Options options) : options_(std::move(options)) {}

  // `peer` is the hub that the transport has authenticated. PERMISSION_DENIED
  // for one that is no peer or a request that is not between the two,
  // INVALID_ARGUMENT for marks that are none, not of the stretch, or not by
  // uid, FAILED_PRECONDITION for one of a store that was replaced since,
  // UNAVAILABLE while a batch of such a store is being taken, and the failures
  // of the store. It may be asked whatever state this hub
  // is in itself.
  void Compare(absl::string_view peer, v1::CompareRequest request,
               base::Done<v1::CompareResponse> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  [[nodiscard]] static absl::Status ReadRequest(
      const v1::CompareRequest& request, Job& job);
  void AnswerOfCases(const JobPtr& job, v1::CaseQuestion question);
  void TakeOwnMarks(const JobPtr& job, engine::MarksPage page);
  void NextOwed(const JobPtr& job, size_t next);
  void GiveBack(const JobPtr& job, size_t next);

  const Options options_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_COMPARE_DESK_H_
