#include "lib/api/internal/persons.h"

#include <memory>
#include <utility>
#include <vector>

#include "lib/api/viewer.h"
#include "lib/calendar/zone.h"

namespace careroute::api::internal {
namespace {

using Classes = std::optional<access::DataClassSet>;

struct Collecting {
  CallPtr call;
  std::vector<engine::PersonCase> cases;
  Classes classes;
  base::Done<Classes> done;
};

void Next(engine::Engine& engine, const std::shared_ptr<Collecting>& run) {
  if (run->cases.empty()) {
    std::move(run->done)(run->classes);
    return;
  }
  const base::Uid uid = run->cases.back().uid;
  run->cases.pop_back();
  engine.cases().Read(uid, [&engine,
                            run](absl::StatusOr<engine::CaseReading> reading) {
    if (!reading.ok()) {
      std::move(run->done)(reading.status());
      return;
    }
    const Viewer viewer(run->call->actor, *reading);
    if (viewer.sees()) {
      run->classes =
          run->classes.value_or(access::DataClassSet()).Or(viewer.classes());
    }
    Next(engine, run);
  });
}

// Null when the directory or the calendars do not know it.
const calendar::Zone* ZoneOf(engine::Engine& engine,
                             const std::string& organisation) {
  const engine::DirectoryPtr picture = engine.organisations().Current();
  const auto it = picture->facts.find(organisation);
  if (it == picture->facts.end()) return nullptr;
  const auto calendar = engine.calendars().Find(it->second.calendar);
  return calendar.ok() ? (*calendar)->FindZone(it->second.zone) : nullptr;
}

}  // namespace

void ClassesOfPerson(engine::Engine& engine, const CallPtr& call,
                     base::Uid person, base::Done<Classes> done) {
  auto run = std::make_shared<Collecting>();
  run->call = call;
  run->done = std::move(done);
  engine.persons().CasesOf(
      person,
      [&engine, run](absl::StatusOr<std::vector<engine::PersonCase>> cases) {
        if (!cases.ok()) {
          std::move(run->done)(cases.status());
          return;
        }
        run->cases = *std::move(cases);
        Next(engine, run);
      });
}

absl::CivilDay TodayAt(engine::Engine& engine,
                       const std::string& organisation) {
  const absl::Time now = engine.clock().Now();
  const calendar::Zone* zone = ZoneOf(engine, organisation);
  return zone == nullptr ? absl::ToCivilDay(now, absl::UTCTimeZone())
                         : zone->LocalDate(now);
}

std::optional<int> OffsetMinutesAt(engine::Engine& engine,
                                   const std::string& organisation) {
  const calendar::Zone* zone = ZoneOf(engine, organisation);
  if (zone == nullptr) return std::nullopt;
  return zone->OffsetMinutesAt(engine.clock().Now());
}

std::optional<int> OffsetMinutes(engine::Engine& engine, const Call& call) {
  return OffsetMinutesAt(engine, call.actor.organisation());
}

absl::CivilDay Today(engine::Engine& engine, const Call& call) {
  return TodayAt(engine, call.actor.organisation());
}

}  // namespace careroute::api::internal
