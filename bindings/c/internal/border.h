// bindings/c/internal/border.h: what comes in, before anything trusts it.
//
// Nulls, sizes and UTF-8 are judged here and nowhere below; every message names
// the argument.

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_BORDER_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_BORDER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bindings/c/internal/hub.h"
#include "careroute/careroute.h"

namespace careroute::bindings {

// INVALID_ARGUMENT naming the argument when it is null.
[[nodiscard]] absl::Status CheckNotNull(const void* argument, const char* name);

struct BytesLimit {
  const char* name;  // of the argument
  size_t max;        // bytes
};
// A copy.
[[nodiscard]] absl::StatusOr<std::string> BytesOf(careroute_bytes bytes,
                                                  const BytesLimit& limit);
// The same, of text that is not empty.
[[nodiscard]] absl::StatusOr<std::string> TextOf(careroute_bytes bytes,
                                                 const BytesLimit& limit);

// INVALID_ARGUMENT below zero; CAREROUTE_FOREVER is infinite.
[[nodiscard]] absl::StatusOr<absl::Duration> SpanOf(int64_t microseconds,
                                                    const char* name);

[[nodiscard]] absl::StatusOr<Request> RequestOf(
    const careroute_request* request);

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_BORDER_H_
