// Whether a transition costs more where more cases are open: the time of one,
// 64 being in flight, on the large store beside the small one. No case or
// person is kept in memory in either, so that each transition reads its case,
// wherever it lies in the file.

#include <memory>

#include "absl/strings/str_format.h"
#include "lib/base/status_macros.h"
#include "tests/bench/generated_store.h"
#include "tests/bench/load.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"

namespace careroute::bench {
namespace {

// A store without a cache, and transitions all over it.
class Uncached {
 public:
  explicit Uncached(const GeneratedStore& store)
      : hub_(store.Open(0)),
        target_(hub_->table()),
        script_(hub_->clock(), store.cases(), kInFlight) {
    hub_->RunInBackground();
  }

  double MsEach(absl::Duration duration) {
    return 1000 / KeepInFlight(target_, script_,
                               {.in_flight = kInFlight, .duration = duration})
                      .per_second;
  }

 private:
  const std::unique_ptr<BenchHub> hub_;
  const TableTarget target_;
  ContactScript script_;
};

absl::StatusOr<Measured> Growth(const Bench& bench) {
  const Setting& setting = bench.setting;
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const large_store,
                             bench.stores.Get(setting.cases));
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const small_store,
                             bench.stores.Get(setting.few_cases));
  Uncached large(*large_store);
  Uncached small(*small_store);
  const Medians both = Alternate(
      setting, {.floor = [&] { return small.MsEach(setting.round); },
                .subject = [&] { return large.MsEach(setting.round); }});
  return Measured{
      .value = both.subject,
      .floor = both.floor,
      .note = absl::StrFormat(
          "%d cases beside %d, of which %.0f in a hundred are open",
          setting.cases, setting.few_cases, large_store->open_of_100())};
}

}  // namespace

std::vector<Row> GrowthRows() {
  return {{.name = "cost of a transition, many cases, no cache",
           .unit = "ms",
           .goal = {Of::kRatio, Bound::kAtMost, 1.5},
           .measure = Growth}};
}

}  // namespace careroute::bench
