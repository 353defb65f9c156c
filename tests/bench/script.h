// tests/bench/script.h: what is asked next, and next after that.
//
// A script gives the calls of several slots. A slot has one call under way at
// a time, and its cases are its own, so that no call waits for another.
//
//   StepScript script(world.cases());
//   target.Send(script.Next(slot), ...);

#ifndef CAREROUTE_TESTS_BENCH_SCRIPT_H_
#define CAREROUTE_TESTS_BENCH_SCRIPT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/clock.h"
#include "tests/bench/case_round.h"
#include "tests/bench/hub_world.h"
#include "tests/bench/target.h"

namespace careroute::bench {

// Different slots may be asked by different threads at once.
class Script {
 public:
  virtual ~Script() = default;
  [[nodiscard]] virtual OneCall Next(size_t slot) = 0;
  // How many slots there are; at least 1.
  [[nodiscard]] virtual size_t slots() const = 0;
};

// A slot a case: a step is started by hand and ended again, by turns, each
// with a note that is sealed.
class StepScript final : public Script {
 public:
  explicit StepScript(const std::vector<WorldCase>& cases);

  [[nodiscard]] OneCall Next(size_t slot) override;
  [[nodiscard]] size_t slots() const override { return slots_.size(); }

 private:
  struct Slot {
    WorldCase of;
    bool live = false;
  };
  std::vector<Slot> slots_;
};

// Records a talk with the family: what any open case of any pathway accepts.
// Two sealed parts, and another day of the next contact each time, so that
// lists and timers change.
class ContactScript final : public Script {
 public:
  ContactScript(const base::Clock& clock, std::vector<NamedCase> cases,
                size_t slots)
      : clock_(clock), round_(std::move(cases), slots) {}

  [[nodiscard]] OneCall Next(size_t slot) override;
  [[nodiscard]] size_t slots() const override { return round_.slots(); }

 private:
  const base::Clock& clock_;
  CaseRound round_;
};

// Reads one case after the other, in one slot.
class ReadScript final : public Script {
 public:
  using MakeCall = std::function<OneCall(const NamedCase&)>;
  ReadScript(std::vector<NamedCase> cases, MakeCall make)
      : round_(std::move(cases), 1), make_(std::move(make)) {}

  [[nodiscard]] OneCall Next(size_t slot) override {
    return make_(round_.Next(slot).of);
  }
  [[nodiscard]] size_t slots() const override { return 1; }

 private:
  CaseRound round_;
  MakeCall make_;
};

// Of a request that nobody made before in this process.
[[nodiscard]] std::string NewRequestId();

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_SCRIPT_H_
