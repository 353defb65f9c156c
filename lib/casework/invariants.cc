#include "lib/casework/invariants.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "lib/casework/snapshot.h"

namespace careroute::casework {
namespace {

using Broken = std::vector<std::string>;

template <typename T>
void CheckNumbers(const std::vector<T>& list, int64_t next,
                  absl::string_view what, Broken& broken) {
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i].number <= 0 || list[i].number >= next ||
        (i > 0 && list[i - 1].number >= list[i].number)) {
      broken.push_back(
          absl::StrCat(what, " ", list[i].number, ": number out of order"));
    }
  }
}

void CheckAllNumbers(const Case& state, Broken& broken) {
  CheckNumbers(state.occurrences, state.next.occurrence, "occurrence", broken);
  CheckNumbers(state.set_aside, state.next.occurrence, "set aside", broken);
  CheckNumbers(state.deadlines, state.next.deadline, "deadline", broken);
  CheckNumbers(state.stops, state.next.stop, "stop", broken);
  CheckNumbers(state.schedules, state.next.schedule, "schedule", broken);
  CheckNumbers(state.consents, state.next.consent, "consent", broken);
  CheckNumbers(state.referrals, state.next.referral, "referral", broken);
  CheckNumbers(state.hand_overs, state.next.hand_over, "hand-over", broken);
  CheckNumbers(state.assessments, std::numeric_limits<int64_t>::max(),
               "assessment", broken);
}

void CheckPosts(const Case& state, Broken& broken) {
  if (state.coordinator.empty() || state.deputy.empty()) {
    broken.emplace_back("an open case has an empty post");
  }
  if (state.person.size() != 16 || state.edition.hash.empty()) {
    broken.emplace_back("an open case has no person or no edition");
  }
  if (state.next_contact_date.empty()) {
    broken.emplace_back("an open case has no next contact date");
  }
  if (state.occurrences.empty() && state.schedules.empty()) {
    broken.emplace_back("an open case has nothing that lives or comes");
  }
  if (!state.set_aside.empty()) {
    broken.emplace_back("an open case has work set aside");
  }
}

void CheckEnded(const Case& state, Broken& broken) {
  if (!state.interrupts.empty() ||
      std::any_of(state.stops.begin(), state.stops.end(),
                  [](const StopRecord& one) { return !one.end.has_value(); })) {
    broken.emplace_back("a closed case has clocks held");
  }
}

void CheckMeasures(const Case& state, Broken& broken) {
  for (size_t i = 0; i < state.measures.size(); ++i) {
    const MeasureRecord& one = state.measures[i];
    if (i > 0 && state.measures[i - 1].measure >= one.measure) {
      broken.push_back(absl::StrCat("measure ", one.measure, " out of order"));
    }
    if (!one.until.empty() && one.state != model::v1::MEASURE_STATE_GRANTED) {
      broken.push_back(
          absl::StrCat("measure ", one.measure, " ends without a grant"));
    }
  }
}

void CheckDeadlines(const Case& state, Broken& broken) {
  for (const DeadlineRecord& one : state.deadlines) {
    const std::string name = absl::StrCat("deadline ", one.number);
    if (one.referral == 0 && one.occurrence != 0 &&
        FindOccurrence(state, one.occurrence) == nullptr) {
      broken.push_back(absl::StrCat(name, " runs on nothing"));
    }
    if (one.referral != 0 && FindReferral(state, one.referral) == nullptr) {
      broken.push_back(absl::StrCat(name, " runs on no referral"));
    }
    if (!std::is_sorted(one.level_times.begin(), one.level_times.end())) {
      broken.push_back(absl::StrCat(name, " has levels out of order"));
    }
    if (one.level >= static_cast<int32_t>(one.level_times.size())) {
      broken.push_back(absl::StrCat(name, " is raised beyond its levels"));
    }
    if (one.due.has_value() &&
        (one.level_times.empty() || one.level_times.front() != *one.due)) {
      broken.push_back(absl::StrCat(name, " has no level 0"));
    }
  }
  for (const EvidenceOwedRecord& one : state.evidence_owed) {
    if (one.deadline != 0 && FindDeadline(state, one.deadline) == nullptr) {
      broken.push_back(absl::StrCat("evidence for ", one.guard,
                                    " is owed without a deadline"));
    }
  }
}

void CheckTimers(const Case& state, Broken& broken) {
  for (const TimerRecord& one : state.timers) {
    const bool of_step = one.kind == "silence" || one.kind == "runs_until" ||
                         one.kind == "visit";
    if (of_step && FindOccurrence(state, one.number) == nullptr &&
        !state.ending.has_value()) {
      broken.push_back(
          absl::StrCat("timer ", one.kind, " ", one.number, " of nothing"));
    }
  }
}

void CheckTimes(const Case& state, Broken& broken) {
  for (const FactRecord& one : state.facts) {
    if (one.version < 1 || one.version > state.version) {
      broken.push_back(absl::StrCat("fact ", one.fact, " of no event"));
    }
  }
  for (const HistoryRecord& one : state.history) {
    for (const PastOutcomeRecord& past : one.outcomes) {
      if (past.version < 1 || past.version > state.version) {
        broken.push_back(
            absl::StrCat("outcome ", past.outcome, " of no event"));
      }
    }
    if (one.count < static_cast<int32_t>(one.outcomes.size())) {
      broken.push_back(absl::StrCat("history of ", one.step, " counts wrong"));
    }
  }
}

