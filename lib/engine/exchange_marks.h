// lib/engine/exchange_marks.h: how far this hub is with the referrals it shares
// with another one.
//
// A row for each such referral, written with its events by the stream that
// keeps a half of it: the case at the requester's hub, the referral at the
// performer's. After a restore the two hubs hold their rows against each other.
//
//   append.rows.push_back(MarksRow("hub/east", marks));
//   StoredMarks(store).Page({.lane = "hub/east", .after = last}, done);

#ifndef CAREROUTE_LIB_ENGINE_EXCHANGE_MARKS_H_
#define CAREROUTE_LIB_ENGINE_EXCHANGE_MARKS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/store/index_store.h"

namespace careroute::engine {

// The half of a referral that a hub writes. The numbers are stored.
enum class Half : std::uint8_t { kRequest = 1, kPerformance = 2 };

[[nodiscard]] inline Half OtherHalf(Half half) {
  return half == Half::kRequest ? Half::kPerformance : Half::kRequest;
}

struct ExchangeMarks {
  base::Uid referral;
  Half own = Half::kRequest;
  int32_t sent = 0;   // the last envelope of the own half
  int32_t taken = 0;  // the last envelope of the other half

  friend bool operator==(const ExchangeMarks&, const ExchangeMarks&) = default;
};

// `lane` is that of the other hub: "hub/{hub}".
[[nodiscard]] store::IndexRow MarksRow(absl::string_view lane,
                                       const ExchangeMarks& marks);
// DATA_LOSS for a row that MarksRow did not write.
[[nodiscard]] absl::StatusOr<ExchangeMarks> MarksOf(const store::IndexRow& row);

struct MarksPage {
  std::vector<ExchangeMarks> marks;  // by uid
  bool more = false;
};

// Thread-safe.
class MarksSource {
 public:
  virtual ~MarksSource() = default;

  struct PageRequest {
    std::string lane;
    std::optional<base::Uid> after;  // exclusive
    int32_t limit = 100;             // 1 to store::kPageRowsMax - 1
  };
  virtual void Page(PageRequest request, base::Done<MarksPage> done) = 0;
};

// Of the rows of a store, which must outlive it.
class StoredMarks final : public MarksSource {
 public:
  explicit StoredMarks(store::IndexStore& store) : store_(store) {}

  void Page(PageRequest request, base::Done<MarksPage> done) override;

 private:
  store::IndexStore& store_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_EXCHANGE_MARKS_H_
