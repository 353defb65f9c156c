// services/command/mock/agency.h: an organisation that behaves by a script.
//
//   MockAgency agency({.script = script, .hub = hub, .tell = print,
//                      .new_request_id = NewRequestId});
//   const absl::Status ended = agency.Run(MockAgency::Until::kNothingToDo);

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_AGENCY_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_AGENCY_H_

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/testing/v1/mock_script.pb.h"
#include "services/command/mock/courses.h"
#include "services/command/mock/mock_hub.h"

namespace careroute::services {

// It knows what it has seen itself: one that is started anew takes up what is
// in the queue from the first act. For one thread; all handed in must outlive
// it.
class MockAgency {
 public:
  struct Options {
    const testing::v1::MockScript& script;
    MockHub& hub;
    // Is told what was done, as it happens. An error ends the run.
    std::function<absl::Status(const testing::v1::MockDeed&)> tell;
    std::function<std::string()> new_request_id;
    // Of what refusals say, "ru" or "en".
    std::string language = "en";
  };
  explicit MockAgency(Options options)
      : options_(std::move(options)), courses_(options_.script) {}

  enum class Until {
    // Nothing in the queue has an act to come: what is forgotten, and what
    // waits for others, has none.
    kNothingToDo,
    // The hub ends the connection.
    kHubEnds,
  };
  // A hub that refuses an act does not end it, one that cannot be reached does.
  [[nodiscard]] absl::Status Run(Until until);

 private:
  // A referral, and how far its course has come.
  struct Taken {
    Chosen chosen;
    int next = 0;  // number of the act in the course
    absl::Time due;
    bool in_queue = true;
    bool owes_answer = false;  // to a cancel that is asked
    bool cancel_answered = false;
  };
  struct Doing;

  [[nodiscard]] absl::Status TakeUp(
      const std::vector<model::v1::Referral>& queue, absl::Time now);
  [[nodiscard]] absl::Status Begin(const model::v1::Referral& referral,
                                   absl::Time now);
  void Schedule(Taken& taken, absl::Time now);
  // One act of each referral that has one to do now; how many there were.
  [[nodiscard]] absl::StatusOr<int> ActOn(
      const std::vector<model::v1::Referral>& queue, absl::Time now);
  [[nodiscard]] absl::Status Do(const Doing& doing, Taken& taken);
  [[nodiscard]] absl::Status Answer(const Doing& doing, Taken& taken);
  [[nodiscard]] absl::Status Send(const Doing& doing, const ActCall& call,
                                  testing::v1::MockDeed deed);
  [[nodiscard]] absl::Status Tell(const Doing& doing,
                                  testing::v1::MockDeed deed) const;
  // InfiniteFuture when nothing is to come.
  [[nodiscard]] absl::Time NextDue() const;

  const Options options_;
  Courses courses_;
  std::map<std::string, Taken> taken_;  // by name of the referral
  // Before this it does nothing.
  absl::Time silent_until_ = absl::InfinitePast();
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_AGENCY_H_
