#include "lib/store/append.h"

#include <optional>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace careroute::store {
namespace {

TEST(VersionConflict, CarriesTheCurrentVersion) {
  const absl::Status status = VersionConflict(1234567890123);
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ConflictingVersion(status), std::optional<int64_t>(1234567890123));
}

TEST(VersionConflict, IsNotSeenInOtherStatuses) {
  EXPECT_EQ(ConflictingVersion(absl::OkStatus()), std::nullopt);
  EXPECT_EQ(ConflictingVersion(absl::AbortedError("other")), std::nullopt);
}

}  // namespace
}  // namespace careroute::store
