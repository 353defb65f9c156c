// lib/engine/internal/witnessed_heads.h: what the checkpoints witnessed, in the
// order of the streams.
//
// A hub of a million cases has signed many million heads over the years; they
// are not held at once. They are read a window at a time: the next so many in
// order, found by reading every checkpoint again. A small hub's fit into one.
//
//   heads.LoadAfter(std::nullopt, done);
//   ... heads.window() ... until !heads.Covers(place), then
//   heads.LoadAfter(heads.end(), done);

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_WITNESSED_HEADS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_WITNESSED_HEADS_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/callback.h"
#include "lib/store/store.h"

namespace careroute::engine::internal {

// An entry among all of the store.
struct Place {
  store::StreamId stream;
  int64_t version = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

using HashBytes = std::array<char, 32>;

struct WitnessedAt {
  Place place;
  HashBytes hash = {};  // zeroes, which no entry has, for what is no hash
  // Told by a checkpoint held elsewhere, of an earlier epoch of the store.
  bool before_restore = false;

  friend auto operator<=>(const WitnessedAt&, const WitnessedAt&) = default;
};

[[nodiscard]] HashBytes ToHashBytes(const std::string& hash);

// One load at a time. Everything handed in must outlive it.
class WitnessedHeads {
 public:
  struct Options {
    store::Store& store;
    // Checkpoints held elsewhere.
    const std::vector<model::v1::SignedCheckpoint>& witnesses;
    std::optional<store::StreamId> only;  // heads of this stream alone
    size_t window_max = 0;                // heads held, above 0
  };
  explicit WitnessedHeads(const Options& options) : options_(options) {}

  // The heads after the place, or the first; as many as the window holds.
  void LoadAfter(std::optional<Place> after, base::DoneStatus done);

  // In order, each once.
  [[nodiscard]] const std::vector<WitnessedAt>& window() const {
    return heads_;
  }
  // Whether every head up to the place is in the window or before it.
  [[nodiscard]] bool Covers(const Place& place) const {
    return !end_.has_value() || place <= *end_;
  }
  // The last place of the window when heads follow it.
  [[nodiscard]] const std::optional<Place>& end() const { return end_; }

 private:
  void ListLogs();
  void NextLog();
  void ReadLog(int64_t after);
  void Take(const model::v1::SignedCheckpoint& checkpoint, bool elsewhere);
  // Leaves the first of what was taken, so that no more than twice the window
  // is ever held.
  void Trim();
  void Finish(absl::Status status);

  const Options options_;
  std::optional<Place> after_;
  std::optional<Place> end_;
  std::vector<WitnessedAt> heads_;
  std::optional<base::Uid> listed_;  // the last checkpoint stream listed
  bool more_ = false;
  std::deque<store::StreamId> logs_;  // still to read
  base::DoneStatus done_;
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_WITNESSED_HEADS_H_
