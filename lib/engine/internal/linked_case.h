// lib/engine/internal/linked_case.h: what a message that asks for a linked case
// becomes: the command that opens it and, for a child just born, the record.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_LINKED_CASE_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_LINKED_CASE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/consequences.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/engine/cases.h"
#include "lib/pathway/edition.h"

namespace careroute::engine::internal {

// Whom it is about, and the day it begins.
struct NewCase {
  std::string person;  // "persons/{person}"
  absl::CivilDay today;
};

// Opens the case the message asks for, of that person, with the opener's posts,
// or while its coordinator is away on `today` with who stands in.
// Facts the new pathway does not declare, or declares for another kind of
// subject, stay behind; what belonged to the child is the person's there.
[[nodiscard]] command::v1::OpenCase LinkedOpening(
    const CaseReading& opener, const event::v1::Message& message,
    const pathway::Edition& edition, const NewCase& made);

// The record of a child who has no documents yet: its mother, with whom it
// lives, the day, and which of several it is. `older` are the children born
// before it.
struct Newborn {
  const model::v1::Person& mother;
  absl::CivilDay birth_date;
  int32_t birth_order = 0;
  std::vector<std::string> older;
};
// Which of the children of this birth the message is about, from 1.
[[nodiscard]] int32_t BirthOrderOf(const event::v1::CaseEvent& event,
                                   const event::v1::Message& message);

[[nodiscard]] command::v1::RegisterPerson Describe(
    const Newborn& child, const event::v1::Message& message);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_LINKED_CASE_H_
