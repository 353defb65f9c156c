// What the bindings add: the same hub inside a C, Python or Node.js program,
// beside the same calls of its method table in C++.
//
// The no-op reads the clock of a hub in memory, whose clock is virtual. A
// durable call records a talk with a family, on copies of one SQLite store.
// The C ABI is called in this process; Python and Node.js run their own script
// in a process that waits while the floor is measured.

#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "tests/bench/binding_commands.h"
#include "tests/bench/binding_hubs.h"
#include "tests/bench/contact_store.h"
#include "tests/bench/load.h"
#include "tests/bench/process_memory.h"
#include "tests/bench/round_child.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/bench/script.h"

namespace careroute::bench {
namespace {

// What an allocator or a collector may keep more of at one look than at
// another; ten million calls that leave one byte each are beyond it.
constexpr double kFlatMegabytes = 8;

// Microseconds a call, one after the other.
double UsACall(absl::Duration duration, absl::FunctionRef<void()> call) {
  const absl::Duration begun = base::MonotonicTime();
  absl::Duration taken;
  int64_t calls = 0;
  do {
    call();
    ++calls;
    taken = base::MonotonicTime() - begun;
  } while (taken < duration);
  return absl::ToDoubleMicroseconds(taken) / static_cast<double>(calls);
}

// A hub, asked one call at a time.
class Asking {
 public:
  Asking(CalledHub& hub, const ContactStore& store)
      : hub_(hub), script_(clock_, store.cases(), 1) {}

  double Us(absl::Duration duration) {
    return UsACall(duration,
                   [this] { hub_.Call(ReadyCallOf(script_.Next(0))); });
  }

 private:
  CalledHub& hub_;
  const base::RealClock clock_;
  ContactScript script_;
};

// --- C -----------------------------------------------------------------------

absl::StatusOr<Measured> NoOpOfC(const Bench& bench) {
  TableHub table(NoOpConfig());
  AbiHub abi(NoOpConfig());
  const ReadyCall call = ReadsClock();
  const absl::Duration round = bench.setting.round;
  const Medians both = Alternate(
      bench.setting,
      {.floor = [&] { return UsACall(round, [&] { table.Call(call); }); },
       .subject = [&] { return UsACall(round, [&] { abi.Call(call); }); }});
  return Measured{.value = both.subject, .floor = both.floor};
}

absl::StatusOr<Measured> DurableOfC(const Bench& bench) {
  const ContactStore store;
  TableHub table(DurableConfig(store.Copy("floor")));
  AbiHub abi(DurableConfig(store.Copy("c")));
  Asking floor(table, store);
  Asking subject(abi, store);
  const Medians both =
      Alternate(bench.setting,
                {.floor = [&] { return floor.Us(bench.setting.round); },
                 .subject = [&] { return subject.Us(bench.setting.round); }});
  return Measured{.value = both.subject, .floor = both.floor};
}

// By what a process grows between a tenth of the calls and the last.
struct Growth {
  int64_t calls = 0;
  double before = 0;
  double after = 0;
};
Measured MeasuredOf(const Growth& growth) {
  return {.value = growth.after - growth.before,
          .note = absl::StrFormat(
              "%d calls; %.1f MB after a tenth of them, %.1f MB after all",
              growth.calls, growth.before, growth.after)};
}

absl::StatusOr<Measured> MemoryOfC(const Bench& bench) {
  AbiHub abi(NoOpConfig());
  const ReadyCall call = ReadsClock();
  Growth growth{.calls = bench.setting.memory_calls};
  for (int64_t i = 0; i < growth.calls; ++i) {
    if (i == growth.calls / 10) growth.before = ResidentMegabytes(getpid());
    abi.Call(call);
  }
  growth.after = ResidentMegabytes(getpid());
  return MeasuredOf(growth);
}

// --- Languages with a process of their own -----------------------------------

// The script of a language, and how many calls it makes at a time.
struct Spoken {
  absl::StatusOr<std::vector<std::string>> (*command)() = nullptr;
  size_t in_flight = 1;
};

// A round before the first is not counted: in it a script gets ready, and a
// compiler that watches has seen what comes again.
absl::StatusOr<Measured> Beside(const Bench& bench, size_t in_flight,
                                RoundChild& child,
                                absl::FunctionRef<double()> floor) {
  const RoundOrder order = {.in_flight = in_flight,
                            .duration = bench.setting.round};
  absl::Status trouble = child.Round(order).status();
  CAREROUTE_RETURN_IF_ERROR(trouble);
  const Medians both =
      Alternate(bench.setting, {.floor = floor, .subject = [&] {
                                  const absl::StatusOr<RoundResult> round =
                                      child.Round(order);
                                  trouble.Update(round.status());
                                  return round.ok() ? round->us_a_call() : 0;
                                }});
  CAREROUTE_RETURN_IF_ERROR(trouble);
  return Measured{.value = both.subject, .floor = both.floor};
}

// The floor answers at once, on the thread that asks: there more in flight
// would be no faster.
absl::StatusOr<Measured> NoOp(const Bench& bench, const Spoken& spoken) {
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<std::string> command,
                             spoken.command());
  command.push_back("no-op");
  TableHub table(NoOpConfig());
  const ReadyCall call = ReadsClock();
  RoundChild child({.command = std::move(command)});
  return Beside(bench, spoken.in_flight, child, [&] {
    return UsACall(bench.setting.round, [&] { table.Call(call); });
  });
}

absl::StatusOr<Measured> Durable(const Bench& bench, const Spoken& spoken) {
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<std::string> command,
                             spoken.command());
  const ContactStore store;
  TableHub table(DurableConfig(store.Copy("floor")));
  command.insert(command.end(),
                 {"contact", store.Copy("subject"), store.coordinator()});
  RoundChild child({.command = std::move(command)});
  if (spoken.in_flight == 1) {
    Asking floor(table, store);
    return Beside(bench, spoken.in_flight, child,
                  [&] { return floor.Us(bench.setting.round); });
  }
  const TableTarget target(table.table());
  const base::RealClock clock;
  ContactScript contacts(clock, store.cases(), spoken.in_flight);
  return Beside(bench, spoken.in_flight, child, [&] {
    return 1e6 / KeepInFlight(target, contacts,
                              {.in_flight = spoken.in_flight,
                               .duration = bench.setting.round})
                     .per_second;
  });
}

