// lib/directory/duty.h: who of an organisation is at work on a day.
//
// A member is at work when it is in service and not absent. A case needs a
// coordinator who is there now: while the one it is meant for is away, another
// stands in.
//
//   if (const std::string day = AbsentUntil(*member, today); !day.empty()) ...
//   const Posts posts = PostsOn(directory, {.coordinator = duty, ...}, today);

#ifndef CAREROUTE_LIB_DIRECTORY_DUTY_H_
#define CAREROUTE_LIB_DIRECTORY_DUTY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/model/v1/directory.pb.h"
#include "lib/directory/directory.h"

namespace careroute::directory {

// The last day of the absence that holds on the day, over absences that follow
// it without a day between; empty = the member is not absent.
[[nodiscard]] std::string AbsentUntil(const model::v1::Member& member,
                                      absl::CivilDay day);
// The same by name; empty for a member the directory does not know.
[[nodiscard]] std::string AbsentUntil(const Directory& directory,
                                      absl::string_view member,
                                      absl::CivilDay day);

[[nodiscard]] bool InService(const Directory& directory,
                             absl::string_view member, absl::CivilDay day);
[[nodiscard]] bool AtWork(const Directory& directory, absl::string_view member,
                          absl::CivilDay day);

// Of a case that begins.
struct Posts {
  std::string coordinator;
  std::string deputy;
  std::string head;  // of the coordinator's organisation
};

// The coordinator and deputy as they are meant, while the coordinator is at
// work. Else the deputy coordinates and the head is the deputy, or the head
// coordinates where the deputy is away too. Where nobody is at work the case
// waits for the first of them who is in service. Never empty where `meant` is
// not.
[[nodiscard]] Posts PostsOn(const Directory& directory, const Posts& meant,
                            absl::CivilDay day);

}  // namespace careroute::directory

#endif  // CAREROUTE_LIB_DIRECTORY_DUTY_H_