void CheckAssessments(const Case& state, Broken& broken) {
  for (const AssessmentRecord& one : state.assessments) {
    const std::string name = absl::StrCat("assessment ", one.number);
    if (one.version < 1 || one.version > state.version) {
      broken.push_back(absl::StrCat(name, " of no event"));
    }
    if (one.rechecks >= one.number) {
      broken.push_back(absl::StrCat(name, " re-checks a later one"));
    }
    const AssessmentRecord* other = FindAssessment(state, one.rechecks);
    if (other != nullptr && other->assessor == one.assessor) {
      broken.push_back(absl::StrCat(name, " re-checks its own assessor"));
    }
  }
}

void CheckEnvelopes(const Case& state, Broken& broken) {
  for (const Referral& one : state.referrals) {
    const std::string name = absl::StrCat("referral ", one.number);
    const bool remote = !one.hub.empty();
    if (remote != (one.envelopes > 0) || remote != (one.first_message > 0)) {
      broken.push_back(absl::StrCat(name, " has envelopes to no hub"));
    }
    if (one.first_message >= state.next.message) {
      broken.push_back(absl::StrCat(name, " begins with no message"));
    }
    if (remote && one.delivery != model::v1::DELIVERY_SENT) {
      broken.push_back(absl::StrCat(name, " left without being sent"));
    }
    if (one.taken < 0 || (!remote && one.taken > 0)) {
      broken.push_back(absl::StrCat(name, " took envelopes of no hub"));
    }
    if (one.undelivered < 0 || one.undelivered > one.envelopes ||
        (one.undelivered == 0) != one.undelivered_why.empty()) {
      broken.push_back(absl::StrCat(name, " misses no envelope of its own"));
    }
  }
}

bool AreTheSame(const Occurrence& a, const Occurrence& b) {
  return a.step == b.step && a.subject == b.subject && a.leaving.empty() &&
         b.leaving.empty();
}

void CheckLiveOnce(const Case& state, const pathway::Edition& edition,
                   Broken& broken) {
  for (size_t i = 0; i < state.occurrences.size(); ++i) {
    const Occurrence& one = state.occurrences[i];
    const model::v1::Step* step = edition.FindStep(one.step);
    if (step == nullptr) {
      broken.push_back(absl::StrCat("occurrence of no step ", one.step));
      continue;
    }
    if (step->occurrence_per() == model::v1::OCCURRENCE_PER_START) {
      continue;
    }
    for (size_t k = i + 1; k < state.occurrences.size(); ++k) {
      if (AreTheSame(one, state.occurrences[k])) {
        broken.push_back(absl::StrCat("step ", one.step, " is live twice"));
      }
    }
  }
}

bool Holds(const Case& state, const std::string& interrupt) {
  return std::any_of(state.interrupts.begin(), state.interrupts.end(),
                     [&interrupt](const InterruptRecord& one) {
                       return one.interrupt == interrupt;
                     });
}

bool IsLive(const Case& state, const std::string& step) {
  return std::any_of(
      state.occurrences.begin(), state.occurrences.end(),
      [&step](const Occurrence& one) { return one.step == step; });
}

void CheckSuspended(const Case& state, const pathway::Edition& edition,
                    Broken& broken) {
  for (const Occurrence& one : state.occurrences) {
    if (!one.suspended) {
      continue;
    }
    const auto interrupts = edition.InterruptsOf(one.step);
    if (std::none_of(interrupts.begin(), interrupts.end(),
                     [&state](const model::v1::Interrupt* interrupt) {
                       return Holds(state, interrupt->id()) ||
                              (!interrupt->before_resume().empty() &&
                               IsLive(state, interrupt->before_resume()));
                     })) {
      broken.push_back(
          absl::StrCat("step ", one.step, " is suspended by nothing"));
    }
  }
}

}  // namespace

Broken BrokenInvariants(const Case& state) {
  Broken broken;
  CheckAllNumbers(state, broken);
  if (state.version == 0 || state.ahead || state.erased) {
    return broken;
  }
  if (state.ending.has_value()) {
    CheckEnded(state, broken);
  } else {
    CheckPosts(state, broken);
  }
  CheckMeasures(state, broken);
  CheckDeadlines(state, broken);
  CheckTimers(state, broken);
  CheckTimes(state, broken);
  CheckAssessments(state, broken);
  CheckEnvelopes(state, broken);
  if (ToSnapshot(state).ByteSizeLong() > kSnapshotBytesMax) {
    broken.emplace_back("the snapshot is too large");
  }
  return broken;
}

Broken BrokenInvariants(const Case& state, const pathway::Edition& edition) {
  Broken broken = BrokenInvariants(state);
  if (state.version != 0 && !state.ahead && !state.erased) {
    CheckLiveOnce(state, edition, broken);
    CheckSuspended(state, edition, broken);
  }
  return broken;
}

}  // namespace careroute::casework
