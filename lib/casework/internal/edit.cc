#include "lib/casework/internal/edit.h"

#include <tuple>

#include "lib/casework/internal/records.h"

namespace careroute::casework::internal {
namespace {

using StepKey = std::tuple<absl::string_view, int, int32_t>;

StepKey KeyOf(absl::string_view step, SubjectRef subject) {
  return {step, static_cast<int>(subject.kind), subject.number};
}

HistoryRecord& HistoryOf(const Occurrence& occurrence, Case& state) {
  const auto key_of = [](const HistoryRecord& one) {
    return KeyOf(one.step, one.subject);
  };
  const StepKey key = KeyOf(occurrence.step, occurrence.subject);
  auto at = PlaceOf(state.history, key, key_of);
  if (at == state.history.end() || key_of(*at) != key) {
    at = state.history.insert(at, HistoryRecord{.step = occurrence.step,
                                                .subject = occurrence.subject});
  }
  return *at;
}

using FactKey = std::tuple<absl::string_view, int, int32_t, absl::string_view>;

FactKey KeyOf(const FactRecord& fact) {
  return {fact.fact, static_cast<int>(fact.subject.kind), fact.subject.number,
          fact.from};
}

bool SamePeriods(const FactRecord& a, const FactRecord& b) {
  return a.fact == b.fact && a.subject == b.subject;
}

// Drops the earliest period of the fact once there are too many.
void ShrinkPeriods(size_t at, Case& state) {
  const FactRecord& fact = state.facts[at];
  size_t first = at;
  while (first > 0 && SamePeriods(state.facts[first - 1], fact)) {
    --first;
  }
  size_t end = at + 1;
  while (end < state.facts.size() && SamePeriods(state.facts[end], fact)) {
    ++end;
  }
  if (end - first > kPeriodsKeptMax) {
    state.facts.erase(state.facts.begin() + static_cast<ptrdiff_t>(first));
  }
}

bool IsFinished(const VisitRecord& visit) {
  return visit.state == model::v1::VISIT_STATE_DONE ||
         visit.state == model::v1::VISIT_STATE_SUSPENDED ||
         (visit.state == model::v1::VISIT_STATE_MISSED &&
          !visit.reason.empty());
}

// Removes the first elements that `is_over` says true of, until at most `max`
// of them are left.
template <typename T, typename IsOver>
void ShrinkList(std::vector<T>& list, size_t max, IsOver is_over) {
  if (list.size() <= max) {
    return;
  }
  const auto over =
      static_cast<size_t>(std::count_if(list.begin(), list.end(), is_over));
  if (over <= max) {
    return;
  }
  size_t surplus = over - max;
  list.erase(std::remove_if(list.begin(), list.end(),
                            [&](const T& one) {
                              if (surplus == 0 || !is_over(one)) {
                                return false;
                              }
                              --surplus;
                              return true;
                            }),
             list.end());
}

// Keeps who is replaced as the last to bring an outcome.
void KeepDoer(const std::string& doer, absl::string_view next,
              std::vector<std::string>& earlier) {
  if (doer.empty() || doer == next || Contains(earlier, doer)) {
    return;
  }
  if (earlier.size() >= kDoersKeptMax) {
    earlier.erase(earlier.begin());
  }
  earlier.push_back(doer);
}

}  // namespace

void Insert(std::vector<std::string>& list, absl::string_view text) {
  const auto at = PlaceOf(list, text, [](const std::string& one) {
    return absl::string_view(one);
  });
  if (at == list.end() || *at != text) {
    list.emplace(at, text);
  }
}

void Remove(std::vector<std::string>& list, absl::string_view text) {
  const auto at = PlaceOf(list, text, [](const std::string& one) {
    return absl::string_view(one);
  });
  if (at != list.end() && *at == text) {
    list.erase(at);
  }
}

bool Contains(const std::vector<std::string>& list, absl::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

void AddHistory(const Occurrence& occurrence, const EndedAs& as, Case& state) {
  if (as.outcome.empty()) {
    return;
  }
  HistoryRecord& history = HistoryOf(occurrence, state);
  if (history.count < std::numeric_limits<int32_t>::max()) {
    ++history.count;
  }
  const absl::string_view performer =
      as.performer.empty() ? absl::string_view(occurrence.performer)
                           : as.performer;
  auto& outcomes = history.outcomes;
  auto at = std::find_if(outcomes.begin(), outcomes.end(),
                         [&as](const PastOutcomeRecord& one) {
                           return one.outcome == as.outcome;
                         });
  if (at == outcomes.end()) {
    at = outcomes.insert(at, PastOutcomeRecord{});
    at->outcome.assign(as.outcome.data(), as.outcome.size());
  } else {
    std::rotate(at, at + 1, outcomes.end());
    at = outcomes.end() - 1;
    KeepDoer(at->performer, performer, history.earlier_organisations);
    KeepDoer(at->member, as.member, history.earlier_members);
  }
  at->happened = as.happened;
  at->performer.assign(performer.data(), performer.size());
  at->member.assign(as.member.data(), as.member.size());
  at->version = as.version;
  at->late = as.late;
}

void EndOccurrence(int32_t number, const EndedAs& as, Case& state) {
  const auto at = PlaceOf(state.occurrences, number,
                          [](const Occurrence& one) { return one.number; });
  if (at == state.occurrences.end() || at->number != number) {
    return;
  }
  AddHistory(*at, as, state);
  state.occurrences.erase(at);
  if (state.timers.empty()) {
    return;
  }
  state.timers.erase(std::remove_if(state.timers.begin(), state.timers.end(),
                                    [number](const TimerRecord& timer) {
                                      return timer.number == number &&
                                             (timer.kind == "silence" ||
                                              timer.kind == "runs_until" ||
                                              timer.kind == "visit");
                                    }),
                     state.timers.end());
}

void PutFact(FactRecord fact, bool correction, Case& state) {
  const FactKey key = KeyOf(fact);
  const auto at = PlaceOf(state.facts, key,
                          [](const FactRecord& one) { return KeyOf(one); });
  const auto index = static_cast<size_t>(at - state.facts.begin());
  if (at != state.facts.end() && KeyOf(*at) == key) {
    if (correction || fact.happened >= at->happened) {
      *at = std::move(fact);
    }
    return;
  }
  const bool has_period = !fact.from.empty();
  state.facts.insert(at, std::move(fact));
  if (has_period) {
    ShrinkPeriods(index, state);
  }
}

void ShrinkVisits(Occurrence& occurrence) {
  ShrinkList(occurrence.visits, kVisitsKeptMax, IsFinished);
}

void ShrinkEnded(Case& state) {
  ShrinkList(state.stops, kEndedStopsKeptMax,
             [](const StopRecord& stop) { return stop.end.has_value(); });
  ShrinkList(
      state.consents, kEndedConsentsKeptMax,
      [](const ConsentRecord& consent) { return consent.ended_version != 0; });
  const auto is_over = [](const Referral& referral) {
    return !IsOpen(StateOf(referral));
  };
  ShrinkList(state.referrals, kEndedReferralsKeptMax,
             [is_over](const Referral& referral) {
               return referral.hub.empty() && is_over(referral);
             });
  ShrinkList(state.referrals, kEndedRemoteReferralsKeptMax,
             [is_over](const Referral& referral) {
               return !referral.hub.empty() && is_over(referral);
             });
}

void CountSubjects(
    const google::protobuf::RepeatedPtrField<model::v1::Fact>& facts,
    Case& state) {
  for (const model::v1::Fact& one : facts) {
    const SubjectRef subject = SubjectOf(one);
    const auto kind = static_cast<size_t>(subject.kind);
    if (kind < state.subjects.size()) {
      state.subjects[kind] = std::max(state.subjects[kind], subject.number);
    }
  }
}

void PutPlan(const PlanStatement& plan, Case& state) {
  if (plan.lines.empty()) {
    return;
  }
  auto at = std::find_if(
      state.plans.begin(), state.plans.end(), [&plan](const PlanRecord& one) {
        return one.step == plan.step && one.subject == plan.subject;
      });
  if (at == state.plans.end()) {
    at = state.plans.insert(
        at, {.step = std::string(plan.step), .subject = plan.subject});
  }
  at->lines.clear();
  for (const model::v1::PlanLine& line : plan.lines) {
    at->lines.push_back(FromProto(line));
  }
}

}  // namespace careroute::casework::internal
