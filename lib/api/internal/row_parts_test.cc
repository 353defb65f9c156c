// Rows cut into parts and read side by side: what is shown keeps their order,
// however the parts end.

#include "lib/api/internal/row_parts.h"

#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::api::internal {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

std::vector<int> Rows(size_t count) {
  std::vector<int> rows(count);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

std::vector<size_t> LengthsOf(const std::vector<std::vector<int>>& parts) {
  std::vector<size_t> lengths;
  for (const std::vector<int>& part : parts) lengths.push_back(part.size());
  return lengths;
}

// Answers each part when the test says so.
class RowPartsTest : public ::testing::Test {
 protected:
  struct Asked {
    std::vector<int> rows;
    base::Done<std::vector<int>> done;
  };

  void Read(size_t count) {
    ReadInParts<int, std::vector<int>>(
        Rows(count),
        [this](std::vector<int> rows, base::Done<std::vector<int>> done) {
          asked_.push_back({std::move(rows), std::move(done)});
        },
        [this](absl::StatusOr<std::vector<std::vector<int>>> all) {
          EXPECT_FALSE(answer_.has_value()) << "answered twice";
          answer_ = std::move(all);
        });
  }

  // The part that was asked for as the `index`-th shows its rows.
  void Answer(size_t index) {
    Asked one = std::move(asked_[index]);
    std::move(one.done)(std::move(one.rows));
  }

  void Fail(size_t index) {
    Asked one = std::move(asked_[index]);
    std::move(one.done)(absl::UnavailableError("cut"));
  }

  [[nodiscard]] std::vector<int> Shown() const {
    std::vector<int> shown;
    for (const std::vector<int>& part : **answer_) {
      shown.insert(shown.end(), part.begin(), part.end());
    }
    return shown;
  }

  std::vector<Asked> asked_;
  std::optional<absl::StatusOr<std::vector<std::vector<int>>>> answer_;
};

TEST(CutRows, MakesPartsOfEqualLengthInTheirOrder) {
  EXPECT_THAT(CutRows(Rows(3)), ElementsAre(ElementsAre(0, 1, 2)));
  EXPECT_THAT(LengthsOf(CutRows(Rows(50))), ElementsAre(12, 13, 12, 13));
  EXPECT_THAT(LengthsOf(CutRows(Rows(kRowsTogetherMax))),
              ElementsAre(kRowsTogetherMax));
  EXPECT_THAT(LengthsOf(CutRows(Rows(1000))), Each(Le(kRowsTogetherMax)));
  std::vector<int> joined;
  for (const std::vector<int>& part : CutRows(Rows(1000))) {
    joined.insert(joined.end(), part.begin(), part.end());
  }
  EXPECT_EQ(joined, Rows(1000));
}

TEST_F(RowPartsTest, ShowsTheRowsInOrderHoweverThePartsEnd) {
  Read(50);
  ASSERT_THAT(asked_, SizeIs(4));
  for (const size_t index : {2U, 0U, 3U, 1U}) {
    EXPECT_FALSE(answer_.has_value());
    Answer(index);
  }
  ASSERT_TRUE(answer_.has_value() && answer_->ok());
  EXPECT_EQ(Shown(), Rows(50));
}

TEST_F(RowPartsTest, BeginsAPartWhenAnotherEnds) {
  Read(200);
  ASSERT_THAT(asked_, SizeIs(kPartsAtOnceMax));
  for (size_t index = 0; index < asked_.size(); ++index) {
    EXPECT_THAT(asked_, SizeIs(Le(index + kPartsAtOnceMax)));
    Answer(index);
  }
  ASSERT_TRUE(answer_.has_value() && answer_->ok());
  EXPECT_EQ(Shown(), Rows(200));
}

TEST_F(RowPartsTest, BeginsNoPartAfterAFailureAndWaitsForThoseUnderWay) {
  Read(200);
  Fail(1);
  Answer(0);
  Answer(2);
  EXPECT_FALSE(answer_.has_value());
  Answer(3);
  EXPECT_THAT(asked_, SizeIs(kPartsAtOnceMax));
  ASSERT_TRUE(answer_.has_value());
  EXPECT_EQ(answer_->status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(RowPartsTest, AnswersAtOnceWhereThereIsNothingToRead) {
  Read(0);
  ASSERT_TRUE(answer_.has_value() && answer_->ok());
  EXPECT_THAT(**answer_, IsEmpty());
}

// As where all cases are in memory.
TEST(ReadInParts, TakesPartsThatAreReadAtOnce) {
  std::vector<int> shown;
  ReadInParts<int, int>(
      Rows(100),
      [](const std::vector<int>& rows, base::Done<int> done) {
        std::move(done)(rows.front());
      },
      [&shown](absl::StatusOr<std::vector<int>> firsts) {
        ASSERT_TRUE(firsts.ok());
        shown = *std::move(firsts);
      });
  EXPECT_THAT(shown, ElementsAre(0, 14, 28, 42, 57, 71, 85));
}

}  // namespace
}  // namespace careroute::api::internal
