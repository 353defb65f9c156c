// lib/engine/matching.h: providers for an occurrence of a case, with reasons.

#ifndef CAREROUTE_LIB_ENGINE_MATCHING_H_
#define CAREROUTE_LIB_ENGINE_MATCHING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/directory.pb.h"
#include "lib/engine/cases.h"

namespace careroute::engine {

struct MatchQuestion {
  int32_t occurrence = 0;
  std::string date;      // YYYY-MM-DD; empty = today
  std::string language;  // of the reasons; empty = English
  absl::Time now;
};

// Best first, those ruled out last. NOT_FOUND for an occurrence that does not
// live. Pure.
[[nodiscard]] absl::StatusOr<std::vector<model::v1::ProviderMatch>> MatchFor(
    const CaseReading& reading, const MatchQuestion& question);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_MATCHING_H_
