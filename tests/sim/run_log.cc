#include "tests/sim/run_log.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/base/hash.h"

namespace careroute::tests {

void RunLog::Add(absl::string_view line) {
  lines_.push_back(absl::StrCat(
      absl::FormatTime("%m-%d %H:%M:%E3S", clock_.Now(), absl::UTCTimeZone()),
      " ", line));
}

std::string RunLog::Digest() const {
  return absl::BytesToHexString(base::Sha256(absl::StrJoin(lines_, "\n")));
}

std::optional<std::string> FirstDifference(
    const std::vector<std::string>& one,
    const std::vector<std::string>& other) {
  const size_t both = std::min(one.size(), other.size());
  for (size_t i = 0; i < both; ++i) {
    if (one[i] != other[i]) {
      return absl::StrCat("line ", i + 1, ": \"", one[i], "\" and then \"",
                          other[i], "\"");
    }
  }
  if (one.size() == other.size()) return std::nullopt;
  const std::string& extra = one.size() > both ? one[both] : other[both];
  return absl::StrCat("line ", both + 1, ", which one of them lacks: \"", extra,
                      "\"");
}

}  // namespace careroute::tests
