#include "lib/store/append.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace careroute::store {
namespace {

constexpr char kCurrentVersionPayload[] = "careroute.store/current_version";

}  // namespace

absl::Status VersionConflict(int64_t current_version) {
  absl::Status status = absl::AbortedError(
      "the stream has moved on since it was read; reload and decide again");
  status.SetPayload(kCurrentVersionPayload,
                    absl::Cord(absl::StrCat(current_version)));
  return status;
}

std::optional<int64_t> ConflictingVersion(const absl::Status& status) {
  const auto payload = status.GetPayload(kCurrentVersionPayload);
  int64_t version = 0;
  if (!payload.has_value() ||
      !absl::SimpleAtoi(std::string(*payload), &version)) {
    return std::nullopt;
  }
  return version;
}

}  // namespace careroute::store
