#include "lib/store/sqlite/internal/write_batch.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/sqlite/internal/meta_queries.h"
#include "lib/store/sqlite/internal/schema.h"

namespace careroute::store::internal {
namespace {

constexpr char kCountBlobs[] = "SELECT count(*) FROM blobs";

class WriteBatch : public testing::Test {
 protected:
  void SetUp() override {
    auto writer = Open(OpenMode::kOwner);
    ASSERT_TRUE(MigrateSchema(*writer).ok());
    ASSERT_TRUE(CreateMeta(*writer, {}).ok());
    batcher_ = std::make_unique<WriteBatcher>(std::move(writer), 0, "");
    reader_ = Open(OpenMode::kReader);
  }

  std::unique_ptr<Connection> Open(OpenMode mode) {
    auto db = Connection::Open({.path = scratch_.File("db"), .mode = mode});
    EXPECT_TRUE(db.ok()) << db.status();
    return *std::move(db);
  }

  // Writes one row, then does what `then` says.
  static WriteJob Job(const std::string& hash,
                      absl::AnyInvocable<absl::Status(WriteContext&)> then) {
    return {.run = [hash, then = std::move(then)](
                       WriteContext& context) mutable -> absl::Status {
      const std::string sql =
          "INSERT INTO blobs (hash, kind, stored, bytes) VALUES (CAST('" +
          hash + "' AS BLOB), 0, 0, x'')";
      ++context.last_stamp;
      if (absl::Status status = context.db.Execute(sql.c_str()); !status.ok()) {
        return status;
      }
      return then(context);
    }};
  }

  static absl::Status Succeed(WriteContext&) { return absl::OkStatus(); }
  static absl::Status Fail(WriteContext&) {
    return absl::AbortedError("of its own accord");
  }
  // What SQLite does by itself when, say, the disk is full.
  static absl::Status BreakTransaction(WriteContext& context) {
    EXPECT_TRUE(context.db.Execute("ROLLBACK").ok());
    return absl::ResourceExhaustedError("broke it");
  }

  void Write(std::vector<WriteJob>& jobs) {
    std::vector<WriteJob*> pointers;
    pointers.reserve(jobs.size());
    for (WriteJob& job : jobs) {
      pointers.push_back(&job);
    }
    batcher_->Write(pointers);
  }

  int64_t Number(const char* sql) {
    Query query(*reader_, sql);
    EXPECT_TRUE(query.Step().ok());
    return query.Int(0);
  }

  ScratchDirectory scratch_;
  std::unique_ptr<WriteBatcher> batcher_;
  std::unique_ptr<Connection> reader_;
};

TEST_F(WriteBatch, TakesBackOnlyTheWriteThatFails) {
  std::vector<WriteJob> jobs;
  jobs.push_back(Job("a", Succeed));
  jobs.push_back(Job("b", Fail));
  jobs.push_back(Job("c", Succeed));
  Write(jobs);
  EXPECT_TRUE(jobs[0].status.ok()) << jobs[0].status;
  EXPECT_EQ(jobs[1].status.code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(jobs[2].status.ok()) << jobs[2].status;
  EXPECT_EQ(Number(kCountBlobs), 2);
  EXPECT_EQ(Number("SELECT last_stamp FROM meta"), 2);
}

TEST_F(WriteBatch, OneThatBreaksTheTransactionFailsAlone) {
  std::vector<WriteJob> jobs;
  jobs.push_back(Job("a", Succeed));
  jobs.push_back(Job("b", BreakTransaction));
  jobs.push_back(Job("c", Succeed));
  Write(jobs);
  EXPECT_TRUE(jobs[0].status.ok()) << jobs[0].status;
  EXPECT_EQ(jobs[1].status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(jobs[2].status.ok()) << jobs[2].status;
  EXPECT_EQ(Number(kCountBlobs), 2);
  EXPECT_EQ(Number("SELECT last_stamp FROM meta"), 2);
}

TEST_F(WriteBatch, TellsOfACommitOnlyWhenItIsDurable) {
  const auto announce = [](WriteContext& context) {
    context.commit = Commit{};
    return absl::OkStatus();
  };
  const auto announce_and_fail = [](WriteContext& context) {
    context.commit = Commit{};
    return absl::AbortedError("no");
  };
  std::vector<WriteJob> jobs;
  jobs.push_back(Job("a", announce));
  jobs.push_back(Job("b", announce_and_fail));
  Write(jobs);
  EXPECT_TRUE(jobs[0].commit.has_value());
  EXPECT_FALSE(jobs[1].commit.has_value());
}

TEST_F(WriteBatch, IsRefusedWhileAnotherProgramWrites) {
  const std::unique_ptr<Connection> other = Open(OpenMode::kOwner);
  ASSERT_TRUE(other->Execute("BEGIN IMMEDIATE").ok());
  std::vector<WriteJob> jobs;
  jobs.push_back(Job("a", Succeed));
  Write(jobs);
  EXPECT_EQ(jobs[0].status.code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(other->Execute("ROLLBACK").ok());
  Write(jobs);
  EXPECT_TRUE(jobs[0].status.ok()) << jobs[0].status;
}

}  // namespace
}  // namespace careroute::store::internal
