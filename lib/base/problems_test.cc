#include "lib/base/problems.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::base {
namespace {

using ::testing::SizeIs;

TEST(Problems, IsOkWhenEmpty) {
  const Problems problems;
  EXPECT_TRUE(problems.empty());
  EXPECT_FALSE(problems.HasErrors());
  EXPECT_TRUE(problems.ToStatus().ok());
}

TEST(Problems, NamesThePlaceFromTheRoot) {
  Problems problems;
  {
    const auto step = problems.Enter("steps", 3);
    const auto outcome = problems.Enter("outcomes", 0);
    problems.Error("starts", "UNKNOWN", "no such step", "name a step");
    problems.Error("", "EMPTY", "says nothing", "remove it");
  }
  problems.Error("title", "EMPTY", "a title is required", "write one");
  problems.Error("", "EMPTY", "nothing was sent", "send something");

  ASSERT_THAT(problems.list(), SizeIs(4));
  EXPECT_EQ(problems.list()[0].path, "steps[3].outcomes[0].starts");
  EXPECT_EQ(problems.list()[1].path, "steps[3].outcomes[0]");
  EXPECT_EQ(problems.list()[2].path, "title");
  EXPECT_EQ(problems.list()[3].path, "");
}

TEST(Problems, LeavesAPlaceWithItsScope) {
  Problems problems;
  {
    const auto step = problems.Enter("steps", 3);
    {
      const auto limit = problems.Enter("limit");
      EXPECT_EQ(problems.place(), "steps[3].limit");
    }
    EXPECT_EQ(problems.place(), "steps[3]");
  }
  EXPECT_EQ(problems.place(), "");
}

TEST(Problems, StaysOkWithWarningsOnly) {
  Problems problems;
  problems.Warning("title", "LONG", "a long title", "shorten it");
  EXPECT_FALSE(problems.empty());
  EXPECT_FALSE(problems.HasErrors());
  EXPECT_TRUE(problems.ToStatus().ok());
}

TEST(Problems, ListsEveryErrorInItsStatus) {
  Problems problems;
  problems.Error("a", "EMPTY", "is empty", "fill it");
  problems.Warning("b", "LONG", "is long", "shorten it");
  problems.Error("", "LATE", "came too late", "");
  const absl::Status status = problems.ToStatus();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "a: is empty; fill it\ncame too late");
}

TEST(Problems, NamesFileAndLineWhenKnown) {
  Problem problem;
  problem.path = "steps[0].id";
  problem.file = "early-help.textproto";
  problem.line = 12;
  problem.message = "used twice";
  problem.mend = "rename one";
  Problems problems;
  problems.Add(problem);
  EXPECT_EQ(problems.ToStatus().message(),
            "early-help.textproto:12: steps[0].id: used twice; rename one");
}

TEST(Problems, KeepsItsLimit) {
  Problems problems;
  for (size_t i = 0; i < Problems::kProblemsMax + 10; ++i) {
    problems.Error("a", "EMPTY", "is empty", "fill it");
  }
  EXPECT_THAT(problems.list(), SizeIs(Problems::kProblemsMax));
}

TEST(Problems, AnErrorAfterTooManyWarningsStillCounts) {
  Problems problems;
  for (size_t i = 0; i < Problems::kProblemsMax; ++i) {
    problems.Warning("a", "LONG", "is long", "shorten it");
  }
  problems.Error("b", "EMPTY", "is empty", "fill it");
  EXPECT_TRUE(problems.HasErrors());
  EXPECT_EQ(problems.ToStatus().message(), "b: is empty; fill it");
  EXPECT_THAT(problems.list(), SizeIs(Problems::kProblemsMax));
}

}  // namespace
}  // namespace careroute::base
