#include "services/command/wall.h"

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "lib/engine/route_words.h"

namespace careroute::services {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) +
         absl::Nanoseconds(proto.nanos());
}

}  // namespace

Wall::Wall(absl::string_view language, int utc_offset_minutes)
    : language_(language),
      zone_(absl::FixedTimeZone(utc_offset_minutes * 60)) {}

std::string Wall::Words(absl::CivilDay day) const {
  return engine::DayWords(day, language_);
}

std::string Wall::Words(absl::CivilSecond moment) const {
  return absl::StrFormat("%s %02d:%02d", Words(absl::CivilDay(moment)),
                         moment.hour(), moment.minute());
}

std::string Wall::Moment(const google::protobuf::Timestamp& time) const {
  return Words(absl::ToCivilSecond(TimeOf(time), zone_));
}

std::string Wall::Day(const google::protobuf::Timestamp& time) const {
  return Words(absl::ToCivilDay(TimeOf(time), zone_));
}

std::string Wall::Day(absl::string_view date) const {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(date, &day)) return std::string(date);
  return Words(day);
}

std::string Wall::Until(const google::protobuf::Timestamp& exclusive) const {
  const absl::CivilSecond end = absl::ToCivilSecond(TimeOf(exclusive), zone_);
  if (end == absl::CivilSecond(absl::CivilDay(end))) {
    return Words(absl::CivilDay(end) - 1);
  }
  return Words(end);
}

}  // namespace careroute::services
