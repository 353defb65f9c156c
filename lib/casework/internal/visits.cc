// Visits of a step, planned against done.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/internal/step_timers.h"

namespace careroute::casework::internal {
namespace {

using command::v1::PlanVisits;
using model::v1::MissedReason;
using model::v1::Step;

RefusalPtr FindVisited(const Draft& draft, int32_t occurrence,
                       std::optional<Live>& live, const Step*& step) {
  live = draft.FindLive(occurrence);
  if (!live.has_value() || live->folded == nullptr) {
    return RefuseNotFound("occurrence");
  }
  step = draft.edition.FindStep(live->step);
  if (step == nullptr || !step->has_visits()) {
    return RefuseState("no_visits", "the step has no visits");
  }
  return RequirePerformer(draft, *live, *step);
}

// How many visits the occurrence may have; nullopt = as many as are planned.
std::optional<int64_t> AtMost(const Draft& draft,
                              const model::v1::VisitRules& rules) {
  const model::v1::Binding* binding =
      draft.edition.FindBinding(rules.at_most_parameter());
  return binding != nullptr && binding->value().has_integer()
             ? std::optional<int64_t>(binding->value().integer())
             : std::nullopt;
}

size_t PlannedCount(const Occurrence& occurrence) {
  return static_cast<size_t>(
      std::count_if(occurrence.visits.begin(), occurrence.visits.end(),
                    [](const VisitRecord& one) {
                      return one.state == model::v1::VISIT_STATE_PLANNED;
                    }));
}

RefusalPtr CheckCount(const Draft& draft, const Occurrence& occurrence,
                      const Step& step, size_t more) {
  const size_t planned = PlannedCount(occurrence) + more;
  if (planned > kVisitsPlannedMax) {
    return RefuseState("too_many_visits",
                       "more visits are planned than anybody can oversee");
  }
  const std::optional<int64_t> at_most = AtMost(draft, step.visits());
  if (at_most.has_value() &&
      static_cast<int64_t>(planned) + occurrence.tally.done > *at_most) {
    return RefuseState("visits_used_up",
                       "the region allows no more visits of this step");
  }
  return nullptr;
}

const PlanRecord* FindPlan(const Draft& draft, const std::string& step,
                           SubjectRef subject) {
  for (const PlanRecord& one : draft.state.plans) {
    if (one.step == step &&
        (one.subject == subject || one.subject == SubjectRef{})) {
      return &one;
    }
  }
  return nullptr;
}

// Only what the plan grants is visited for, and not what it leaves to others.
bool IsPlanned(const PlanRecord& plan, const std::string& part,
               const std::string& service) {
  return std::any_of(
      plan.lines.begin(), plan.lines.end(), [&](const PlanLineRecord& line) {
        return line.item == service && (part.empty() || line.part == part);
      });
}

RefusalPtr CheckVisits(const Draft& draft, const Live& live, const Step& step,
                       const PlanVisits& command) {
  RefusalPtr refusal;
  const PlanRecord* plan =
      step.visits().planned_by().empty()
          ? nullptr
          : FindPlan(draft, step.visits().planned_by(), live.subject);
  for (int i = 0; i < command.visits_size(); ++i) {
    const model::v1::Visit& visit = command.visits(i);
    const auto complain = [&](absl::string_view field,
                              absl::string_view message) {
      AddInvalid({.path = absl::StrCat("visits[", i, "].", field),
                  .reason = "INVALID",
                  .message = message,
                  .mend = "plan a day to come, for a service of the plan"},
                 refusal);
    };
    const auto day = Places::Day(visit.planned_on());
    if (!day.has_value() || *day < draft.places.today()) {
      complain("planned_on", "the day is over, or is no date");
    }
    if (plan != nullptr &&
        !IsPlanned(*plan, step.visits().planned_part(), visit.service())) {
      complain("service", "the plan does not hold this service");
    }
  }
  return refusal;
}

const MissedReason* FindReason(const Step& step, const std::string& id) {
  for (const MissedReason& one : step.visits().reasons()) {
    if (one.id() == id) {
      return &one;
    }
  }
  return nullptr;
}

// Whether the state may still be recorded: planned, or missed and not yet
// explained.
bool IsOpenVisit(const VisitRecord& visit) {
  return visit.state == model::v1::VISIT_STATE_PLANNED ||
         (visit.state == model::v1::VISIT_STATE_MISSED && visit.reason.empty());
}

RefusalPtr CheckRecorded(const Draft& draft, const VisitRecord& visit,
                         const Step& step,
                         const command::v1::RecordVisit& command) {
  if (!IsOpenVisit(visit)) {
    return RefuseState("visit_recorded", "what came of it is recorded already");
  }
  const bool missed = command.state() == model::v1::VISIT_STATE_MISSED;
  if (!missed && command.state() != model::v1::VISIT_STATE_DONE) {
    return RefuseInvalid("state", "a visit is done or missed",
                         "say which of the two");
  }
  const auto day = Places::Day(visit.planned_on);
  if (!missed && day.has_value() &&
      *day > draft.places.DayOf(draft.context.now)) {
    return RefuseTime("in_future", "the visit is planned for a day to come");
  }
  if (missed && FindReason(step, command.reason()) == nullptr) {
    RefusalPtr refusal = NewRefusal(
        model::v1::ERROR_REASON_OUTCOME_INCOMPLETE, "missed_reason_needed",
        "a missed visit needs one of the step's reasons");
    for (const MissedReason& one : step.visits().reasons()) {
      refusal->add_open_to_actor(one.id());
    }
    return refusal;
  }
  return nullptr;
}

void StartByMiss(const Live& live, const MissedReason& reason, Draft& draft) {
  const absl::string_view word =
      draft.Keep(absl::StrCat("missed:", live.step, "/", reason.id()));
  for (const std::string& id : reason.starts()) {
    if (const Step* step = draft.edition.FindStep(id); step != nullptr) {
      StartFor(*step, live.subject, {.word = word, .starter = &live}, draft);
    }
  }
}

// The others that are still to come.
std::vector<VisitRecord> Without(const Occurrence& occurrence, int32_t visit) {
  std::vector<VisitRecord> others;
  for (const VisitRecord& one : occurrence.visits) {
    if (one.number != visit) {
      others.push_back(one);
    }
  }
  return others;
}

}  // namespace

RefusalPtr PlanVisits(Draft& draft) {
  const command::v1::PlanVisits& command = draft.command.plan_visits();
  std::optional<Live> live;
  const Step* step = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(
      FindVisited(draft, command.occurrence(), live, step));
  if (command.visits().empty()) {
    return RefuseInvalid("visits", "there is none", "plan at least one");
  }
  const auto more = static_cast<size_t>(command.visits_size());
  CAREROUTE_RETURN_IF_REFUSED(CheckCount(draft, *live->folded, *step, more));
  CAREROUTE_RETURN_IF_REFUSED(CheckVisits(draft, *live, *step, command));
  GuardResult guards =
      CheckGuards(draft, *live, [](absl::string_view) { return true; });
  if (guards.refusal != nullptr) {
    return std::move(guards.refusal);
  }
  OweEvidence(*live, guards, draft);
  event::v1::VisitsPlanned& body = *draft.event->mutable_visits_planned();
  body.set_occurrence(live->number);
  std::vector<VisitRecord> visits = live->folded->visits;
  int32_t number = live->folded->next_visit;
  for (const model::v1::Visit& one : command.visits()) {
    model::v1::Visit& visit = *body.add_visits();
    visit.set_number(number++);
    visit.set_planned_on(one.planned_on());
    visit.set_service(one.service());
    visit.set_state(model::v1::VISIT_STATE_PLANNED);
    visits.push_back(FromProto(visit));
  }
  SetVisitTimer(*live, visits, draft);
  return nullptr;
}

RefusalPtr RecordVisit(Draft& draft) {
  const command::v1::RecordVisit& command = draft.command.record_visit();
  std::optional<Live> live;
  const Step* step = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(
      FindVisited(draft, command.occurrence(), live, step));
  const auto& visits = live->folded->visits;
  const auto visit = std::find_if(visits.begin(), visits.end(),
                                  [&command](const VisitRecord& one) {
                                    return one.number == command.visit();
                                  });
  if (visit == visits.end()) {
    return RefuseNotFound("visit");
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckRecorded(draft, *visit, *step, command));
  event::v1::VisitRecorded& body = *draft.event->mutable_visit_recorded();
  body.set_occurrence(live->number);
  body.set_visit(visit->number);
  body.set_state(command.state());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  SetVisitTimer(*live, Without(*live->folded, visit->number), draft);
  if (command.state() == model::v1::VISIT_STATE_MISSED) {
    const MissedReason& reason = *FindReason(*step, command.reason());
    body.set_reason(reason.id());
    body.set_counted_apart(reason.counted_apart());
    StartByMiss(*live, reason, draft);
  }
  return nullptr;
}

}  // namespace careroute::casework::internal
