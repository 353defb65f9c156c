// lib/api/internal/persons.h: persons as a caller may see them.
//
// A caller sees a person through the cases it takes part in: the classes of a
// person are those of any of these cases.

#ifndef CAREROUTE_LIB_API_INTERNAL_PERSONS_H_
#define CAREROUTE_LIB_API_INTERNAL_PERSONS_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "lib/access/data_class_set.h"
#include "lib/api/pipeline.h"
#include "lib/engine/engine.h"

namespace careroute::api::internal {

// The classes of a person the caller may see; none = takes part in no case of
// the person.
void ClassesOfPerson(engine::Engine& engine, const CallPtr& call,
                     base::Uid person,
                     base::Done<std::optional<access::DataClassSet>> done);

// Today at an organisation; in UTC where the directory gives it no zone.
[[nodiscard]] absl::CivilDay TodayAt(engine::Engine& engine,
                                     const std::string& organisation);
// Today at the caller's organisation.
[[nodiscard]] absl::CivilDay Today(engine::Engine& engine, const Call& call);
// Of an organisation's wall clock now, east of UTC; nullopt where it has no
// zone.
[[nodiscard]] std::optional<int> OffsetMinutesAt(
    engine::Engine& engine, const std::string& organisation);
// Of the caller's.
[[nodiscard]] std::optional<int> OffsetMinutes(engine::Engine& engine,
                                               const Call& call);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_PERSONS_H_
