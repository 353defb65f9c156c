// lib/store/claim_store.h: what may exist only once across all streams.
//
// One open case a person and pathway, one person an identifier: no stream can
// see that alone, so the right to be the one is claimed here before the stream
// is written, and confirmed by the append that writes it. A process that dies
// in between leaves a claim nobody confirmed; after kClaimLapse the next
// contender takes it.
//
//   store.ClaimUnique({.key = key, .owner = stream, .now = now}, ...);
//   if (claim.owner == stream) { /* append, confirming `key` */ }
//   else                       { /* join claim.owner instead */ }
//
// A claim that nobody ever confirms is a lease: its holder asks again before it
// lapses, and of contenders one follows a holder that does not.

#ifndef CAREROUTE_LIB_STORE_CLAIM_STORE_H_
#define CAREROUTE_LIB_STORE_CLAIM_STORE_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// A key is a keyed hash or a few ids; it never holds an identifier in clear.
inline constexpr size_t kClaimKeyBytesMax = 256;

// Longer than any command lives between claim and append, short enough for
// a person at a counter to wait out.
inline constexpr absl::Duration kClaimLapse = absl::Minutes(1);

struct ClaimRequest {
  std::string key;  // 1 to kClaimKeyBytesMax bytes
  StreamId owner;   // the stream that will confirm it
  absl::Time now;
  // The age from which a claim that nobody confirmed may be taken; above zero,
  // and the same of all who contend for a key. Repeating a claim makes it new.
  absl::Duration lapse = kClaimLapse;
};

struct ReleaseRequest {
  std::string key;
  StreamId owner;
};

struct Claim {
  StreamId owner;          // who holds it after the call
  bool confirmed = false;  // the owner's stream exists and says so

  friend bool operator==(const Claim&, const Claim&) = default;
};

// Whether a claim nobody confirmed may pass to the contender. A claim from the
// future means that the clock stepped back, and lapses alike: so no claim lasts
// twice its lapse, whatever the clocks of two processes say.
[[nodiscard]] inline bool ClaimLapsed(absl::Time claimed,
                                      const ClaimRequest& contender) {
  return absl::AbsDuration(contender.now - claimed) >= contender.lapse;
}

// Thread-safe; writes are durable before they are answered. Failures:
// INVALID_ARGUMENT for a key or a lapse out of bounds, otherwise as
// EventStore::Append.
class ClaimStore {
 public:
  virtual ~ClaimStore() = default;

  // Takes the claim if it is free, lapsed or already the owner's, and answers
  // who holds it now. Losing is an answer, not an error. Safe to repeat.
  virtual void ClaimUnique(ClaimRequest request, base::Done<Claim> done) = 0;

  // Who holds the claim, or none; a lapsed one is still shown.
  virtual void FindClaim(std::string key,
                         base::Done<std::optional<Claim>> done) = 0;

  // Gives up a claim, confirmed or not, if `owner` holds it; otherwise does
  // nothing. Safe to repeat.
  virtual void ReleaseClaim(ReleaseRequest request, base::DoneStatus done) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_CLAIM_STORE_H_
