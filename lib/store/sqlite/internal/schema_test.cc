#include "lib/store/sqlite/internal/schema.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"

namespace careroute::store::internal {
namespace {

class Schema : public testing::Test {
 protected:
  void SetUp() override {
    auto db = Connection::Open(
        {.path = scratch_.File("db"), .mode = OpenMode::kOwner});
    ASSERT_TRUE(db.ok()) << db.status();
    db_ = *std::move(db);
  }

  ScratchDirectory scratch_;
  std::unique_ptr<Connection> db_;
};

TEST_F(Schema, IsMadeOnceAndThenLeftAlone) {
  ASSERT_TRUE(MigrateSchema(*db_).ok());
  EXPECT_TRUE(CheckSchema(*db_).ok());
  EXPECT_TRUE(MigrateSchema(*db_).ok());
}

TEST_F(Schema, AnEmptyFileIsOlder) {
  EXPECT_EQ(CheckSchema(*db_).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Schema, RefusesToGoBack) {
  ASSERT_TRUE(MigrateSchema(*db_).ok());
  const std::string newer =
      absl::StrCat("PRAGMA user_version = ", SchemaVersion() + 1);
  ASSERT_TRUE(db_->Execute(newer.c_str()).ok());
  EXPECT_EQ(MigrateSchema(*db_).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(CheckSchema(*db_).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Schema, KeepsWhatAnOlderReleaseWrote) {
  ASSERT_TRUE(MigrateSchema(*db_).ok());
  ASSERT_TRUE(db_->Execute("DROP INDEX outbox_waiting; DROP INDEX outbox_due;"
                           "ALTER TABLE outbox DROP COLUMN lane;"
                           "CREATE INDEX outbox_due ON outbox (due, stream, "
                           "sequence);"
                           "ALTER TABLE outbox DROP COLUMN problem;"
                           "INSERT INTO outbox VALUES (x'01', 4, x'02', 3, 5, "
                           "6); PRAGMA user_version = 1")
                  .ok());
  EXPECT_EQ(CheckSchema(*db_).code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(MigrateSchema(*db_).ok());
  EXPECT_TRUE(CheckSchema(*db_).ok());
  Query query(*db_, "SELECT sequence, attempts, problem, lane FROM outbox");
  ASSERT_TRUE(query.Step().ok());
  EXPECT_EQ(query.Int(0), 4);
  EXPECT_EQ(query.Int(1), 6);
  EXPECT_EQ(query.Bytes(2), "");
  EXPECT_EQ(query.Bytes(3), "");
}

// A migration that fails in the middle leaves the file as it was.
TEST_F(Schema, MigratesWhollyOrNotAtAll) {
  ASSERT_TRUE(db_->Execute("PRAGMA application_id = 1667330661").ok());
  ASSERT_TRUE(db_->Execute("CREATE TABLE outbox (x)").ok());
  EXPECT_FALSE(MigrateSchema(*db_).ok());
  Query query(*db_, "SELECT count(*) FROM sqlite_schema");
  ASSERT_TRUE(query.Step().ok());
  EXPECT_EQ(query.Int(0), 1);
}

}  // namespace
}  // namespace careroute::store::internal
