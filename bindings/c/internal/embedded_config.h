// bindings/c/internal/embedded_config.h: what an embedded hub is opened with.
//
//   base::Problems problems;
//   const EmbeddedConfig config = ReadEmbeddedConfig(bytes, problems);

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_EMBEDDED_CONFIG_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_EMBEDDED_CONFIG_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "careroute/config/v1/embedded.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "lib/base/problems.h"

namespace careroute::bindings {

// Parsed, with its defaults, and held to its rules. With problems it is not to
// be used.
[[nodiscard]] config::v1::EmbeddedConfig ReadEmbeddedConfig(
    const std::string& bytes, base::Problems& problems);

// Between 1900 and 2200, where calendars and dates are; otherwise a problem of
// `field`.
[[nodiscard]] std::optional<absl::Time> TimeOf(
    const google::protobuf::Timestamp& timestamp, const std::string& field,
    base::Problems& problems);

// The catalogue that was installed with this library.
[[nodiscard]] std::string CatalogueBesideLibrary();

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_EMBEDDED_CONFIG_H_
