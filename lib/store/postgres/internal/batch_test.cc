#include "lib/store/postgres/internal/batch.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "lib/store/errors.h"
#include "lib/store/postgres/test_cluster.h"

namespace careroute::store::postgres {
namespace {

constexpr char kInsert[] = "INSERT INTO t (id) VALUES ($1)";
constexpr char kDelete[] = "DELETE FROM t WHERE id = $1";
constexpr char kCount[] = "SELECT count(*) FROM t";

class BatchTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { cluster_ = std::make_unique<TestCluster>(); }
  static void TearDownTestSuite() { cluster_ = nullptr; }

  void SetUp() override {
    auto db = Connection::Open(
        {.address = cluster_->NewAddress(), .use = Use::kWrite});
    ASSERT_TRUE(db.ok()) << db.status();
    db_ = *std::move(db);
    ASSERT_TRUE(db_->Execute("CREATE TABLE t (id bigint PRIMARY KEY)").ok());
  }

  int64_t Count() {
    const auto rows = db_->Run(kCount, Params());
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? rows->Int(0, 0) : -1;
  }

  static std::unique_ptr<TestCluster> cluster_;
  std::unique_ptr<Connection> db_;
};

std::unique_ptr<TestCluster> BatchTest::cluster_;

TEST_F(BatchTest, CommitsAllTogether) {
  Batch batch;
  batch.Add(kInsert, Params(1));
  batch.Add(kInsert, Params(2));
  batch.Add(kDelete, Params(1));
  const auto rows = batch.Commit(*db_);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[2].changed(), 1);
  EXPECT_EQ(Count(), 1);
}

TEST_F(BatchTest, LeavesNothingWhenOneStatementFails) {
  Batch batch;
  batch.Add(kInsert, Params(1));
  batch.Add(kInsert, Params(1));
  batch.Add(kInsert, Params(2));
  EXPECT_TRUE(absl::IsAlreadyExists(batch.Commit(*db_).status()));
  EXPECT_EQ(Count(), 0);
  Batch again;
  again.Add(kInsert, Params(1));
  EXPECT_TRUE(again.Commit(*db_).ok()) << "the connection goes on";
}

TEST_F(BatchTest, LeavesNothingWhenAStatementFindsNothing) {
  Batch batch;
  batch.Add(kInsert, Params(1));
  batch.AddMust(kDelete, Params(7), ClaimNotHeld());
  EXPECT_EQ(batch.Commit(*db_).status(), ClaimNotHeld());
  EXPECT_EQ(Count(), 0);

  Batch found;
  found.Add(kInsert, Params(1));
  found.AddMust(kDelete, Params(1), ClaimNotHeld());
  found.Add(kInsert, Params(2));
  const auto rows = found.Commit(*db_);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->size(), 3u);
  EXPECT_EQ(Count(), 1);
}

TEST_F(BatchTest, TakesBackAFailureBesideAStatementThatMustFind) {
  Batch batch;
  batch.AddMust(kDelete, Params(7), ClaimNotHeld());
  batch.Add(kInsert, Params(1));
  batch.Add(kInsert, Params(1));
  EXPECT_TRUE(absl::IsAlreadyExists(batch.Commit(*db_).status()));
  EXPECT_EQ(Count(), 0);
}

// A failure that the server finds only when it commits.
TEST_F(BatchTest, TellsAFailureOfTheCommitItself) {
  ASSERT_TRUE(db_->Execute("CREATE TABLE late (id bigint UNIQUE DEFERRABLE "
                           "INITIALLY DEFERRED)")
                  .ok());
  static constexpr char kInsertLate[] = "INSERT INTO late (id) VALUES ($1)";
  Batch batch;
  batch.Add(kInsert, Params(1));
  batch.Add(kInsertLate, Params(1));
  batch.Add(kInsertLate, Params(1));
  EXPECT_TRUE(absl::IsAlreadyExists(batch.Commit(*db_).status()));
  EXPECT_EQ(Count(), 0);
}

TEST_F(BatchTest, KeepsNumbersTimesBytesAndNothing) {
  static constexpr char kEcho[] =
      "SELECT $1::bigint, $2::bigint, $3::bytea, $4::bytea, $5::bytea";
  const std::string bytes("\0\xff'", 3);
  const std::optional<std::string> none;
  const std::string empty;
  const auto rows = db_->Run(
      kEcho, Params(int64_t{-5}, absl::FromUnixSeconds(1), bytes, none, empty));
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->Int(0, 0), -5);
  EXPECT_EQ(rows->Time(0, 1), absl::FromUnixSeconds(1));
  EXPECT_EQ(rows->Bytes(0, 2), bytes);
  EXPECT_TRUE(rows->IsNull(0, 3));
  EXPECT_EQ(rows->Int(0, 3), 0);
  EXPECT_FALSE(rows->IsNull(0, 4));
  EXPECT_EQ(rows->Bytes(0, 4), "");
}

}  // namespace
}  // namespace careroute::store::postgres
