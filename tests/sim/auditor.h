// tests/sim/auditor.h: is an answer one that may be given?
//
// Judges each answer when it comes, by what was answered before: a request id
// has one effect and, once it had it, one answer.
//
//   auditor.Hear(request, reply);

#ifndef CAREROUTE_TESTS_SIM_AUDITOR_H_
#define CAREROUTE_TESTS_SIM_AUDITOR_H_

#include <string>

#include "absl/status/statusor.h"
#include "tests/sim/ledger.h"
#include "tests/sim/run_log.h"

namespace careroute::tests {

// An answer of any kind of request.
struct Heard {
  std::string answer;
  int64_t version = 0;
  bool refused = false;
  std::string reason;   // of a refusal
  bool changed = true;  // false: it was asked for nothing new
  bool replayed = false;
};

// For one thread. What is handed in must outlive it.
class Auditor {
 public:
  Auditor(Ledger& ledger, RunLog& log) : ledger_(ledger), log_(log) {}

  // True when the request had its effect with this very answer.
  bool Hear(Request& request, const absl::StatusOr<Heard>& heard);

 private:
  void Find(const Request& request, const std::string& what);
  void HearFailure(const Request& request, const absl::Status& status);

  Ledger& ledger_;
  RunLog& log_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_AUDITOR_H_
