// services/command/wall.h: days and times as they stand on a wall.
//
// "08.04.2025" in Russian, "2025-04-08" in any other language.
//
//   const Wall wall("ru", route.utc_offset_minutes());
//   wall.Until(deadline.due_time());   // exclusive midnight: the day before

#ifndef CAREROUTE_SERVICES_COMMAND_WALL_H_
#define CAREROUTE_SERVICES_COMMAND_WALL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace careroute::services {

// A value type.
class Wall {
 public:
  Wall(absl::string_view language, int utc_offset_minutes);

  [[nodiscard]] const std::string& language() const { return language_; }

  // The day of an instant.
  [[nodiscard]] std::string Day(const google::protobuf::Timestamp& time) const;
  // A day given as YYYY-MM-DD; anything else as it is.
  [[nodiscard]] std::string Day(absl::string_view date) const;
  // The day and the time of day of an instant.
  [[nodiscard]] std::string Moment(
      const google::protobuf::Timestamp& time) const;
  // The last day before an exclusive end; with the time of day where the end
  // is no midnight.
  [[nodiscard]] std::string Until(
      const google::protobuf::Timestamp& exclusive) const;

 private:
  [[nodiscard]] std::string Words(absl::CivilDay day) const;
  [[nodiscard]] std::string Words(absl::CivilSecond moment) const;

  std::string language_;
  absl::TimeZone zone_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_WALL_H_
