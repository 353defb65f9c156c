// lib/exchange/internal/send_run.h: one look of a sender at its lane.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_SEND_RUN_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_SEND_RUN_H_

#include <atomic>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/exchange/manifest.h"
#include "lib/exchange/sender.h"

namespace careroute::exchange {

// An envelope to send.
struct Sender::Item {
  store::OutboxRow row;
  bool is_row = true;  // false: built again for a gap, and owed by no row
  int gaps = 0;        // that were filled for it
  std::optional<BuiltEnvelope> built;
  absl::StatusCode why_not_built = absl::StatusCode::kOk;

  using Key = std::pair<base::Uid, v1::ReferralSide>;
  [[nodiscard]] Key key() const { return {built->referral, built->side}; }
};

// Touched by one step at a time; while items are built, each by its own.
struct Sender::Run {
  std::deque<Item> queue;           // not placed yet, the next first
  std::atomic<size_t> to_build{0};  // of the queue's first, still
  size_t to_place = 0;              // of them, still
  bool took_all = true;             // that was due
  bool was_answered = false;
  int64_t batch = 1;  // number of the next one

  // Of the batch.
  std::vector<Item> items;
  size_t bytes = 0;
  v1::Manifest manifest;
  SignedBytes signed_manifest;
  v1::Receipt receipt;
  std::vector<store::OutboxKey> settled;  // of it, and not written yet
  std::vector<Item> again;                // to be sent again, in order
  std::set<Item::Key> refilled;           // referrals whose gap was looked up

  // Referrals of which nothing more is sent by this run, and until when.
  std::map<Item::Key, Delay> held;
  // Records of which something could not be built.
  std::map<store::StreamId, Delay> unreadable;
  // Referrals that were taken back before anything of them left.
  std::set<base::Uid> silenced;
  absl::Time next_due = absl::InfiniteFuture();  // of what was put off
  // With the peer as a whole, until it is asked again.
  std::vector<store::OutboxKey> put_off;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_SEND_RUN_H_
