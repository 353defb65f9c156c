// lib/store/postgres/internal/append_writer.h: one append, one transaction.
//
// The statements go to the server together and without a look first: the
// unique keys say whether the version is still free and the request new. Only
// an append that fails asks what there is, to say why.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_APPEND_WRITER_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_APPEND_WRITER_H_

#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/postgres/internal/writer.h"

namespace careroute::store::postgres {

// As EventStore::Append.
[[nodiscard]] absl::StatusOr<AppendResult> WriteAppend(
    WriteContext& context, const AppendRequest& request);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_APPEND_WRITER_H_
