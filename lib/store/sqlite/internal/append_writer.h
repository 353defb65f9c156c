// lib/store/sqlite/internal/append_writer.h: one append under its savepoint.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_APPEND_WRITER_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_APPEND_WRITER_H_

#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/sqlite/internal/write_batch.h"

namespace careroute::store::internal {

// Writes all of `request`, which has passed CheckRequest. An error means that
// the savepoint must be taken back: part of it may be written.
[[nodiscard]] absl::StatusOr<AppendResult> WriteAppend(
    WriteContext& context, const AppendRequest& request);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_APPEND_WRITER_H_
