#include "services/command/measure_notes.h"

#include <string>

#include "lib/pathway/source_text.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"

namespace careroute::services {
namespace {

// Of a refused one the term says how the family may appeal.
std::string TermWords(const model::v1::RouteMeasure& measure,
                      const Wall& wall) {
  return measure.record().state() == model::v1::MEASURE_STATE_REFUSED ||
                 measure.term().empty()
             ? measure.term()
             : LabelText(Label::kMeasureTerm, wall.language(), measure.term());
}

}  // namespace

std::vector<Note> MeasureNotes(const model::v1::RouteMeasure& measure,
                               const Wall& wall) {
  std::vector<Note> notes;
  const std::string papers =
      JoinWords({measure.papers().begin(), measure.papers().end()}, ", ");
  const std::string how = JoinWords(
      {measure.proactive() ? LabelText(Label::kMeasureItself, wall.language())
                           : std::string(),
       papers.empty() ? std::string()
                      : LabelText(Label::kBring, wall.language(), papers),
       TermWords(measure, wall)},
      "; ");
  if (!how.empty()) notes.push_back({how, Style::kPlain});
  if (!measure.has_source()) return notes;
  const std::string checked = wall.Day(measure.checked_on());
  notes.push_back({LabelText(
      Label::kMeasureSource, wall.language(), measure.source().act(),
      pathway::ProvenanceText(measure.source(), wall.language()), checked)});
  if (measure.stale()) {
    notes.push_back({LabelText(Label::kMeasureStale, wall.language(), checked),
                     Style::kWarning});
  }
  return notes;
}

}  // namespace careroute::services
