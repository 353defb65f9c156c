// lib/engine/testing/engine_bench.h: a whole engine over a store in memory.
//
// It knows two organisations, a clinic and an office that both coordinate, and
// publishes the pathway of lib/casework/testdata. Nothing happens between two
// calls: timers and messages go when RunDue is asked for them. The clock stands
// at 2026-03-02 10:00 in Khabarovsk, a Monday.
//
//   EngineBench bench;
//   const base::Uid uid = bench.Open({});
//   bench.Do(uid, "complete_step { occurrence: 1 outcome: 'needed' }");
//   EXPECT_TRUE(bench.IsLive(uid, "assessment"));
//
// What must succeed and does not fails the test, or aborts where a test could
// not go on. Not thread-safe.

#ifndef CAREROUTE_LIB_ENGINE_TESTING_ENGINE_BENCH_H_
#define CAREROUTE_LIB_ENGINE_TESTING_ENGINE_BENCH_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/monotonic_clock.h"
#include "lib/base/random.h"
#include "lib/engine/engine.h"
#include "lib/measures/measure_sets.h"
#include "lib/scoring/instrument_set.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine::testing {

// Who is in need of what; each field with a usual answer.
struct Need {
  std::string pathway = "test-route";
  std::string entry = "report";
  std::string by = "clinic";          // who reports, and will coordinate
  std::string snils = "00000000101";  // who is who
  std::string request_id;             // empty = a new one
};

// Who works on the store. kSeveral: it does as a database that other hubs may
// write to.
enum class Hubs { kOne, kSeveral };

// The time and the thread of a bench, or of several hubs at once.
struct BenchTime {
  BenchTime();

  base::VirtualClock clock;
  base::ManualExecutor executor{clock};
};

class EngineBench {
 public:
  explicit EngineBench(Hubs hubs = Hubs::kOne)
      : EngineBench(std::make_shared<BenchTime>(), 1, hubs) {}
  // One of several hubs: the number, from 1, makes its keys and ids others than
  // theirs. One that exchanges with others has an id.
  EngineBench(std::shared_ptr<BenchTime> time, uint64_t number,
              Hubs hubs = Hubs::kOne, std::string hub_id = {});
  EngineBench(const EngineBench&) = delete;
  EngineBench& operator=(const EngineBench&) = delete;

  // --- Who speaks ------------------------------------------------------------
  // Members "anna", "boris" and "hanna" of each organisation: the coordinator
  // on duty, the deputy, the head.
  [[nodiscard]] static model::v1::Actor Actor(
      const std::string& organisation, const std::string& member,
      model::v1::ActorRole role = model::v1::ACTOR_ROLE_COORDINATOR);
  // With the request id, or a new one when it is empty.
  [[nodiscard]] RequestInfo Info(const model::v1::Actor& actor,
                                 std::string request_id = {});

  // --- Given -----------------------------------------------------------------
  [[nodiscard]] static model::v1::Organisation Describe(
      const std::string& organisation, model::v1::AgencyKind kind);
  Reply Put(const model::v1::Organisation& organisation);
  // The command of the text to that organisation, by the hub.
  Reply Change(const std::string& organisation, const std::string& command);
  // The pathway of lib/casework/testdata under that id, for region RU-KHA.
  [[nodiscard]] static model::v1::Pathway Route(const std::string& id);
  void Publish(const model::v1::Pathway& pathway);
  // As after a restart: nothing is remembered but the store. The clock is held
  // against `monotonic`, which must outlive the bench, if there is one.
  void Restart(const base::MonotonicClock* monotonic = nullptr);
  // Another hub on the store, which knows what was stored by now; one that goes
  // away is simply not asked any more. Must not outlive the bench.
  [[nodiscard]] std::unique_ptr<Engine> Join();

  // --- When ------------------------------------------------------------------
  [[nodiscard]] Report ReportOf(const Need& need);
  [[nodiscard]] absl::StatusOr<ReportTaken> Take(Report report);
  // Reports the need, which opens a case.
  base::Uid Open(const Need& need);
  // The command of the text, by the coordinator on duty of the clinic.
  [[nodiscard]] Cases::ExecuteRequest Asking(const base::Uid& uid,
                                             const std::string& command);
  [[nodiscard]] absl::StatusOr<Reply> Execute(Cases::ExecuteRequest request);
  // The same; it must be accepted.
  Reply Do(const base::Uid& uid, const std::string& command);
  // Registers a person, by the clinic's registrar, or finds them.
  base::Uid Register(const command::v1::RegisterPerson& person);
  // The command of the text to a person's record, by the clinic's registrar.
  [[nodiscard]] absl::StatusOr<Reply> TryChange(const base::Uid& person,
                                                const std::string& command);
  // The same; it must be accepted.
  Reply Change(const base::Uid& person, const std::string& command);
  // Timers and messages due now; how many timers fired.
  int RunDue();
  void Advance(absl::Duration by) { clock().AdvanceTo(clock().Now() + by); }

  // --- Then ------------------------------------------------------------------
  [[nodiscard]] CaseReading Read(const base::Uid& uid);
  [[nodiscard]] OpenPersonPtr Person(const base::Uid& uid);
  // The number of the live occurrence of the step; 0 = none.
  [[nodiscard]] int32_t Number(const base::Uid& uid, const std::string& step);
  [[nodiscard]] bool IsLive(const base::Uid& uid, const std::string& step) {
    return Number(uid, step) != 0;
  }
  [[nodiscard]] std::vector<event::v1::CaseEvent> Events(const base::Uid& uid);
  // Every case, by id.
  [[nodiscard]] std::vector<base::Uid> AllCases();
  // Messages not delivered yet.
  [[nodiscard]] std::vector<store::OutboxRow> Waiting();

  // What the call answers once everything it posts has run; INTERNAL when it
  // does not answer.
  template <typename T, typename Start>
  [[nodiscard]] absl::StatusOr<T> Wait(Start start) {
    const auto answer = std::make_shared<std::optional<absl::StatusOr<T>>>();
    start([answer](absl::StatusOr<T> given) { *answer = std::move(given); });
    executor().RunReady();
    if (!answer->has_value()) return absl::InternalError("nobody answered");
    return std::move(**answer);
  }

  [[nodiscard]] Engine& engine() { return *engine_; }
  [[nodiscard]] store::MemoryStore& store() { return store_; }
  [[nodiscard]] base::VirtualClock& clock() { return time_->clock; }
  [[nodiscard]] base::SeededRandom& random() { return random_; }
  [[nodiscard]] base::ManualExecutor& executor() { return time_->executor; }
  [[nodiscard]] const registry::KeyRing& keys() const { return keys_; }
  // Empty until a test adds to it.
  [[nodiscard]] scoring::InstrumentSet& instruments() { return instruments_; }

 private:
  [[nodiscard]] Engine::Options OptionsWith(
      const base::MonotonicClock* monotonic);
  void Start(Engine& engine);

  const std::string hub_id_;
  std::shared_ptr<BenchTime> time_;
  base::SeededRandom random_;
  store::MemoryStore store_;
  registry::KeyRing keys_;
  calendar::CalendarSet calendars_;
  measures::MeasureSets measures_;
  scoring::InstrumentSet instruments_;
  std::optional<Engine> engine_;
  int requests_ = 0;
};

}  // namespace careroute::engine::testing

#endif  // CAREROUTE_LIB_ENGINE_TESTING_ENGINE_BENCH_H_
