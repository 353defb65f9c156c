// lib/casework/context.h: everything a decision needs beside the case.
//
// decide is pure: what time it is, who acts, which ids are fresh, what the
// directory and the registry answer all arrive here. The engine fills it
// before it asks; a test fills it by hand.
//
//   Context context{.now = clock.Now(), .actor = &actor, .arena = &arena,
//                   .case_id = id, .directory = &directory,
//                   .calendars = &calendars};
//   const Decision decision = Decide(state, edition, command, context);
//
// Everything is borrowed for the call and must not be null unless a comment
// says so. Read-only and hence as thread-safe as what it points to.

#ifndef CAREROUTE_LIB_CASEWORK_CONTEXT_H_
#define CAREROUTE_LIB_CASEWORK_CONTEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "google/protobuf/arena.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/measures/measure_sets.h"
#include "lib/scoring/instrument_set.h"

namespace careroute::casework {

// What a decision asks of an organisation.
struct OrganisationFacts {
  std::string name;  // "organisations/{organisation}"
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  std::vector<std::string> roles;     // of pathways, besides its services'
  std::vector<std::string> services;  // ids
  std::string calendar;               // id of a calendar
  std::string zone;                   // id of a zone of that calendar
  std::string head;                   // member told of missed limits
  std::string hub;           // id of the hub that hosts it; empty = this one
  bool in_operation = true;  // within its dates today

  // This hub hosts it: a referral to it arrives at once.
  [[nodiscard]] bool local() const { return hub.empty(); }
};

// Which organisations may perform something; the directory's answer takes
// area, age and season into account, of which decide knows nothing.
struct PerformerQuery {
  absl::string_view role;     // id of a role of the pathway; empty = any
  absl::string_view service;  // empty = any
  // Kinds of agencies the role allows, by the edition; empty = any.
  absl::Span<const model::v1::AgencyKind> kinds;
  bool any_region = false;
  bool by_registration = false;  // area of registration instead of stay
};

// The directory's answers. Implemented over a snapshot of the directory that
// does not change during the call; nothing may block.
class DirectoryAnswers {
 public:
  virtual ~DirectoryAnswers() = default;

  // Null when the directory knows no such organisation. Borrowed from this.
  [[nodiscard]] virtual const OrganisationFacts* Find(
      absl::string_view organisation) const = 0;

  // Whether the member exists, is in service today and belongs to the
  // organisation its name says.
  [[nodiscard]] virtual bool MemberExists(absl::string_view member) const = 0;

  // Organisations that may perform for the person of the case, best first, at
  // most `max`. Borrowed from this.
  [[nodiscard]] virtual std::vector<const OrganisationFacts*> Candidates(
      const PerformerQuery& query, size_t max) const = 0;
};

// What the registry answers about the person of the case. No name, number or
// address: decide has no use for them.
struct PersonFacts {
  // nullopt = not known: ages are then not known either. Only instants
  // computed from it may enter an event.
  std::optional<absl::CivilDay> birth_date;
  model::v1::PersonState state = model::v1::PERSON_STATE_REGISTERED;
  // Who decides today, one for each matter, with the day it changes.
  std::vector<model::v1::Decider> deciders;
  // Everyone who is a representative today and not deprived or restricted:
  // "persons/{person}" or an organisation. One who may object.
  std::vector<std::string> representatives;
};

// The answer for a matter; null when the registry gave none.
[[nodiscard]] const model::v1::Decider* FindDecider(
    const PersonFacts& person, model::v1::ConsentMatter matter);

struct Context {
  // The hub's time. Recorded time is this, or the last one when the clock
  // stepped back.
  absl::Time now;
  const model::v1::Actor* actor = nullptr;
  // Of the request, 16 bytes; empty for the hub's own commands.
  absl::string_view request_id;
  // The event of the decision lives here.
  google::protobuf::Arena* arena = nullptr;
  // The stream's id: names of the case and its parts begin with it.
  base::Uid case_id;
  // Fresh ids, used from the front; at least kFreshIdsMin.
  absl::Span<const base::Uid> fresh_ids;
  const DirectoryAnswers* directory = nullptr;
  const calendar::CalendarSet* calendars = nullptr;
  // Facts of the person; null when the registry has no record of one, as for
  // an erased person: every question about the person is then not known.
  const PersonFacts* person = nullptr;
  // The support measures this hub knows; null = none.
  const measures::MeasureSets* measures = nullptr;
  // Instruments people may be assessed by; null = none.
  const scoring::InstrumentSet* instruments = nullptr;
  // Id of this hub; empty = it exchanges with none.
  absl::string_view hub;
  // Of a case to be offered to another hub: messages of it have not left.
  bool messages_wait = false;
  // Numbers of referrals whose envelope has begun to leave for another hub, as
  // the outbox says.
  absl::Span<const int32_t> left_referrals;
};

// A command needs at most one fresh id for each referral it makes.
inline constexpr size_t kFreshIdsMin = 4;

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_CONTEXT_H_
