// tests/bench/case_world.h: a case of 200 events, and commands it would accept.
//
//   const CaseWorld& world = CaseWorld::Get();
//   Case state = world.state();
//   google::protobuf::Arena arena;
//   world.Run(world.accept(), arena, state);

#ifndef CAREROUTE_TESTS_BENCH_CASE_WORLD_H_
#define CAREROUTE_TESTS_BENCH_CASE_WORLD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/case.h"
#include "lib/casework/decide.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::bench {

// Folded into the state every decision is measured on.
inline constexpr size_t kFoldedEvents = 200;

// A command, and who gives it.
struct Job {
  command::v1::CaseCommand command;
  model::v1::Actor actor;
};

// Immutable once made; not thread-safe, since what a decision asks of the
// directory is not.
class CaseWorld {
 public:
  [[nodiscard]] static const CaseWorld& Get();

  [[nodiscard]] const casework::Case& state() const { return stage_.state(); }
  [[nodiscard]] const std::vector<std::string>& stream() const {
    return stage_.stream();
  }

  // The performer accepts a referral.
  [[nodiscard]] const Job& accept() const { return accept_; }
  // A step ends, and nothing follows.
  [[nodiscard]] const Job& complete() const { return complete_; }
  // A step ends, two start, each with its deadlines.
  [[nodiscard]] const Job& complete_to_two() const { return complete_to_two_; }
  // Of a state without the step that `complete` ends.
  [[nodiscard]] const Job& start() const { return start_; }

  [[nodiscard]] casework::Decision Decide(const Job& job,
                                          google::protobuf::Arena& arena,
                                          const casework::Case& state) const;

  // Decides and folds; stops the program when it is refused.
  const event::v1::CaseEvent& Run(const Job& job,
                                  google::protobuf::Arena& arena,
                                  casework::Case& state) const;

  // The same case, `count` events long: one step is started and ended again
  // and again. Stored bytes.
  [[nodiscard]] std::vector<std::string> LongStream(size_t count) const;

 private:
  CaseWorld();
  void Live();

  mutable casework::testing::CaseStage stage_;
  std::vector<base::Uid> ids_;
  Job accept_;
  Job complete_;
  Job complete_to_two_;
  Job start_;
};

// A command in textproto.
[[nodiscard]] command::v1::CaseCommand ParseCommand(const std::string& text);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_CASE_WORLD_H_
