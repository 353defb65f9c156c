#include "lib/store/sqlite/sqlite_store.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/fault_vfs.h"
#include "lib/store/sqlite/test_store.h"

namespace careroute::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What another program would do to the file.
void RunSql(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(db);
}

TEST(SqliteStore, MakesFilesOnlyTheirOwnerReads) {
  const ScratchDirectory scratch;
  TestStore test(scratch.File("hub.db"));
  ASSERT_TRUE(test.Open().ok());
  ASSERT_TRUE(test.Append(TestCase(1), "event").ok());
  for (const std::string name :
       {"hub.db", "hub.db-wal", "hub.db-shm", "hub.db.owner"}) {
    struct stat status;
    ASSERT_EQ(stat(scratch.File(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST(SqliteStore, RefusesAnotherProgramsDatabase) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("other.db");
  RunSql(path, "CREATE TABLE theirs (x)");
  TestStore test(path);
  EXPECT_EQ(test.Open().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(SqliteStore, RefusesANewerSchemaForWritingAndReading) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore test(path);
  ASSERT_TRUE(test.Open().ok());
  const int32_t version = test.store().info().schema_version;
  test.Close();
  RunSql(path, "PRAGMA user_version = " + std::to_string(version + 1));
  for (const absl::Status& status : {test.Open(), test.OpenReadOnly()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(status.message()), HasSubstr("newer"));
  }
}

TEST(SqliteStore, RefusesWhatIsNoDatabase) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  std::ofstream(path) << std::string(10000, 'x');
  TestStore test(path);
  EXPECT_EQ(test.Open().code(), absl::StatusCode::kDataLoss);
}

TEST(SqliteStore, NamesNoPathInItsErrors) {
  const ScratchDirectory scratch;
  TestStore missing(scratch.File("ivanova_anna/hub.db"));
  EXPECT_THAT(std::string(missing.Open().message()), Not(HasSubstr("ivanova")));
  EXPECT_EQ(missing.OpenReadOnly().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.OpenReadOnly().message()),
              Not(HasSubstr("ivanova")));
}

TEST(SqliteStore, ReadsBesideItsOwner) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore owner(path);
  ASSERT_TRUE(owner.Open().ok());
  TestStore reader(path);
  ASSERT_TRUE(reader.OpenReadOnly().ok());
  EXPECT_TRUE(owner.store().info().exclusive);
  EXPECT_FALSE(reader.store().info().exclusive);
  EXPECT_EQ(reader.store().info().uid, owner.store().info().uid);

  ASSERT_TRUE(owner.Append(TestCase(1), "event").ok());
  const auto page = reader.ask(&Store::ReadEvents, {.stream = TestCase(1)});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->events.size(), 1u);

  // Whoever compares lists with events must not see a commit in between.
  ASSERT_TRUE(owner.Append(TestCase(1), "later").ok());
  const auto again = reader.ask(&Store::ReadEvents, {.stream = TestCase(1)});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->events.size(), 1u);
}

TEST(SqliteStore, KeepsWhatWasFilledInBulkForWhoeverOpensItNext) {
  constexpr int kEvents = 20;
  const ScratchDirectory scratch;
  TestStore test(scratch.File("hub.db"));
  ASSERT_TRUE(test.OpenInBulk().ok());
  TestStore rival(scratch.File("hub.db"));
  EXPECT_EQ(rival.Open().code(), absl::StatusCode::kFailedPrecondition);
  for (int i = 0; i < kEvents; ++i) {
    ASSERT_TRUE(test.Append(TestCase(1), "event").ok());
  }
  ASSERT_TRUE(test.Open().ok());
  const auto head = test.ask(&Store::ReadHead, TestCase(1));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->version, kEvents);
}

TEST(SqliteStore, ReadsWithoutAnOwner) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore test(path);
  ASSERT_TRUE(test.Open().ok());
  ASSERT_TRUE(test.Append(TestCase(1), "event").ok());
  ASSERT_TRUE(test.OpenReadOnly().ok());
  const auto head = test.ask(&Store::ReadHead, TestCase(1));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->version, 1);
}

