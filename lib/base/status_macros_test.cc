#include "lib/base/status_macros.h"

#include <memory>
#include <utility>

#include "gtest/gtest.h"

namespace careroute::base {
namespace {

absl::Status PassOn(const absl::Status& status, bool& went_on) {
  CAREROUTE_RETURN_IF_ERROR(status);
  went_on = true;
  return absl::OkStatus();
}

absl::StatusOr<int> Twice(const absl::StatusOr<int>& number) {
  CAREROUTE_ASSIGN_OR_RETURN(const int taken, number);
  CAREROUTE_ASSIGN_OR_RETURN(const int again, number);
  return taken + again;
}

absl::StatusOr<int> Unwrap(absl::StatusOr<std::unique_ptr<int>> boxed) {
  CAREROUTE_ASSIGN_OR_RETURN(std::unique_ptr<int> box, std::move(boxed));
  return *box;
}

TEST(ReturnIfError, LeavesWithTheError) {
  bool went_on = false;
  EXPECT_EQ(PassOn(absl::NotFoundError("gone"), went_on),
            absl::NotFoundError("gone"));
  EXPECT_FALSE(went_on);
}

TEST(ReturnIfError, GoesOnWhenOk) {
  bool went_on = false;
  EXPECT_TRUE(PassOn(absl::OkStatus(), went_on).ok());
  EXPECT_TRUE(went_on);
}

TEST(AssignOrReturn, AssignsTheValue) { EXPECT_EQ(*Twice(21), 42); }

TEST(AssignOrReturn, LeavesWithTheError) {
  EXPECT_EQ(Twice(absl::NotFoundError("gone")).status(),
            absl::NotFoundError("gone"));
}

TEST(AssignOrReturn, MovesWhatCannotBeCopied) {
  EXPECT_EQ(*Unwrap(std::make_unique<int>(7)), 7);
}

}  // namespace
}  // namespace careroute::base
