#include "lib/engine/verify.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/engine/internal/witnessed_kinds.h"
#include "lib/store/chain.h"

namespace careroute::engine {
namespace {

using store::StreamHead;
using store::StreamId;
using store::StreamKind;

absl::string_view WordOf(StreamKind kind) {
  switch (kind) {
    case StreamKind::kCase:
      return "cases";
    case StreamKind::kPerson:
      return "persons";
    case StreamKind::kOrganisation:
      return "organisations";
    case StreamKind::kReferral:
      return "referrals";
    case StreamKind::kHub:
      return "hub";
    case StreamKind::kAccessLog:
      return "access_logs";
    case StreamKind::kCheckpoint:
      return "checkpoints";
    case StreamKind::kPeer:
      return "peers";
  }
  return "streams";
}

}  // namespace

std::string NameOf(const StreamId& stream) {
  return absl::StrCat(WordOf(stream.kind), "/", stream.id.Hex());
}

// First all checkpoints are read, then every stream is held against them.
struct Verifier::Walk {
  Verification result;
  std::optional<StreamId> only;
  // What was witnessed: the hash at each version a checkpoint names.
  std::map<StreamId, std::map<int64_t, std::string>> witnessed;
  std::set<StreamId> seen;
  bool reading_checkpoints = true;
  StreamKind kind = StreamKind::kCheckpoint;
  std::vector<StreamHead> heads;  // still to walk
  std::optional<base::Uid> after;
  bool more = false;
  std::string previous_checkpoint;  // SHA-256 of the one before
  base::Done<Verification> done;

