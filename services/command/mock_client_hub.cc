#include "services/command/mock_client_hub.h"

#include <algorithm>
#include <utility>

#include "careroute/api/v1/referral_read_messages.pb.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "services/command/pages.h"
#include "services/command/request_id.h"

namespace careroute::services {
namespace {

using model::v1::Referral;

constexpr char kListReferrals[] =
    "careroute.api.v1.ReferralService.ListReferrals";
constexpr char kWatchReferrals[] =
    "careroute.api.v1.ReferralService.WatchReferrals";
constexpr char kGetClock[] = "careroute.testing.v1.ClockService.GetClock";
constexpr char kAdvanceClock[] =
    "careroute.testing.v1.ClockService.AdvanceClock";

}  // namespace

absl::StatusOr<ClientHub> ClientHub::Open(Options options) {
  ClientHub hub(std::move(options));
  const absl::Status asked = hub.VirtualNow().status();
  hub.virtual_ = asked.ok();
  if (!asked.ok() && !absl::IsUnimplemented(asked)) return asked;
  if (hub.options_.moves_clock && !hub.virtual_) {
    return absl::FailedPreconditionError(
        "--move-clock: the hub is on a real clock; only that of `careroute "
        "sandbox` can be moved");
  }
  return hub;
}

absl::StatusOr<absl::Time> ClientHub::VirtualNow() const {
  CAREROUTE_ASSIGN_OR_RETURN(
      const testing::v1::GetClockResponse reply,
      options_.client.Call<testing::v1::GetClockResponse>(
          kGetClock, testing::v1::GetClockRequest()));
  return absl::FromUnixSeconds(reply.time().seconds()) +
         absl::Nanoseconds(reply.time().nanos());
}

absl::StatusOr<absl::Time> ClientHub::Now() {
  if (virtual_) return VirtualNow();
  return base::RealClock().Now();
}

absl::StatusOr<std::vector<Referral>> ClientHub::Queue() {
  api::v1::ListReferralsRequest request;
  request.set_organisation(options_.organisation);
  CAREROUTE_ASSIGN_OR_RETURN(const api::v1::ListReferralsResponse all,
                             CallForAll<api::v1::ListReferralsResponse>(
                                 options_.client, kListReferrals, request));
  return std::vector<Referral>(all.referrals().begin(), all.referrals().end());
}

absl::Status ClientHub::Send(const ActCall& call) {
  return call.send(options_.client, call);
}

absl::Status ClientHub::MoveTo(absl::Time time) const {
  testing::v1::AdvanceClockRequest request;
  request.set_request_id(NewRequestId());
  const absl::Duration since = time - absl::UnixEpoch();
  // Rounded up: what is due within a second is due then.
  request.mutable_to_time()->set_seconds(
      absl::ToInt64Seconds(absl::Ceil(since, absl::Seconds(1))));
  return options_.client
      .Call<testing::v1::AdvanceClockResponse>(kAdvanceClock, request)
      .status();
}

absl::Status ClientHub::WaitUntil(absl::Time time) {
  if (options_.moves_clock && time < absl::InfiniteFuture()) {
    return MoveTo(time);
  }
  if (time == absl::InfiniteFuture()) return Watch(absl::InfiniteDuration());
  if (virtual_) return Watch(kClockLook);
  return Watch(std::max(time - base::RealClock().Now(), absl::ZeroDuration()));
}

absl::Status ClientHub::Watch(absl::Duration timeout) {
  api::v1::WatchReferralsRequest request;
  request.set_organisation(options_.organisation);
  request.set_resume_token(resume_token_);
  const absl::Status watched =
      options_.client.WithWatchTimeout(timeout)
          .Watch<api::v1::WatchReferralsResponse>(
              kWatchReferrals, request,
              [this](const api::v1::WatchReferralsResponse& message) {
                // Up to a message that moves the token: what is resumed from
                // there tells nothing twice.
                if (message.resume_token().empty()) return true;
                resume_token_ = message.resume_token();
                return false;
              });
  return absl::IsDeadlineExceeded(watched) ? absl::OkStatus() : watched;
}

}  // namespace careroute::services
