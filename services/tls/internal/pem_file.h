// services/tls/internal/pem_file.h: a small file, and whether it is another
// one by now.

#ifndef CAREROUTE_SERVICES_TLS_INTERNAL_PEM_FILE_H_
#define CAREROUTE_SERVICES_TLS_INTERNAL_PEM_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace careroute::services::internal {

// A list that names every certificate a country's authority ever revoked is
// smaller.
inline constexpr size_t kPemBytesMax = size_t{64} << 20;

// NOT_FOUND, naming the path, when it cannot be read; INVALID_ARGUMENT when it
// is larger than kPemBytesMax.
[[nodiscard]] absl::StatusOr<std::string> ReadPemFile(const std::string& path);

// Tells a file from the one that stood under its name before.
struct FileMark {
  uint64_t device = 0;
  uint64_t inode = 0;
  int64_t size = -1;  // -1: there is none
  int64_t changed_ns = 0;

  friend bool operator==(const FileMark&, const FileMark&) = default;
};
[[nodiscard]] FileMark MarkOf(const std::string& path);

// Whether nobody but its owner may read or write it.
[[nodiscard]] bool IsPrivateFile(const std::string& path);

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_TLS_INTERNAL_PEM_FILE_H_
