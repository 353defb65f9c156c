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

}  // namespace

// A stream on its way to be read: all of it, or one event.
struct PerformedReferrals::Opening {
  PerformedReading reading;
  internal::KeyPtr key;
  int64_t after_version = 0;
  base::Done<PerformedReading> done;
};

absl::StatusOr<PerformedEvent> PerformedReferrals::Open(
    base::Uid uid, std::shared_ptr<const State> state,
    const internal::KeyPtr& key, const std::string& stored) {
  PerformedEvent opened{.state = std::move(state)};
  if (!opened.event.ParseFromString(stored)) {
    return absl::DataLossError("an event of a referral is damaged");
  }
  event::v1::EventHeader& header = *opened.event.mutable_header();
  if (key == nullptr) {
    opened.erased = header.sealed_size() > 0;
  } else {
    DropRecalled(*opened.state, opened.event);
    const absl::StatusOr<std::vector<PlainClassPart>> parts = OpenParts(
        {.sealer = sealer_, .key = *key, .person = uid, .stream = uid}, header);
    if (!parts.ok()) return parts.status();
    internal::PutBack(*parts, opened.event);
    for (const PlainClassPart& one : *parts) opened.kept += one.part.envelope();
  }
  header.clear_sealed();
  return opened;
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
                            Open(reading.uid, reading.state, opening->key,
                                 stored.bytes);
                        if (!event.ok())
                          return std::move(opening->done)(event.status());
                        reading.history.push_back(*std::move(event));
                      }
                      if (page->more) return ReadPage(opening);
                      std::move(opening->done)(std::move(reading));
                    });
}

void PerformedReferrals::ReadEvent(base::Uid uid, int64_t version,
                                   base::Done<PerformedEvent> done) {
  auto found = std::make_shared<PerformedReading>();
  auto answer = std::make_shared<base::Done<PerformedEvent>>(std::move(done));
  const auto open = [this, uid, version, found,
                     answer](absl::StatusOr<Keyed> keyed) {
    if (!keyed.ok()) return std::move(*answer)(keyed.status());
    store_.ReadEvents(
        {.stream = PerformedStream(uid),
         .after_version = version - 1,
         .limit = 1},
        [this, uid, version, found, answer,
         key = std::move(keyed->key)](absl::StatusOr<store::EventPage> page) {
          if (!page.ok()) return std::move(*answer)(page.status());
          if (page->events.empty() || page->events.front().version != version) {
            return std::move(*answer)(
                absl::NotFoundError("the referral has no such event"));
          }
          std::move (*answer)(
              Open(uid, found->state, key, page->events.front().bytes));
        });
  };
  streams_.Load(uid, [this, uid, found, answer,
                      open](absl::StatusOr<Loaded<State>> loaded) {
    if (!loaded.ok()) return std::move(*answer)(loaded.status());
    found->state = loaded->state;
    FindKey(uid, loaded->version, open);
  });
}

}  // namespace careroute::engine
