// Full disks and failing ones: what is refused, what goes on, what comes back.

#include <string>
#include <vector>

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

}  // namespace
}  // namespace careroute::store
