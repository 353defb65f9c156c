#include "lib/directory/merge.h"

#include <map>
#include <string>

namespace careroute::directory {
namespace {

using model::v1::Member;
using model::v1::Organisation;

void Keep(const Member& known, Member& incoming) {
  if (incoming.absences().empty()) {
    *incoming.mutable_absences() = known.absences();
  }
  if (StaysDismissed(known, incoming)) {
    incoming.set_valid_to(known.valid_to());
  }
}

// Out of service from the day on.
Member Ended(Member known, absl::CivilDay today) {
  const std::string last = absl::FormatCivilTime(today - 1);
  if (known.valid_to().empty() || known.valid_to() > last) {
    known.set_valid_to(last);
  }
  return known;
}

}  // namespace

bool StaysDismissed(const Member& known, const Member& incoming) {
  return !known.valid_to().empty() && incoming.valid_to().empty() &&
         incoming.valid_from() <= known.valid_to();
}

Organisation Merged(const Organisation& known, Organisation incoming,
                    absl::CivilDay today) {
  std::map<std::string, Member*> listed;
  for (Member& one : *incoming.mutable_members()) listed[one.name()] = &one;
  for (const Member& one : known.members()) {
    const auto at = listed.find(one.name());
    if (at != listed.end()) Keep(one, *at->second);
  }
  for (const Member& one : known.members()) {
    if (!listed.contains(one.name())) {
      *incoming.add_members() = Ended(one, today);
    }
  }
  return incoming;
}

}  // namespace careroute::directory
