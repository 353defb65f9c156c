// lib/registry/person_view.h: a person's record as callers see it.
//
// The clear record gives ids and dates; opened parts add who the person is, as
// far as the reader may open them. Which parts are in force is the record's
// knowledge, so it stays here.
//
//   model::v1::Person person = ViewOf({.record = record, .name = name,
//                                      .today = today});
//   for (int64_t version : SealedVersions(record)) {
//     AddOpened({.record = record, .version = version, .part = open(version)},
//               person);
//   }

#ifndef CAREROUTE_LIB_REGISTRY_PERSON_VIEW_H_
#define CAREROUTE_LIB_REGISTRY_PERSON_VIEW_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/registry/person.h"

namespace careroute::registry {

// Borrowed for the call.
struct ViewInput {
  const PersonRecord& record;
  absl::string_view name;  // "persons/{person}"
  absl::CivilDay today;    // restrictions are shown as they hold today
};

// Everything that stands in the clear.
[[nodiscard]] model::v1::Person ViewOf(const ViewInput& input);

// Versions of the events whose sealed parts belong to the view, ascending;
// none for an erased person.
[[nodiscard]] std::vector<int64_t> SealedVersions(const PersonRecord& record);

// The parts of one event the reader may see, joined. Borrowed for the call.
struct OpenedInput {
  const PersonRecord& record;
  int64_t version = 0;
  const event::v1::PlainPart& part;
};

// Adds what of it is still in force: an identity, needs or carers that a later
// event replaced stay out.
void AddOpened(const OpenedInput& opened, model::v1::Person& person);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_PERSON_VIEW_H_
