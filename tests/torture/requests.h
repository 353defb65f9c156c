// tests/torture/requests.h: what the callers of a torture ask of a hub.
//
// A request that was drawn is the same whenever it is sent, so that it can be
// sent again after a crash. Half of the reports come weeks late: their limits
// are over when the case is opened, and the hub has levels to raise while it is
// killed. The others come so that a level falls due seconds later, whether the
// hub runs by then or not.
//
//   const Requests requests({.seed = seed, .start = clock.Now()});
//   const Asked asked = requests.Draw({.n = n, .cases = cases, .now = now});
//   absl::StatusOr<std::string> answer = requests.Send(callers, asked);

#ifndef CAREROUTE_TESTS_TORTURE_REQUESTS_H_
#define CAREROUTE_TESTS_TORTURE_REQUESTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/client/client.h"

namespace careroute::tests {

enum class RequestKind { kReport, kRegistration, kContact };

struct Asked {
  int n = 0;
  RequestKind kind = RequestKind::kReport;
  std::string case_name;  // whose contact it is
  absl::Time seen;        // when the need was seen that is reported
};

// What must be written down at once is late this long after it was seen.
inline constexpr absl::Duration kAtOnce = absl::Minutes(1);
// Reports come so that this falls due within so long, if it is not over.
inline constexpr absl::Duration kDueWithin = absl::Seconds(10);

// Who calls.
struct Callers {
  services::Client registrar;
  services::Client coordinator;
};

// Thread-safe.
class Requests {
 public:
  struct Options {
    uint64_t seed = 0;
    absl::Time start;  // of the run
  };
  explicit Requests(const Options& options) : options_(options) {}

  struct Draft {
    int n = 0;
    // A contact is with the family of one of these.
    const std::vector<std::string>& cases;
    absl::Time now;
  };
  // The n-th request. But for the time of reports, the seed decides.
  [[nodiscard]] Asked Draw(const Draft& draft) const;

  // Sends it and waits; the answer's bytes. Again while the hub says that other
  // writers were faster.
  [[nodiscard]] absl::StatusOr<std::string> Send(const Callers& callers,
                                                 const Asked& asked) const;

  // The id it is sent with, as events keep it.
  [[nodiscard]] static std::string IdOf(const Asked& asked);

 private:
  [[nodiscard]] absl::StatusOr<std::string> SendOnce(const Callers& callers,
                                                     const Asked& asked) const;

  const Options options_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_REQUESTS_H_
