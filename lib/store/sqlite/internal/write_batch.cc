#include "lib/store/sqlite/internal/write_batch.h"

#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/sqlite/internal/sqlite_status.h"

namespace careroute::store::internal {
namespace {

constexpr char kBegin[] = "BEGIN IMMEDIATE";
constexpr char kCommit[] = "COMMIT";
constexpr char kRollback[] = "ROLLBACK";
constexpr char kSavepoint[] = "SAVEPOINT job";
constexpr char kRelease[] = "RELEASE job";
constexpr char kRollbackTo[] = "ROLLBACK TO job";
constexpr char kStoreStamp[] = "UPDATE meta SET last_stamp = ?";
constexpr char kEmptyLog[] = "PRAGMA wal_checkpoint(TRUNCATE)";

absl::Status RunText(Connection& db, const char* sql) {
  return Query(db, sql).Run();
}

void FailAll(const std::vector<WriteJob*>& jobs, const absl::Status& status) {
  for (WriteJob* job : jobs) {
    // A job that had failed by itself keeps its own reason.
    if (job->status.ok()) {
      job->status = status;
    }
    job->commit.reset();
  }
}

}  // namespace

WriteBatcher::WriteBatcher(std::unique_ptr<Connection> db, int64_t last_stamp,
                           std::string erasure_list)
    : db_(std::move(db)),
      last_stamp_(last_stamp),
      erasure_list_(std::move(erasure_list)) {}

void WriteBatcher::Write(const std::vector<WriteJob*>& jobs) {
  // A savepoint copies every page that its write touches, so they are set only
  // where one of the writes is known to fail.
  if (!TryTogether(jobs, Guard::kNone) &&
      !TryTogether(jobs, Guard::kSavepoints)) {
    for (WriteJob* job : jobs) {
      // Alone, it always ends.
      (void)TryTogether({job}, Guard::kNone);
    }
  }
  if (empty_log_) {
    EmptyLog();
  }
}

bool WriteBatcher::TryTogether(const std::vector<WriteJob*>& jobs,
                               Guard guard) {
  const int64_t stamp_before = last_stamp_;
  for (WriteJob* job : jobs) {
    job->status = absl::OkStatus();
    job->commit.reset();
  }
  if (absl::Status status = RunText(*db_, kBegin); !status.ok()) {
    FailAll(jobs, status);
    return true;
  }
  for (WriteJob* job : jobs) {
    bool goes_on = true;
    if (guard == Guard::kSavepoints) {
      RunUnderSavepoint(*job);
    } else if (!Run(*job)) {
      Rollback();
      goes_on = false;
    }
    if (!goes_on || !db_->in_transaction()) {
      last_stamp_ = stamp_before;
      return jobs.size() == 1;
    }
  }
  const absl::Status status = Commit(stamp_before);
  if (status.ok()) {
    return true;
  }
  const bool nothing_left = CommitCertainlyFailed(db_->last_code());
  Rollback();
  last_stamp_ = stamp_before;
  if (nothing_left && jobs.size() > 1) {
    return false;
  }
  FailAll(jobs, nothing_left ? status : OutcomeUnknown(status.message()));
  return true;
}

absl::Status WriteBatcher::Commit(int64_t stamp_before) {
  if (last_stamp_ != stamp_before) {
    Query query(*db_, kStoreStamp);
    query.Bind(last_stamp_);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  return RunText(*db_, kCommit);
}

bool WriteBatcher::Run(WriteJob& job) {
  WriteContext context{
      .db = *db_, .last_stamp = last_stamp_, .erasure_list = erasure_list_};
  job.status = job.run(context);
  if (!job.status.ok()) return false;
  last_stamp_ = context.last_stamp;
  job.commit = std::move(context.commit);
  empty_log_ = empty_log_ || context.empty_log;
  return true;
}

void WriteBatcher::RunUnderSavepoint(WriteJob& job) {
  const int64_t stamp_before = last_stamp_;
  job.status = RunText(*db_, kSavepoint);
  if (job.status.ok() && Run(job)) {
    job.status = RunText(*db_, kRelease);
  }
  if (job.status.ok()) {
    return;
  }
  last_stamp_ = stamp_before;
  job.commit.reset();
  if (!db_->in_transaction()) {
    return;  // SQLite has taken everything back by itself
  }
  if (!RunText(*db_, kRollbackTo).ok() || !RunText(*db_, kRelease).ok()) {
    Rollback();
  }
}

void WriteBatcher::Rollback() {
  if (db_->in_transaction()) {
    RunText(*db_, kRollback).IgnoreError();
  }
}

// A reader that still needs the log makes this give up; the next commit tries
// again.
void WriteBatcher::EmptyLog() {
  Query query(*db_, kEmptyLog);
  const absl::StatusOr<bool> row = query.Step();
  empty_log_ = !row.ok() || !*row || query.Int(0) != 0;
}

}  // namespace careroute::store::internal