  void Damage(const StreamId& stream, int64_t version,
              absl::string_view message) {
    if (result.damages.size() >= kDamagesMax) return;
    model::v1::Damage damage;
    damage.set_name(NameOf(stream));
    damage.set_version(version);
    damage.set_message(std::string(message.data(), message.size()));
    result.damages.push_back(std::move(damage));
  }
};

void Verifier::VerifyStream(StreamId stream, base::Done<Verification> done) {
  auto walk = std::make_shared<Walk>();
  walk->only = stream;
  walk->done = std::move(done);
  ListKind(walk);
}

void Verifier::VerifyAll(base::Done<Verification> done) {
  auto walk = std::make_shared<Walk>();
  walk->done = std::move(done);
  ListKind(walk);
}

void Verifier::Finish(const WalkPtr& walk, absl::Status status) {
  if (!status.ok()) {
    std::move(walk->done)(std::move(status));
    return;
  }
  std::move(walk->done)(std::move(walk->result));
}

void Verifier::ListKind(const WalkPtr& walk) {
  store_.ListStreams({.kind = walk->kind, .after = walk->after},
                     [this, walk](absl::StatusOr<store::StreamPage> page) {
                       if (!page.ok()) return Finish(walk, page.status());
                       walk->more = page->more;
                       if (!page->streams.empty()) {
                         walk->after = page->streams.back().stream.id;
                       }
                       for (auto it = page->streams.rbegin();
                            it != page->streams.rend(); ++it) {
                         if (walk->reading_checkpoints ||
                             !walk->only.has_value() ||
                             it->stream == *walk->only) {
                           walk->heads.push_back(std::move(*it));
                         }
                       }
                       NextStream(walk);
                     });
}

void Verifier::NextStream(const WalkPtr& walk) {
  if (!walk->heads.empty()) {
    const StreamHead head = std::move(walk->heads.back());
    walk->heads.pop_back();
    walk->seen.insert(head.stream);
    walk->previous_checkpoint.clear();
    return WalkStream(walk, head, 0, store::ChainStart());
  }
  if (walk->more) return ListKind(walk);
  walk->after.reset();
  if (walk->reading_checkpoints) {
    walk->reading_checkpoints = false;
    walk->kind =
        walk->only.has_value() ? walk->only->kind : internal::kFirstWitnessed;
    if (!walk->only.has_value() ||
        walk->only->kind != StreamKind::kCheckpoint) {
      return ListKind(walk);
    }
    return Finish(walk, absl::OkStatus());
  }
  const std::optional<StreamKind> next = internal::NextWitnessed(walk->kind);
  if (!walk->only.has_value() && next.has_value()) {
    walk->kind = *next;
    return ListKind(walk);
  }
  for (const auto& [stream, versions] : walk->witnessed) {
    if (walk->only.has_value() && stream != *walk->only) continue;
    if (walk->seen.count(stream) == 0) {
      walk->Damage(stream, 0, "a checkpoint names it, and it is gone");
    }
  }
  Finish(walk, absl::OkStatus());
}

void Verifier::WalkStream(const WalkPtr& walk, const StreamHead& head,
                          int64_t after, std::string hash) {
  store_.ReadEvents(
      {.stream = head.stream,
       .after_version = after,
       .limit = store::kPageRowsMax},
      [this, walk, head, after,
       hash = std::move(hash)](absl::StatusOr<store::EventPage> page) mutable {
        if (!page.ok()) return Finish(walk, page.status());
        int64_t version = after;
        const auto& witnessed = walk->witnessed[head.stream];
        for (const store::StoredEvent& stored : page->events) {
          if (stored.version != version + 1) {
            walk->Damage(head.stream, version + 1, "the entry is missing");
          }
          version = stored.version;
          hash = store::ChainHash({.previous = hash, .stored = stored.bytes});
          if (hash != stored.chain_hash) {
            walk->Damage(head.stream, version,
                         "the entry, or its order, was changed");
            hash = stored.chain_hash;  // name later damages once each
          }
          const auto seen = witnessed.find(version);
          if (seen != witnessed.end() && seen->second != hash) {
            walk->Damage(head.stream, version,
                         "a checkpoint witnessed another history");
          }
          // Checkpoints read for the sake of one record are none of its own.
          if (!walk->only.has_value() || head.stream == *walk->only) {
            ++walk->result.verified;
          }
          if (walk->reading_checkpoints) {
            TakeCheckpoint(walk, head.stream, stored);
          }
        }
        if (page->more) return WalkStream(walk, head, version, hash);
        if (version > head.version) {
          return CheckGrown(walk, head, version, std::move(hash));
        }
        CloseStream(walk, head, version, hash);
        NextStream(walk);
      });
}

// The stream may have grown since its head was listed: what came with the
// entries must then fit the head as it is now, which may have grown again.
void Verifier::CheckGrown(const WalkPtr& walk, const StreamHead& listed,
                          int64_t version, std::string hash) {
  store_.ReadHead(listed.stream, [this, walk, version, hash = std::move(hash)](
                                     absl::StatusOr<StreamHead> head) {
    if (!head.ok()) return Finish(walk, head.status());
    StreamHead reached = *std::move(head);
    if (reached.version > version) {
      reached.version = version;
      reached.hash = hash;
    }
    CloseStream(walk, reached, version, hash);
    NextStream(walk);
  });
}

void Verifier::CloseStream(const WalkPtr& walk, const StreamHead& head,
                           int64_t version, const std::string& hash) {
  if (version != head.version || hash != head.hash) {
    walk->Damage(head.stream, version, "the head does not fit the entries");
  }
  if (walk->reading_checkpoints) return;
  const auto& witnessed = walk->witnessed[head.stream];
  const int64_t last = witnessed.empty() ? 0 : witnessed.rbegin()->first;
  if (last > version) {
    walk->Damage(head.stream, version + 1,
                 "entries a checkpoint witnessed were cut off");
  }
  if (version > last) walk->result.not_yet_witnessed += version - last;
}

void Verifier::TakeCheckpoint(const WalkPtr& walk, const StreamId& stream,
                              const store::StoredEvent& stored) {
  model::v1::SignedCheckpoint signed_checkpoint;
  model::v1::Checkpoint checkpoint;
  if (!signed_checkpoint.ParseFromString(stored.bytes) ||
      !checkpoint.ParseFromString(signed_checkpoint.checkpoint())) {
    return walk->Damage(stream, stored.version, "the checkpoint is unreadable");
  }
  const absl::Status verified =
      signer_.Verify({.algorithm = signed_checkpoint.algorithm(),
                      .key_id = signed_checkpoint.key_id(),
                      .bytes = signed_checkpoint.signature()},
                     signed_checkpoint.checkpoint());
  if (!verified.ok()) {
    walk->Damage(stream, stored.version,
                 "the signature of the checkpoint does not verify");
  }
  if (checkpoint.previous() != walk->previous_checkpoint) {
    walk->Damage(stream, stored.version,
                 "the checkpoint before it is missing or changed");
  }
  walk->previous_checkpoint = base::Sha256(stored.bytes);
  for (const model::v1::WitnessedHead& head : checkpoint.heads()) {
    const auto witnessed = store::StreamIdFromBytes(head.stream());
    if (!witnessed.ok()) continue;
    walk->witnessed[*witnessed][head.version()] = head.hash();
  }
}

}  // namespace careroute::engine
