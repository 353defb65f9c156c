// lib/access/call_verdict.h: may this actor call this method at all?
//
// Asked at every door before the request is looked at; which case, and which of
// its data, is asked later (case_verdict.h).
//
//   const CallVerdict verdict = JudgeCall({.actor = &actor, .member = member,
//                                          .today = "2026-03-02",
//                                          .rules = &rules});
//   if (!verdict.allowed) return Refused(verdict.reason, verdict.because);
//
// A caller is a member of the organisation it names, in service that day, in a
// role the directory gives it, for a known purpose; the method allows the role.
// Purpose "audit" belongs to auditors and administrators, and an auditor has no
// other. The role HUB is the hub's own and never a caller's.

#ifndef CAREROUTE_LIB_ACCESS_CALL_VERDICT_H_
#define CAREROUTE_LIB_ACCESS_CALL_VERDICT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/explanation.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "careroute/options/v1/options.pb.h"

namespace careroute::access {

// All borrowed for the call.
struct CallQuestion {
  const model::v1::Actor* actor = nullptr;    // must not be null
  const model::v1::Member* member = nullptr;  // null: the directory knows none
  absl::string_view today;                    // YYYY-MM-DD
  // Of the method; null = only who calls is judged.
  const options::v1::MethodRules* rules = nullptr;
  // Purposes that published pathways declare, besides care, coordination and
  // audit.
  absl::Span<const std::string> declared_purposes;
};

struct CallVerdict {
  bool allowed = false;
  // UNKNOWN_ACTOR or ROLE_NOT_ALLOWED; UNSPECIFIED when allowed.
  model::v1::ErrorReason reason = model::v1::ERROR_REASON_UNSPECIFIED;
  // What decided, as one leaf under the question; filled only when refused.
  model::v1::Explanation because;
};

// Pure; allocates nothing when the answer is yes.
[[nodiscard]] CallVerdict JudgeCall(const CallQuestion& question);

}  // namespace careroute::access

#endif  // CAREROUTE_LIB_ACCESS_CALL_VERDICT_H_