absl::StatusOr<Measured> Memory(const Bench& bench, const Spoken& spoken) {
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<std::string> command,
                             spoken.command());
  command.push_back("no-op");
  RoundChild child({.command = std::move(command)});
  Growth growth{.calls = bench.setting.memory_calls};
  const int64_t tenth = growth.calls / 10;
  CAREROUTE_RETURN_IF_ERROR(
      child.Round({.in_flight = spoken.in_flight, .calls = tenth}).status());
  growth.before = ResidentMegabytes(child.id());
  CAREROUTE_RETURN_IF_ERROR(
      child
          .Round({.in_flight = spoken.in_flight, .calls = growth.calls - tenth})
          .status());
  growth.after = ResidentMegabytes(child.id());
  return MeasuredOf(growth);
}

// --- Rows --------------------------------------------------------------------

using Measure = absl::StatusOr<Measured> (*)(const Bench&, const Spoken&);

struct RowOf {
  std::string name;
  std::string unit = "us";
  Goal goal;
  Measure measure = nullptr;
  Spoken spoken;
};
Row Made(const RowOf& row) {
  return {
      .name = row.name,
      .unit = row.unit,
      .goal = row.goal,
      .measure = [measure = row.measure, spoken = row.spoken](
                     const Bench& bench) { return measure(bench, spoken); }};
}

constexpr Goal kFlat = {Of::kValue, Bound::kAtMost, kFlatMegabytes};
constexpr Goal kDurable = {Of::kRatio, Bound::kAtMost, 1.3};

std::vector<Row> RowsOfC() {
  const Goal goal = {Of::kRatio, Bound::kAtMost, 1.1};
  return {{.name = "C: no-op method",
           .unit = "us",
           .goal = goal,
           .measure = NoOpOfC},
          {.name = "C: durable call, SQLite",
           .unit = "us",
           .goal = goal,
           .measure = DurableOfC},
          {.name = "C: memory grown over many calls",
           .unit = "MB",
           .goal = kFlat,
           .measure = MemoryOfC}};
}

std::vector<Row> RowsOfPython() {
  const Spoken one = {.command = PythonCommand};
  return {Made({.name = "Python: no-op method",
                .goal = {Of::kExcess, Bound::kAtMost, 15},
                .measure = NoOp,
                .spoken = one}),
          Made({.name = "Python: durable call, SQLite",
                .goal = kDurable,
                .measure = Durable,
                .spoken = one}),
          Made({.name = "Python: memory grown over many calls",
                .unit = "MB",
                .goal = kFlat,
                .measure = Memory,
                .spoken = one})};
}

std::vector<Row> RowsOfNode() {
  const Spoken one = {.command = NodeCommand};
  const Spoken many = {.command = NodeCommand, .in_flight = kInFlight};
  return {Made({.name = "Node.js: no-op method",
                .goal = {Of::kValue, Bound::kAtMost, 90},
                .measure = NoOp,
                .spoken = one}),
          Made({.name = "Node.js: no-op method, 64 in flight",
                .goal = {Of::kValue, Bound::kAtMost, 20},
                .measure = NoOp,
                .spoken = many}),
          Made({.name = "Node.js: durable call, SQLite",
                .goal = kDurable,
                .measure = Durable,
                .spoken = one}),
          Made({.name = "Node.js: durable call, SQLite, 64 in flight",
                .goal = kDurable,
                .measure = Durable,
                .spoken = many}),
          Made({.name = "Node.js: memory grown over many calls",
                .unit = "MB",
                .goal = kFlat,
                .measure = Memory,
                .spoken = many})};
}

}  // namespace

std::vector<Row> BindingRows() {
  std::vector<Row> all = RowsOfC();
  for (std::vector<Row> rows : {RowsOfPython(), RowsOfNode()}) {
    for (Row& row : rows) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace careroute::bench
