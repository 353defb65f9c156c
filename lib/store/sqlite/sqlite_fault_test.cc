// Full disks and failing ones: what is refused, what goes on, what comes back.

#include <sqlite3.h>

#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/chain.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/fault_vfs.h"
#include "lib/store/sqlite/test_store.h"

namespace careroute::store {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

class SqliteFaults : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(test_.Open().ok());
    ASSERT_TRUE(test_.Append(TestCase(1), "before").ok());
  }

  // Appends to three new streams that wait together; their codes.
  std::vector<absl::StatusCode> AppendThree(uint64_t first) {
    std::vector<absl::StatusCode> codes;
    for (uint64_t number = first; number < first + 3; ++number) {
      const StreamHead head{.stream = TestCase(number), .hash = ChainStart()};
      test_.store().Append(OneEvent(head, "event", test_.now()),
                           [&](const absl::StatusOr<AppendResult>& result) {
                             codes.push_back(result.status().code());
                           });
    }
    test_.executor().RunReady();
    EXPECT_EQ(codes.size(), 3u);
    return codes;
  }

  int64_t VersionOf(uint64_t number) {
    const auto head = test_.ask(&Store::ReadHead, TestCase(number));
    EXPECT_TRUE(head.ok()) << head.status();
    return head.ok() ? head->version : -1;
  }

  ScratchDirectory scratch_;
  FaultVfs disk_{"failing disk"};
  TestStore test_{scratch_.File("hub.db"), disk_.name()};
};

TEST_F(SqliteFaults, AFullDiskRefusesWritesAndReadsGoOn) {
  disk_.FailWrites(DiskFault::kFull);
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(VersionOf(1), 1);
  EXPECT_EQ(VersionOf(10), 0);
  disk_.Heal();
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kOk));
  EXPECT_EQ(VersionOf(10), 1);
}

TEST_F(SqliteFaults, AUsedUpQuotaIsToldAsAFullDisk) {
  disk_.FailWrites(DiskFault::kQuota);
  const absl::Status refused = test_.Append(TestCase(2), "event").status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("quota"));
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(VersionOf(1), 1);
  disk_.Heal();
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kOk));
}

TEST_F(SqliteFaults, AFailingDiskLeavesTheOutcomeOpen) {
  disk_.FailSyncs(DiskFault::kInputOutput);
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kUnavailable));
  EXPECT_EQ(VersionOf(1), 1);
  disk_.Heal();
  EXPECT_THAT(AppendThree(20), Each(absl::StatusCode::kOk));
  // Nothing is half there, whichever way it went.
  for (const uint64_t number : {10u, 11u, 12u}) {
    const auto load = test_.ask(
        &Store::ReadForLoad,
        {.stream = TestCase(number),
         .request = RequestKey{.caller_key = "c", .request_id = "1"}});
    ASSERT_TRUE(load.ok()) << load.status();
    EXPECT_EQ(load->request.has_value(), load->head.version == 1);
  }
}

TEST_F(SqliteFaults, SaysThatAnOutcomeIsUnknownOnlyWhenItIs) {
  disk_.FailSyncs(DiskFault::kInputOutput);
  EXPECT_THAT(
      std::string(test_.Append(TestCase(2), "event").status().message()),
      HasSubstr("not known"));
  disk_.Heal();
  disk_.FailWrites(DiskFault::kFull);
  EXPECT_THAT(
      std::string(test_.Append(TestCase(2), "event").status().message()),
      Not(HasSubstr("not known")));
}

TEST_F(SqliteFaults, AnAppendRefusedByItselfKeepsItsOwnReason) {
  const StreamHead wrong{
      .stream = TestCase(1), .version = 7, .hash = ChainStart()};
  disk_.FailSyncs(DiskFault::kInputOutput);
  std::vector<absl::StatusCode> codes;
  for (const StreamHead& head :
       {wrong, StreamHead{.stream = TestCase(2), .hash = ChainStart()}}) {
    test_.store().Append(OneEvent(head, "event", test_.now()),
                         [&](const absl::StatusOr<AppendResult>& result) {
                           codes.push_back(result.status().code());
                         });
  }
  test_.executor().RunReady();
  EXPECT_THAT(codes, testing::ElementsAre(absl::StatusCode::kAborted,
                                          absl::StatusCode::kUnavailable));
}

TEST_F(SqliteFaults, StampsGoOnAfterAFailedCommit) {
  const auto before = test_.ask(&Store::CurrentPosition);
  ASSERT_TRUE(before.ok()) << before.status();
  disk_.FailWrites(DiskFault::kFull);
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kResourceExhausted));
  disk_.Heal();
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kOk));
  const auto page =
      test_.ask(&Store::ScanChanged, {.list = kTestList, .after = *before});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->rows.size(), 3u);
}

