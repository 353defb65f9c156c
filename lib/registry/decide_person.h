// lib/registry/decide_person.h: a command to a person's record becomes one
// event, or a refusal.
//
//   const PersonDecision decision = DecidePerson(record, command, context);
//   if (decision.refusal.has_value()) ...
//   seal each of decision.parts into decision.event.header().sealed()
//   append, then FoldPerson(decision.event, record)
//
// Pure and total: time, actor and the opened identity come in the context. The
// event's clear part holds ids and dates alone; who the person is leaves here
// only in `parts`, to be sealed, and in `terms`, to become blind tokens.

#ifndef CAREROUTE_LIB_REGISTRY_DECIDE_PERSON_H_
#define CAREROUTE_LIB_REGISTRY_DECIDE_PERSON_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/event/v1/person_event.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/problems.h"
#include "lib/registry/blind_index.h"
#include "lib/registry/person.h"
#include "lib/registry/plain_parts.h"

namespace careroute::registry {

// What one record may hold: far above any life, low enough that a record stays
// small in memory and on a page.
inline constexpr size_t kRepresentativesMax = 100;
inline constexpr size_t kRelationsMax = 200;
inline constexpr size_t kCapacityDecisionsMax = 50;
inline constexpr size_t kTakenOverMax = 20;

// Everything a decision needs beside the record. Borrowed for the call.
struct PersonContext {
  absl::Time now;
  // In the person's region.
  absl::CivilDay today;
  const model::v1::Actor& actor;
  // 16 bytes; empty for the hub's own commands.
  std::string request_id;
  // For a move of the family.
  model::v1::WordGiven word_given = model::v1::WORD_GIVEN_UNSPECIFIED;
  // "persons/{person}": whom the record is about.
  std::string person;
  // The identity in force, opened. Needed to update it and to add a
  // representative, whose first day may give the birth date away; otherwise it
  // may be null.
  const model::v1::Identity* identity = nullptr;
};

// Either a refusal, or an event with what goes with it.
struct PersonDecision {
  std::optional<model::v1::Refusal> refusal;

  // Complete but for the sealed parts of its header.
  event::v1::PersonEvent event;
  // To be sealed under the person's key, one a class.
  std::vector<PlainClassPart> parts;
  // Set when the identity is new or changed: all the person is found by from
  // now on, and of these what only one person can have, to be claimed.
  std::optional<std::vector<Term>> terms;
  std::vector<Term> unique_terms;
  // True when the person's key is to be destroyed with the append.
  bool destroys_key = false;
  // True when others may decide for the person from now on: the person's cases
  // have to hear of it.
  bool changes_deciders = false;
  // Suspicious, yet recorded: "mixes Latin and Cyrillic letters".
  std::vector<base::Problem> warnings;
};

// Refuses with INVALID_REQUEST and all problems at once, NOT_FOUND before
// registration, WRONG_STATE after a second one, for a record that was merged,
// and for one that was not where a merge is taken back, ERASED, AHEAD,
// WRONG_TIME for a future, UNKNOWN_REFERENCE for a representative's number.
// References to other records, and whether two are of one person
// (merge_check.h), are the caller's to check. What one record can tell alone is
// held here: who was merged takes nobody over, and who took others over is not
// merged, so that no chain of merges is longer than one.
[[nodiscard]] PersonDecision DecidePerson(
    const PersonRecord& record, const command::v1::PersonCommand& command,
    const PersonContext& context);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_DECIDE_PERSON_H_
