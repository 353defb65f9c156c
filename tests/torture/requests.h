// tests/torture/requests.h: what the callers of a torture ask of a hub.
//
// The n-th request of a run is the same whenever it is sent, so that it can be
// sent again after a crash. Reports come weeks late: their limits are over when
// the case is opened, and the hub has levels to raise while it is killed.
//
//   const Requests requests({.seed = seed, .start = clock.Now()});
//   const Asked asked = requests.Draw(n, cases);
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
};

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

  // The n-th request. A contact is with the family of one of the cases.
  [[nodiscard]] Asked Draw(int n, const std::vector<std::string>& cases) const;

  // Sends it and waits; the answer's bytes.
  [[nodiscard]] absl::StatusOr<std::string> Send(const Callers& callers,
                                                 const Asked& asked) const;

  // The id it is sent with, as events keep it.
  [[nodiscard]] static std::string IdOf(const Asked& asked);

 private:
  const Options options_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_REQUESTS_H_
