// lib/access/case_verdict.h: may this actor see this case, and which classes of
// data in it?
//
// The one function behind every reply, list row, watch and export about a case.
//
//   const CaseVerdict verdict = JudgeCase({.role = actor.role(),
//                                          .purpose = actor.purpose(),
//                                          .part = part});
//   if (!verdict.visible) return NotFound();
//   access::Redact(verdict.classes, class_of, response);
//
// Who sees what:
//   identified the person    every class: it is its own record, and before any
//                            consent nobody else sees one
//   coordinates or deputises route, identity, contact, needs, social and
//                            education; medical data only as disclosed to it
//   asked by or asked in a   the route, and the classes disclosed with the
//   referral                 referral while their ground holds
//   takes part otherwise     the route
//   opened it in an          every class, that member alone and for a while,
//   emergency                whatever part its organisation takes
//   takes no part            nothing: the case is not found
// An auditor reads the audit and an administrator runs the hub; neither reads
// cases. A purpose that is none of care's opens nothing.

#ifndef CAREROUTE_LIB_ACCESS_CASE_VERDICT_H_
#define CAREROUTE_LIB_ACCESS_CASE_VERDICT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/explanation.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/access/data_class_set.h"

namespace careroute::access {

// How the actor's organisation takes part in the case. All false: it does not.
struct CasePart {
  bool takes_part = false;
  bool identified = false;   // it identified the person
  bool coordinates = false;  // coordinator or deputy is one of its members
  // The member opened the case in an emergency, and that still holds.
  bool emergency = false;
  // What referrals disclosed to it, or it disclosed with its own, as far as
  // the ground still holds (casework/disclosure.h).
  DataClassSet disclosed;

  friend bool operator==(const CasePart&, const CasePart&) = default;
};

struct CaseQuestion {
  model::v1::ActorRole role = model::v1::ACTOR_ROLE_UNSPECIFIED;
  absl::string_view purpose;
  // Purposes the case's pathway declares, besides care and coordination.
  absl::Span<const std::string> declared_purposes;
  CasePart part;
};

struct CaseVerdict {
  bool visible = false;  // false: as if there were no such case
  DataClassSet classes;  // empty when it is not visible
};

// Pure; allocates nothing.
[[nodiscard]] CaseVerdict JudgeCase(const CaseQuestion& question);

// The same as a tree: what part the organisation takes, and for each class why
// it is shown or withheld.
[[nodiscard]] model::v1::Explanation ExplainCase(const CaseQuestion& question);

// Whether a sheet about the route may be handed to this representative: not to
// one whose rights are restricted or taken away, who neither consents nor
// reads, and not to one from whom the address is hidden, since the route shows
// where the person goes.
[[nodiscard]] bool MayHaveFamilySheet(
    const model::v1::Representative& representative);

}  // namespace careroute::access

#endif  // CAREROUTE_LIB_ACCESS_CASE_VERDICT_H_
