#include "lib/store/postgres/internal/schema.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/postgres/test_cluster.h"

namespace careroute::store::postgres {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SchemaTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { cluster_ = std::make_unique<TestCluster>(); }
  static void TearDownTestSuite() { cluster_ = nullptr; }

  void SetUp() override {
    auto db = Connection::Open({.address = address_, .use = Use::kUpkeep});
    ASSERT_TRUE(db.ok()) << db.status();
    db_ = *std::move(db);
  }

  static std::unique_ptr<TestCluster> cluster_;
  const std::string address_ = cluster_->NewAddress();
  std::unique_ptr<Connection> db_;
};

std::unique_ptr<TestCluster> SchemaTest::cluster_;

TEST_F(SchemaTest, AnEmptyDatabaseHasNoVersionAndThePlanIsAllOfIt) {
  const auto version = ReadSchemaVersion(*db_);
  ASSERT_TRUE(version.ok()) << version.status();
  EXPECT_EQ(*version, 0);
  const auto plan = PlanPostgresMigration({.address = address_});
  ASSERT_TRUE(plan.ok()) << plan.status();
  ASSERT_FALSE(plan->empty());
  EXPECT_THAT(plan->front(), HasSubstr("CREATE TABLE events"));
  EXPECT_EQ(*ReadSchemaVersion(*db_), 0) << "a plan changes nothing";
}

TEST_F(SchemaTest, MigratesOnceHoweverOftenItIsAsked) {
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = MigratePostgres({.address = address_});
    ASSERT_TRUE(status.ok()) << status;
  }
  EXPECT_EQ(*ReadSchemaVersion(*db_), SchemaVersion());
  const auto plan = PlanPostgresMigration({.address = address_});
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_THAT(*plan, IsEmpty());
}

TEST_F(SchemaTest, SplitsTheTablesOfStreamsAndNoOthers) {
  ASSERT_TRUE(MigratePostgres({.address = address_, .partitions = 3}).ok());
  const auto parts = db_->Run(
      "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = "
      "i.inhrelid WHERE c.relkind = 'r' AND c.relnamespace = "
      "current_schema()::regnamespace",
      Params());
  ASSERT_TRUE(parts.ok()) << parts.status();
  EXPECT_EQ(parts->Int(0, 0), 6 * 3);
}

TEST_F(SchemaTest, KeepsWhatAnOlderReleaseOwed) {
  constexpr int kPartitions = 3;
  const std::vector<std::string> steps = MigrationSteps(0, kPartitions);
  ASSERT_TRUE(db_->Execute(steps.front()).ok());
  ASSERT_TRUE(db_->Execute("INSERT INTO outbox VALUES ('\\x01', 4, '\\x02', "
                           "3, 5, 6, '')")
                  .ok());
  ASSERT_EQ(*ReadSchemaVersion(*db_), 1);
  const absl::Status status =
      MigratePostgres({.address = address_, .partitions = kPartitions});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(*ReadSchemaVersion(*db_), SchemaVersion());
  const auto rows = db_->Run("SELECT lane, attempts FROM outbox", Params());
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 1);
  EXPECT_EQ(rows->Bytes(0, 0), "");
  EXPECT_EQ(rows->Int(0, 1), 6);
}

TEST_F(SchemaTest, RefusesANewerSchema) {
  ASSERT_TRUE(MigratePostgres({.address = address_}).ok());
  ASSERT_TRUE(
      db_->Execute("UPDATE careroute_store SET schema_version = 1000000").ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadSchemaVersion(*db_).status()));
  EXPECT_TRUE(
      absl::IsFailedPrecondition(MigratePostgres({.address = address_})));
}

TEST_F(SchemaTest, LeavesNothingOfAMigrationThatFails) {
  ASSERT_TRUE(db_->Execute("CREATE TABLE blobs (mine bigint)").ok());
  EXPECT_FALSE(MigratePostgres({.address = address_}).ok());
  EXPECT_EQ(*ReadSchemaVersion(*db_), 0);
  ASSERT_TRUE(db_->Execute("DROP TABLE blobs").ok());
  EXPECT_TRUE(MigratePostgres({.address = address_}).ok());
}

}  // namespace
}  // namespace careroute::store::postgres
