#include "lib/casework/internal/misfits.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {
namespace {

using pathway::Edition;
using pathway::FactKind;

constexpr absl::string_view kEndStep =
    "end the step first, or keep it in the edition";
constexpr absl::string_view kDeclare =
    "declare it in the edition as it was before";

class Finder {
 public:
  explicit Finder(const Edition& edition) : edition_(edition) {}

  void Say(std::string what, absl::string_view mend) {
    const bool said =
        std::any_of(found_.begin(), found_.end(),
                    [&what](const Misfit& one) { return one.what == what; });
    if (!said) found_.push_back({.what = std::move(what), .mend = mend});
  }

  // Null when the edition has no such step for the subject.
  const model::v1::Step* Step(const std::string& id, SubjectRef subject) {
    const model::v1::Step* step = edition_.FindStep(id);
    if (step == nullptr || KindOf(*step, subject) != subject.kind) {
      Say(absl::StrCat("step/", id), kEndStep);
      return nullptr;
    }
    return step;
  }

  void Work(const Occurrence& one) {
    const model::v1::Step* step = Step(one.step, one.subject);
    if (step == nullptr) return;
    if (!one.leaving.empty() &&
        edition_.FindOutcome(one.step, one.leaving) == nullptr) {
      Say(absl::StrCat("outcome/", one.step, "/", one.leaving), kEndStep);
    }
    if (!one.visits.empty() && !step->has_visits()) {
      Say(absl::StrCat("visits/", one.step), kEndStep);
    }
    for (const CallerRecord& caller : one.callers) {
      Step(caller.step, caller.subject);
    }
  }

  void Fact(const FactRecord& fact) {
    const model::v1::FactDeclaration* declared = edition_.FindFact(fact.fact);
    const auto kind = declared == nullptr || declared->subject() == 0
                          ? model::v1::SUBJECT_KIND_PERSON
                          : declared->subject();
    if (declared == nullptr || kind != fact.subject.kind ||
        !Holds(*declared, fact)) {
      Say(absl::StrCat("fact/", fact.fact), kDeclare);
    }
  }

  void Evidence(const EvidenceOwedRecord& owed, const Case& state) {
    const Occurrence* one = FindOccurrence(state, owed.occurrence);
    const model::v1::Step* step =
        one == nullptr ? nullptr : edition_.FindStep(one->step);
    if (step == nullptr) return;  // ended, or said already
    const auto& guards = step->guards();
    if (std::none_of(guards.begin(), guards.end(),
                     [&owed](const model::v1::Guard& guard) {
                       return guard.id() == owed.guard;
                     })) {
      Say(absl::StrCat("guard/", one->step, "/", owed.guard),
          "bring the evidence that is owed first");
    }
  }

  void Sent(const Referral& referral, const Case& state) {
    if (!IsOpen(StateOf(referral))) return;
    const Occurrence* one = FindOccurrence(state, referral.occurrence);
    const model::v1::Step* step =
        one == nullptr ? nullptr : edition_.FindStep(one->step);
    if (step != nullptr && !step->has_referral()) {
      Say(absl::StrCat("referral/", one->step),
          "wait for the answer to the referral, or cancel it");
    }
  }

  void Plan(const PlanRecord& plan) {
    for (const PlanLineRecord& line : plan.lines) {
      const auto& lists = edition_.pathway().lists();
      const bool known =
          std::any_of(lists.begin(), lists.end(), [&line](const auto& list) {
            const auto& items = list.items();
            return std::find(items.begin(), items.end(), line.item) !=
                   items.end();
          });
      if (!known) {
        Say(absl::StrCat("item/", line.item),
            "state the plan again without it, or keep it in the edition");
      }
    }
  }

  std::vector<Misfit> Take() { return std::move(found_); }

 private:
  [[nodiscard]] static bool Holds(const model::v1::FactDeclaration& declared,
                                  const FactRecord& fact) {
    switch (fact.kind) {
      case FactKind::kNotKnown:
        return true;
      case FactKind::kTruth:
        return declared.type() == model::v1::FACT_TYPE_BOOL;
      case FactKind::kDate:
        return declared.type() == model::v1::FACT_TYPE_DATE;
      case FactKind::kNumber:
        return declared.type() == model::v1::FACT_TYPE_INTEGER &&
               declared.min() <= fact.number && fact.number <= declared.max();
      case FactKind::kChoice:
        return declared.type() == model::v1::FACT_TYPE_ENUM &&
               std::find(declared.values().begin(), declared.values().end(),
                         fact.text) != declared.values().end();
    }
    return false;
  }

  const Edition& edition_;
  std::vector<Misfit> found_;
};

void FindWork(const Case& state, Finder& finder) {
  for (const Occurrence& one : state.occurrences) finder.Work(one);
  for (const Occurrence& one : state.set_aside) finder.Work(one);
  for (const ScheduleRecord& one : state.schedules) {
    if (!one.step.empty()) finder.Step(one.step, one.subject);
  }
  for (const RightRecord& one : state.rights) {
    finder.Step(one.step, one.subject);
  }
  for (const EvidenceOwedRecord& one : state.evidence_owed) {
    finder.Evidence(one, state);
  }
  for (const Referral& one : state.referrals) finder.Sent(one, state);
  for (const PlanRecord& one : state.plans) finder.Plan(one);
}

void FindDeclared(const Case& state, const Edition& edition, Finder& finder) {
  if (edition.FindEntry(state.entry) == nullptr) {
    finder.Say(absl::StrCat("entry/", state.entry), kDeclare);
  }
  for (const FactRecord& one : state.facts) finder.Fact(one);
  for (const std::string& one : state.tracks) {
    if (edition.FindTrack(one) == nullptr) {
      finder.Say(absl::StrCat("track/", one), "clear the track first");
    }
  }
  for (const InterruptRecord& one : state.interrupts) {
    if (edition.FindInterrupt(one.interrupt) == nullptr) {
      finder.Say(absl::StrCat("interrupt/", one.interrupt),
                 "wait until the interrupt is over");
    }
  }
  for (const StopRecord& one : state.stops) {
    if (!one.end.has_value() && edition.FindStopReason(one.reason) == nullptr) {
      finder.Say(absl::StrCat("stop/", one.reason), "let the clocks run first");
    }
  }
  for (const std::string& one : state.clear_criteria) {
    if (edition.FindCriterion(one) == nullptr) {
      finder.Say(absl::StrCat("criterion/", one), kDeclare);
    }
  }
}

}  // namespace

std::vector<Misfit> MisfitsOf(const Case& state,
                              const pathway::Edition& edition) {
  Finder finder(edition);
  FindWork(state, finder);
  FindDeclared(state, edition, finder);
  return finder.Take();
}

}  // namespace careroute::casework::internal
