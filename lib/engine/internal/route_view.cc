#include "lib/engine/internal/route_view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace careroute::engine::internal {
namespace {

using model::v1::Condition;
using model::v1::ConsentTest;

bool Covers(const ConsentTest& given, const ConsentTest& asked) {
  const auto given_class = [&given](int one) {
    return std::find(given.classes().begin(), given.classes().end(), one) !=
           given.classes().end();
  };
  return given.matter() == asked.matter() &&
         (asked.purpose().empty() || given.purpose() == asked.purpose()) &&
         (asked.to_role().empty() || given.to_role() == asked.to_role()) &&
         std::all_of(asked.classes().begin(), asked.classes().end(),
                     given_class);
}

// Whether the condition cannot hold without such a consent: it asks for one,
// by itself or beside other things.
bool Demands(const Condition& condition, const ConsentTest& asked) {
  if (condition.has_consent()) return Covers(condition.consent(), asked);
  const auto& all = condition.all().of();
  return std::any_of(all.begin(), all.end(), [&asked](const Condition& one) {
    return one.has_consent() && Covers(one.consent(), asked);
  });
}

}  // namespace

void AssumedView::VisitOutcomes(
    absl::string_view step,
    absl::FunctionRef<bool(const pathway::OutcomeReading&)> visit) const {
  bool go_on = true;
  folded_.VisitOutcomes(step, [&](const pathway::OutcomeReading& one) {
    go_on = visit(one);
    return go_on;
  });
  for (size_t i = 0; go_on && i < endings_.size(); ++i) {
    if (endings_[i].step != step) continue;
    go_on = visit({.subject = endings_[i].subject,
                   .outcome = endings_[i].outcome->id(),
                   .happened = Now(),
                   .order = std::numeric_limits<uint32_t>::max() + i});
  }
}

bool AssumedView::IsLive(absl::string_view step,
                         std::optional<pathway::SubjectRef> subject) const {
  const bool ended =
      std::any_of(endings_.begin(), endings_.end(),
                  [&](const AssumedEnding& one) { return one.step == step; });
  return !ended && folded_.IsLive(step, subject);
}

bool AssumedView::ConsentInForce(const ConsentTest& test) const {
  return folded_.ConsentInForce(test) ||
         std::any_of(endings_.begin(), endings_.end(),
                     [&test](const AssumedEnding& one) {
                       return Demands(one.outcome->must_hold(), test);
                     });
}

}  // namespace careroute::engine::internal
