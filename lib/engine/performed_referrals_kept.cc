// What a referral's envelopes said before this release understood it.

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "lib/engine/all_rows.h"
#include "lib/engine/internal/performed_events.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/sealing.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

// The bytes of the event's envelope; none when it holds none.
std::optional<std::string> EnvelopeIn(
    const std::vector<PlainClassPart>& parts) {
  for (const PlainClassPart& part : parts) {
    if (!part.part.envelope().empty()) return part.part.envelope();
  }
  return std::nullopt;
}

}  // namespace

// One referral after the other, of each one envelope after the other.
// One that fails holds up only itself: what it keeps is told at the next start.
struct PerformedReferrals::Replay {
  ReadKept read;
  std::deque<base::Uid> referrals;
  base::Uid uid;  // whose envelopes are told now
  std::string home_hub;
  internal::KeyPtr key;
  std::deque<KeptEnvelope> kept;
  int effects = 0;
  base::Done<int> done;
};

void PerformedReferrals::ReplayKept(ReadKept read, base::Done<int> done) {
  auto replay = std::make_shared<Replay>();
  replay->read = std::move(read);
  replay->done = std::move(done);
  ListKept(replay);
}

void PerformedReferrals::ListKept(const ReplayPtr& replay) {
  ReadAllRows(
      store_, ListOf(Table::kKeptEnvelopes, ""),
      [this, replay](absl::StatusOr<std::vector<store::IndexRow>> rows) {
        if (!rows.ok()) return std::move(replay->done)(rows.status());
        for (const store::IndexRow& row : *rows) {
          const absl::StatusOr<base::Uid> uid = base::ParseUid(row.id);
          if (uid.ok()) replay->referrals.push_back(*uid);
        }
        ReplayNextReferral(replay);
      });
}

void PerformedReferrals::ReplayNextReferral(const ReplayPtr& replay) {
  if (replay->referrals.empty()) {
    return std::move(replay->done)(replay->effects);
  }
  const base::Uid uid = replay->referrals.front();
  replay->referrals.pop_front();
  replay->uid = uid;
  streams_.Load(uid, [this, replay, uid](absl::StatusOr<Loaded<State>> loaded) {
    if (!loaded.ok()) return ReplayNextReferral(replay);
    replay->home_hub = loaded->state->home_hub;
    replay->kept = {loaded->state->kept.begin(), loaded->state->kept.end()};
    FindKey(uid, loaded->version, [this, replay](absl::StatusOr<Keyed> keyed) {
      if (!keyed.ok()) return ReplayNextReferral(replay);
      replay->key = std::move(keyed->key);
      ReplayNextEnvelope(replay);
    });
  });
}

void PerformedReferrals::ReplayNextEnvelope(const ReplayPtr& replay) {
  if (replay->kept.empty()) return ReplayNextReferral(replay);
  const KeptEnvelope kept = replay->kept.front();
  replay->kept.pop_front();
  if (replay->key != nullptr) return ReadEnvelope(replay, kept);
  // What it said went with the key.
  TellAgain(replay, {.referral = replay->uid,
                     .from_hub = replay->home_hub,
                     .sequence = kept.sequence,
                     .what = WithheldWord{.why = "erased"}});
}

void PerformedReferrals::ReadEnvelope(const ReplayPtr& replay,
                                      const KeptEnvelope& kept) {
  store_.ReadEvents(
      {.stream = PerformedStream(replay->uid),
       .after_version = kept.version - 1,
       .limit = 1},
      [this, replay, kept](absl::StatusOr<store::EventPage> page) {
        event::v1::ReferralEvent event;
        if (!page.ok() || page->events.empty() ||
            !event.ParseFromString(page->events.front().bytes)) {
          return ReplayNextReferral(replay);
        }
        const auto parts = OpenParts({.sealer = sealer_,
                                      .key = *replay->key,
                                      .person = replay->uid,
                                      .stream = replay->uid},
                                     event.header());
        if (!parts.ok()) return ReplayNextReferral(replay);
        const std::optional<std::string> bytes = EnvelopeIn(*parts);
        std::optional<Incoming> incoming;
        if (bytes.has_value()) incoming = replay->read(*bytes);
        if (!incoming.has_value()) return ReplayNextEnvelope(replay);
        // Whatever the bytes say, they are those of this place.
        incoming->referral = replay->uid;
        incoming->from_hub = replay->home_hub;
        incoming->sequence = kept.sequence;
        TellAgain(replay, *std::move(incoming));
      });
}

void PerformedReferrals::TellAgain(const ReplayPtr& replay, Incoming incoming) {
  Tell({.incoming = std::move(incoming), .again = true},
       [this, replay](absl::StatusOr<TakeResult> result) {
         if (!result.ok()) return ReplayNextReferral(replay);
         if (result->fate == Fate::kTaken) ++replay->effects;
         ReplayNextEnvelope(replay);
       });
}

}  // namespace careroute::engine