TEST_F(SqliteFaults, KeepsWhatWasAnsweredThroughAFailureAndAReopening) {
  disk_.FailSyncs(DiskFault::kInputOutput);
  AppendThree(10);
  disk_.Heal();
  ASSERT_TRUE(test_.Append(TestCase(1), "after").ok());
  ASSERT_TRUE(test_.Open().ok());
  EXPECT_EQ(VersionOf(1), 2);
}

// Of every call of a commit: nothing is made of the part that arrived.
TEST_F(SqliteFaults, AWriteThatArrivesInPartLeavesNoHalf) {
  for (int64_t after = 0; after < 20; ++after) {
    const auto number = static_cast<uint64_t>(10 + after);
    SCOPED_TRACE(absl::StrCat("seed ", number, ", after ", after));
    disk_.Expect(
        {.event = DiskEvent::kWritesCut, .after = after, .seed = number});
    const auto appended = test_.Append(TestCase(number), "event");
    test_.Close();
    disk_.Heal();
    ASSERT_TRUE(test_.Open().ok());
    const int64_t version = VersionOf(number);
    EXPECT_GE(version, appended.ok() ? 1 : 0);
    const auto row = test_.ask(
        &Store::GetRow,
        {.stream = TestCase(number),
         .row = {.list = kTestList, .id = TestCase(number).id.Hex()}});
    ASSERT_TRUE(row.ok()) << row.status();
    EXPECT_EQ(row->has_value(), version == 1);
  }
}

TEST_F(SqliteFaults, AReadThatArrivesInPartIsAnErrorAndNotAnAnswer) {
  // Into the log, so that no reader has it yet.
  ASSERT_TRUE(test_.Append(TestCase(1), "second").ok());
  disk_.CutLogReads();
  const auto head = test_.ask(&Store::ReadHead, TestCase(1));
  EXPECT_EQ(head.status().code(), absl::StatusCode::kUnavailable)
      << head.status();
  disk_.Heal();
  EXPECT_EQ(VersionOf(1), 2);
  EXPECT_THAT(AppendThree(10), Each(absl::StatusCode::kOk));
}

// Rows of a table of one column, each committed alone.
class PlainDatabase {
 public:
  PlainDatabase(const std::string& path, const FaultVfs& disk) {
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &db_,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                              disk.name().c_str()),
              SQLITE_OK);
    Run("PRAGMA journal_mode = WAL");
  }
  ~PlainDatabase() { sqlite3_close(db_); }
  PlainDatabase(const PlainDatabase&) = delete;
  PlainDatabase& operator=(const PlainDatabase&) = delete;

  void Run(const char* sql) {
    EXPECT_EQ(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db_);
  }

  int Count() {
    int rows = -1;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db_, "SELECT count(*) FROM t", -1, &statement,
                                 nullptr),
              SQLITE_OK);
    if (sqlite3_step(statement) == SQLITE_ROW) {
      rows = sqlite3_column_int(statement, 0);
    }
    sqlite3_finalize(statement);
    return rows;
  }

 private:
  sqlite3* db_ = nullptr;
};

// That the disk forgets at all: or no test of it would show anything.
TEST(FaultVfs, ALossOfPowerTakesWhatWasNotForcedToDiskAndNothingElse) {
  constexpr uint64_t kSeed = 7;
  constexpr int kRows = 50;
  std::cout << "seed " << kSeed << "\n";
  for (const char* synchronous :
       {"PRAGMA synchronous = FULL", "PRAGMA synchronous = OFF"}) {
    SCOPED_TRACE(synchronous);
    const ScratchDirectory scratch;
    FaultVfs disk("forgetful disk");
    const std::string path = scratch.File("plain.db");
    {
      PlainDatabase db(path, disk);
      db.Run("PRAGMA synchronous = FULL");
      db.Run("CREATE TABLE t (a)");
    }
    {
      PlainDatabase db(path, disk);
      db.Run(synchronous);
      for (int row = 0; row < kRows; ++row) db.Run("INSERT INTO t VALUES (1)");
      disk.Expect({.event = DiskEvent::kPowerGoes});
    }
    const int64_t lost = disk.RestorePower(kSeed);
    PlainDatabase db(path, disk);
    if (absl::string_view(synchronous) == "PRAGMA synchronous = FULL") {
      EXPECT_EQ(lost, 0);
      EXPECT_EQ(db.Count(), kRows);
    } else {
      EXPECT_GT(lost, 0);
      EXPECT_LT(db.Count(), kRows);
    }
  }
}

}  // namespace
}  // namespace careroute::store
