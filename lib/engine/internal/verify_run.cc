#include "lib/engine/internal/verify_run.h"

#include <algorithm>
#include <utility>

#include "lib/store/chain.h"

namespace careroute::engine::internal {
namespace {

using store::StreamHead;
using store::StreamId;
using store::StreamKind;

// Behind every entry of the stream.
Place EndOf(const StreamId& stream) {
  return {.stream = stream, .version = INT64_MAX};
}

// Behind every stream.
Place EndOfAll() {
  return EndOf({.kind = static_cast<StreamKind>(UINT8_MAX),
                .id = {.high = UINT64_MAX, .low = UINT64_MAX}});
}

}  // namespace

VerifyRun::VerifyRun(const Verifier::Options& options,
                     std::optional<StreamId> only,
                     base::Done<Verification> done)
    : options_(options),
      only_(only),
      done_(std::move(done)),
      checkpoints_({.check = options.check,
                    .epoch = options.store.info().epoch,
                    .witnesses = options.witnesses,
                    .found = [this](const Damage& one) { Find(one); }}),
      heads_({.store = options.store,
              .witnesses = options.witnesses,
              .only = only,
              .window_max = options.heads_at_once}) {}

void VerifyRun::Start() {
  if (options_.progress == nullptr || only_.has_value()) {
    return ListCheckpoints();
  }
  Count(StreamKind::kCheckpoint, std::nullopt);
}

void VerifyRun::Count(StreamKind kind, std::optional<base::Uid> after) {
  options_.store.ListStreams(
      {.kind = kind, .after = after, .limit = store::kPageRowsMax},
      [self = shared_from_this(),
       kind](absl::StatusOr<store::StreamPage> page) {
        if (!page.ok()) return self->Finish(page.status());
        for (const StreamHead& head : page->streams) {
          self->total_ += head.version;
        }
        if (page->more)
          return self->Count(kind, page->streams.back().stream.id);
        const std::optional<StreamKind> next = kind == StreamKind::kCheckpoint
                                                   ? kFirstWitnessed
                                                   : NextWitnessed(kind);
        if (next.has_value()) return self->Count(*next, std::nullopt);
        self->ListCheckpoints();
      });
}

void VerifyRun::Find(const Damage& damage) {
  std::vector<Damage>& list = damage.kind == DamageKind::kForgotten
                                  ? result_.forgotten
                                  : result_.damages;
  if (list.size() < kDamagesMax) list.push_back(damage);
}

void VerifyRun::Tell() const {
  if (options_.progress != nullptr && total_ > 0) {
    options_.progress(std::min(result_.verified, total_), total_);
  }
}

void VerifyRun::Finish(absl::Status status) {
  if (!status.ok()) {
    std::move(done_)(std::move(status));
    return;
  }
  std::move(done_)(std::move(result_));
}

void VerifyRun::Link(const StreamId& stream, const store::StoredEvent& stored,
                     int64_t& version, std::string& hash) {
  if (stored.version != version + 1) {
    Find({.stream = stream,
          .version = version + 1,
          .kind = DamageKind::kMissing});
  }
  version = stored.version;
  hash = store::ChainHash({.previous = hash, .stored = stored.bytes});
  if (hash != stored.chain_hash) {
    Find({.stream = stream, .version = version, .kind = DamageKind::kChanged});
    hash = stored.chain_hash;  // name later damages once each
  }
  // Checkpoints read for the sake of one record are none of its own.
  if (!only_.has_value() || stream == *only_) ++result_.verified;
}

void VerifyRun::CheckHead(const StreamHead& head, int64_t version,
                          const std::string& hash) {
  if (version == head.version && hash == head.hash) return;
  Find({.stream = head.stream,
        .version = version,
        .kind = DamageKind::kHeadUnfit});
}

void VerifyRun::CloseGrown(const StreamHead& listed, int64_t version,
                           std::string hash, Then then) {
  options_.store.ReadHead(
      listed.stream,
      [self = shared_from_this(), version, hash = std::move(hash),
       then = std::move(then)](absl::StatusOr<StreamHead> head) {
        if (!head.ok()) return self->Finish(head.status());
        StreamHead reached = *std::move(head);
        // It may have grown again.
        if (reached.version > version) {
          reached.version = version;
          reached.hash = hash;
        }
        self->CheckHead(reached, version, hash);
        then();
      });
}

// --- The checkpoints ---------------------------------------------------------

void VerifyRun::ListCheckpoints() {
  options_.store.ListStreams(
      {.kind = StreamKind::kCheckpoint,
       .after = listed_,
       .limit = store::kPageRowsMax},
      [self = shared_from_this()](absl::StatusOr<store::StreamPage> page) {
        if (!page.ok()) return self->Finish(page.status());
        self->more_ = page->more;
        if (!page->streams.empty()) {
          self->listed_ = page->streams.back().stream.id;
        }
        self->streams_ = {page->streams.rbegin(), page->streams.rend()};
        self->NextCheckpoints();
      });
}

void VerifyRun::NextCheckpoints() {
  Tell();
  if (!streams_.empty()) {
    const StreamHead head = std::move(streams_.back());
    streams_.pop_back();
    checkpoints_.Start(head.stream);
    return WalkCheckpoints(head, 0, store::ChainStart());
  }
  if (more_) return ListCheckpoints();
  checkpoints_.Finish();
  if (only_.has_value() && only_->kind == StreamKind::kCheckpoint) {
    return Finish(absl::OkStatus());
  }
  LoadHeads([this] {
    listed_.reset();
    if (!only_.has_value()) return ListKind();
    options_.store.ReadHead(
        *only_, [self = shared_from_this()](absl::StatusOr<StreamHead> head) {
          if (!head.ok()) return self->Finish(head.status());
          self->kind_ = store::kStreamKindLast;
          if (head->version > 0) self->streams_ = {*std::move(head)};
          self->NextStream();
        });
  });
}

void VerifyRun::WalkCheckpoints(const StreamHead& head, int64_t after,
                                std::string hash) {
  options_.store.ReadEvents(
      {.stream = head.stream,
       .after_version = after,
       .limit = store::kPageRowsMax},
      [self = shared_from_this(), head, after,
       hash = std::move(hash)](absl::StatusOr<store::EventPage> page) mutable {
        if (!page.ok()) return self->Finish(page.status());
        int64_t version = after;
        for (const store::StoredEvent& stored : page->events) {
          self->Link(head.stream, stored, version, hash);
          self->checkpoints_.Take(stored);
        }
        self->Tell();
        if (page->more) {
          return self->WalkCheckpoints(head, version, std::move(hash));
        }
        self->checkpoints_.Close();
        if (version > head.version) {
          return self->CloseGrown(head, version, std::move(hash),
                                  [self] { self->NextCheckpoints(); });
        }
        self->CheckHead(head, version, hash);
        self->NextCheckpoints();
      });
}

// --- The streams, and what was witnessed of them -----------------------------

void VerifyRun::LoadHeads(Then then) {
  heads_.LoadAfter(heads_.end(), [self = shared_from_this(),
                                  then = std::move(then)](absl::Status loaded) {
    if (!loaded.ok()) return self->Finish(std::move(loaded));
    self->cursor_ = 0;
    then();
  });
}

void VerifyRun::ListKind() {
  options_.store.ListStreams(
      {.kind = kind_, .after = listed_, .limit = store::kPageRowsMax},
      [self = shared_from_this()](absl::StatusOr<store::StreamPage> page) {
        if (!page.ok()) return self->Finish(page.status());
        self->more_ = page->more;
        if (!page->streams.empty()) {
          self->listed_ = page->streams.back().stream.id;
        }
        self->streams_ = {page->streams.rbegin(), page->streams.rend()};
        self->NextStream();
      });
}

void VerifyRun::NextKind() {
  listed_.reset();
  const std::optional<StreamKind> next = NextWitnessed(kind_);
  if (!next.has_value()) {
    return PassOver(EndOfAll(), [this] { Finish(absl::OkStatus()); });
  }
  kind_ = *next;
  ListKind();
}

void VerifyRun::NextStream() {
  Tell();
  if (streams_.empty()) return more_ ? ListKind() : NextKind();
  PassOver({.stream = streams_.back().stream}, [this] {
    const StreamHead head = std::move(streams_.back());
    streams_.pop_back();
    WalkFromStart(head);
  });
}

void VerifyRun::HoldAgainstHeads(const StreamId& stream, int64_t version,
                                 const std::string& hash) {
  const Place place{.stream = stream, .version = version};
  for (; HasHead() && Head().place <= place; ++cursor_) {
    // Of an entry that is missing: that was named.
    if (Head().place != place) continue;
    last_witnessed_ = version;
    if (Head().hash == ToHashBytes(hash)) continue;
    Find({.stream = stream,
          .version = version,
          .kind = Head().before_restore ? DamageKind::kForgotten
                                        : DamageKind::kOtherHistory});
  }
}

bool VerifyRun::TakePage(const StreamId& stream, const store::EventPage& page,
                         int64_t& version, std::string& hash) {
  for (const store::StoredEvent& stored : page.events) {
    if (!heads_.Covers({.stream = stream, .version = stored.version})) {
      return false;
    }
    Link(stream, stored, version, hash);
    HoldAgainstHeads(stream, version, hash);
  }
  return page.more || heads_.Covers(EndOf(stream));
}

void VerifyRun::WalkFromStart(const StreamHead& head) {
  last_witnessed_ = 0;
  cut_.reset();
  Walk(head, 0, store::ChainStart());
}

void VerifyRun::Walk(const StreamHead& head, int64_t after, std::string hash) {
  options_.store.ReadEvents(
      {.stream = head.stream,
       .after_version = after,
       .limit = store::kPageRowsMax},
      [self = shared_from_this(), head, after,
       hash = std::move(hash)](absl::StatusOr<store::EventPage> page) mutable {
        if (!page.ok()) return self->Finish(page.status());
        int64_t version = after;
        const bool whole = self->TakePage(head.stream, *page, version, hash);
        self->Tell();
        if (!whole) {
          const auto& events = page->events;
          if (events.empty() || events.back().version == version) {
            self->NoteCut(head.stream);
          }
          // Read again, for what a checkpoint read later witnessed may have
          // been written since.
          return self->LoadHeads(
              [self, head, version, hash] { self->Walk(head, version, hash); });
        }
        if (page->more) return self->Walk(head, version, std::move(hash));
        self->CloseStream(head, version, std::move(hash));
      });
}

bool VerifyRun::SkipHeadsOf(const StreamId& stream) {
  bool all_before_restore = true;
  for (; HasHead() && Head().place.stream == stream; ++cursor_) {
    if (!Head().before_restore) all_before_restore = false;
  }
  return all_before_restore;
}

void VerifyRun::NoteCut(const StreamId& stream) {
  if (!HasHead() || Head().place.stream != stream) return;
  const DamageKind kind =
      SkipHeadsOf(stream) ? DamageKind::kForgotten : DamageKind::kCutOff;
  if (cut_ != DamageKind::kCutOff) cut_ = kind;
}

void VerifyRun::CloseStream(const StreamHead& head, int64_t version,
                            std::string hash) {
  NoteCut(head.stream);
  if (cut_.has_value()) {
    Find({.stream = head.stream, .version = version + 1, .kind = *cut_});
  }
  result_.not_yet_witnessed += version - last_witnessed_;
  if (version > head.version) {
    return CloseGrown(head, version, std::move(hash), [this] { NextStream(); });
  }
  CheckHead(head, version, hash);
  NextStream();
}

void VerifyRun::PassOver(const Place& place, Then then) {
  while (HasHead() && Head().place < place) {
    const StreamId stream = Head().place.stream;
    if (stream != last_gone_) {
      return LookForGone(stream, [this, place, then = std::move(then)] {
        PassOver(place, then);
      });
    }
    static_cast<void>(SkipHeadsOf(stream));
  }
  if (heads_.Covers(place)) return then();
  LoadHeads([this, place, then = std::move(then)] { PassOver(place, then); });
}

void VerifyRun::LookForGone(const StreamId& stream, Then retry) {
  options_.store.ReadHead(
      stream, [self = shared_from_this(), stream,
               retry = std::move(retry)](absl::StatusOr<StreamHead> head) {
        if (!head.ok()) return self->Finish(head.status());
        if (head->version > 0) {
          // It came after its kind was listed.
          return self->WalkFromStart(*head);
        }
        self->last_gone_ = stream;
        const bool forgotten = self->SkipHeadsOf(stream);
        self->Find(
            {.stream = stream,
             .version = 0,
             .kind = forgotten ? DamageKind::kForgotten : DamageKind::kGone});
        retry();
      });
}

}  // namespace careroute::engine::internal
