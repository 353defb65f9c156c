// lib/exchange/case_comparison.h: a hub that has forgotten learns from another
// one which cases moved between the two.
//
// The other hub lists them, and gives back what this one has less of: that it
// gave a case away, or took one. It knows no more than that: what was written
// here after the backup, and stayed here, is gone. Where members of this hub
// performed something for a case that came to it, and the case knows more of
// that than they do now, the case is named as lost.
//
//   comparison.Compare("east", done);

#ifndef CAREROUTE_LIB_EXCHANGE_CASE_COMPARISON_H_
#define CAREROUTE_LIB_EXCHANGE_CASE_COMPARISON_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/uid.h"
#include "lib/exchange/returned_cases.h"
#include "lib/exchange/transport.h"

namespace careroute::exchange {

// The longest that one answer of a comparison is waited for.
inline constexpr absl::Duration kCompareWithin = absl::Seconds(30);
// As many uids as the record of a comparison holds of each kind.
inline constexpr size_t kLostNamedMax = 100;

// Thread-safe. Everything handed in must outlive it, and it what it asked for.
class CaseComparison {
 public:
  struct Options {
    std::string hub_id;  // this hub
    int64_t epoch = 1;   // of this hub's store
    const base::Clock& clock;
    ReturnedCases& cases;
    Transport& transport;
  };
  explicit CaseComparison(Options options) : options_(std::move(options)) {}

  // Once through all of them; completes with those that cannot be given back
  // whole, the first of them. Safe to repeat. UNIMPLEMENTED for a hub whose
  // release does not know of cases that move.
  void Compare(const std::string& hub, base::Done<std::vector<base::Uid>> done);

  // How often something was taken back, of any hub, in a pass that failed too.
  // What one hub gave back, another one may know more of: it says so once it is
  // asked by a hub that knows the case.
  [[nodiscard]] int64_t taken() const { return taken_; }

 private:
  struct Pass;
  using PassPtr = std::shared_ptr<Pass>;

  void Ask(const PassPtr& pass, v1::CaseQuestion question,
           base::Done<v1::CaseAnswer> done);
  void NextPage(const PassPtr& pass);
  void TakePage(const PassPtr& pass, const v1::CaseAnswer& answer);
  void NextCase(const PassPtr& pass);
  void Look(const PassPtr& pass);
  void GetBack(const PassPtr& pass, const v1::LostCase& lost);
  void TakeBack(const PassPtr& pass, const v1::LostCase& lost,
                v1::ReturnedCase returned);
  // Nothing more of the case comes back.
  void EndCase(const PassPtr& pass);

  const Options options_;
  std::atomic<int64_t> taken_{0};
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_CASE_COMPARISON_H_
