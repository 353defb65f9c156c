#include "lib/engine/post_rows.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/casework/row.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

// Changes only when a deadline does, so that most commands write no row.
std::string LoadOf(const casework::Case& state) {
  const std::optional<absl::Time> next = casework::NextToCome(state);
  return absl::StrCat(
      casework::CountOverdue(state), ":",
      next.has_value() ? absl::StrCat(absl::ToUnixMicros(*next)) : "");
}

store::IndexRow RowOf(const std::string& member, const char* kind,
                      std::string id, std::string payload) {
  return {.list = ListOf(Table::kPosts, member),
          .sort = kind,
          .id = std::move(id),
          .payload = std::move(payload)};
}

bool ReadLoad(const std::string& payload, PostRow& row) {
  const std::vector<std::string> parts = absl::StrSplit(payload, ':');
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &row.overdue)) {
    return false;
  }
  if (parts[1].empty()) return true;
  int64_t micros = 0;
  if (!absl::SimpleAtoi(parts[1], &micros)) return false;
  row.next_due = absl::FromUnixMicros(micros);
  return true;
}

}  // namespace

void AddPostRows(const base::Uid& case_uid, const casework::Case& state,
                 std::vector<store::IndexRow>& rows) {
  const bool over = state.ending.has_value() && state.occurrences.empty();
  if (over || state.erased) return;
  const std::string id = case_uid.Hex();
  rows.push_back(RowOf(state.coordinator, kCoordinates,
                       absl::StrCat(id, ":", kCoordinates), LoadOf(state)));
  rows.push_back(
      RowOf(state.deputy, kDeputises, absl::StrCat(id, ":", kDeputises), {}));
  for (const casework::HandOverRecord& one : state.hand_overs) {
    rows.push_back(RowOf(one.to, kOffered, absl::StrCat(id, ":", one.number),
                         absl::StrCat(one.number)));
  }
}

std::optional<PostRow> ReadPostRow(const store::IndexRow& row) {
  PostRow read{.case_uid = row.stream.id, .kind = row.sort};
  if (row.sort == kCoordinates) {
    if (!ReadLoad(row.payload, read)) return std::nullopt;
  } else if (row.sort == kOffered) {
    if (!absl::SimpleAtoi(row.payload, &read.hand_over)) return std::nullopt;
  } else if (row.sort != kDeputises) {
    return std::nullopt;
  }
  return read;
}

}  // namespace careroute::engine
