// What a caseworker waits for on the large store, in process: a page of a
// work queue or of the cases, a case by its name, a route. One call at a time,
// each about the next of twice as many cases as a hub keeps in memory. Whole
// requests: where the answer holds data whose reading must leave a durable
// trace first, that is waited for.

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "lib/base/status_macros.h"
#include "tests/bench/generated_store.h"
#include "tests/bench/load.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"

namespace careroute::bench {
namespace {

absl::StatusOr<Measured> P99(const Bench& bench, const GeneratedStore& store,
                             ReadScript::MakeCall make) {
  const std::unique_ptr<BenchHub> hub = store.Open(10'000);
  hub->RunInBackground();
  const TableTarget target(hub->table());
  ReadScript script(store.cases(), std::move(make));
  double p50 = 0;
  size_t calls = 0;
  const double value = Repeat(bench.setting, [&] {
    const LoadResult read = AskInTurn(target, script, bench.setting.round);
    p50 = Quantile(read.latencies_ms, 0.5);
    calls = read.latencies_ms.size();
    return Quantile(read.latencies_ms, 0.99);
  });
  return Measured{
      .value = value,
      .note = absl::StrFormat(
          "%d cases; last round: %d calls, half of them within %.2f ms",
          bench.setting.cases, calls, p50)};
}

absl::StatusOr<Measured> QueuePage(const Bench& bench) {
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const store,
                             bench.stores.Get(bench.setting.cases));
  if (!store->queue().has_value()) {
    return absl::NotFoundError("no referral waits in the generated store");
  }
  const model::v1::Actor& performer = store->queue()->performer;
  api::v1::ListReferralsRequest request;
  request.set_organisation(performer.organisation());
  request.set_page_size(kPageRows);
  const OneCall call = {
      .method = "careroute.api.v1.ReferralService.ListReferrals",
      .request = request.SerializeAsString(),
      .actor = performer};
  absl::StatusOr<Measured> measured =
      P99(bench, *store, [call](const NamedCase&) { return call; });
  if (measured.ok()) {
    absl::StrAppend(&measured->note, "; ",
                    std::min<int64_t>(store->queue()->waiting, kPageRows),
                    " referrals on the page");
  }
  return measured;
}

absl::StatusOr<Measured> CasesPage(const Bench& bench) {
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const store,
                             bench.stores.Get(bench.setting.cases));
  api::v1::ListCasesRequest request;
  request.set_page_size(kPageRows);
  const std::string bytes = request.SerializeAsString();
  return P99(bench, *store, [bytes](const NamedCase& one) {
    return OneCall{.method = "careroute.api.v1.CaseService.ListCases",
                   .request = bytes,
                   .actor = one.coordinator};
  });
}

// One method that takes the name of a case.
template <typename Request>
absl::StatusOr<Measured> OneCase(const Bench& bench, const char* method) {
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const store,
                             bench.stores.Get(bench.setting.cases));
  return P99(bench, *store, [method](const NamedCase& one) {
    Request request;
    request.set_name(one.name);
    return OneCall{.method = method,
                   .request = request.SerializeAsString(),
                   .actor = one.coordinator};
  });
}

absl::StatusOr<Measured> CaseByName(const Bench& bench) {
  return OneCase<api::v1::GetCaseRequest>(
      bench, "careroute.api.v1.CaseService.GetCase");
}

absl::StatusOr<Measured> RouteOfCase(const Bench& bench) {
  return OneCase<api::v1::GetRouteRequest>(
      bench, "careroute.api.v1.CaseService.GetRoute");
}

}  // namespace

std::vector<Row> ReadRows() {
  constexpr Goal kGoal = {Of::kValue, Bound::kAtMost, 2};
  return {{.name = "queue page, p99",
           .unit = "ms",
           .goal = kGoal,
           .measure = QueuePage},
          {.name = "page of cases, p99",
           .unit = "ms",
           .goal = kGoal,
           .measure = CasesPage},
          {.name = "case by id, p99",
           .unit = "ms",
           .goal = kGoal,
           .measure = CaseByName},
          {.name = "route, p99",
           .unit = "ms",
           .goal = kGoal,
           .measure = RouteOfCase}};
}

}  // namespace careroute::bench
