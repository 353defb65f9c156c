#include "lib/api/route_methods.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "careroute/api/v1/case_service.pb.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/referral_rows.h"
#include "lib/api/status.h"
#include "lib/casework/view.h"
#include "lib/engine/names.h"
#include "lib/engine/route.h"
#include "lib/engine/tables.h"

namespace careroute::api {
namespace {

using engine::CaseReading;
using engine::Engine;

// Persons of a household whose cases are looked for.
constexpr size_t kHouseholdMax = 20;

struct Drawing {
  Engine& engine;
  CallPtr call;
  v1::GetRouteRequest request;
  CaseReading reading;
  std::vector<base::Uid> deciding;   // whose wards are still to be found
  std::vector<base::Uid> household;  // still to look at
  std::vector<model::v1::CaseRow> other_cases;
  std::vector<engine::InterimHelpText> interim_help;
  std::vector<engine::PersonName> names;
  std::vector<engine::PastWork> past_work;
  base::Done<Served> done;
};
using DrawingPtr = std::shared_ptr<Drawing>;

void Draw(const DrawingPtr& drawing) {
  const Viewer viewer(drawing->call->actor, drawing->reading);
  v1::GetRouteResponse response;
  *response.mutable_route() = engine::BuildRoute(
      drawing->reading, {.language = drawing->request.language(),
                         .for_family = drawing->request.for_family(),
                         .now = drawing->engine.clock().Now(),
                         .calendars = &drawing->engine.calendars(),
                         .visible = viewer.classes(),
                         .other_cases = drawing->other_cases,
                         .interim_help = drawing->interim_help,
                         .past_work = drawing->past_work,
                         .measures = &drawing->engine.measures(),
                         .names = drawing->names});
  std::move(drawing->done)(internal::Serve(
      viewer, response, {casework::CaseName(drawing->reading.uid)}));
}

// The words of help meanwhile are sealed in the event that recorded it; the
// last ones of each occurrence hold.
void TakeInterimHelp(const std::vector<engine::CaseHistory>& events,
                     Drawing& drawing) {
  for (const engine::CaseHistory& history : events) {
    if (!history.event.has_queue_place_recorded()) continue;
    for (const engine::PlainClassPart& part : history.opened) {
      for (const event::v1::PlainText& text : part.part.texts()) {
        if (text.field() != "interim_help") continue;
        drawing.interim_help.push_back(
            {.occurrence = history.event.queue_place_recorded().occurrence(),
             .text = text.text()});
      }
    }
  }
}

// Only a case in which the events tell more than the state is read whole.
void ReadEvents(const DrawingPtr& drawing) {
  bool needed = engine::HasPastTroubles(*drawing->reading.state);
  for (const casework::Occurrence& one : drawing->reading.state->occurrences) {
    needed = needed || one.interim_help;
  }
  if (!needed) return Draw(drawing);
  internal::ReadAllHistory(
      drawing->engine, drawing->reading.uid,
      [drawing](absl::StatusOr<std::vector<engine::CaseHistory>> history) {
        if (!history.ok()) {
          std::move(drawing->done)(history.status());
          return;
        }
        TakeInterimHelp(*history, *drawing);
        drawing->past_work = engine::PastWorkOf(*history);
        Draw(drawing);
      });
}

bool WasAdopted(const engine::OpenPerson& person) {
  return person.record->state == model::v1::PERSON_STATE_ADOPTED;
}

// The former family is shown nothing of the child any more, and the new one
// nothing of the time before it.
model::v1::Refusal NoSheet() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_WRONG_STATE);
  refusal.set_message_key("route.adopted");
  refusal.set_message(
      "the child was adopted, and this history has ended: no family is given "
      "a sheet of it");
  return refusal;
}

bool IsTaken(const Drawing& drawing, const std::string& name) {
  return std::any_of(
      drawing.other_cases.begin(), drawing.other_cases.end(),
      [&name](const model::v1::CaseRow& one) { return one.name() == name; });
}

// Rows of the person's cases the caller takes part in: those that stand in the
// list of the caller's organisation too.
void TakeCases(const DrawingPtr& drawing, std::vector<engine::PersonCase> cases,
               base::DoneStatus done) {
  while (!cases.empty()) {
    const engine::PersonCase one = std::move(cases.back());
    cases.pop_back();
    // Two records of one person lead to the same cases.
    if (one.uid == drawing->reading.uid || IsTaken(*drawing, one.row.name())) {
      continue;
    }
    drawing->engine.store().GetRow(
        {.stream = {.kind = store::StreamKind::kCase, .id = one.uid},
         .row = {.list = engine::ListOf(engine::Table::kParticipation,
                                        drawing->call->actor.organisation()),
                 .id = one.uid.Hex()}},
        [drawing, row = one.row, cases = std::move(cases),
         done = std::move(done)](
            absl::StatusOr<std::optional<store::IndexRow>> mine) mutable {
          if (!mine.ok()) {
            std::move(done)(mine.status());
            return;
          }
          if (mine->has_value()) drawing->other_cases.push_back(row);
          TakeCases(drawing, std::move(cases), std::move(done));
        });
    return;
  }
  std::move(done)(absl::OkStatus());
}

std::string NameOf(const model::v1::Identity& identity) {
  std::string name = absl::StrJoin(
      {identity.family_name(), identity.given_name(), identity.middle_name()},
      " ");
  absl::RemoveExtraAsciiWhitespace(&name);
  return name;
}