TEST(SqliteStore, WritesNothingWhenOpenedReadOnly) {
  const ScratchDirectory scratch;
  TestStore test(scratch.File("hub.db"));
  ASSERT_TRUE(test.Open().ok());
  ASSERT_TRUE(test.OpenReadOnly().ok());
  EXPECT_EQ(test.Append(TestCase(1), "event").status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(test.ask(&Store::DestroyKey, {.owner = TestCase(1)}).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(test.ask(&Store::PutBlob, {.bytes = "blob"}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(SqliteStore, CommitsWhatWaitsTogetherOnce) {
  const ScratchDirectory scratch;
  const FaultVfs disk("counting disk");
  TestStore test(scratch.File("hub.db"), disk.name());
  ASSERT_TRUE(test.Open().ok());
  ASSERT_TRUE(test.Append(TestCase(1), "event").ok());
  const int64_t before = disk.log_syncs();
  int answered = 0;
  for (uint64_t number = 100; number < 164; ++number) {
    StreamHead head{.stream = TestCase(number), .hash = std::string(32, '\0')};
    test.store().Append(OneEvent(head, "event", test.now()),
                        [&](const absl::StatusOr<AppendResult>& result) {
                          EXPECT_TRUE(result.ok()) << result.status();
                          ++answered;
                        });
  }
  test.executor().RunReady();
  EXPECT_EQ(answered, 64);
  EXPECT_EQ(disk.log_syncs() - before, 1);
}

// No piece of the wrapped key may be left in the database or its log, while the
// store is still open.
TEST(SqliteStore, LeavesNoByteOfADestroyedKey) {
  const ScratchDirectory scratch;
  TestStore test(scratch.File("hub.db"));
  ASSERT_TRUE(test.Open().ok());
  std::string secret;
  for (int piece = 10; piece < 30; ++piece) {
    secret += absl::StrCat("secret", piece);
  }
  AppendRequest request = OneEvent(
      {.stream = TestCase(1), .hash = std::string(32, '\0')}, "e", test.now());
  request.put_key = WrappedKey{.wrapping_key = 1, .wrapped = secret};
  ASSERT_TRUE(test.ask(&Store::Append, request).ok());
  ASSERT_THAT(scratch.AllBytes(), HasSubstr(secret));
  ASSERT_TRUE(
      test.ask(&Store::DestroyKey, {.owner = TestCase(1), .now = test.now()})
          .ok());
  EXPECT_THAT(scratch.AllBytes(), Not(HasSubstr("secret")));
}

TEST(SqliteStore, NoticesADamagedBlob) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore test(path);
  ASSERT_TRUE(test.Open().ok());
  const auto hash = test.ask(&Store::PutBlob, {.bytes = "edition"});
  ASSERT_TRUE(hash.ok()) << hash.status();
  test.Close();
  RunSql(path, "UPDATE blobs SET bytes = CAST('changed' AS BLOB)");
  ASSERT_TRUE(test.Open().ok());
  EXPECT_EQ(test.ask(&Store::GetBlob, *hash).status().code(),
            absl::StatusCode::kDataLoss);
}

// An event cut off behind the store's back: the next append links to what is
// there now, and the engine's state does not.
TEST(SqliteStore, RefusesToAppendToAStreamThatWasChanged) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore test(path);
  ASSERT_TRUE(test.Open().ok());
  ASSERT_TRUE(test.Append(TestCase(1), "event").ok());
  const auto head = test.ask(&Store::ReadHead, TestCase(1));
  ASSERT_TRUE(head.ok()) << head.status();
  test.Close();
  RunSql(path, "UPDATE events SET chain_hash = zeroblob(32)");
  ASSERT_TRUE(test.Open().ok());
  EXPECT_EQ(test.ask(&Store::Append, OneEvent(*head, "next", test.now()))
                .status()
                .code(),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace careroute::store
