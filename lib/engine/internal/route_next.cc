#include <algorithm>
#include <deque>
#include <set>

#include "absl/strings/str_cat.h"
#include "lib/casework/case.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/evaluate.h"

namespace careroute::engine::internal {
namespace {

using casework::Occurrence;
using model::v1::Outcome;
using model::v1::Performer;
using model::v1::RouteRow;
using model::v1::Step;
using pathway::Launch;
using pathway::SubjectRef;
using pathway::Tri;

// A step on the main way, with everything taken as ended before it.
struct Ahead {
  const Step* step = nullptr;
  SubjectRef subject;
  int depth = 0;
  std::vector<AssumedEnding> before;
  // When it is expected; absent = not known.
  std::optional<absl::Time> when;
  // Of a live step: who called it.
  const std::vector<casework::CallerRecord>* callers = nullptr;
};

// Whether the launch counts once the endings have come.
bool MayCount(const RoutePage& page, const Launch& launch, const Ahead& from) {
  const AssumedView view(page.view(), from.before);
  const model::v1::Condition* condition = nullptr;
  if (launch.next != nullptr && launch.next->has_if_()) {
    condition = &launch.next->if_();
  }
  if (launch.rule != nullptr && launch.rule->has_if_()) {
    condition = &launch.rule->if_();
  }
  return condition == nullptr ||
         pathway::Evaluate(*condition, view, from.subject) != Tri::kNo;
}

// Said with a date to be given, or after a term: from when, counted from now.
std::optional<absl::Time> LaunchTime(const RoutePage& page,
                                     const Launch& launch) {
  if (launch.next == nullptr || !launch.next->has_after()) return std::nullopt;
  return page.view().AddTerm(page.options.now, launch.next->after());
}

// A step that is live already goes on rather than comes next.
bool IsLiveOrShown(const RoutePage& page, const Ahead& ahead,
                   const std::set<std::string>& shown) {
  if (shown.count(ahead.step->id()) > 0) return true;
  if (ahead.subject == SubjectRef{}) {
    return page.view().IsLive(ahead.step->id(), std::nullopt);
  }
  return page.view().IsLive(ahead.step->id(), ahead.subject);
}

// Who performed the step last, or performs it; empty = nobody yet.
std::string PerformerOf(const RoutePage& page, absl::string_view step) {
  for (const Occurrence& one : page.state.occurrences) {
    if (one.step == step && !one.performer.empty()) return one.performer;
  }
  const casework::PastOutcomeRecord* latest = nullptr;
  for (const casework::HistoryRecord& history : page.state.history) {
    if (history.step != step) continue;
    for (const casework::PastOutcomeRecord& one : history.outcomes) {
      if (latest == nullptr || one.version > latest->version) latest = &one;
    }
  }
  return latest == nullptr ? std::string() : latest->performer;
}

// Steps that are "same as" one another: a longer chain is a circle.
constexpr int kSameAsMax = 10;

// The same for a step that nobody performed yet but whose performer is that of
// another one.
std::string LatestPerformer(const RoutePage& page, std::string step) {
  for (int i = 0; i < kSameAsMax; ++i) {
    std::string performer = PerformerOf(page, step);
    const Step* found = page.edition.FindStep(step);
    if (!performer.empty() || found == nullptr ||
        !found->performer().has_same_as()) {
      return performer;
    }
    step = found->performer().same_as();
  }
  return "";
}

void FillOrganisation(const RoutePage& page, const std::string& organisation,
                      RouteRow& row) {
  if (organisation.empty()) return;
  *row.mutable_performer() = page.Organisation(organisation);
  row.set_agency(page.KindOf(organisation));
}

void FillRole(const RoutePage& page, const std::string& id, RouteRow& row) {
  const model::v1::Role* role = page.edition.FindRole(id, page.today);
  if (role != nullptr && role->of_coordinator()) {
    FillOrganisation(
        page, std::string(casework::OrganisationOf(page.state.coordinator)),
        row);
    return;
  }
  *row.mutable_performer() = page.Role(id);
  if (role != nullptr && role->also_kinds().empty()) {
    row.set_agency(role->kind());
  }
}

RouteRow NextRow(const RoutePage& page, const Ahead& ahead) {
  RouteRow row;
  FillFromStep(page, *ahead.step, ahead.subject, row);
  row.set_state(model::v1::ROW_STATE_NEXT);
  FillExpectedPerformer(page, *ahead.step, row);
  AddLimits(page, *ahead.step, row);
  AddUnmetGuards(page, *ahead.step, ahead.subject,
                 AssumedView(page.view(), ahead.before), row);
  return row;
}

SubjectRef SubjectFor(const Step& step, SubjectRef near) {
  return step.occurrence_per() == model::v1::OCCURRENCE_PER_UNSPECIFIED ||
                 step.occurrence_per() == model::v1::OCCURRENCE_PER_PERSON
             ? SubjectRef{}
             : near;
}

void AddStep(const RoutePage& page, absl::string_view id, const Ahead& from,
             std::vector<Ahead>& after) {
  const Step* step = page.edition.FindStep(id);
  if (step == nullptr) return;
  after.push_back({.step = step,
                   .subject = SubjectFor(*step, from.subject),
                   .depth = from.depth + 1,
                   .before = from.before});
}

// Everything the main outcome of `from` starts, and the step it returns to.
std::vector<Ahead> StepsAfter(const RoutePage& page, Ahead from) {
  std::vector<Ahead> after;
  const Outcome* outcome = MainOutcome(*from.step);
  if (outcome == nullptr || from.depth >= kNextDepthMax) return after;
  from.before.push_back(
      {.step = from.step->id(), .outcome = outcome, .subject = from.subject});
  for (const Launch& launch :
       page.edition.StartedByOutcome(from.step->id(), outcome->id())) {
    if (!MayCount(page, launch, from)) continue;
    AddStep(page, page.edition.step(launch.step).id(), from, after);
    if (from.depth == 0) after.back().when = LaunchTime(page, launch);
  }
  if (!outcome->recheck_starts().empty()) {
    AddStep(page, outcome->recheck_starts(), from, after);
  }
  if (outcome->returns_to_caller() && from.callers != nullptr &&
      !from.callers->empty()) {
    AddStep(page, from.callers->front().step, from, after);
  }
  return after;
}

std::deque<Ahead> LiveSteps(const RoutePage& page) {
  std::deque<Ahead> live;
  for (const Occurrence& one : page.state.occurrences) {
    const Step* step = page.edition.FindStep(one.step);
    if (step == nullptr) continue;
    live.push_back(
        {.step = step, .subject = one.subject, .callers = &one.callers});
  }
  return live;
}

void AddMainWay(const RoutePage& page, std::set<std::string>& shown,
                model::v1::Route& route) {
  std::deque<Ahead> queue = LiveSteps(page);
  int rows = 0;
  while (!queue.empty()) {
    const std::vector<Ahead> after = StepsAfter(page, std::move(queue.front()));
    queue.pop_front();
    for (const Ahead& one : after) {
      if (rows == kNextRowsMax) return;
      if (IsLiveOrShown(page, one, shown)) continue;
      shown.insert(one.step->id());
      RouteRow& row = *route.add_rows();
      row = NextRow(page, one);
      if (one.when.has_value()) *row.mutable_time() = ToProto(*one.when);
      ++rows;
      queue.push_back(one);
    }
  }
}

void AddScheduled(const RoutePage& page, model::v1::Route& route) {
  std::vector<const casework::ScheduleRecord*> due;
  for (const casework::ScheduleRecord& one : page.state.schedules) {
    if (!one.step.empty() && one.due <= page.options.now + kScheduledWithin) {
      due.push_back(&one);
    }
  }
  std::stable_sort(due.begin(), due.end(), [](const auto* a, const auto* b) {
    return a->due < b->due;
  });
  int rows = 0;
  for (const casework::ScheduleRecord* one : due) {
    const Step* step = page.edition.FindStep(one->step);
    if (step == nullptr || rows == kScheduledRowsMax) continue;
    RouteRow& row = *route.add_rows();
    row = NextRow(page, {.step = step, .subject = one->subject});
    *row.mutable_time() = ToProto(one->due);
    ++rows;
  }
}

}  // namespace

const Outcome* MainOutcome(const Step& step) {
  for (const Outcome& outcome : step.outcomes()) {
    if (!outcome.continues()) return &outcome;
  }
  return nullptr;
}

void FillExpectedPerformer(const RoutePage& page, const Step& step,
                           RouteRow& row) {
  const Performer& performer = step.performer();
  row.set_whose_move(model::v1::WHOSE_MOVE_AGENCY);
  switch (performer.who_case()) {
    case Performer::kRole:
      FillRole(page, performer.role(), row);
      break;
    case Performer::kSameAs:
      FillOrganisation(page, LatestPerformer(page, performer.same_as()), row);
      break;
    case Performer::kCoordinator:
      FillOrganisation(
          page, std::string(casework::OrganisationOf(page.state.coordinator)),
          row);
      break;
    case Performer::kIdentifyingOrganisation:
      FillOrganisation(page, page.state.identified_by, row);
      break;
    case Performer::kFamily:
      *row.mutable_performer() = page.Family();
      row.set_agency(model::v1::AGENCY_KIND_FAMILY);
      row.set_whose_move(model::v1::WHOSE_MOVE_FAMILY);
      break;
    case Performer::kSameAsStarter:
    case Performer::WHO_NOT_SET:
      break;
  }
  if (step.waits_for_nobody()) {
    row.set_whose_move(model::v1::WHOSE_MOVE_QUEUE);
  }
}

std::vector<std::string> StagesOfLife(const pathway::Edition& edition) {
  std::set<std::string> passed;
  std::set<int> seen;
  std::vector<int> queue;
  const auto visit = [&](int step) {
    if (!seen.insert(step).second) return;
    queue.push_back(step);
    passed.insert(edition.step(step).stage());
  };
  for (const model::v1::Entry& entry : edition.pathway().entries()) {
    for (const Launch& launch : edition.StartedByEntry(entry.id())) {
      visit(launch.step);
    }
  }
  // Dates that count also when they are past belong to everybody's route, if
  // they lead anywhere.
  for (int i = 0; i < edition.step_count(); ++i) {
    const Outcome* outcome = MainOutcome(edition.step(i));
    const auto& rules = edition.step(i).starts_on();
    if (outcome == nullptr || outcome->nothing_follows()) continue;
    if (std::any_of(rules.begin(), rules.end(), [](const auto& rule) {
          return rule.date().past_fires_at_entry();
        })) {
      visit(i);
    }
  }
  while (!queue.empty()) {
    const Step& step = edition.step(queue.back());
    queue.pop_back();
    const Outcome* outcome = MainOutcome(step);
    if (outcome == nullptr) continue;
    for (const Launch& launch :
         edition.StartedByOutcome(step.id(), outcome->id())) {
      visit(launch.step);
    }
  }
  std::vector<std::string> stages;
  for (const model::v1::Stage& stage : edition.pathway().stages()) {
    if (passed.count(stage.id()) > 0) stages.push_back(stage.id());
  }
  return stages;
}

void AddNext(const RoutePage& page, model::v1::Route& route) {
  if (page.state.ending.has_value()) return;
  std::set<std::string> shown;
  AddMainWay(page, shown, route);
  AddScheduled(page, route);
}

}  // namespace careroute::engine::internal
