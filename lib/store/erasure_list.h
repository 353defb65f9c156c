// lib/store/erasure_list.h: who must stay erased, outside the database.
//
// A backup is older than the erasures that came after it. So every key that is
// destroyed is first named in "<db>.erased", a file that no restore replaces:
// a line each, the stream's id and when. It says nothing else of anybody.
//
//   CAREROUTE_RETURN_IF_ERROR(AppendErasure(path, {.owner = person,
//                                                  .time = now}));
//   for (const Erasure& one : *ReadErasures(path)) EraseAgain(one.owner);

#ifndef CAREROUTE_LIB_STORE_ERASURE_LIST_H_
#define CAREROUTE_LIB_STORE_ERASURE_LIST_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

struct Erasure {
  StreamId owner;
  absl::Time time;

  friend bool operator==(const Erasure&, const Erasure&) = default;
};

// The list beside a database.
[[nodiscard]] std::string ErasureListOf(const std::string& database);

// Durable once it returns. The file is made when it does not exist.
[[nodiscard]] absl::Status AppendErasure(const std::string& file,
                                         const Erasure& erasure);

// In the order written, each owner once; empty when there is no file. A last
// line that was cut short is left out: its key was not destroyed. DATA_LOSS,
// naming the line, for anything else that is no erasure.
[[nodiscard]] absl::StatusOr<std::vector<Erasure>> ReadErasures(
    const std::string& file);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_ERASURE_LIST_H_
