// When an entry of the access log is durable, and for whom one waits.

#include "lib/engine/access_log.h"

#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

constexpr base::Uid kProcess{.high = 3, .low = 4};

model::v1::Access Entry(const std::string& method) {
  model::v1::Access entry;
  entry.set_method(method);
  return entry;
}

class AccessLogTest : public testing::Test {
 protected:
  void Record(const std::string& method, AccessLog::Durability durability) {
    answer_.reset();
    log_.Record(Entry(method), durability,
                [this](absl::Status status) { answer_ = status; });
  }

  // The methods stored, after checking that they are chained.
  std::vector<std::string> Stored() {
    std::vector<std::string> methods;
    std::string hash = store::ChainStart();
    store_.ReadEvents(
        {.stream = {.kind = store::StreamKind::kAccessLog, .id = kProcess}},
        [&](absl::StatusOr<store::EventPage> page) {
          ASSERT_TRUE(page.ok()) << page.status();
          for (const store::StoredEvent& event : page->events) {
            hash = store::ChainHash({.previous = hash, .stored = event.bytes});
            EXPECT_EQ(event.chain_hash, hash);
            model::v1::Access entry;
            EXPECT_TRUE(entry.ParseFromString(event.bytes));
            methods.push_back(entry.method());
          }
        });
    executor_.RunReady();
    return methods;
  }

  using Methods = std::vector<std::string>;

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  AccessLog log_{{.store = store_,
                  .clock = clock_,
                  .executor = executor_,
                  .process = kProcess}};
  std::optional<absl::Status> answer_;
};

TEST_F(AccessLogTest, AnswersWhoWaitsOnlyOnceItIsDurable) {
  Record("GetCase", AccessLog::Durability::kWait);
  EXPECT_FALSE(answer_.has_value());
  executor_.RunReady();
  ASSERT_TRUE(answer_.has_value());
  EXPECT_TRUE(answer_->ok());
  EXPECT_EQ(Stored(), Methods{"GetCase"});
}

TEST_F(AccessLogTest, KeepsOthersAtMostATenthOfASecond) {
  Record("ListCases", AccessLog::Durability::kLater);
  ASSERT_TRUE(answer_.has_value());
  executor_.RunReady();
  EXPECT_EQ(Stored(), Methods{});
  executor_.RunUntil(clock_.Now() + kAccessLogDelay);
  EXPECT_EQ(Stored(), Methods{"ListCases"});
}

TEST_F(AccessLogTest, WritesInTheOrderOfTheRequests) {
  Record("first", AccessLog::Durability::kLater);
  Record("second", AccessLog::Durability::kWait);
  Record("third", AccessLog::Durability::kWait);
  executor_.RunReady();
  EXPECT_EQ(Stored(), (Methods{"first", "second", "third"}));
}

TEST_F(AccessLogTest, TellsWhoWaitsThatItIsNotDurable) {
  store_.FailNextAppend({.status = absl::UnavailableError("disk full")});
  Record("GetCase", AccessLog::Durability::kWait);
  executor_.RunReady();
  ASSERT_TRUE(answer_.has_value());
  EXPECT_EQ(answer_->code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Stored(), Methods{});
}

TEST_F(AccessLogTest, KeepsForTheNextTryWhatNobodyWaitsFor) {
  Record("first", AccessLog::Durability::kLater);
  store_.FailNextAppend({.status = absl::UnavailableError("disk full")});
  executor_.RunUntil(clock_.Now() + kAccessLogDelay);
  EXPECT_EQ(Stored(), Methods{});
  Record("second", AccessLog::Durability::kWait);
  executor_.RunReady();
  EXPECT_EQ(Stored(), (Methods{"first", "second"}));
}

TEST_F(AccessLogTest, LooksUpAWriteOfUnknownOutcomeAndGoesOn) {
  store_.FailNextAppend({.status = absl::UnavailableError("cut"),
                         .point = store::FaultPoint::kAfterEffect});
  Record("first", AccessLog::Durability::kWait);
  executor_.RunReady();
  ASSERT_TRUE(answer_.has_value());
  EXPECT_TRUE(answer_->ok()) << *answer_;
  Record("second", AccessLog::Durability::kWait);
  executor_.RunReady();
  ASSERT_TRUE(answer_.has_value());
  EXPECT_TRUE(answer_->ok()) << *answer_;
  EXPECT_EQ(Stored(), (Methods{"first", "second"}));
}

TEST_F(AccessLogTest, FlushesWhatIsKept) {
  Record("first", AccessLog::Durability::kLater);
  std::optional<absl::Status> flushed;
  log_.Flush([&flushed](absl::Status status) { flushed = status; });
  executor_.RunReady();
  ASSERT_TRUE(flushed.has_value());
  EXPECT_TRUE(flushed->ok());
  EXPECT_EQ(Stored(), Methods{"first"});
  flushed.reset();
  log_.Flush([&flushed](absl::Status status) { flushed = status; });
  EXPECT_TRUE(flushed.has_value());
}

}  // namespace
}  // namespace careroute::engine
