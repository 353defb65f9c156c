#include "lib/casework/internal/draft_surroundings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/casework/internal/deadlines.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/performers.h"
#include "lib/casework/internal/referrals.h"

namespace careroute::casework::internal {
namespace {

// An occurrence of the state, as a draft that has changed nothing sees it.
Live LiveOf(const Draft& draft, const Occurrence& occurrence) {
  const std::optional<Live> live = draft.FindLive(occurrence.number);
  return live.has_value() ? *live
                          : Live{.number = occurrence.number,
                                 .step = occurrence.step,
                                 .subject = occurrence.subject,
                                 .performer = occurrence.performer,
                                 .start = occurrence.start,
                                 .folded = &occurrence};
}

}  // namespace

ReferralScene DraftSurroundings::Scene() const {
  return {.state = &draft_.state,
          .edition = &draft_.edition,
          .context = &draft_.context,
          .surroundings = this,
          .happened = draft_.happened,
          .today = draft_.places.today_text()};
}

std::string DraftSurroundings::RequesterOf(const Occurrence& occurrence) const {
  const model::v1::Step* step = draft_.edition.FindStep(occurrence.step);
  if (step == nullptr || !step->referral().has_requested_by()) {
    return std::string(OrganisationOf(draft_.Coordinator()));
  }
  const std::vector<absl::string_view> none;
  const absl::string_view requester =
      ResolvePerformer({.performer = step->referral().requested_by(),
                        .starter = StarterOf(draft_, occurrence),
                        .excluded = none},
                       draft_);
  return std::string(requester.empty() ? OrganisationOf(draft_.Coordinator())
                                       : requester);
}

bool DraftSurroundings::MayPerform(absl::string_view organisation,
                                   const model::v1::Performer& performer,
                                   const Occurrence& occurrence) const {
  return MayPerformFor(draft_, occurrence, organisation, performer);
}

bool DraftSurroundings::MemberMayPerform(absl::string_view member,
                                         const Occurrence& occurrence) const {
  const model::v1::Step* step = draft_.edition.FindStep(occurrence.step);
  return step == nullptr ||
         MemberConflict(draft_, member, step->performer()).empty();
}

std::optional<int> DraftSurroundings::PerformersLeft(
    const Occurrence& occurrence, absl::string_view without) const {
  const model::v1::Step* step = draft_.edition.FindStep(occurrence.step);
  if (step == nullptr ||
      step->performer().who_case() != model::v1::Performer::kRole) {
    return std::nullopt;
  }
  return internal::PerformersLeft(draft_, LiveOf(draft_, occurrence),
                                  step->performer(), without);
}

GuardAnswer DraftSurroundings::CheckGuards(
    const Occurrence& occurrence,
    const google::protobuf::RepeatedPtrField<std::string>& emergency_for)
    const {
  GuardResult result = internal::CheckGuards(
      draft_, LiveOf(draft_, occurrence), [&](absl::string_view guard) {
        return std::find(emergency_for.begin(), emergency_for.end(), guard) !=
               emergency_for.end();
      });
  GuardAnswer answer{.refusal = std::move(result.refusal)};
  for (const model::v1::Guard* guard : result.excepted) {
    answer.owed.emplace_back().set_guard(guard->id());
  }
  return answer;
}

pathway::Tri DraftSurroundings::Ask(const model::v1::Condition& condition,
                                    SubjectRef asking) const {
  return internal::Ask(draft_, condition, asking);
}

bool DraftSurroundings::IsOverdue(const Referral& referral) const {
  return internal::IsOverdue(draft_, referral.occurrence, referral.number);
}

bool DraftSurroundings::HasLeft(const Referral& referral) const {
  return internal::HasLeft(draft_, referral);
}

}  // namespace careroute::casework::internal
