#include "services/hub/story/schedule.h"

#include <utility>

#include "lib/base/check.h"

namespace careroute::services {

void Schedule::At(const std::string& time, std::function<void()> beat) {
  absl::Time when;
  CAREROUTE_CHECK(
      absl::ParseTime("%Y-%m-%d %H:%M:%S", time, zone_, &when, nullptr) ||
      absl::ParseTime("%Y-%m-%d %H:%M", time, zone_, &when, nullptr));
  beats_.emplace(
      when, Beat{.family = family_, .zone = zone_, .tell = std::move(beat)});
}

void Schedule::Play(Teller& teller) const {
  for (const auto& [time, beat] : beats_) {
    if (time > teller.now()) teller.MoveTo(time);
    teller.TurnTo(beat.family, beat.zone);
    beat.tell();
  }
}

}  // namespace careroute::services
