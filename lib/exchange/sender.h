// lib/exchange/sender.h: sends to one other hub what waits for it.
//
// Takes the rows of the peer's lane, builds and judges their envelopes, sends
// them in a signed batch and does what the receipt says. One batch is in
// flight; what is in memory is that batch, and the few envelopes that were
// built with its last and did not fit. Envelopes of one referral go in order,
// and what is wrong with one referral holds up no other:
//   - taken, or kept by a peer that is older: the row is settled;
//   - a gap: what is missing is built again out of the history and sent first;
//   - refused: the row waits until an administrator asks for it;
//   - anything else: it is tried again, later each time.
// A peer that does not answer at all is tried again as a whole, so that one
// batch a try is lost on it however much waits; once it is heard of, nearly at
// once. The case's coordinator is told of what did not arrive: at once when it
// never will, else once the referral's own first deadline is over, or
// `undelivered_after`.
//
//   auto sender = std::make_shared<Sender>(options);
//   sender->Start();
//   sender->Wake();   // there is something new

#ifndef CAREROUTE_LIB_EXCHANGE_SENDER_H_
#define CAREROUTE_LIB_EXCHANGE_SENDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/base/random.h"
#include "lib/engine/cases.h"
#include "lib/exchange/checkpoint_news.h"
#include "lib/exchange/envelopes.h"
#include "lib/exchange/peer.h"
#include "lib/exchange/peer_streams.h"
#include "lib/exchange/transport.h"
#include "lib/registry/signer.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// How long a peer may take to answer a batch: 256 durable writes on a slow disk
// take a few seconds.
inline constexpr absl::Duration kDeliverWithin = absl::Seconds(30);
// How long other processes leave rows alone that were taken: a batch is built
// and answered meanwhile, and what a process that died had taken waits no
// longer. One that takes longer sends nothing wrong: what comes twice has one
// effect.
inline constexpr absl::Duration kTakenFor = absl::Minutes(2);
// How often a sender looks without being woken: after what another process has
// written, or one that died has taken.
inline constexpr absl::Duration kLookEvery = absl::Seconds(30);
// When nothing limits a referral (demo: no act says how long a hub may be
// silent; a long weekend is over by then).
inline constexpr absl::Duration kUndeliveredAfter = absl::Hours(72);
// Envelopes built at once: enough that every core has one while others wait for
// the store.
inline constexpr size_t kBuiltAtOnceMax = 16;
// Gaps filled for one row in a row; a peer that still misses something is not
// what it says.
inline constexpr int kGapRoundsMax = 3;

// Thread-safe. Held by shared_ptr: what is under way keeps it alive. Everything
// handed in must outlive the executor's tasks.
class Sender : public std::enable_shared_from_this<Sender> {
 public:
  struct Options {
    std::string hub_id;  // this hub
    int64_t epoch = 1;   // of this hub's store
    Peer peer;
    absl::Duration undelivered_after = kUndeliveredAfter;
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::Signer& signer;
    Envelopes& envelopes;
    engine::Cases& cases;
    PeerStreams& streams;
    CheckpointNews& checkpoints;
    Transport& transport;
  };
  explicit Sender(Options options);
  ~Sender();

  void Start();
  // There may be something new. A peer that did not answer is not asked before
  // its time all the same.
  void Wake();
  // The same, and a peer that did not answer is asked at once, with all that
  // was put off for it.
  void Retry();
  // The peer has sent something. One that did not answer is asked at once, or
  // after the shortest of its pauses.
  void Heard();
  // Begins no other batch; completes once none is under way.
  void Stop(base::DoneStatus done);

  // Why the peer did not answer last, in words; empty = it did, or was not
  // asked yet.
  [[nodiscard]] std::string problem() const;

 private:
  struct Item;
  struct Run;
  using RunPtr = std::shared_ptr<Run>;

  // Looking and building (sender.cc).
  void Look();
  void LookAt(absl::Time when);
  void Take(const RunPtr& run);
  void Hasten(const std::vector<store::OutboxKey>& rows,
              const std::string& problem);
  void Fill(const RunPtr& run);
  void Build(const RunPtr& run, Item& item);
  void PlaceNext(const RunPtr& run);
  void Place(const RunPtr& run, Item item);
  void Send(const RunPtr& run);
  void Check(const RunPtr& run, absl::StatusOr<v1::DeliverResponse> response);
  void Fail(const RunPtr& run, const std::string& problem);
  void Finish(const RunPtr& run);

  // What becomes of each envelope (sender_verdicts.cc).
  void Conclude(const RunPtr& run, size_t index);
  void SettleAll(const RunPtr& run);
  void NextBatch(const RunPtr& run);
  void Taken(const RunPtr& run, const Item& item, base::DoneStatus next);
  void SettleTold(const RunPtr& run, const Item& item, absl::string_view why,
                  base::DoneStatus next);
  void Refuse(const RunPtr& run, const Item& item, absl::string_view why,
              base::DoneStatus next);
  void Gap(const RunPtr& run, const Item& item, int32_t expected,
           base::DoneStatus next);
  // Leaves the row until `due`, and tells the coordinator when that is late.
  struct Delay {
    absl::Time due;
    std::string problem;
  };
  void PutOff(const RunPtr& run, const Item& item, const Delay& delay,
              base::DoneStatus next);
  // And the envelopes of the referral that follow.
  void Hold(const RunPtr& run, const Item& item, const Delay& delay,
            base::DoneStatus next);
  void PutOffAll(const RunPtr& run, size_t index, const Delay& delay);
  // With the rest of its batch, at the end.
  void Settle(const RunPtr& run, const Item& item, base::DoneStatus next);
  void Tell(const Item& item, absl::string_view why, base::DoneStatus next);
  [[nodiscard]] bool IsLate(const BuiltEnvelope& built) const;
  [[nodiscard]] Delay Later(const Item& item, std::string problem) const;

  const Options options_;
  const std::string lane_;
  mutable base::Mutex mutex_;
  bool running_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool again_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool woken_ CAREROUTE_GUARDED_BY(mutex_) = false;  // a look is posted
  bool stopped_ CAREROUTE_GUARDED_BY(mutex_) = true;
  int32_t failures_ CAREROUTE_GUARDED_BY(mutex_) = 0;  // in a row
  // The peer is not asked before.
  absl::Time quiet_until_ CAREROUTE_GUARDED_BY(mutex_) = absl::InfinitePast();
  // What was put off until then: a batch.
  std::vector<store::OutboxKey> put_off_ CAREROUTE_GUARDED_BY(mutex_);
  // The nearest time it is to look by itself.
  absl::Time next_look_ CAREROUTE_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  std::string problem_ CAREROUTE_GUARDED_BY(mutex_);
  base::DoneStatus on_stopped_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_SENDER_H_
