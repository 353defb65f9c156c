// Referrals that are performed here, read.

#include <algorithm>
#include <utility>

#include "lib/engine/internal/performed_parts.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/sealing.h"

namespace careroute::engine {
namespace {

using event::v1::ReferralEvent;

// What the other half disclosed may be recalled; what the own half says is the
// performer's, who still owes it to the requester.
bool HoldsDisclosed(const ReferralEvent& event) {
  return event.has_arrived() || event.has_mirrored();
}

// What was recalled is not even opened.
void DropRecalled(const PerformedReferral& state, ReferralEvent& event) {
  if (!HoldsDisclosed(event)) return;
  auto& sealed = *event.mutable_header()->mutable_sealed();
  const auto gone = std::remove_if(
      sealed.begin(), sealed.end(), [&state](const event::v1::SealedPart& one) {
        return state.recalled.Contains(one.data_class());
      });
  sealed.erase(gone, sealed.end());
}

// As it is stored: what is sealed is not opened.
absl::StatusOr<PerformedEvent> Parse(
    std::shared_ptr<const PerformedReferral> state, const std::string& stored) {
  PerformedEvent closed{.state = std::move(state)};
  if (!closed.event.ParseFromString(stored)) {
    return absl::DataLossError("an event of a referral is damaged");
  }
  return closed;
}

}  // namespace

// A stream on its way to be read: all of it, or one event.
struct PerformedReferrals::Opening {
  PerformedReading reading;
  internal::KeyPtr key;
  int64_t after_version = 0;
  base::Done<PerformedReading> done;
};

absl::StatusOr<PerformedEvent> PerformedReferrals::Open(
    base::Uid uid, const internal::KeyPtr& key, PerformedEvent closed) {
  event::v1::EventHeader& header = *closed.event.mutable_header();
  if (key == nullptr) {
    closed.erased = header.sealed_size() > 0;
  } else {
    DropRecalled(*closed.state, closed.event);
    const absl::StatusOr<std::vector<PlainClassPart>> parts = OpenParts(
        {.sealer = sealer_, .key = *key, .person = uid, .stream = uid}, header);
    if (!parts.ok()) return parts.status();
    internal::PutBack(*parts, closed.event);
    for (const PlainClassPart& one : *parts) closed.kept += one.part.envelope();
  }
  header.clear_sealed();
  return closed;
}

void PerformedReferrals::Read(base::Uid uid,
                              base::Done<PerformedReading> done) {
  auto opening = std::make_shared<Opening>();
  opening->reading.uid = uid;
  opening->done = std::move(done);
  streams_.Load(uid, [this, uid,
                      opening](absl::StatusOr<Loaded<State>> loaded) {
    if (!loaded.ok()) return std::move(opening->done)(loaded.status());
    if (!loaded->state->arrived) {
      return std::move(opening->done)(
          absl::NotFoundError("there is no such referral"));
    }
    opening->reading.version = loaded->version;
    opening->reading.state = loaded->state;
    FindKey(uid, loaded->version, [this, opening](absl::StatusOr<Keyed> keyed) {
      if (!keyed.ok()) return std::move(opening->done)(keyed.status());
      opening->key = std::move(keyed->key);
      ReadPage(opening);
    });
  });
}

void PerformedReferrals::ReadPage(const OpeningPtr& opening) {
  store_.ReadEvents({.stream = PerformedStream(opening->reading.uid),
                     .after_version = opening->after_version,
                     .limit = store::kPageRowsMax},
                    [this, opening](absl::StatusOr<store::EventPage> page) {
                      if (!page.ok())
                        return std::move(opening->done)(page.status());
                      PerformedReading& reading = opening->reading;
                      for (const store::StoredEvent& stored : page->events) {
                        opening->after_version = stored.version;
                        // The reading is of one version, whatever was written
                        // meanwhile.
                        if (stored.version > reading.version) continue;
                        absl::StatusOr<PerformedEvent> event =
                            Parse(reading.state, stored.bytes);
                        if (event.ok()) {
                          event = Open(reading.uid, opening->key,
                                       *std::move(event));
                        }
                        if (!event.ok())
                          return std::move(opening->done)(event.status());
                        reading.history.push_back(*std::move(event));
                      }
                      if (page->more) return ReadPage(opening);
                      std::move(opening->done)(std::move(reading));
                    });
}

void PerformedReferrals::ReadEvent(const EventRequest& request,
                                   base::Done<PerformedEvent> done) {
  streams_.Load(request.uid, [this, request, done = std::move(done)](
                                 absl::StatusOr<Loaded<State>> loaded) mutable {
    if (!loaded.ok()) return std::move(done)(loaded.status());
    store_.ReadEvents(
        {.stream = PerformedStream(request.uid),
         .after_version = request.version - 1,
         .limit = 1},
        [this, request, state = std::move(loaded->state),
         done =
             std::move(done)](absl::StatusOr<store::EventPage> page) mutable {
          if (!page.ok()) return std::move(done)(page.status());
          if (page->events.empty() ||
              page->events.front().version != request.version) {
            return std::move(done)(
                absl::NotFoundError("the referral has no such event"));
          }
          OpenEvent(request,
                    Parse(std::move(state), page->events.front().bytes),
                    std::move(done));
        });
  });
}

// The key is fetched only for what it opens.
void PerformedReferrals::OpenEvent(const EventRequest& request,
                                   absl::StatusOr<PerformedEvent> closed,
                                   base::Done<PerformedEvent> done) {
  if (!closed.ok()) return std::move(done)(closed.status());
  event::v1::EventHeader& header = *closed->event.mutable_header();
  // What the hub itself did when the other half spoke has no words.
  if (request.own_half && HoldsDisclosed(closed->event)) header.clear_sealed();
  if (header.sealed().empty()) return std::move(done)(std::move(closed));
  FindKey(request.uid, request.version,
          [this, uid = request.uid, closed = *std::move(closed),
           done = std::move(done)](absl::StatusOr<Keyed> keyed) mutable {
            if (!keyed.ok()) return std::move(done)(keyed.status());
            std::move(done)(Open(uid, keyed->key, std::move(closed)));
          });
}

}  // namespace careroute::engine
