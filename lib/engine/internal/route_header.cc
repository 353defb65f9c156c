#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/view.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/internal/times.h"
#include "lib/pathway/evaluate.h"
#include "lib/registry/decider.h"

namespace careroute::engine::internal {
namespace {

using model::v1::RouteHeader;

// Declared by blocks that ask where the person is.
constexpr absl::string_view kPlaceFact = "place_now";

// Who represents and may decide at least one matter today.
void AddRepresentatives(const RoutePage& page, RouteHeader& header) {
  const OpenPerson& person = *page.reading.person;
  const std::vector<model::v1::Decider> deciders =
      registry::WhoDecidesAll(DeciderInputOf(person), page.today);
  for (const model::v1::Representative& one : person.person.representatives()) {
    const std::string& who =
        one.person().empty() ? one.organisation() : one.person();
    const bool decides = std::any_of(deciders.begin(), deciders.end(),
                                     [&who](const auto& decider) {
                                       return registry::MayDecide(decider, who);
                                     });
    if (decides && HoldsOn(one.from(), one.to(), page.today)) {
      model::v1::Representative& shown = *header.add_representatives();
      shown = one;
      shown.set_display_name(page.NameOf(one.person()));
      header.add_document_titles(page.Document(one.document().kind()));
    }
  }
}

void FillPerson(const RoutePage& page, RouteHeader& header) {
  const OpenPersonPtr& person = page.reading.person;
  if (person == nullptr || person->record == nullptr || person->erased) return;
  *header.mutable_identity() = person->person.identity();
  if (person->person.has_needs()) {
    *header.mutable_needs() = person->person.needs();
  }
  AddRepresentatives(page, header);
  for (const model::v1::Carer& carer : person->person.carers()) {
    if (HoldsOn(carer.from(), carer.to(), page.today)) {
      *header.add_carers() = carer;
    }
  }
}

// Where the person stays, else is registered: the settlement, not the street.
std::string Settlement(const RoutePage& page) {
  const OpenPersonPtr& person = page.reading.person;
  if (person == nullptr || !page.MaySee(model::v1::DATA_CLASS_CONTACT)) {
    return "";
  }
  const model::v1::Identity& identity = person->person.identity();
  return identity.stays_at().settlement().empty()
             ? identity.registered_at().settlement()
             : identity.stays_at().settlement();
}

void FillPlace(const RoutePage& page, RouteHeader& header) {
  if (page.places_hidden) return;
  const model::v1::FactDeclaration* fact = page.edition.FindFact(kPlaceFact);
  // Whoever may not see it does not learn whether it was recorded either.
  if (fact != nullptr && !page.MaySee(fact->data_class())) return;
  const casework::FactRecord* record =
      fact == nullptr ? nullptr : page.CurrentFact(kPlaceFact);
  if (record == nullptr || record->kind != pathway::FactKind::kChoice) {
    header.set_place_now(Settlement(page));
    return;
  }
  header.set_place_now(
      page.Title(absl::StrCat("value/", kPlaceFact, "/", record->text)));
  header.set_place_until(record->to);
}

// Where a stage stands in the order written; -1 = not a stage of life.
int PlaceOfStage(const std::vector<std::string>& stages,
                 const model::v1::Step* step) {
  if (step == nullptr) return -1;
  const auto at = std::find(stages.begin(), stages.end(), step->stage());
  return at == stages.end() ? -1 : static_cast<int>(at - stages.begin());
}

// A stage may open beside those of life, such as palliative care: it has the
// name of the track that is then set, and goes before the stage of life. A
// track is medical, and so is what shows it.
std::string StageOfTrack(const RoutePage& page) {
  if (!page.MaySee(model::v1::DATA_CLASS_MEDICAL)) return "";
  for (const model::v1::Stage& stage : page.edition.pathway().stages()) {
    if (std::find(page.state.tracks.begin(), page.state.tracks.end(),
                  stage.id()) != page.state.tracks.end()) {
      return stage.id();
    }
  }
  return "";
}

// The furthest stage of life that is live, else the furthest that was.
std::string StageReached(const RoutePage& page) {
  std::string beside = StageOfTrack(page);
  if (!beside.empty()) return beside;
  std::vector<std::string> stages = StagesOfLife(page.edition);
  int live = -1;
  for (const casework::Occurrence& one : page.state.occurrences) {
    live =
        std::max(live, PlaceOfStage(stages, page.edition.FindStep(one.step)));
  }
  int past = -1;
  for (const casework::HistoryRecord& one : page.state.history) {
    past =
        std::max(past, PlaceOfStage(stages, page.edition.FindStep(one.step)));
  }
  const int reached = live >= 0 ? live : past;
  return reached < 0 ? "" : std::move(stages[static_cast<size_t>(reached)]);
}

void FillStage(const RoutePage& page, RouteHeader& header) {
  const std::string stage = StageReached(page);
  if (stage.empty()) return;
  header.set_stage_title(page.Title(absl::StrCat("stage/", stage)));
  const std::string key = absl::StrCat("card/", stage);
  std::string card = page.FamilyText(key);
  if (card != key) header.set_stage_card(std::move(card));
}

// The class of what an interrupt gives away: that of the facts it asks.
bool MaySeeInterrupt(const RoutePage& page,
                     const model::v1::Interrupt* interrupt) {
  if (interrupt == nullptr || !interrupt->has_when()) return true;
  const pathway::Reason reason = pathway::Explain(
      interrupt->when(),
      {.edition = &page.edition, .view = &page.view(), .asking = {}});
  return page.MaySee(reason.data_class) &&
         std::all_of(reason.children.begin(), reason.children.end(),
                     [&page](const pathway::Reason& one) {
                       return page.MaySee(one.data_class);
                     });
}

void FillCase(const RoutePage& page, RouteHeader& header) {
  const casework::Case& state = page.state;
  header.set_person(casework::PersonName(state.person));
  header.set_pathway_title(page.Title("pathway"));
  model::v1::EditionRef& edition = *header.mutable_edition();
  edition.set_pathway(state.edition.pathway);
  edition.set_edition(state.edition.edition);
  edition.set_overlay(state.edition.overlay);
  edition.set_hash(state.edition.hash);
  header.set_state(casework::StateOf(state));
  FillStage(page, header);
  if (state.last_contact.has_value()) {
    *header.mutable_last_contact_time() = ToProto(*state.last_contact);
  }
  header.set_next_contact_date(state.next_contact_date);
  if (state.ending.has_value()) {
    header.set_ending_title(
        page.Title(absl::StrCat("ending/", state.ending->ending)));
  }
}

}  // namespace

void FillHeader(const RoutePage& page, RouteHeader& header) {
  FillCase(page, header);
  FillPerson(page, header);
  FillPlace(page, header);
  *header.mutable_coordinator() = page.Member(page.state.coordinator);
  *header.mutable_deputy() = page.Member(page.state.deputy);
  for (const model::v1::CaseRow& row : page.options.other_cases) {
    if (row.name() != casework::CaseName(page.reading.uid)) {
      *header.add_other_cases() = row;
    }
  }
  for (const std::string& track : page.state.tracks) {
    header.add_track_titles(page.Title(absl::StrCat("track/", track)));
  }
  for (const casework::InterruptRecord& one : page.state.interrupts) {
    if (MaySeeInterrupt(page, page.edition.FindInterrupt(one.interrupt))) {
      header.add_interrupt_titles(
          page.Title(absl::StrCat("interrupt/", one.interrupt)));
    }
  }
}

}  // namespace careroute::engine::internal
