#include "lib/casework/internal/draft_view.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "careroute/model/v1/agency.pb.h"
#include "lib/calendar/age.h"

namespace careroute::casework::internal {
namespace {

using pathway::FactReading;
using pathway::OutcomeReading;
using pathway::Tri;

FactReading ReadingOf(const FactRecord& fact) {
  return {.subject = fact.subject,
          .kind = fact.kind,
          .truth = fact.truth,
          .number = fact.number,
          .text = fact.text,
          .happened = fact.happened,
          .recorded = fact.recorded};
}

bool CoversClasses(const ConsentRecord& consent,
                   const google::protobuf::RepeatedField<int>& classes) {
  return std::all_of(classes.begin(), classes.end(), [&consent](int one) {
    return std::find(consent.classes.begin(), consent.classes.end(), one) !=
           consent.classes.end();
  });
}

// A role of the edition, or the name of a kind of agency.
bool CoversReceiver(const ConsentRecord& consent, const std::string& to_role,
                    const Draft& draft) {
  if (to_role.empty()) {
    return true;
  }
  const auto covers = [&consent](int kind) {
    return std::find(consent.to_kinds.begin(), consent.to_kinds.end(), kind) !=
           consent.to_kinds.end();
  };
  const model::v1::Role* role =
      draft.edition.FindRole(to_role, draft.places.today());
  if (role != nullptr &&
      (covers(role->kind()) || std::any_of(role->also_kinds().begin(),
                                           role->also_kinds().end(), covers))) {
    return true;
  }
  model::v1::AgencyKind kind;
  if (model::v1::AgencyKind_Parse(
          absl::StrCat("AGENCY_KIND_", absl::AsciiStrToUpper(to_role)),
          &kind) &&
      covers(kind)) {
    return true;
  }
  return std::any_of(
      consent.to_organisations.begin(), consent.to_organisations.end(),
      [&](const std::string& name) {
        const OrganisationFacts* facts = draft.context.directory->Find(name);
        if (facts == nullptr) {
          return false;
        }
        const auto& roles = facts->roles;
        return std::find(roles.begin(), roles.end(), to_role) != roles.end() ||
               (role != nullptr &&
                (facts->kind == role->kind() ||
                 std::find(role->also_kinds().begin(), role->also_kinds().end(),
                           facts->kind) != role->also_kinds().end()));
      });
}

bool InDates(const ConsentRecord& consent, const std::string& today) {
  return (consent.from.empty() || consent.from <= today) &&
         (consent.to.empty() || consent.to >= today);
}

bool InForceOn(const model::v1::Criterion& criterion,
               const std::string& today) {
  return (criterion.valid_from().empty() || criterion.valid_from() <= today) &&
         (criterion.valid_to().empty() || criterion.valid_to() >= today);
}

// The age asked for; nullopt when it, or the birth date, is not known.
std::optional<calendar::Age> AgeOf(const Draft& draft,
                                   const model::v1::Age& age) {
  if (draft.context.person == nullptr ||
      !draft.context.person->birth_date.has_value()) {
    return std::nullopt;
  }
  calendar::Age wanted{.years = age.years(), .months = age.months()};
  if (!age.parameter().empty()) {
    const model::v1::Binding* binding =
        draft.edition.FindBinding(age.parameter());
    if (binding == nullptr || !binding->value().has_integer()) {
      return std::nullopt;
    }
    wanted.years = static_cast<int>(
        std::clamp<int64_t>(binding->value().integer(), 0, 150));
  }
  return wanted;
}

// The case as it was before the command; answers about the same moment.
class BeforeView final {
 public:
  explicit BeforeView(const Draft& draft)
      : before_(draft.state, draft.edition, draft.command, draft.context,
                draft.state.coordinator.empty() ? draft.Coordinator()
                                                : draft.state.coordinator) {}
  [[nodiscard]] const Draft& draft() const { return before_; }

