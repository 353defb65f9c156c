// services/command/row_import.h: rows of a file given to a hub, many at once.
//
// A hub groups the commits of what is asked at the same time, so several calls
// are under way; what became of each row is told in the order of the file. A
// row that is refused stops nothing. A hub that cannot answer stops all:
// nothing of a file is lost by running it again, since each row keeps its
// request id.
//
//   const ImportCounts counts = ImportRows(
//       {.rows = rows, .call = call, .tell = [&](const RowFate& fate) {...}});

#ifndef CAREROUTE_SERVICES_COMMAND_ROW_IMPORT_H_
#define CAREROUTE_SERVICES_COMMAND_ROW_IMPORT_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"
#include "services/command/import/request_rows.h"

namespace careroute::services {

// Enough that commits are shared; a hub has room for many such imports.
inline constexpr int kImportCalls = 16;

// Rows read before the first of them was told: while one call is slow, memory
// stays bounded.
inline constexpr int64_t kRowsAheadMax = 1000;

// What became of one row; borrowed while it is told.
struct RowFate {
  int64_t number = 0;  // 1 for the first after the header
  int64_t line = 0;
  base::Problems problems;  // known without asking
  absl::Status status;      // of the call, when there are none
  [[nodiscard]] bool taken() const {
    return !problems.HasErrors() && status.ok();
  }
};

struct ImportCounts {
  int64_t taken = 0;
  int64_t refused = 0;
  // Why no further row was read; OK = the file is at its end.
  absl::Status stopped;
};

struct RowImportOptions {
  RequestRows& rows;  // opened
  // Asks the hub; called by several threads at once.
  std::function<absl::Status(const google::protobuf::Message&)> call;
  // By one thread at a time, in the order of the rows.
  std::function<void(const RowFate&)> tell;
  int calls = kImportCalls;
};

// Blocks until every row was answered, or nothing more can be.
[[nodiscard]] ImportCounts ImportRows(const RowImportOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_ROW_IMPORT_H_
