#include "lib/exchange/peer_witness.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/event/v1/peer_event.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "careroute/model/v1/access.pb.h"
#include "lib/engine/witness_file.h"
#include "lib/exchange/peer_streams.h"

namespace careroute::exchange {
namespace {

using model::v1::SignedCheckpoint;

// What the peer showed in the event; none when it showed nothing.
std::optional<SignedCheckpoint> ShownIn(const std::string& stored) {
  event::v1::PeerEvent event;
  if (!event.ParseFromString(stored)) return std::nullopt;
  v1::Receipt receipt;
  if (receipt.ParseFromString(event.sent().receipt()) &&
      receipt.has_checkpoint()) {
    return receipt.checkpoint();
  }
  v1::Manifest manifest;
  if (manifest.ParseFromString(event.received().manifest()) &&
      manifest.has_checkpoint()) {
    return manifest.checkpoint();
  }
  return std::nullopt;
}

// Which event shows the newest of each process, then those events themselves.
class Writing : public std::enable_shared_from_this<Writing> {
 public:
  Writing(store::Store& store, absl::string_view hub,
          base::Done<std::string> done)
      : store_(store), hub_(hub), done_(std::move(done)) {}

  void Read(int64_t after) {
    store_.ReadEvents(
        {.stream = {.kind = store::StreamKind::kPeer,
                    .id = PeerStreams::UidOf(hub_)},
         .after_version = after,
         .limit = store::kPageRowsMax},
        [self = shared_from_this()](absl::StatusOr<store::EventPage> page) {
          if (!page.ok()) return std::move(self->done_)(page.status());
          for (const store::StoredEvent& stored : page->events) {
            self->Take(stored);
          }
          if (page->more) return self->Read(page->events.back().version);
          if (self->writing_) return std::move(self->done_)(self->text_);
          self->WriteFound();
        });
  }

 private:
  struct Newest {
    int64_t sequence = 0;
    int64_t version = 0;  // of the event
  };

  void Take(const store::StoredEvent& stored) {
    const std::optional<SignedCheckpoint> shown = ShownIn(stored.bytes);
    model::v1::Checkpoint checkpoint;
    if (!shown.has_value() ||
        !checkpoint.ParseFromString(shown->checkpoint())) {
      return;
    }
    Newest& newest = newest_[checkpoint.process()];
    if (writing_) {
      if (newest.version == stored.version) {
        text_ += engine::WitnessLine(shown->SerializeAsString());
      }
    } else if (checkpoint.sequence() > newest.sequence) {
      newest = {.sequence = checkpoint.sequence(), .version = stored.version};
    }
  }

  void WriteFound() {
    if (newest_.empty()) {
      return std::move(done_)(absl::NotFoundError(absl::StrCat(
          "hub \"", hub_,
          "\" has shown no checkpoint here; name a hub this one exchanges "
          "referrals with, as `careroute peers` lists them")));
    }
    writing_ = true;
    text_ = absl::StrCat("# checkpoints of hub ", hub_,
                         ", as another hub keeps them\n");
    Read(0);
  }

  store::Store& store_;
  const std::string hub_;
  base::Done<std::string> done_;
  std::map<std::string, Newest> newest_;  // by process
  bool writing_ = false;
  std::string text_;
};

}  // namespace

void WritePeerWitnesses(store::Store& store, absl::string_view hub,
                        base::Done<std::string> done) {
  std::make_shared<Writing>(store, hub, std::move(done))->Read(0);
}

}  // namespace careroute::exchange
