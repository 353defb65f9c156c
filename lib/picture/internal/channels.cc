#include "lib/picture/internal/channels.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace careroute::picture::internal {
namespace {

// Lines on one track keep this apart, so that nobody reads them as one.
constexpr double kApart = 8;

bool Touch(const Stretch& a, const Stretch& b) {
  return a.from < b.to + kApart && b.from < a.to + kApart;
}

}  // namespace

void Channel::Need(int target, Stretch stretch) {
  if (stretch.from > stretch.to) std::swap(stretch.from, stretch.to);
  const auto [known, added] = needs_.try_emplace(target, stretch);
  if (added) return;
  known->second.from = std::min(known->second.from, stretch.from);
  known->second.to = std::max(known->second.to, stretch.to);
}

void Channel::Assign() {
  std::vector<std::vector<Stretch>> tracks;
  for (const auto& [target, stretch] : needs_) {
    size_t track = 0;
    while (track < tracks.size() &&
           std::any_of(tracks[track].begin(), tracks[track].end(),
                       [&stretch = stretch](const Stretch& other) {
                         return Touch(stretch, other);
                       })) {
      ++track;
    }
    if (track == tracks.size()) tracks.emplace_back();
    tracks[track].push_back(stretch);
    tracks_[target] = static_cast<int>(track);
  }
  track_count_ = static_cast<int>(tracks.size());
}

int Channel::TrackOf(int target) const {
  const auto found = tracks_.find(target);
  return found == tracks_.end() ? 0 : found->second;
}

}  // namespace careroute::picture::internal
