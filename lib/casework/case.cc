#include "lib/casework/case.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/string_view.h"

namespace careroute::casework {
namespace {

// In a vector sorted by `number`.
template <typename T>
const T* FindNumber(const std::vector<T>& list, int32_t number) {
  const auto at =
      std::lower_bound(list.begin(), list.end(), number,
                       [](const T& one, int32_t n) { return one.number < n; });
  return at != list.end() && at->number == number ? &*at : nullptr;
}

bool SameTerm(const model::v1::Term& a, const model::v1::Term& b) {
  return a.n() == b.n() && a.unit() == b.unit() &&
         a.no_limit() == b.no_limit() && a.parameter() == b.parameter();
}

}  // namespace

bool operator==(const DeadlineRecord& a, const DeadlineRecord& b) {
  const auto rest = [](const DeadlineRecord& d) {
    return std::tie(d.number, d.occurrence, d.referral, d.limit, d.start, d.due,
                    d.level_times, d.calendar_edition, d.provisional, d.stopped,
                    d.honours, d.level);
  };
  return rest(a) == rest(b) && SameTerm(a.rule, b.rule);
}

const Occurrence* FindOccurrence(const Case& state, int32_t number) {
  return FindNumber(state.occurrences, number);
}

const DeadlineRecord* FindDeadline(const Case& state, int32_t number) {
  return FindNumber(state.deadlines, number);
}

const StopRecord* FindStop(const Case& state, int32_t number) {
  return FindNumber(state.stops, number);
}

const ScheduleRecord* FindSchedule(const Case& state, int32_t number) {
  return FindNumber(state.schedules, number);
}

const ConsentRecord* FindConsent(const Case& state, int32_t number) {
  return FindNumber(state.consents, number);
}

const AssessmentRecord* FindAssessment(const Case& state, int32_t number) {
  return FindNumber(state.assessments, number);
}

const Referral* FindReferral(const Case& state, int32_t number) {
  return FindNumber(state.referrals, number);
}

bool SeesInEmergency(const Case& state, absl::string_view member,
                     absl::Time now) {
  return std::any_of(state.emergencies.begin(), state.emergencies.end(),
                     [member, now](const EmergencyRecord& one) {
                       return one.member == member && now < one.until;
                     });
}

const HandOverRecord* FindHandOver(const Case& state, int32_t number) {
  return FindNumber(state.hand_overs, number);
}

const MeasureRecord* FindMeasure(const Case& state, absl::string_view measure) {
  const auto at =
      std::lower_bound(state.measures.begin(), state.measures.end(), measure,
                       [](const MeasureRecord& one, absl::string_view wanted) {
                         return one.measure < wanted;
                       });
  return at != state.measures.end() && at->measure == measure ? &*at : nullptr;
}

const HistoryRecord* FindHistory(const Case& state, absl::string_view step,
                                 SubjectRef subject) {
  const auto at = std::lower_bound(
      state.history.begin(), state.history.end(), step,
      [subject](const HistoryRecord& one, absl::string_view wanted) {
        const int order = absl::string_view(one.step).compare(wanted);
        return order < 0 ||
               (order == 0 && std::tie(one.subject.kind, one.subject.number) <
                                  std::tie(subject.kind, subject.number));
      });
  return at != state.history.end() && at->step == step && at->subject == subject
             ? &*at
             : nullptr;
}

model::v1::CaseState StateOf(const Case& state) {
  if (state.erased) {
    return model::v1::CASE_STATE_ERASED;
  }
  if (state.ahead) {
    return model::v1::CASE_STATE_AHEAD;
  }
  if (state.version == 0) {
    return model::v1::CASE_STATE_UNSPECIFIED;
  }
  if (!state.ending.has_value()) {
    return model::v1::CASE_STATE_OPEN;
  }
  return state.occurrences.empty() ? model::v1::CASE_STATE_CLOSED
                                   : model::v1::CASE_STATE_CLOSED_WITH_STEPS;
}

absl::string_view OrganisationOf(absl::string_view member) {
  return member.substr(0, member.find("/members/"));
}

}  // namespace careroute::casework
