// tests/sim/ledger.h: what was asked in a run, and what was answered.
//
// The workload writes down what it asks, the auditor what it hears, and the
// checkers hold the hubs to it. Nothing here is read from a hub but answers.

#ifndef CAREROUTE_TESTS_SIM_LEDGER_H_
#define CAREROUTE_TESTS_SIM_LEDGER_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/uid.h"
#include "lib/casework/case.h"
#include "lib/testing/invented.h"

namespace careroute::tests {

// A family, as whoever asks for it knows it.
struct Family {
  int number = 0;
  std::string hub;               // where its case is, or was when last read
  std::string clinic;            // id of the organisation that coordinates
  std::string canary;            // stands in its identity and nowhere else
  bool willing = true;           // lets the office know who it is
  std::optional<base::Uid> uid;  // of the case
  std::string person;            // "persons/{person}"
  // As last read; null before. May be old.
  std::shared_ptr<const casework::Case> state;
  // Told to no other hub before; none = never asked.
  std::optional<absl::Time> consent_asked;
  // The withdrawal was acknowledged.
  std::optional<absl::Time> withdrawn;
  // It moves to where this hub is, and has agreed that its history goes there;
  // empty = it stays.
  std::string moves_to;
  int offers = 0;  // of the case to another hub, that were asked for
};

enum class Target : uint8_t { kReport, kCase, kPerformed };

// A request that had its effect.
struct Effect {
  std::string answer;
  int64_t version = 0;  // of a report: 0
};

// What is asked under one request id, once or several times.
struct Request {
  std::string id;
  std::string hub;
  Target target = Target::kCase;
  base::Uid uid;             // of the case or the referral
  Family* family = nullptr;  // of the ledger
  testing::Caller caller;
  std::string command;  // text; of a report nothing
  int asked = 0;
  std::optional<Effect> effect;  // the first that was acknowledged
};

// What was acknowledged by one hub up to some moment.
struct Acknowledged {
  struct OfFamily {
    std::optional<base::Uid> uid;
    std::optional<absl::Time> consent_asked;
    std::optional<absl::Time> withdrawn;
  };
  std::map<int, OfFamily> families;  // by number
  std::set<std::string> effects;     // ids of requests
};

// Stays where it is: others point into it.
struct Ledger {
  std::deque<Family> families;
  std::deque<Request> requests;
  int64_t answers = 0;
  int64_t effects = 0;
  int64_t refusals = 0;
  // Hubs that were put back from a backup.
  std::set<std::string> restored;
  int64_t moves = 0;  // of cases, to another hub
  // What broke a promise, in words.
  std::vector<std::string> findings;

  [[nodiscard]] Acknowledged AcknowledgedBy(const std::string& hub) const;
  // The hub was put back from a backup made then: what it acknowledged later
  // was lost, as whoever restores it knows.
  void Forget(const std::string& hub, const Acknowledged& then);
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_LEDGER_H_
