// services/hub/generate/caseload_writer.h: a caseload, written through the
// engine.
//
// Every write is a command as a door would give it: decided, sealed, chained,
// with its projections and its request id. It is fast because hundreds of
// cases are under way at once, so that each commit is full; nothing is left
// out. What was written before under the same seed is answered as a repeat, so
// a run that was cut short is gone on with by the same run.
//
//   CaseloadWriter writer({.engine = engine, .caseload = caseload,
//                          .cases = 10000});
//   writer.Run([](absl::StatusOr<WrittenCaseload> written) { ... });

#ifndef CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_WRITER_H_
#define CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/engine/engine.h"
#include "services/hub/generate/caseload.h"

namespace careroute::services {

// Half wait for the commit that is under way and the next one, which take 256
// writes each; half are read and decided meanwhile. Below the store's queues
// of 1,024 writes, since a case waits for one thing at a time.
inline constexpr int kCasesInFlight = 640;

// Cases between two checkpoints. One names 10,000 streams at most, and a case
// has up to three.
inline constexpr int64_t kCasesPerCheckpoint = 2000;

// Refusals told by their words; the first ones say what is wrong.
inline constexpr size_t kRefusalsTold = 20;

struct WrittenCaseload {
  int64_t cases = 0;      // that went through their whole history
  int64_t moves = 0;      // of theirs, repeats included
  int64_t referrals = 0;  // that these made or put in place of another
  int64_t refused = 0;    // cases that stopped at a refusal
  // "case 17, completeStep written_refusal: why", without anybody's data.
  std::vector<std::string> refusals;
};

// One run. Must outlive it, and so must everything handed in.
class CaseloadWriter {
 public:
  struct Options {
    engine::Engine& engine;
    // Cases are invented on it. What answers them is the store's writer, which
    // has better to do.
    base::Executor& executor;
    const Caseload& caseload;
    int64_t cases = 0;
    int in_flight = kCasesInFlight;
    // Told how many cases are done, by one thread at a time. May be null.
    std::function<void(int64_t done)> progress;
  };
  explicit CaseloadWriter(Options options) : options_(std::move(options)) {}

  // The organisations first, then the cases. A refusal ends its case alone;
  // any other failure ends the run, whose status it is, once what is under way
  // has been answered.
  void Run(base::Done<WrittenCaseload> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  void PutOrganisation(
      const std::shared_ptr<std::vector<model::v1::Organisation>>& rest);
  void StartLanes();
  // Has the next case taken up, or the lane ended.
  void NextCase();
  void TakeCase();
  void RegisterParent(const JobPtr& job);
  void Report(const JobPtr& job);
  void Opened(const JobPtr& job, const engine::ReportTaken& taken);
  void NextMove(const JobPtr& job);
  void Move(const JobPtr& job, const engine::CaseReading& reading);
  void EndCase(const JobPtr& job);
  // `where` and `why` hold nobody's data.
  void Refused(const JobPtr& job, const std::string& where,
               const std::string& why);
  void Fail(absl::Status status);
  void EndLane();
  void Finish();

  const Options options_;
  base::Done<WrittenCaseload> done_;
  base::Mutex mutex_;
  int64_t next_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  int lanes_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  WrittenCaseload written_ CAREROUTE_GUARDED_BY(mutex_);
  absl::Status status_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_WRITER_H_
