#include "lib/directory/duty.h"

#include <initializer_list>
#include <utility>

namespace careroute::directory {
namespace {

// Of the absence that holds on the day; empty = none.
std::string LastDay(const model::v1::Member& member, absl::CivilDay day) {
  std::string last;
  for (const model::v1::Absence& one : member.absences()) {
    if (HoldsOn(one.from(), one.to(), day) && one.to() > last) last = one.to();
  }
  return last;
}

// The first of whom it holds; null = of none.
template <typename Holds>
const std::string* First(std::initializer_list<const std::string*> members,
                         Holds holds) {
  for (const std::string* one : members) {
    if (holds(*one)) return one;
  }
  return nullptr;
}

}  // namespace

std::string AbsentUntil(const model::v1::Member& member, absl::CivilDay day) {
  std::string last;
  for (int i = 0; i <= member.absences_size(); ++i) {
    const std::string until = LastDay(member, day);
    absl::CivilDay end;
    if (until.empty() || !absl::ParseCivilTime(until, &end)) break;
    last = until;
    day = end + 1;
  }
  return last;
}

std::string AbsentUntil(const Directory& directory, absl::string_view member,
                        absl::CivilDay day) {
  const model::v1::Member* found = directory.FindMember(member);
  return found == nullptr ? std::string() : AbsentUntil(*found, day);
}

bool InService(const Directory& directory, absl::string_view member,
               absl::CivilDay day) {
  const model::v1::Member* found = directory.FindMember(member);
  return found != nullptr &&
         HoldsOn(found->valid_from(), found->valid_to(), day);
}

bool AtWork(const Directory& directory, absl::string_view member,
            absl::CivilDay day) {
  return InService(directory, member, day) &&
         AbsentUntil(directory, member, day).empty();
}

Posts PostsOn(const Directory& directory, const Posts& meant,
              absl::CivilDay day) {
  const auto at_work = [&](const std::string& one) {
    return AtWork(directory, one, day);
  };
  const auto in_service = [&](const std::string& one) {
    return InService(directory, one, day);
  };
  const std::initializer_list<const std::string*> candidates = {
      &meant.coordinator, &meant.deputy, &meant.head};
  const std::string* next = First(candidates, at_work);
  if (next == nullptr) next = First(candidates, in_service);
  Posts posts = meant;
  if (next == nullptr || *next == meant.coordinator) {
    if (!in_service(meant.deputy) && in_service(meant.head)) {
      posts.deputy = meant.head;
    }
    return posts;
  }
  posts.coordinator = *next;
  const std::string* other =
      First({&meant.head, &meant.deputy}, [&](const std::string& one) {
        return one != posts.coordinator && in_service(one);
      });
  posts.deputy = other != nullptr ? *other : posts.coordinator;
  return posts;
}

}  // namespace careroute::directory
