#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/casework/referral.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/route_words.h"

namespace careroute::engine::internal {
namespace {

using casework::HistoryRecord;
using casework::Occurrence;
using casework::PastOutcomeRecord;
using casework::Referral;
using model::v1::RouteRow;
using model::v1::Step;

// The one stop of the closed list that is nobody's move but the road's.
constexpr absl::string_view kRoadReason = "no_way_through";
// Declared by the block for families without a provider.
constexpr absl::string_view kInterimFact = "interim_help";

// --- Done ---

struct Ended {
  const HistoryRecord* history;
  const PastOutcomeRecord* outcome;
};

std::vector<Ended> EndedInOrder(const RoutePage& page) {
  std::vector<Ended> all;
  for (const HistoryRecord& history : page.state.history) {
    for (const PastOutcomeRecord& one : history.outcomes) {
      const model::v1::Outcome* outcome =
          page.edition.FindOutcome(history.step, one.outcome);
      if (outcome != nullptr && outcome->continues()) continue;
      all.push_back({&history, &one});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Ended& a, const Ended& b) {
    return a.outcome->happened != b.outcome->happened
               ? a.outcome->happened < b.outcome->happened
               : a.outcome->version < b.outcome->version;
  });
  return all;
}

// What kept it from being done in time, in the words of who did it.
void AddLateReason(const RoutePage& page, const Ended& ended,
                   const std::string& reason, RouteRow& row) {
  if (reason.empty() || !page.MaySee(model::v1::DATA_CLASS_SOCIAL)) return;
  model::v1::RouteObstacle& one = *row.add_obstacles();
  *one.mutable_by() = page.Organisation(ended.outcome->performer);
  one.set_reason(PhraseText(Phrase::kLate, page.language, reason));
  *one.mutable_time() = ToProto(ended.outcome->happened);
}

// What went wrong before it ended so.
void AddTroubles(const RoutePage& page, const Step& step, const Ended& ended,
                 RouteRow& row) {
  for (const PastWork& work : page.options.past_work) {
    if (work.version != ended.outcome->version ||
        work.occurrence.step != ended.history->step ||
        work.occurrence.subject != ended.history->subject) {
      continue;
    }
    AddMissed(page, step, work.missed, row);
    AddObstacles(page, work.occurrence, ended.outcome->happened, row);
    AddLateReason(page, ended, work.late_reason, row);
    return;
  }
}

void FillDone(const RoutePage& page, const Ended& ended, RouteRow& row) {
  const Step* step = page.edition.FindStep(ended.history->step);
  row.set_state(model::v1::ROW_STATE_DONE);
  if (step != nullptr) FillFromStep(page, *step, ended.history->subject, row);
  const std::string key = absl::StrCat("outcome/", ended.history->step, "/",
                                       ended.outcome->outcome);
  row.set_outcome_title(page.Title(key));
  row.set_family_text(page.FamilyText(key));
  *row.mutable_time() = ToProto(ended.outcome->happened);
  if (!ended.outcome->performer.empty()) {
    *row.mutable_performer() = page.Organisation(ended.outcome->performer);
    row.set_agency(page.KindOf(ended.outcome->performer));
  } else if (step != nullptr && step->performer().family()) {
    *row.mutable_performer() = page.Family();
    row.set_agency(model::v1::AGENCY_KIND_FAMILY);
  }
  // How often each outcome came is not kept, only how often the step ended.
  if (ended.history->outcomes.size() == 1) {
    row.set_count(ended.history->count);
  }
  if (step != nullptr) AddTroubles(page, *step, ended, row);
}

// --- Live ---

// The referral that carries the step: an open one, else the last made.
const Referral* CarriedBy(const RoutePage& page, const Occurrence& occurrence) {
  const Referral* last = nullptr;
  for (const int32_t number : occurrence.referrals) {
    const Referral* one = casework::FindReferral(page.state, number);
    if (one == nullptr) continue;
    if (casework::IsOpen(casework::StateOf(*one))) return one;
    last = one;
  }
  return last;
}

bool IsOverdue(const RoutePage& page, const Occurrence& occurrence) {
  const auto& deadlines = page.state.deadlines;
  return std::any_of(deadlines.begin(), deadlines.end(), [&](const auto& one) {
    return one.occurrence == occurrence.number && !one.stopped &&
           (one.level >= 0 ||
            (one.due.has_value() && *one.due <= page.options.now));
  });
}

bool RoadIsClosed(const RoutePage& page, const Occurrence& occurrence,
                  const RouteRow& row) {
  const auto suspends = page.edition.InterruptsOf(occurrence.step);
  const bool interrupted =
      occurrence.suspended &&
      std::any_of(suspends.begin(), suspends.end(), [&](const auto* one) {
        const auto& held = page.state.interrupts;
        return one->stop_reason() == kRoadReason &&
               std::any_of(held.begin(), held.end(), [&](const auto& record) {
                 return record.interrupt == one->id();
               });
      });
  return interrupted ||
         std::any_of(row.stops().begin(), row.stops().end(),
                     [](const model::v1::RouteStop& stop) {
                       return stop.stop().reason() == kRoadReason;
                     });
}

void SetAgency(const RoutePage& page, absl::string_view organisation,
               RouteRow& row) {
  row.set_whose_move(model::v1::WHOSE_MOVE_AGENCY);
  const model::v1::AgencyKind kind = page.KindOf(organisation);
  if (kind != model::v1::AGENCY_KIND_UNSPECIFIED) row.set_agency(kind);
}

void SetFamily(RouteRow& row) {
  row.set_whose_move(model::v1::WHOSE_MOVE_FAMILY);
  row.set_agency(model::v1::AGENCY_KIND_FAMILY);
}

// In hand the family carries the paper until somebody takes it.
void MoveOfReferral(const RoutePage& page, const Referral& referral,
                    RouteRow& row) {
  const model::v1::ReferralState state = casework::StateOf(referral);
  if (!casework::IsOpen(state)) return;
  if (referral.delivery == model::v1::DELIVERY_IN_HAND) {
    SetFamily(row);
  } else {
    SetAgency(page, casework::QueueOf(referral), row);
  }
}

void FillMove(const RoutePage& page, const Step& step,
              const Occurrence& occurrence, const Referral* referral,
              RouteRow& row) {
  if (!occurrence.performer.empty()) {
    SetAgency(page, occurrence.performer, row);
  }
  if (referral != nullptr) MoveOfReferral(page, *referral, row);
  if (step.performer().family()) SetFamily(row);
  if (step.waits_for_nobody() || occurrence.queue.has_value()) {
    row.set_whose_move(model::v1::WHOSE_MOVE_QUEUE);
  }
  if (occurrence.suspended) {
    row.set_whose_move(model::v1::WHOSE_MOVE_UNSPECIFIED);
  }
  if (RoadIsClosed(page, occurrence, row)) {
    row.set_whose_move(model::v1::WHOSE_MOVE_ROAD);
  }
}

void FillReferral(const RoutePage& page, const Referral& referral,
                  RouteRow& row) {
  row.set_referral(casework::ReferralName(page.reading.uid, referral.number));
  row.set_referral_state(casework::StateOf(referral));
  if (!referral.performer.empty()) {
    *row.mutable_performer() = page.Organisation(referral.performer);
  }
  if (referral.performance.planned_time != absl::InfinitePast()) {
    row.set_planned_on(
        calendar::FormatDate(page.DayOf(referral.performance.planned_time)));
  }
}

// The next planned visit, when no referral says a day.
void FillPlannedVisit(const RoutePage& page, const Occurrence& occurrence,
                      RouteRow& row) {
  const std::string today = calendar::FormatDate(page.today);
  for (const casework::VisitRecord& visit : occurrence.visits) {
    if (visit.state != model::v1::VISIT_STATE_PLANNED ||
        visit.planned_on < today) {
      continue;
    }
    if (row.planned_on().empty() || visit.planned_on < row.planned_on()) {
      row.set_planned_on(visit.planned_on);
    }
  }
}

// What outcomes must bring, and the paper the family carries.
void AddPapers(const RoutePage& page, const Step& step,
               const Referral* referral, RouteRow& row) {
  std::set<std::string> seen;
  const auto add = [&](const std::string& kind) {
    if (!kind.empty() && seen.insert(kind).second) {
      row.add_papers(page.Title(absl::StrCat("document/", kind)));
    }
  };
  if (referral != nullptr &&
      referral->delivery == model::v1::DELIVERY_IN_HAND) {
    for (const model::v1::Way& way : step.disclosure()) {
      if (way.id() == referral->disclosed.way) add(way.gives_person());
    }
  }
  for (const model::v1::Outcome& outcome : step.outcomes()) {
    for (const std::string& kind : outcome.needs_documents()) add(kind);
  }
}

std::string InterimHelp(const RoutePage& page, const Occurrence& occurrence) {
  std::string words;
  for (const InterimHelpText& one : page.options.interim_help) {
    if (one.occurrence == occurrence.number) words = one.text;
  }
  if (!words.empty()) return words;
  const model::v1::FactDeclaration* fact = page.edition.FindFact(kInterimFact);
  const casework::FactRecord* said = page.CurrentFact(kInterimFact);
  if (fact == nullptr || said == nullptr || !page.MaySee(fact->data_class()) ||
      said->kind != pathway::FactKind::kChoice) {
    return "";
  }
  return page.Title(absl::StrCat("value/", kInterimFact, "/", said->text));
}

void FillQueue(const RoutePage& page, const Step& step,
               const Occurrence& occurrence, RouteRow& row) {
  if (occurrence.queue.has_value()) {
    model::v1::QueuePlace& place = *row.mutable_queue();
    place.set_place(occurrence.queue->place);
    place.set_as_of(occurrence.queue->as_of);
    place.set_expected(occurrence.queue->expected);
  }
  if (occurrence.queue.has_value() || occurrence.interim_help ||
      step.waits_for_nobody()) {
    row.set_interim_help(InterimHelp(page, occurrence));
  }
}

void FillLive(const RoutePage& page, const Step& step,
              const Occurrence& occurrence, RouteRow& row) {
  FillFromStep(page, step, occurrence.subject, row);
  row.set_occurrence(occurrence.number);
  row.set_state(occurrence.suspended          ? model::v1::ROW_STATE_SUSPENDED
                : IsOverdue(page, occurrence) ? model::v1::ROW_STATE_OVERDUE
                                              : model::v1::ROW_STATE_NOW);
  FillExpectedPerformer(page, step, row);
  if (!occurrence.performer.empty()) {
    *row.mutable_performer() = page.Organisation(occurrence.performer);
  }
  const Referral* referral = CarriedBy(page, occurrence);
  if (referral != nullptr) FillReferral(page, *referral, row);
  AddDeadlines(page, step, occurrence.number, row);
  AddStops(page, step, occurrence.number, row);
  FillMove(page, step, occurrence, referral, row);
  FillPlannedVisit(page, occurrence, row);
  AddPapers(page, step, referral, row);
  AddUnmetGuards(page, step, occurrence.subject, page.view(), row);
  AddObstacles(page, occurrence, absl::InfiniteFuture(), row);
  FillQueue(page, step, occurrence, row);
}

}  // namespace

void FillFromStep(const RoutePage& page, const Step& step,
                  pathway::SubjectRef subject, RouteRow& row) {
  const std::string key = absl::StrCat("step/", step.id());
  row.set_step(step.id());
  row.set_title(page.Title(key));
  row.set_family_text(page.FamilyText(key));
  row.set_stage(step.stage());
  row.mutable_subject()->set_kind(subject.kind);
  row.mutable_subject()->set_number(subject.number);
}

void AddDone(const RoutePage& page, model::v1::Route& route) {
  for (const Ended& ended : EndedInOrder(page)) {
    FillDone(page, ended, *route.add_rows());
  }
}

void AddLive(const RoutePage& page, model::v1::Route& route) {
  for (const Occurrence& occurrence : page.state.occurrences) {
    const Step* step = page.edition.FindStep(occurrence.step);
    if (step != nullptr) FillLive(page, *step, occurrence, *route.add_rows());
  }
}

}  // namespace careroute::engine::internal
