#include "lib/exchange/sender.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/internal/send_run.h"
#include "lib/exchange/internal/times.h"
#include "lib/exchange/retry.h"

namespace careroute::exchange {
namespace {

// Its code alone: what another hub or a driver writes may hold anything.
std::string InWords(const absl::Status& status) {
  return absl::StrCat("the hub did not answer: ",
                      absl::StatusCodeToString(status.code()));
}

}  // namespace

Sender::Sender(Options options)
    : options_(std::move(options)),
      lane_(engine::LaneOf(options_.peer.hub_id)) {}

Sender::~Sender() = default;

void Sender::Start() {
  {
    const base::MutexLock lock(mutex_);
    stopped_ = false;
  }
  Wake();
}

// Hundreds of commits in a moment are one look.
void Sender::Wake() {
  {
    const base::MutexLock lock(mutex_);
    if (running_) again_ = true;
    if (running_ || stopped_ || std::exchange(woken_, true)) return;
  }
  options_.executor.Post([self = shared_from_this()] { self->Look(); });
}

void Sender::Retry() {
  std::vector<store::OutboxKey> rows;
  std::string problem;
  {
    const base::MutexLock lock(mutex_);
    quiet_until_ = absl::InfinitePast();
    rows = std::exchange(put_off_, {});
    problem = problem_;
  }
  options_.transport.Renew(options_.peer.hub_id);
  Hasten(rows, problem);
  Wake();
}

// A pause as short as the first is kept: a hub that speaks all the time and
// takes nothing is asked no oftener.
void Sender::Heard() {
  const absl::Time soon = options_.clock.Now() + 2 * kRetryFirst;
  {
    const base::MutexLock lock(mutex_);
    failures_ = 0;
    if (stopped_ || running_ || quiet_until_ <= soon) return;
  }
  Retry();
}

// What waited for the peer as a whole. A row that stays for a failure here is
// due by itself later.
void Sender::Hasten(const std::vector<store::OutboxKey>& rows,
                    const std::string& problem) {
  auto left = std::make_shared<std::atomic<size_t>>(rows.size());
  for (const store::OutboxKey& row : rows) {
    options_.store.Reschedule(
        {.key = row, .due = options_.clock.Now(), .problem = problem},
        [self = shared_from_this(), left](absl::Status) {
          if (--*left == 0) self->Wake();
        });
  }
}

void Sender::Stop(base::DoneStatus done) {
  {
    const base::MutexLock lock(mutex_);
    stopped_ = true;
    if (running_) {
      on_stopped_ = std::move(done);
      return;
    }
  }
  std::move(done)(absl::OkStatus());
}

std::string Sender::problem() const {
  const base::MutexLock lock(mutex_);
  return problem_;
}

// --- Looking ----------------------------------------------------------------

void Sender::LookAt(absl::Time when) {
  {
    const base::MutexLock lock(mutex_);
    if (stopped_ || when >= next_look_) return;
    next_look_ = when;
  }
  options_.executor.PostAt(when, [weak = weak_from_this(), when] {
    const std::shared_ptr<Sender> self = weak.lock();
    if (self == nullptr) return;
    {
      const base::MutexLock lock(self->mutex_);
      if (self->next_look_ == when) {
        self->next_look_ = absl::InfiniteFuture();
      }
    }
    self->Look();
  });
}

void Sender::Look() {
  absl::Time quiet_until;
  {
    const base::MutexLock lock(mutex_);
    woken_ = false;
    if (stopped_) return;
    if (running_) {
      again_ = true;
      return;
    }
    quiet_until = quiet_until_;
    if (quiet_until <= options_.clock.Now()) {
      running_ = true;
      put_off_.clear();
    }
  }
  if (quiet_until > options_.clock.Now()) return LookAt(quiet_until);
  auto run = std::make_shared<Run>();
  options_.streams.Read(
      options_.peer.hub_id,
      [self = shared_from_this(), run](absl::StatusOr<PeerReading> peer) {
        // One that is paused looks again when somebody resumes it.
        if (!peer.ok() || peer->state->paused || peer->state->ahead) {
          return self->Finish(run);
        }
        run->batch = peer->state->sent_batch + 1;
        self->Take(run);
      });
}

void Sender::Take(const RunPtr& run) {
  options_.store.TakeDue(
      {.lane = lane_,
       .now = options_.clock.Now(),
       .lease = kTakenFor,
       .limit = kEnvelopesPerBatchMax},
      [self = shared_from_this(),
       run](absl::StatusOr<std::vector<store::OutboxRow>> rows) {
        if (!rows.ok()) return self->Finish(run);
        run->took_all = rows->size() < size_t{kEnvelopesPerBatchMax};
        std::sort(rows->begin(), rows->end(),
                  [](const store::OutboxRow& a, const store::OutboxRow& b) {
                    return a.key < b.key;
                  });
        for (store::OutboxRow& row : *rows) {
          run->queue.push_back({.row = std::move(row)});
        }
        self->Fill(run);
      });
}

// --- Building ---------------------------------------------------------------

// Several at once, for each waits for the store; and no more than may leave
// soon, for each is judged by what is in force when it is built.
void Sender::Fill(const RunPtr& run) {
  const size_t room = size_t{kEnvelopesPerBatchMax} - run->items.size();
  const size_t count = std::min({run->queue.size(), room, kBuiltAtOnceMax});
  if (count == 0) return run->items.empty() ? Finish(run) : Send(run);
  run->to_place = count;
  run->to_build = count;
  for (size_t i = 0; i < count; ++i) Build(run, run->queue[i]);
}

// Touches the item alone: others are built meanwhile.
void Sender::Build(const RunPtr& run, Item& item) {
  options_.envelopes.Build({.row = item.row, .peer = options_.peer.hub_id},
                           [self = shared_from_this(), run,
                            &item](absl::StatusOr<BuiltEnvelope> built) {
                             if (built.ok()) {
                               item.built = *std::move(built);
                             } else {
                               item.why_not_built = built.status().code();
                             }
                             if (--run->to_build == 0) self->PlaceNext(run);
                           });
}

void Sender::PlaceNext(const RunPtr& run) {
  if (run->to_place == 0) return Fill(run);
  --run->to_place;
  Item item = std::move(run->queue.front());
  run->queue.pop_front();
  if (!item.built.has_value()) {
    run->unreadable.emplace(
        item.row.key.stream,
        Later(item,
              absl::StrCat("it could not be built: ",
                           absl::StatusCodeToString(item.why_not_built))));
  }
  const auto unreadable = run->unreadable.find(item.row.key.stream);
  if (unreadable == run->unreadable.end()) return Place(run, std::move(item));
  item.built.reset();
  PutOff(
      run, item, unreadable->second,
      [self = shared_from_this(), run](absl::Status) { self->PlaceNext(run); });
}

// In the batch, unless something speaks against it.
void Sender::Place(const RunPtr& run, Item item) {
  const BuiltEnvelope& built = *item.built;
  auto go_on = [self = shared_from_this(), run](absl::Status) {
    self->PlaceNext(run);
  };
  const bool never_left =
      item.is_row && built.sequence == 1 && item.row.attempts <= 1;
  const bool taken_back =
      built.taken_back && built.side == v1::REFERRAL_SIDE_REQUEST &&
      (never_left || run->silenced.contains(built.referral));
  if (taken_back) run->silenced.insert(built.referral);
  if (taken_back || built.moot) {
    if (!item.is_row) return go_on(absl::OkStatus());
    return options_.store.Settle({item.row.key}, std::move(go_on));
  }
  const auto held = run->held.find(item.key());
  if (held != run->held.end()) {
    return PutOff(run, item, held->second, std::move(go_on));
  }
  if (built.bytes.size() > kEnvelopeBytesMax) {
    return Refuse(run, item, "too_large", std::move(go_on));
  }
  if (run->bytes + built.bytes.size() > kBatchBytesMax) {
    run->queue.push_front(std::move(item));
    return Send(run);
  }
  run->bytes += built.bytes.size();
  run->items.push_back(std::move(item));
  PlaceNext(run);
}

// --- Sending ----------------------------------------------------------------

void Sender::Send(const RunPtr& run) {
  v1::Manifest& manifest = run->manifest;
  manifest.Clear();
  manifest.set_from_hub(options_.hub_id);
  manifest.set_to_hub(options_.peer.hub_id);
  manifest.set_epoch(options_.epoch);
  manifest.set_batch(run->batch);
  *manifest.mutable_sent_time() = internal::ToProto(options_.clock.Now());
  if (auto news = options_.checkpoints.For(options_.peer.hub_id)) {
    *manifest.mutable_checkpoint() = *std::move(news);
  }
  v1::DeliverRequest request;
  for (Item& item : run->items) {
    manifest.add_hashes(base::Sha256(item.built->bytes));
    request.add_envelopes(std::move(item.built->bytes));
  }
  run->signed_manifest = Sign(manifest, options_.signer);
  request.set_manifest(run->signed_manifest.bytes);
  *request.mutable_signature() = run->signed_manifest.signature;
  options_.transport.Deliver(
      options_.peer.hub_id, request, options_.clock.Now() + kDeliverWithin,
      [self = shared_from_this(),
       run](absl::StatusOr<v1::DeliverResponse> response) {
        self->Check(run, std::move(response));
      });
}

void Sender::Check(const RunPtr& run,
                   absl::StatusOr<v1::DeliverResponse> response) {
  if (!response.ok()) return Fail(run, InWords(response.status()));
  const SignedBytes received{.bytes = std::move(*response->mutable_receipt()),
                             .signature = response->signature()};
  const bool fits = received.bytes.size() <= kReceiptBytesMax;
  absl::StatusOr<v1::Receipt> receipt =
      OpenReceipt(received, options_.peer.keys);
  if (!fits || !receipt.ok() ||
      !CheckReceipt(*receipt, run->manifest, run->signed_manifest).ok()) {
    return Fail(run,
                "its receipt is not signed with a key of its configuration "
                "here, or answers something else");
  }
  run->receipt = *std::move(receipt);
  options_.streams.RecordSent(
      options_.peer.hub_id,
      {.manifest = run->signed_manifest.bytes,
       .signature = run->signed_manifest.signature,
       .receipt = received.bytes,
       .receipt_signature = received.signature},
      [self = shared_from_this(), run](absl::Status recorded) {
        if (!recorded.ok()) {
          return self->Fail(run, "its receipt could not be recorded here");
        }
        self->options_.checkpoints.Told(self->options_.peer.hub_id,
                                        run->manifest.checkpoint());
        ++run->batch;
        run->was_answered = true;
        self->Conclude(run, 0);
      });
}

// The peer as a whole is left alone for a while: all that was taken is due
// again when it is asked the next time.
void Sender::Fail(const RunPtr& run, const std::string& problem) {
  Delay delay{.problem = problem};
  {
    const base::MutexLock lock(mutex_);
    ++failures_;
    quiet_until_ =
        options_.clock.Now() + RetryAfter(failures_, options_.random);
    delay.due = quiet_until_;
    problem_ = problem;
  }
  run->was_answered = false;
  for (Item& item : run->queue) run->items.push_back(std::move(item));
  run->queue.clear();
  for (const Item& item : run->items) {
    if (item.is_row) run->put_off.push_back(item.row.key);
  }
  PutOffAll(run, 0, delay);
}

void Sender::Finish(const RunPtr& run) {
  base::DoneStatus on_stopped;
  bool again = false;
  {
    const base::MutexLock lock(mutex_);
    running_ = false;
    again = std::exchange(again_, false) || !run->took_all;
    put_off_ = std::move(run->put_off);
    if (run->was_answered) {
      failures_ = 0;
      problem_.clear();
    }
    on_stopped = std::exchange(on_stopped_, nullptr);
  }
  if (on_stopped != nullptr) {
    return std::move(on_stopped)(absl::OkStatus());
  }
  if (again) return Look();
  LookAt(std::min(run->next_due, options_.clock.Now() + kLookEvery));
}

}  // namespace careroute::exchange
