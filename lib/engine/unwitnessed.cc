#include "lib/engine/unwitnessed.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "careroute/model/v1/access.pb.h"
#include "lib/engine/internal/witnessed_kinds.h"

namespace careroute::engine {
namespace {

using store::StreamHead;
using store::StreamId;
using store::StreamKind;

// Checkpoints first, then every other kind.
class Search : public std::enable_shared_from_this<Search> {
 public:
  Search(store::Store& store, std::function<void(const StreamHead&)> each,
         base::Done<int64_t> done)
      : store_(store), each_(std::move(each)), done_(std::move(done)) {}

  void ListKind() {
    store_.ListStreams(
        {.kind = kind_, .after = after_},
        [self = shared_from_this()](absl::StatusOr<store::StreamPage> page) {
          if (!page.ok()) return self->Finish(page.status());
          self->TakePage(*page);
        });
  }

 private:
  void TakePage(const store::StreamPage& page) {
    more_ = page.more;
    for (const StreamHead& head : page.streams) {
      after_ = head.stream.id;
      if (kind_ == StreamKind::kCheckpoint) {
        logs_.push_back(head.stream);
      } else if (head.version > witnessed_[head.stream]) {
        ++found_;
        each_(head);
      }
    }
    NextLog();
  }

  void NextLog() {
    if (!logs_.empty()) return ReadLog(0);
    if (more_) return ListKind();
    after_.reset();
    const std::optional<StreamKind> next = kind_ == StreamKind::kCheckpoint
                                               ? internal::kFirstWitnessed
                                               : internal::NextWitnessed(kind_);
    if (!next.has_value()) return Finish(absl::OkStatus());
    kind_ = *next;
    ListKind();
  }

  void ReadLog(int64_t after) {
    store_.ReadEvents(
        {.stream = logs_.front(),
         .after_version = after,
         .limit = store::kPageRowsMax},
        [self = shared_from_this()](absl::StatusOr<store::EventPage> page) {
          if (!page.ok()) return self->Finish(page.status());
          for (const store::StoredEvent& stored : page->events) {
            self->TakeCheckpoint(stored.bytes);
          }
          if (page->more) return self->ReadLog(page->events.back().version);
          self->logs_.pop_front();
          self->NextLog();
        });
  }

  // What cannot be read witnesses nothing.
  void TakeCheckpoint(const std::string& bytes) {
    model::v1::SignedCheckpoint signed_checkpoint;
    model::v1::Checkpoint checkpoint;
    if (!signed_checkpoint.ParseFromString(bytes) ||
        !checkpoint.ParseFromString(signed_checkpoint.checkpoint())) {
      return;
    }
    for (const model::v1::WitnessedHead& head : checkpoint.heads()) {
      const auto stream = store::StreamIdFromBytes(head.stream());
      if (!stream.ok()) continue;
      int64_t& version = witnessed_[*stream];
      version = std::max(version, head.version());
    }
  }

  void Finish(absl::Status status) {
    if (status.ok()) {
      std::move(done_)(found_);
    } else {
      std::move(done_)(std::move(status));
    }
  }

  store::Store& store_;
  std::function<void(const StreamHead&)> each_;
  base::Done<int64_t> done_;
  StreamKind kind_ = StreamKind::kCheckpoint;
  std::optional<base::Uid> after_;
  bool more_ = false;
  std::deque<StreamId> logs_;  // of checkpoints, still to read
  std::map<StreamId, int64_t> witnessed_;
  int64_t found_ = 0;
};

}  // namespace

void FindUnwitnessed(store::Store& store,
                     std::function<void(const StreamHead&)> each,
                     base::Done<int64_t> done) {
  std::make_shared<Search>(store, std::move(each), std::move(done))->ListKind();
}

}  // namespace careroute::engine
