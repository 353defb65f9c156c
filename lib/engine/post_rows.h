// lib/engine/post_rows.h: the rows a case has in the lists of its members.
//
// Who holds a post, or is offered one, finds the case in a list of its own:
// what bulk hand-over, dismissal and the workload read, at a cost that grows
// with the cases of one member and not with those of the organisation.
//
//   store.Scan({.list = ListOf(Table::kPosts, member),
//               .after = store::ScanPosition{.sort = kCoordinates}}, ...);
//   const std::optional<PostRow> post = ReadPostRow(row);

#ifndef CAREROUTE_LIB_ENGINE_POST_ROWS_H_
#define CAREROUTE_LIB_ENGINE_POST_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/uid.h"
#include "lib/casework/case.h"
#include "lib/store/index_store.h"

namespace careroute::engine {

// The kinds of posts, as a list is sorted by them: stored, never change one.
inline constexpr char kCoordinates[] = "coordinates";
inline constexpr char kDeputises[] = "deputises";
inline constexpr char kOffered[] = "offered";

// Adds the rows of a case that is open, or closed with work still to do.
void AddPostRows(const base::Uid& case_uid, const casework::Case& state,
                 std::vector<store::IndexRow>& rows);

struct PostRow {
  base::Uid case_uid;
  std::string kind;
  // Of a case the member coordinates: deadlines missed, and the nearest one to
  // come; InfiniteFuture = none.
  int32_t overdue = 0;
  absl::Time next_due = absl::InfiniteFuture();
  int32_t hand_over = 0;  // of a post that is offered: its number
};
// None for a row this release did not write.
[[nodiscard]] std::optional<PostRow> ReadPostRow(const store::IndexRow& row);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_POST_ROWS_H_
