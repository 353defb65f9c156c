#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/measures.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/route_words.h"
#include "lib/measures/entitlement.h"
#include "lib/pathway/term_text.h"

namespace careroute::engine::internal {
namespace {

using casework::MeasureRecord;
using measures::FoundMeasure;
using model::v1::RouteMeasure;
using model::v1::SupportMeasure;

// Declared by the block that tells of support measures: recording it starts
// what leads to a decision on one.
constexpr absl::string_view kLifeEvent = "life_event";

// The right a family has when a measure was refused: that of the first outcome
// on the way from a life event that opens one. Null = the pathway has none.
const model::v1::Right* RightAfterRefusal(const pathway::Edition& edition) {
  std::vector<int> queue;
  const auto visit = [&queue](int step) {
    if (std::find(queue.begin(), queue.end(), step) == queue.end()) {
      queue.push_back(step);
    }
  };
  for (const pathway::Rule& rule : edition.RulesOnFact(kLifeEvent)) {
    if (rule.kind == pathway::RuleKind::kStart) visit(rule.step);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    const model::v1::Step& step = edition.step(queue[i]);
    for (const model::v1::Outcome& outcome : step.outcomes()) {
      if (outcome.has_right()) return &outcome.right();
      for (const pathway::Launch& launch :
           edition.StartedByOutcome(step.id(), outcome.id())) {
        visit(launch.step);
      }
    }
  }
  return nullptr;
}

std::string AppealWords(const RoutePage& page) {
  const model::v1::Right* right = RightAfterRefusal(page.edition);
  if (right == nullptr) return "";
  std::string title = page.Title(absl::StrCat("step/", right->step()));
  // The family's words are a sentence of their own.
  return page.options.for_family
             ? title
             : PhraseText(Phrase::kMayAppeal, page.language, title);
}

// Whoever may not see a fact does not learn what follows from it either.
bool MaySeeWhatItAsks(const RoutePage& page, const SupportMeasure& measure) {
  bool may = true;
  measures::VisitFactTests(measure, [&](const model::v1::FactTest& test) {
    const model::v1::FactDeclaration* fact = page.edition.FindFact(test.fact());
    may = fact == nullptr || page.MaySee(fact->data_class());
    return may;
  });
  return may;
}

model::v1::Entitlement EntitlementOn(const RoutePage& page,
                                     const SupportMeasure& measure) {
  return measures::Concerns(measure, page.edition) &&
                 MaySeeWhatItAsks(page, measure)
             ? measures::EntitlementOf(measure, page.view())
             : model::v1::ENTITLEMENT_UNSPECIFIED;
}

// What stands in the set; `shown` says already where the measure stands.
void FillFromSet(const RoutePage& page, const FoundMeasure& found,
                 RouteMeasure& shown) {
  const SupportMeasure& measure = *found.measure;
  const std::string key = absl::StrCat("measure/", measure.id());
  shown.set_title(found.set->Text(key, page.language));
  if (page.options.for_family) {
    // As the office calls it, to ask for, and what it is.
    shown.set_title(absl::StrCat(shown.title(), ". ",
                                 found.set->FamilyText(key, page.language)));
  }
  shown.set_proactive(measure.proactive());
  for (const std::string& kind : measure.documents()) {
    shown.add_papers(
        found.set->FamilyText(absl::StrCat("document/", kind), page.language));
  }
  if (shown.record().state() != model::v1::MEASURE_STATE_REFUSED &&
      measure.has_decided_within()) {
    shown.set_term(pathway::TermText(measure.decided_within(), page.language));
  }
  *shown.mutable_source() = measure.source();
  shown.set_checked_on(measure.checked_on());
  shown.set_stale(found.set->IsStaleOn(measure, page.today));
}

void AddTold(const RoutePage& page, model::v1::Route& route) {
  std::vector<const MeasureRecord*> told;
  for (const MeasureRecord& one : page.state.measures) told.push_back(&one);
  std::stable_sort(told.begin(), told.end(),
                   [](const MeasureRecord* a, const MeasureRecord* b) {
                     return a->happened < b->happened;
                   });
  for (const MeasureRecord* one : told) {
    RouteMeasure& shown = *route.add_measures();
    shown.set_measure(one->measure);
    // Of one that no set holds any more only the id is left.
    shown.set_title(one->measure);
    *shown.mutable_record() = casework::ToModel(*one);
    if (one->state == model::v1::MEASURE_STATE_REFUSED) {
      shown.set_term(AppealWords(page));
    }
    const FoundMeasure found = page.options.measures == nullptr
                                   ? FoundMeasure{}
                                   : page.options.measures->Find(one->measure);
    if (found.measure == nullptr) continue;
    shown.set_entitlement(EntitlementOn(page, *found.measure));
    FillFromSet(page, found, shown);
  }
}

bool IsSilent(const RoutePage& page) {
  return std::any_of(std::begin(casework::kSilenceFacts),
                     std::end(casework::kSilenceFacts),
                     [&page](absl::string_view fact) {
                       return casework::IsSilence(page.CurrentFact(fact));
                     });
}

struct Untold {
  FoundMeasure found;
  model::v1::Entitlement entitlement = model::v1::ENTITLEMENT_UNSPECIFIED;
  bool of_the_day = false;  // the last life event makes it worth telling
};

bool IsOfTheDay(const RoutePage& page, const SupportMeasure& measure) {
  const casework::FactRecord* event = page.CurrentFact(kLifeEvent);
  const auto& events = measure.life_events();
  return event != nullptr && event->kind == pathway::FactKind::kChoice &&
         (events.empty() ||
          std::find(events.begin(), events.end(), event->text) != events.end());
}

// Not told yet, though the family has a right to it or may have one. Those it
// surely has stand first, and among them those of the last life event.
void AddUntold(const RoutePage& page, model::v1::Route& route) {
  std::vector<Untold> all;
  for (const auto& set : page.options.measures->list()) {
    for (const SupportMeasure& one : set->message().measures()) {
      if (casework::FindMeasure(page.state, one.id()) != nullptr ||
          !measures::IsOpenOn(one, page.today)) {
        continue;
      }
      const model::v1::Entitlement entitlement = EntitlementOn(page, one);
      if (entitlement != model::v1::ENTITLEMENT_YES &&
          entitlement != model::v1::ENTITLEMENT_NOT_KNOWN) {
        continue;
      }
      all.push_back({.found = {.set = set.get(), .measure = &one},
                     .entitlement = entitlement,
                     .of_the_day = IsOfTheDay(page, one)});
    }
  }
  const auto place = [](const Untold& one) {
    return (one.entitlement == model::v1::ENTITLEMENT_YES ? 0 : 2) +
           (one.of_the_day ? 0 : 1);
  };
  std::stable_sort(all.begin(), all.end(),
                   [&place](const Untold& a, const Untold& b) {
                     return place(a) < place(b);
                   });
  for (const Untold& one : all) {
    RouteMeasure& shown = *route.add_measures();
    shown.set_measure(one.found.measure->id());
    shown.set_entitlement(one.entitlement);
    FillFromSet(page, one.found, shown);
  }
}

}  // namespace

void AddMeasures(const RoutePage& page, model::v1::Route& route) {
  if (!page.MaySee(model::v1::DATA_CLASS_SOCIAL)) return;
  AddTold(page, route);
  if (page.options.measures != nullptr && !page.state.ending.has_value() &&
      !IsSilent(page)) {
    AddUntold(page, route);
  }
}

}  // namespace careroute::engine::internal
