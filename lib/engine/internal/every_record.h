// lib/engine/internal/every_record.h: one command to every record of a person.
//
// Those that were merged into it go first and the one that was asked for last,
// so that whoever repeats a sequence that was cut finds the others by it. A
// record that was merged itself goes alone.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_EVERY_RECORD_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_EVERY_RECORD_H_

#include <functional>

#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/persons.h"
#include "lib/engine/request.h"

namespace careroute::engine::internal {

struct EveryRecord {
  Persons& persons;  // must outlive the sequence
  // Answers for the person.
  Persons::ExecuteRequest asked;
  // Done with each record before its command; null = nothing.
  std::function<void(base::Uid, base::DoneStatus)> before;
};

// Ends with the first refusal.
void ExecuteOn(EveryRecord every, base::Done<Reply> done);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_EVERY_RECORD_H_
