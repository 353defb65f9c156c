// tests/torture/history.h: is the history of a case one that may be?
//
// Read as anybody reads it, from the first event on: no version is left out, no
// request has its effect twice, no level of a deadline is raised twice or out
// of turn, and no other timer fires that is not set.
//
//   History history;
//   for (const CaseHistoryEvent& one : reply.events()) {
//     CAREROUTE_RETURN_IF_ERROR(history.Add(one.event()));
//   }
//   if (history.Owes(now)) { ... something that fell due did not fire ... }

#ifndef CAREROUTE_TESTS_TORTURE_HISTORY_H_
#define CAREROUTE_TESTS_TORTURE_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"

namespace careroute::tests {

// For one thread.
class History {
 public:
  // The next event. INTERNAL, with what is wrong, when it cannot come next.
  [[nodiscard]] absl::Status Add(const event::v1::CaseEvent& event);

  [[nodiscard]] int64_t version() const { return version_; }

  // Whether the request has had its effect.
  [[nodiscard]] bool Holds(const std::string& request_id) const {
    return requests_.count(request_id) != 0;
  }

  // A level of a deadline, or another timer, that fell due before `time` and
  // did not fire; empty when there is none.
  [[nodiscard]] std::string Owed(absl::Time time) const;
  [[nodiscard]] bool Owes(absl::Time time) const { return !Owed(time).empty(); }

  // How many levels were raised, of those that fell due after `time`.
  [[nodiscard]] size_t RaisedAfter(absl::Time time) const;

 private:
  [[nodiscard]] absl::Status Fire(const event::v1::TimerFired& fired);
  [[nodiscard]] absl::Status Raise(int32_t number, int32_t level);
  void End(int32_t occurrence);
  void Set(const event::v1::Consequences& consequences);

  int64_t version_ = 0;
  std::set<std::string> requests_;
  // The deadlines that run, by number: when each level falls due.
  std::map<int32_t, event::v1::DeadlineSet> deadlines_;
  // The last level raised of each, and when all that were raised fell due.
  std::map<int32_t, int32_t> raised_;
  std::vector<absl::Time> raised_due_;
  // When the other timers fall due, by kind and number; steps scheduled for
  // later among them. No clock is ever stopped here.
  std::map<std::pair<std::string, int32_t>, absl::Time> timers_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_HISTORY_H_
