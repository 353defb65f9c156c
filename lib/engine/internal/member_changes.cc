#include "lib/engine/internal/member_changes.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/engine/internal/refusals.h"

namespace careroute::engine::internal {
namespace {

using command::v1::OrganisationCommand;
using event::v1::OrganisationEvent;
using model::v1::Absence;
using model::v1::Member;
using model::v1::Organisation;
using Refused = std::optional<model::v1::Refusal>;

// As many as a member may have; see directory.proto.
constexpr size_t kAbsencesMax = 50;

struct Lack {
  absl::string_view what;
  absl::string_view mend;
};

model::v1::Refusal Refuse(const RefusalText& text, const Lack& lack) {
  model::v1::Refusal refusal = MakeRefusal(text);
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what(std::string(lack.what));
  missing.set_mend(std::string(lack.mend));
  return refusal;
}

model::v1::Refusal RefuseDates(absl::string_view what) {
  return Refuse({.reason = model::v1::ERROR_REASON_WRONG_TIME,
                 .message_key = "dates_reversed",
                 .message = "the last day lies before the first"},
                {.what = what, .mend = "make it the first day or later"});
}

model::v1::Refusal RefuseUnknown() {
  return Refuse(
      {.reason = model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
       .message_key = "unknown_member",
       .message = "the organisation has no such member"},
      {.what = "command.member", .mend = "name a member of the organisation"});
}

const Member* FindMember(const Organisation& known, const std::string& name) {
  for (const Member& one : known.members()) {
    if (one.name() == name) return &one;
  }
  return nullptr;
}

bool Overlap(const Absence& a, const Absence& b) {
  return a.from() <= b.to() && b.from() <= a.to();
}

Refused AddAbsence(const command::v1::AddAbsence& command,
                   const Organisation& known, absl::CivilDay today,
                   OrganisationEvent& event) {
  const Member* member = FindMember(known, command.member());
  if (member == nullptr) return RefuseUnknown();
  const Absence& added = command.absence();
  if (added.to() < added.from()) return RefuseDates("command.absence.to");
  const std::string day = absl::FormatCivilTime(today);
  std::vector<Absence> all;
  for (const Absence& one : member->absences()) {
    if (one.from() == added.from() && one.to() == added.to()) return {};
    if (Overlap(one, added)) {
      return Refuse({.reason = model::v1::ERROR_REASON_WRONG_STATE,
                     .message_key = "absences_overlap",
                     .message = "the member is absent on some of these days "
                                "already"},
                    {.what = one.from(),
                     .mend = "give that absence another last day, or take it "
                             "back"});
    }
    if (one.to() >= day) all.push_back(one);
  }
  if (all.size() >= kAbsencesMax) {
    return Refuse({.reason = model::v1::ERROR_REASON_WRONG_STATE,
                   .message_key = "too_many_absences",
                   .message = "the member has as many absences as are kept"},
                  {.what = "command.absence",
                   .mend = "take back those that will not be"});
  }
  all.push_back(added);
  std::sort(all.begin(), all.end(), [](const Absence& a, const Absence& b) {
    return a.from() < b.from();
  });
  event::v1::AbsencesChanged& body = *event.mutable_absences_changed();
  body.set_member(member->name());
  for (Absence& one : all) *body.add_absences() = std::move(one);
  return {};
}

Refused EndAbsence(const command::v1::EndAbsence& command,
                   const Organisation& known, OrganisationEvent& event) {
  const Member* member = FindMember(known, command.member());
  if (member == nullptr) return RefuseUnknown();
  if (!command.to().empty() && command.to() < command.from()) {
    return RefuseDates("command.to");
  }
  event::v1::AbsencesChanged body;
  body.set_member(member->name());
  bool found = false;
  bool changed = false;
  for (const Absence& one : member->absences()) {
    const bool meant = one.from() == command.from();
    found = found || meant;
    changed = changed || (meant && one.to() != command.to());
    if (meant && command.to().empty()) continue;
    *body.add_absences() = one;
    if (meant) body.mutable_absences()->rbegin()->set_to(command.to());
  }
  for (int i = 1; i < body.absences_size(); ++i) {
    if (Overlap(body.absences(i - 1), body.absences(i))) {
      return Refuse({.reason = model::v1::ERROR_REASON_WRONG_STATE,
                     .message_key = "absences_overlap",
                     .message = "another absence begins before this last day"},
                    {.what = body.absences(i).from(),
                     .mend = "take that absence back first"});
    }
  }
  if (!found && !command.to().empty()) {
    return Refuse({.reason = model::v1::ERROR_REASON_NOT_FOUND,
                   .message_key = "no_absence",
                   .message = "no absence of the member begins on that day"},
                  {.what = "command.from",
                   .mend = "name the first day of one of its absences"});
  }
  if (changed) *event.mutable_absences_changed() = std::move(body);
  return {};
}

// Which post of the organisation itself the member holds; empty = none.
absl::string_view PostOf(const std::string& member, const Organisation& known) {
  if (member == known.head()) return "organisation/head";
  if (member == known.duty_coordinator()) {
    return "organisation/duty_coordinator";
  }
  return member == known.duty_deputy() ? "organisation/duty_deputy" : "";
}

Refused Dismiss(const command::v1::DismissMember& command,
                const Organisation& known, OrganisationEvent& event) {
  const Member* member = FindMember(known, command.member());
  if (member == nullptr) return RefuseUnknown();
  if (command.last_day() < member->valid_from()) {
    return RefuseDates("command.last_day");
  }
  // Alarms and new cases would go to nobody.
  if (const absl::string_view post = PostOf(member->name(), known);
      !post.empty()) {
    return Refuse({.reason = model::v1::ERROR_REASON_WRONG_STATE,
                   .message_key = "post_of_organisation",
                   .message = "the organisation counts on the member"},
                  {.what = post,
                   .mend = "describe the organisation anew with another "
                           "member there, then dismiss this one"});
  }
  const Member* head = FindMember(known, known.head());
  if (head == nullptr ||
      (!head->valid_to().empty() && head->valid_to() <= command.last_day())) {
    return Refuse(
        {.reason = model::v1::ERROR_REASON_WRONG_STATE,
         .message_key = "head_leaves",
         .message = "the head, to whom cases would go, is out of "
                    "service then too"},
        {.what = "organisation/head", .mend = "name a head who stays"});
  }
  if (member->valid_to() == command.last_day()) return {};
  event::v1::MemberDismissed& body = *event.mutable_member_dismissed();
  body.set_member(member->name());
  body.set_last_day(command.last_day());
  return {};
}

}  // namespace

Refused ChangeMember(const OrganisationCommand& command,
                     const Organisation& known, absl::CivilDay today,
                     OrganisationEvent& event) {
  switch (command.command_case()) {
    case OrganisationCommand::kAddAbsence:
      return AddAbsence(command.add_absence(), known, today, event);
    case OrganisationCommand::kEndAbsence:
      return EndAbsence(command.end_absence(), known, event);
    case OrganisationCommand::kDismissMember:
      return Dismiss(command.dismiss_member(), known, event);
    default:
      return MakeRefusal({.reason = model::v1::ERROR_REASON_INVALID_REQUEST,
                          .message_key = "invalid_request",
                          .message = "there is no command; set exactly one"});
  }
}

}  // namespace careroute::engine::internal