 private:
  Draft before_;
};

}  // namespace

std::optional<FactReading> DraftView::LatestFact(absl::string_view fact,
                                                 SubjectRef subject) const {
  const FactRecord* current = draft_.CurrentFact(fact, subject);
  if (current == nullptr) {
    return std::nullopt;
  }
  return ReadingOf(*current);
}

void DraftView::VisitFacts(
    absl::string_view fact,
    absl::FunctionRef<bool(const FactReading&)> visit) const {
  draft_.VisitFacts(
      fact, [visit](const FactRecord& one) { return visit(ReadingOf(one)); });
}

void DraftView::VisitOutcomes(
    absl::string_view step,
    absl::FunctionRef<bool(const OutcomeReading&)> visit) const {
  const std::vector<HistoryRecord>& history = draft_.state.history;
  auto at =
      std::lower_bound(history.begin(), history.end(), step,
                       [](const HistoryRecord& one, absl::string_view id) {
                         return one.step < id;
                       });
  for (; at != history.end() && at->step == step; ++at) {
    for (const PastOutcomeRecord& one : at->outcomes) {
      if (!visit({.subject = at->subject,
                  .outcome = one.outcome,
                  .happened = one.happened,
                  .order = static_cast<uint64_t>(one.version)})) {
        return;
      }
    }
  }
  for (const DraftOutcome& one : draft_.outcomes()) {
    if (one.step == step &&
        !visit({.subject = one.subject,
                .outcome = one.outcome,
                .happened = draft_.happened,
                .order = static_cast<uint64_t>(draft_.version)})) {
      return;
    }
  }
}

bool DraftView::IsLive(absl::string_view step,
                       std::optional<SubjectRef> subject) const {
  return draft_.IsLive(step, subject);
}

bool DraftView::TrackIsSet(absl::string_view track) const {
  return draft_.TrackIsSet(track);
}

bool DraftView::ConsentInForce(const model::v1::ConsentTest& test) const {
  bool found = false;
  draft_.VisitConsents([&](const ConsentRecord& consent) {
    found = consent.state == model::v1::CONSENT_STATE_GIVEN &&
            consent.matter == test.matter() &&
            InDates(consent, draft_.places.today_text()) &&
            (test.purpose().empty() || consent.purpose == test.purpose()) &&
            CoversClasses(consent, test.classes()) &&
            CoversReceiver(consent, test.to_role(), draft_);
    return !found;
  });
  return found;
}

absl::string_view DraftView::Entry() const { return draft_.Entry(); }

Tri DraftView::CriterionProved(absl::string_view criterion) const {
  if (criterion.empty()) {
    return pathway::TriOf(draft_.ProvedCriteria() > 0);
  }
  if (draft_.IsClearCriterion(criterion)) {
    const model::v1::Criterion* rule = draft_.edition.FindCriterion(criterion);
    return pathway::TriOf(rule != nullptr &&
                          InForceOn(*rule, draft_.places.today_text()));
  }
  return draft_.SealedCriteria() > 0 ? Tri::kUnknown : Tri::kNo;
}

Tri DraftView::ReachedAge(const model::v1::Age& age,
                          const model::v1::Term* before_by) const {
  const std::optional<absl::CivilDay> day = DayOfAge(draft_, age);
  if (!day.has_value()) {
    return Tri::kUnknown;
  }
  const std::optional<absl::Time> from = draft_.places.Before(*day, before_by);
  if (!from.has_value()) {
    return Tri::kUnknown;
  }
  return pathway::TriOf(*from <= Now());
}

absl::Time DraftView::Now() const { return draft_.recorded; }

std::optional<absl::Time> DraftView::AddTerm(
    absl::Time start, const model::v1::Term& term) const {
  return draft_.places.AddTerm(start, term);
}

std::optional<absl::CivilDay> BirthdayOf(const Draft& draft,
                                         const model::v1::Age& age) {
  const std::optional<calendar::Age> wanted = AgeOf(draft, age);
  if (!wanted.has_value()) {
    return std::nullopt;
  }
  return calendar::Birthday(*draft.context.person->birth_date, *wanted);
}

std::optional<absl::CivilDay> DayOfAge(const Draft& draft,
                                       const model::v1::Age& age) {
  const std::optional<calendar::Age> wanted = AgeOf(draft, age);
  if (!wanted.has_value() || !draft.places.ok()) {
    return std::nullopt;
  }
  return calendar::AgeAttainedFrom(
      {.birth_date = *draft.context.person->birth_date,
       .age = *wanted,
       .rule = draft.places.home().calendar->age_attained()});
}

Tri AskBefore(const Draft& draft, const model::v1::Condition& condition,
              SubjectRef asking) {
  if (draft.state.version == 0) {
    return Tri::kUnknown;
  }
  const BeforeView before(draft);
  return pathway::Evaluate(condition, DraftView(before.draft()), asking);
}

}  // namespace careroute::casework::internal
