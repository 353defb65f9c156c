#include "lib/api/call_limits.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/api/status.h"

namespace careroute::api {
namespace {

// What may be made at once, as time at the full rate.
constexpr absl::Duration kAllowance = absl::Seconds(1);

// Of another hub, all its calls are one caller's.
std::string CallerOf(const Call& call) {
  return call.peer_hub.empty() ? call.actor.member()
                               : absl::StrCat("hubs/", call.peer_hub);
}

struct TooManyOptions {
  int calls_per_second = 0;
  absl::Duration wait;
};
absl::Status TooMany(const TooManyOptions& options) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_OVERLOADED);
  refusal.set_message_key("too_many_calls");
  refusal.set_message(absl::StrCat("the caller makes more than ",
                                   options.calls_per_second,
                                   " calls in a second"));
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("calls_per_second");
  missing.set_mend("wait as long as retry_after says, then send it again");
  // Rounded up: a moment too early would be refused again.
  const int64_t milliseconds = absl::ToInt64Milliseconds(
      absl::Ceil(options.wait, absl::Milliseconds(1)));
  refusal.mutable_retry_after()->set_seconds(milliseconds / 1000);
  refusal.mutable_retry_after()->set_nanos(
      static_cast<int32_t>(milliseconds % 1000) * 1'000'000);
  return RefusalStatus(refusal);
}

}  // namespace

CallLimits::CallLimits(const Options& options)
    : clock_(options.clock),
      calls_per_second_(std::max(1, options.calls_per_second)),
      interval_(kAllowance / calls_per_second_),
      span_began_(clock_.Elapsed()) {}

absl::Duration& CallLimits::PaidUntil(const std::string& caller,
                                      absl::Duration now) {
  if (now - span_began_ >= kAllowance ||
      recent_.size() >= kRememberedCallersMax) {
    earlier_ = std::exchange(recent_, {});
    span_began_ = now;
  }
  const auto [it, added] = recent_.try_emplace(caller, absl::ZeroDuration());
  if (added) {
    const auto before = earlier_.find(caller);
    if (before != earlier_.end()) it->second = before->second;
  }
  return it->second;
}

absl::Status CallLimits::Take(const Call& call) {
  const std::string caller = CallerOf(call);
  base::MutexLock lock(mutex_);
  const absl::Duration now = clock_.Elapsed();
  absl::Duration& paid_until = PaidUntil(caller, now);
  // Rest beyond the allowance is not saved up.
  const absl::Duration paid = std::max(paid_until, now) + interval_;
  const absl::Duration wait = paid - now - kAllowance;
  if (wait > absl::ZeroDuration()) {
    return TooMany({.calls_per_second = calls_per_second_, .wait = wait});
  }
  paid_until = paid;
  return absl::OkStatus();
}

}  // namespace careroute::api
