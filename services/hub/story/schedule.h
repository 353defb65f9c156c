// services/hub/story/schedule.h: what happens when, over all families.
//
// Each family tells its own life as beats with a time; they are played in order
// of time, as an agency meets them, and the clock moves from one to the next.
//
//   schedule.At("2025-03-04 10:20", [&] { teller.Say("..."); });
//   schedule.Play(teller);

#ifndef CAREROUTE_SERVICES_HUB_STORY_SCHEDULE_H_
#define CAREROUTE_SERVICES_HUB_STORY_SCHEDULE_H_

#include <functional>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

class Schedule {
 public:
  // What is added from now on is told of the next family, which lives by the
  // story's clock unless it says otherwise.
  void BeginFamily() {
    ++family_;
    zone_ = StoryZone();
  }
  void LiveBy(absl::TimeZone zone) { zone_ = zone; }

  // "YYYY-MM-DD HH:MM" where the family lives; with ":SS" where something has
  // to be done within the minute. Beats of one minute are played
  // in the order they were added.
  void At(const std::string& time, std::function<void()> beat);

  // Plays every beat.
  void Play(Teller& teller) const;

 private:
  struct Beat {
    int family = 0;
    absl::TimeZone zone;
    std::function<void()> tell;
  };

  int family_ = 0;
  absl::TimeZone zone_ = StoryZone();
  std::multimap<absl::Time, Beat> beats_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_SCHEDULE_H_
