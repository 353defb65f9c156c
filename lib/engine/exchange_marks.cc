#include "lib/engine/exchange_marks.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/engine/internal/uid_page.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

absl::Status Damaged() {
  return absl::DataLossError(
      "a row of the referrals shared with another hub is damaged; run "
      "`careroute fsck`");
}

}  // namespace

store::IndexRow MarksRow(absl::string_view lane, const ExchangeMarks& marks) {
  return {.list = ListOf(Table::kSharedReferrals, lane),
          .sort = marks.referral.Hex(),
          .id = marks.referral.Hex(),
          .payload = absl::StrCat(static_cast<int>(marks.own), " ", marks.sent,
                                  " ", marks.taken)};
}

absl::StatusOr<ExchangeMarks> MarksOf(const store::IndexRow& row) {
  ExchangeMarks marks;
  const absl::StatusOr<base::Uid> referral = base::ParseUid(row.id);
  const std::vector<std::string> parts = absl::StrSplit(row.payload, ' ');
  int own = 0;
  if (!referral.ok() || parts.size() != 3 ||
      !absl::SimpleAtoi(parts[0], &own) ||
      !absl::SimpleAtoi(parts[1], &marks.sent) ||
      !absl::SimpleAtoi(parts[2], &marks.taken) ||
      (own != static_cast<int>(Half::kRequest) &&
       own != static_cast<int>(Half::kPerformance))) {
    return Damaged();
  }
  marks.referral = *referral;
  marks.own = static_cast<Half>(own);
  return marks;
}

void StoredMarks::Page(PageRequest request, base::Done<MarksPage> done) {
  internal::ScanByUid(
      store_,
      {.list = ListOf(Table::kSharedReferrals, request.lane),
       .after = request.after,
       .limit = request.limit},
      [done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) return std::move(done)(page.status());
        MarksPage found{.more = page->more};
        for (const store::IndexRow& row : page->rows) {
          absl::StatusOr<ExchangeMarks> marks = MarksOf(row);
          if (!marks.ok()) return std::move(done)(marks.status());
          found.marks.push_back(*std::move(marks));
        }
        std::move(done)(std::move(found));
      });
}

}  // namespace careroute::engine
