#include "lib/engine/visit_log.h"

#include <map>
#include <utility>

#include "lib/casework/brought_facts.h"

namespace careroute::engine {
namespace {

using casework::SubjectRef;
using event::v1::CaseEvent;
using model::v1::Step;
using model::v1::Visit;

// Goes through the events as fold does, and forgets no visit.
class Reader {
 public:
  explicit Reader(const VisitQuestion& question) : question_(question) {}

  void Take(const CaseEvent& event) {
    for (const event::v1::StepStarted& one :
         event.consequences().steps_started()) {
      if (IsPlanned(one)) steps_[one.occurrence()] = one.step();
    }
    if (event.has_visits_planned()) {
      const event::v1::VisitsPlanned& planned = event.visits_planned();
      for (const Visit& one : planned.visits()) {
        visits_[{planned.occurrence(), one.number()}] = one;
      }
    }
    if (event.has_visit_recorded()) {
      const event::v1::VisitRecorded& recorded = event.visit_recorded();
      Visit& visit = visits_[{recorded.occurrence(), recorded.visit()}];
      visit.set_state(recorded.state());
      visit.set_reason(recorded.reason());
    }
    for (const event::v1::VisitChanged& one :
         event.consequences().visits_changed()) {
      visits_[{one.occurrence(), one.visit()}].set_state(one.state());
    }
  }

  [[nodiscard]] std::vector<model::v1::ServiceVisits> Rows() const {
    std::map<std::string, model::v1::ServiceVisits> rows;
    for (const auto& [place, visit] : visits_) {
      const auto step = steps_.find(place.first);
      if (step == steps_.end() || !IsAsked(visit)) continue;
      model::v1::ServiceVisits& row = rows[visit.service()];
      row.set_service(visit.service());
      Count(visit, question_.edition.FindStep(step->second), row);
    }
    std::vector<model::v1::ServiceVisits> list;
    list.reserve(rows.size());
    for (auto& [service, row] : rows) list.push_back(std::move(row));
    return list;
  }

 private:
  // A step the plan plans: of the same subject, or a plan of the person for
  // each of its lines.
  [[nodiscard]] bool IsPlanned(const event::v1::StepStarted& started) const {
    const Step* step = question_.edition.FindStep(started.step());
    const SubjectRef subject = casework::SubjectIn(started.subject());
    return step != nullptr && step->has_visits() &&
           (step->visits().planned_by() == question_.step ||
            step->id() == question_.step) &&
           (question_.subject == SubjectRef{} || question_.subject == subject);
  }

  // Dates of the form YYYY-MM-DD sort as text.
  [[nodiscard]] bool IsAsked(const Visit& visit) const {
    return visit.planned_on() >= question_.first_date &&
           (question_.last_date.empty() ||
            visit.planned_on() <= question_.last_date);
  }

  static void Count(const Visit& visit, const Step* step,
                    model::v1::ServiceVisits& row) {
    row.set_planned(row.planned() + 1);
    switch (visit.state()) {
      case model::v1::VISIT_STATE_DONE:
        return row.set_done(row.done() + 1);
      case model::v1::VISIT_STATE_MISSED:
        row.set_missed(row.missed() + 1);
        return CountReason(visit.reason(), step, row);
      case model::v1::VISIT_STATE_PLANNED:
        return row.set_open(row.open() + 1);
      default:
        return;
    }
  }

  static void CountReason(const std::string& reason, const Step* step,
                          model::v1::ServiceVisits& row) {
    for (model::v1::MissedVisits& one : *row.mutable_reasons()) {
      if (one.reason() == reason) return one.set_visits(one.visits() + 1);
    }
    model::v1::MissedVisits& one = *row.add_reasons();
    one.set_reason(reason);
    one.set_visits(1);
    if (step == nullptr) return;
    for (const model::v1::MissedReason& rule : step->visits().reasons()) {
      if (rule.id() == reason) {
        one.set_counted_apart(rule.counted_apart());
        *one.mutable_starts() = rule.starts();
      }
    }
  }

  using Place = std::pair<int32_t, int32_t>;  // occurrence, visit

  const VisitQuestion& question_;
  std::map<int32_t, std::string> steps_;  // of occurrences that are planned
  std::map<Place, Visit> visits_;
};

}  // namespace

std::vector<model::v1::ServiceVisits> VisitLogOf(
    absl::Span<const CaseHistory> events, const VisitQuestion& question) {
  Reader reader(question);
  for (const CaseHistory& history : events) reader.Take(history.event);
  return reader.Rows();
}

}  // namespace careroute::engine
