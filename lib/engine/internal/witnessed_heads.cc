#include "lib/engine/internal/witnessed_heads.h"

#include <algorithm>
#include <utility>

namespace careroute::engine::internal {

HashBytes ToHashBytes(const std::string& hash) {
  HashBytes bytes = {};
  if (hash.size() == bytes.size()) {
    std::copy(hash.begin(), hash.end(), bytes.begin());
  }
  return bytes;
}

void WitnessedHeads::LoadAfter(std::optional<Place> after,
                               base::DoneStatus done) {
  after_ = after;
  end_.reset();
  heads_.clear();
  listed_.reset();
  logs_.clear();
  done_ = std::move(done);
  for (const model::v1::SignedCheckpoint& one : options_.witnesses) {
    Take(one, /*elsewhere=*/true);
  }
  ListLogs();
}

void WitnessedHeads::ListLogs() {
  options_.store.ListStreams(
      {.kind = store::StreamKind::kCheckpoint,
       .after = listed_,
       .limit = store::kPageRowsMax},
      [this](absl::StatusOr<store::StreamPage> page) {
        if (!page.ok()) return Finish(page.status());
        more_ = page->more;
        for (const store::StreamHead& head : page->streams) {
          listed_ = head.stream.id;
          logs_.push_back(head.stream);
        }
        NextLog();
      });
}

void WitnessedHeads::NextLog() {
  if (!logs_.empty()) return ReadLog(0);
  if (more_) return ListLogs();
  Finish(absl::OkStatus());
}

void WitnessedHeads::ReadLog(int64_t after) {
  options_.store.ReadEvents(
      {.stream = logs_.front(),
       .after_version = after,
       .limit = store::kPageRowsMax},
      [this](absl::StatusOr<store::EventPage> page) {
        if (!page.ok()) return Finish(page.status());
        for (const store::StoredEvent& stored : page->events) {
          model::v1::SignedCheckpoint checkpoint;
          // What cannot be read witnesses nothing; it was named before.
          if (checkpoint.ParseFromString(stored.bytes)) {
            Take(checkpoint, /*elsewhere=*/false);
          }
        }
        if (page->more) return ReadLog(page->events.back().version);
        logs_.pop_front();
        NextLog();
      });
}

void WitnessedHeads::Take(const model::v1::SignedCheckpoint& signed_checkpoint,
                          bool elsewhere) {
  model::v1::Checkpoint checkpoint;
  if (!checkpoint.ParseFromString(signed_checkpoint.checkpoint())) return;
  const bool before_restore =
      elsewhere && checkpoint.epoch() < options_.store.info().epoch;
  for (const model::v1::WitnessedHead& head : checkpoint.heads()) {
    const auto stream = store::StreamIdFromBytes(head.stream());
    // Of a kind that a newer release knows.
    if (!stream.ok()) continue;
    if (options_.only.has_value() && *stream != *options_.only) continue;
    const Place place{.stream = *stream, .version = head.version()};
    if (after_.has_value() && place <= *after_) continue;
    if (!Covers(place)) continue;
    heads_.push_back({.place = place,
                      .hash = ToHashBytes(head.hash()),
                      .before_restore = before_restore});
  }
  if (heads_.size() > 2 * options_.window_max) Trim();
}

void WitnessedHeads::Trim() {
  std::sort(heads_.begin(), heads_.end());
  heads_.erase(std::unique(heads_.begin(), heads_.end()), heads_.end());
  if (heads_.size() <= options_.window_max) return;
  // Two that tell differently of one entry stay together.
  const Place last = heads_[options_.window_max - 1].place;
  heads_.erase(std::upper_bound(heads_.begin(), heads_.end(), last,
                                [](const Place& place, const WitnessedAt& one) {
                                  return place < one.place;
                                }),
               heads_.end());
  end_ = last;
}

void WitnessedHeads::Finish(absl::Status status) {
  Trim();
  // It may hold whoever holds this, and may load the next window.
  base::DoneStatus done = std::move(done_);
  std::move(done)(std::move(status));
}

}  // namespace careroute::engine::internal
