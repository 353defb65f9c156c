#include "lib/engine/all_rows.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/engine/tables.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

const store::IndexList kList = ListOf(Table::kPersonCases, "somebody");

class ReadAllRowsTest : public ::testing::Test {
 protected:
  // A stream of its own with so many rows, whose ids go on from `from`.
  void Add(int from, int count) {
    store::AppendRequest request{
        .stream = {.kind = store::StreamKind::kCase,
                   .id = {.high = 1, .low = static_cast<uint64_t>(from)}},
        .recorded_time = clock_.Now()};
    request.events.push_back(
        {.bytes = "entry",
         .chain_hash = store::ChainHash(
             {.previous = store::ChainStart(), .stored = "entry"})});
    for (int i = from; i < from + count; ++i) {
      request.put_rows.push_back(
          {.list = kList, .sort = "", .id = absl::StrCat(10'000 + i)});
    }
    store_.Append(std::move(request),
                  [](absl::StatusOr<store::AppendResult> result) {
                    ASSERT_TRUE(result.ok()) << result.status();
                  });
    executor_.RunReady();
  }

  std::vector<std::string> Read() {
    std::vector<std::string> ids;
    ReadAllRows(store_, kList,
                [&ids](absl::StatusOr<std::vector<store::IndexRow>> rows) {
                  ASSERT_TRUE(rows.ok()) << rows.status();
                  for (const store::IndexRow& row : *rows) {
                    ids.push_back(row.id);
                  }
                });
    executor_.RunReady();
    return ids;
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
};

TEST_F(ReadAllRowsTest, AnswersNothingForAnEmptyList) {
  EXPECT_TRUE(Read().empty());
}

TEST_F(ReadAllRowsTest, ReadsOnAfterAFullPage) {
  constexpr int kStep = 50;
  constexpr int kMany = 2 * store::kPageRowsMax + kStep;
  for (int i = 0; i < kMany; i += kStep) Add(i, kStep);
  const std::vector<std::string> ids = Read();
  ASSERT_EQ(ids.size(), static_cast<size_t>(kMany));
  EXPECT_EQ(ids.front(), "10000");
  EXPECT_EQ(ids.back(), absl::StrCat(10'000 + kMany - 1));
}

TEST_F(ReadAllRowsTest, RefusesToAnswerAPart) {
  constexpr int kStep = 50;
  const int many = static_cast<int>(kAllRowsMax) + kStep;
  for (int i = 0; i < many; i += kStep) Add(i, kStep);
  absl::Status status;
  ReadAllRows(store_, kList,
              [&status](absl::StatusOr<std::vector<store::IndexRow>> rows) {
                status = rows.status();
              });
  executor_.RunReady();
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
}

}  // namespace
}  // namespace careroute::engine
