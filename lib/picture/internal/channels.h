// lib/picture/internal/channels.h: tracks for arrows that run side by side.
//
//   Channel channel;
//   channel.Need(target, {10, 40});   // as often as wanted
//   channel.Assign();
//   double x = left + channel.TrackOf(target) * kTrackWidth;

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_CHANNELS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_CHANNELS_H_

#include <map>

namespace careroute::picture::internal {

// Between the middles of two tracks, in points.
inline constexpr double kTrackWidth = 3.8;

struct Stretch {
  double from = 0;
  double to = 0;
};

// One gutter or corridor. All arrows to one target share a track; targets whose
// stretches do not touch may share one too.
class Channel {
 public:
  void Need(int target, Stretch stretch);
  // First fit, in the order of targets.
  void Assign();
  [[nodiscard]] int TrackOf(int target) const;
  [[nodiscard]] int track_count() const { return track_count_; }

 private:
  std::map<int, Stretch> needs_;
  std::map<int, int> tracks_;
  int track_count_ = 0;
};

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_CHANNELS_H_