// Names of representatives, each from their own record as it is now: one that
// was erased leaves no name behind.
void ReadNames(const DrawingPtr& drawing, size_t index) {
  const auto& all = drawing->reading.person->record->representatives;
  if (index >= all.size()) return ReadEvents(drawing);
  const auto uid = engine::ParseName("persons/", all[index].person);
  if (!uid.ok()) return ReadNames(drawing, index + 1);
  drawing->engine.persons().Open(
      *uid, [drawing, index, name = all[index].person](
                absl::StatusOr<engine::OpenPersonPtr> person) {
        // Not registered, or unreadable: the route goes without the name.
        if (person.ok()) {
          drawing->names.push_back(
              {.person = name, .name = NameOf((*person)->person.identity())});
        }
        ReadNames(drawing, index + 1);
      });
}

void ReadHousehold(const DrawingPtr& drawing);

void ReadCases(const DrawingPtr& drawing, base::Uid person) {
  drawing->engine.persons().CasesOf(
      person, [drawing](absl::StatusOr<std::vector<engine::PersonCase>> cases) {
        if (!cases.ok()) {
          std::move(drawing->done)(cases.status());
          return;
        }
        TakeCases(drawing, *std::move(cases), [drawing](absl::Status taken) {
          if (!taken.ok()) {
            std::move(drawing->done)(taken);
            return;
          }
          ReadHousehold(drawing);
        });
      });
}

// Whoever was adopted belongs to this household no more.
void ReadHousehold(const DrawingPtr& drawing) {
  if (drawing->household.empty()) return ReadNames(drawing, 0);
  const base::Uid person = drawing->household.back();
  drawing->household.pop_back();
  if (person == drawing->reading.person->uid) {
    return ReadCases(drawing, person);
  }
  drawing->engine.persons().OpenAsRecorded(
      person, [drawing, person](absl::StatusOr<engine::OpenPersonPtr> other) {
        if (absl::IsNotFound(other.status())) return ReadHousehold(drawing);
        if (!other.ok()) return std::move(drawing->done)(other.status());
        if (WasAdopted(**other)) return ReadHousehold(drawing);
        ReadCases(drawing, person);
      });
}

void AddToHousehold(const base::Uid& person, Drawing& drawing) {
  std::vector<base::Uid>& household = drawing.household;
  if (household.size() < kHouseholdMax &&
      std::find(household.begin(), household.end(), person) ==
          household.end()) {
    household.push_back(person);
  }
}

void FindWards(const DrawingPtr& drawing) {
  if (drawing->deciding.empty()) return ReadHousehold(drawing);
  const base::Uid who = drawing->deciding.back();
  drawing->deciding.pop_back();
  drawing->engine.store().Scan(
      {.list = engine::ListOf(engine::Table::kRepresented, who.Hex()),
       .limit = static_cast<int32_t>(kHouseholdMax)},
      [drawing](absl::StatusOr<store::IndexPage> page) {
        if (!page.ok()) {
          std::move(drawing->done)(page.status());
          return;
        }
        for (const store::IndexRow& row : page->rows) {
          const auto uid = base::ParseUid(row.id);
          if (uid.ok()) AddToHousehold(*uid, *drawing);
        }
        FindWards(drawing);
      });
}

// Who represents the person, and those whom they represent too: children of one
// mother, though nobody linked them, and whichever of her records they name.
// Whose cases are shown is judged as of any.
void GatherHousehold(const DrawingPtr& drawing, size_t index) {
  const auto& all = drawing->reading.person->record->representatives;
  if (index >= all.size()) return FindWards(drawing);
  const auto who = engine::ParseName("persons/", all[index].person);
  if (!who.ok()) return GatherHousehold(drawing, index + 1);
  AddToHousehold(*who, *drawing);
  drawing->engine.persons().SameAs(
      *who, [drawing, index](absl::StatusOr<std::vector<base::Uid>> same) {
        if (!same.ok()) {
          std::move(drawing->done)(same.status());
          return;
        }
        drawing->deciding.insert(drawing->deciding.end(), same->begin(),
                                 same->end());
        GatherHousehold(drawing, index + 1);
      });
}

void GetRoute(Engine& engine, const CallPtr& call,
              const v1::GetRouteRequest& request, base::Done<Served> done) {
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, request,
       done = std::move(done)](absl::StatusOr<CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        auto drawing =
            std::make_shared<Drawing>(Drawing{.engine = engine,
                                              .call = call,
                                              .request = request,
                                              .reading = *std::move(reading),
                                              .done = std::move(done)});
        const engine::OpenPerson& person = *drawing->reading.person;
        drawing->household.push_back(person.uid);
        if (WasAdopted(person)) {
          if (request.for_family()) {
            return std::move(drawing->done)(RefusalStatus(NoSheet()));
          }
          return ReadHousehold(drawing);
        }
        for (const registry::RelationRecord& one : person.record->relations) {
          const auto uid = engine::ParseName("persons/", one.person);
          if (uid.ok()) AddToHousehold(*uid, *drawing);
        }
        GatherHousehold(drawing, 0);
      });
}

}  // namespace

void AddRouteMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::GetRouteRequest>(
      "careroute.api.v1.CaseService.GetRoute",
      [&engine](const CallPtr& call, const v1::GetRouteRequest& request,
                base::Done<Served> done) {
        GetRoute(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
