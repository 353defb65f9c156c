#include "lib/engine/moved_cases.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/engine/internal/uid_page.h"
#include "lib/engine/tables.h"

namespace careroute::engine {

store::IndexRow CaseCopyRow(absl::string_view lane, const CaseCopy& moved) {
  return {.list = ListOf(Table::kMovedCases, lane),
          .sort = moved.case_uid.Hex(),
          .id = moved.case_uid.Hex(),
          .payload = absl::StrCat(moved.version, " ", moved.offered ? 1 : 0)};
}

absl::StatusOr<CaseCopy> CaseCopyOf(const store::IndexRow& row) {
  CaseCopy moved;
  const absl::StatusOr<base::Uid> uid = base::ParseUid(row.id);
  const std::vector<std::string> parts = absl::StrSplit(row.payload, ' ');
  if (!uid.ok() || parts.size() != 2 ||
      !absl::SimpleAtoi(parts[0], &moved.version) ||
      (parts[1] != "0" && parts[1] != "1")) {
    return absl::DataLossError(
        "a row of the cases that moved is damaged; run `careroute fsck`");
  }
  moved.case_uid = *uid;
  moved.offered = parts[1] == "1";
  return moved;
}

void StoredMovedCases::Page(PageRequest request,
                            base::Done<MovedCasesPage> done) {
  internal::ScanByUid(
      store_,
      {.list = ListOf(Table::kMovedCases, request.lane),
       .after = request.after,
       .limit = request.limit},
      [done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) return std::move(done)(page.status());
        MovedCasesPage found{.more = page->more};
        for (const store::IndexRow& row : page->rows) {
          absl::StatusOr<CaseCopy> moved = CaseCopyOf(row);
          if (!moved.ok()) return std::move(done)(moved.status());
          found.cases.push_back(*std::move(moved));
        }
        std::move(done)(std::move(found));
      });
}

}  // namespace careroute::engine
