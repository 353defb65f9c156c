#include "lib/engine/internal/left_referrals.h"

#include <algorithm>
#include <set>
#include <utility>

#include "lib/casework/referral.h"

namespace careroute::engine::internal {
namespace {

using casework::Referral;

bool IsWaited(const Referral& referral) {
  return !referral.hub.empty() && referral.performance.entries == 0 &&
         casework::IsOpen(casework::StateOf(referral));
}

// Rows read at once at most.
constexpr std::int64_t kRowsAtOnce = 100;

// Messages of the case that wait and were never tried.
struct Search {
  store::Store& store;
  store::StreamId stream;
  std::int64_t last;  // the last message that matters
  std::shared_ptr<const casework::Case> state;
  base::Done<std::vector<std::int32_t>> done;
  std::set<std::int64_t> untried;
};
using SearchPtr = std::shared_ptr<Search>;

void Answer(const SearchPtr& search) {
  std::vector<std::int32_t> left;
  for (const Referral& referral : search->state->referrals) {
    if (IsWaited(referral) && !search->untried.contains(referral.first_message))
      left.push_back(referral.number);
  }
  std::move(search->done)(std::move(left));
}

// Behind the messages of a case lie those of other cases: no more is read than
// there may be up to the last one.
void ReadOn(const SearchPtr& search, std::int64_t after) {
  const auto limit = static_cast<std::int32_t>(
      std::clamp(search->last - after, std::int64_t{1}, kRowsAtOnce));
  search->store.ListOutbox(
      {.after = store::OutboxKey{.stream = search->stream, .sequence = after},
       .limit = limit},
      [search](absl::StatusOr<store::OutboxPage> page) {
        if (!page.ok()) return std::move(search->done)(page.status());
        for (const store::OutboxRow& row : page->rows) {
          if (row.key.stream != search->stream ||
              row.key.sequence > search->last) {
            return Answer(search);
          }
          if (row.attempts == 0) search->untried.insert(row.key.sequence);
        }
        if (!page->more || page->rows.empty() ||
            page->rows.back().key.sequence == search->last) {
          return Answer(search);
        }
        ReadOn(search, page->rows.back().key.sequence);
      });
}

}  // namespace

bool AsksOutbox(const casework::Case& state) {
  return std::any_of(state.referrals.begin(), state.referrals.end(), IsWaited);
}

void FindLeftReferrals(store::Store& store, base::Uid case_uid,
                       std::shared_ptr<const casework::Case> state,
                       base::Done<std::vector<std::int32_t>> done) {
  std::int64_t first = state->next.message;
  std::int64_t last = 0;
  for (const Referral& referral : state->referrals) {
    if (!IsWaited(referral)) continue;
    first = std::min(first, referral.first_message);
    last = std::max(last, referral.first_message);
  }
  const auto search = std::make_shared<Search>(
      Search{.store = store,
             .stream = {.kind = store::StreamKind::kCase, .id = case_uid},
             .last = last,
             .state = std::move(state),
             .done = std::move(done)});
  ReadOn(search, first - 1);
}

}  // namespace careroute::engine::internal
