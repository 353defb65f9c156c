#include "bindings/c/internal/embedded_hub.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "bindings/c/internal/embedded_config.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "lib/api/status.h"
#include "lib/base/status_macros.h"
#include "lib/base/uid.h"
#include "services/core/hub_rules.h"

namespace careroute::bindings {
namespace {

constexpr char kAdvanceClock[] =
    "careroute.testing.v1.ClockService.AdvanceClock";

absl::Status Expired() {
  return absl::DeadlineExceededError("the deadline of the call is over");
}

// 32 digits in the usual groups.
std::string UuidOf(const base::Uid& uid) {
  const std::string hex = uid.Hex();
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-",
                      hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

// By the member whom every hub knows.
Request AdvanceBy(absl::Duration by, const base::Uid& request_id) {
  testing::v1::AdvanceClockRequest advance;
  const int64_t seconds = absl::ToInt64Seconds(by);
  advance.mutable_by()->set_seconds(seconds);
  advance.mutable_by()->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(by - absl::Seconds(seconds))));
  advance.set_request_id(UuidOf(request_id));
  Request request;
  request.call = std::make_shared<api::Call>();
  request.call->method = kAdvanceClock;
  request.call->metadata = {{"careroute-organisation", "organisations/hub"},
                            {"careroute-member", api::kFirstAdministrator},
                            {"careroute-role", "administrator"},
                            {"careroute-purpose", "coordination"}};
  request.body = advance.SerializeAsString();
  return request;
}

class EmbeddedWatch final : public Watch {
 public:
  EmbeddedWatch(WatchListPtr list, std::shared_ptr<WatchSink> sink)
      : sink_(std::move(sink)), listed_(std::move(list), sink_) {}
  ~EmbeddedWatch() override { sink_->Cancel(); }

  [[nodiscard]] absl::Status Check() const { return listed_.Check(); }

  [[nodiscard]] Answered Next(absl::Duration timeout) override {
    return sink_->Wait(timeout);
  }
  [[nodiscard]] Answered NextStart(Answer answer) override {
    return sink_->Start(std::move(answer));
  }
  [[nodiscard]] absl::Status Cancel() override {
    sink_->Cancel();
    return absl::OkStatus();
  }

 private:
  const std::shared_ptr<WatchSink> sink_;
  const ListedWatch listed_;
};

}  // namespace

class EmbeddedHub::Visit {
 public:
  explicit Visit(EmbeddedHub& hub) : hub_(hub), inside_(hub.visits_.Begin()) {}
  ~Visit() {
    if (inside_) hub_.visits_.End();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  [[nodiscard]] bool inside() const { return inside_; }

 private:
  EmbeddedHub& hub_;
  const bool inside_;
};

// --- Open and close ----------------------------------------------------------

absl::StatusOr<std::shared_ptr<Hub>> EmbeddedHub::Open(
    const std::string& config) {
  base::Problems problems;
  const config::v1::EmbeddedConfig embedded =
      ReadEmbeddedConfig(config, problems);
  if (problems.HasErrors()) return api::ProblemsStatus(problems);
  CAREROUTE_RETURN_IF_ERROR(services::MakeMissingKeyRing(embedded.hub()));
  std::optional<absl::Time> start;
  if (embedded.has_virtual_start_time()) {
    start =
        TimeOf(embedded.virtual_start_time(), "virtual_start_time", problems);
  }
  CAREROUTE_ASSIGN_OR_RETURN(
      std::unique_ptr<services::HubCore> core,
      services::HubCore::Open({.config = embedded.hub(),
                               .sandbox_start = start,
                               .still = true,
                               .quiet = !embedded.log()}));
  return std::shared_ptr<Hub>(new EmbeddedHub(std::move(core)));
}

EmbeddedHub::EmbeddedHub(std::unique_ptr<services::HubCore> core)
    : deadlines_(std::make_unique<Deadlines>(Deadlines::Options{
          .executor = core->io_executor(), .clock = real_clock_})),
      actors_(std::make_unique<api::DevelopmentActor>(
          api::DevelopmentActor::Options{.engine = core->engine()})),
      core_(std::move(core)),
      poster_(std::make_shared<Poster>(core_->executor())) {
  core_->Serve({.actors = *actors_});
}

EmbeddedHub::~EmbeddedHub() {
  // Of one that was never closed: the process has no memory for a handle.
  if (core_ != nullptr) Close(absl::ZeroDuration()).IgnoreError();
}

absl::Status EmbeddedHub::Close(absl::Duration drain) {
  live_.Drain();
  const absl::Time now = real_clock_.Now();
  live_.WaitUntilIdle(
      {.clock = real_clock_, .earliest = now, .deadline = now + drain});
  calls_.Cut(services::Draining());
  // Whoever waited has been answered and is on the way out.
  visits_.Drain();
  visits_.WaitUntilIdle({.clock = real_clock_,
                         .earliest = now,
                         .deadline = absl::InfiniteFuture()});
  poster_->Close();
  core_->Stop();
  watches_->StopAll(services::Draining());
  core_ = nullptr;
  return absl::OkStatus();
}

// --- Calls -------------------------------------------------------------------

void EmbeddedHub::Run(const api::Method& method, const PendingCallPtr& pending,
                      std::string body) {
  method.unary(pending->call(), std::move(body),
               [this, pending](absl::StatusOr<std::string> reply) {
                 pending->Complete(std::move(reply));
                 live_.End();
               });
}

absl::StatusOr<std::string> EmbeddedHub::Call(Request request) {
  const Visit visit(*this);
  if (!visit.inside()) return services::Draining();
  CAREROUTE_ASSIGN_OR_RETURN(
      const api::Method* const method,
      FindMethod(core_->table(), request.call->method, Shape::kUnary));
  if (!live_.Begin()) return services::Draining();
  const auto pending = std::make_shared<PendingCall>(std::move(request.call));
  Run(*method, pending, std::move(request.body));
  return WaitFor(pending, request.timeout);
}

absl::StatusOr<std::string> EmbeddedHub::WaitFor(const PendingCallPtr& pending,
                                                 absl::Duration timeout) {
  // Most methods that change nothing have answered by now.
  auto reply = pending->Wait(absl::ZeroDuration());
  if (!reply.has_value()) {
    const uint64_t number = calls_.Add(pending);
    if (number == 0) {
      pending->Abandon(services::Draining(), Leaving::kCancelled);
    }
    reply = pending->Wait(timeout);
    calls_.Remove(number);
  }
  if (!reply.has_value()) {
    pending->Abandon(Expired(), Leaving::kExpired);
    // Unless the answer came first after all.
    reply = pending->Wait(absl::InfiniteDuration());
  }
  return *std::move(reply);
}

absl::StatusOr<uint64_t> EmbeddedHub::Start(Request request, Answer answer) {
  const Visit visit(*this);
  absl::StatusOr<const api::Method*> method = services::Draining();
  if (visit.inside()) {
    method = FindMethod(core_->table(), request.call->method, Shape::kUnary);
  }
  if (method.ok() && !live_.Begin()) method = services::Draining();
  if (!method.ok()) {
    answer.Release();
    return method.status();
  }
  const auto pending =
      std::make_shared<PendingCall>(std::move(request.call), std::move(answer));
  const uint64_t number = calls_.Add(pending);
  if (number == 0) {  // its hub closes, and waits for no call any more
    AbandonThere(pending, services::Draining());
    live_.End();
    return number;
  }
  const Deadlines::Number deadline = deadlines_->Add(
      request.timeout,
      [pending] { pending->Abandon(Expired(), Leaving::kExpired); });
  // On a thread of the hub from the beginning: who starts a call has none to
  // spare. It is not refused while a visit lasts.
  static_cast<void>(
      poster_->Post([this, pending, number, deadline, method = *method,
                     body = std::move(request.body)]() mutable {
        method->unary(
            pending->call(), std::move(body),
            [this, pending, number, deadline](absl::StatusOr<std::string> r) {
              deadlines_->Remove(deadline);
              calls_.Remove(number);
              pending->Complete(std::move(r));
              live_.End();
            });
      }));
  return number;
}

void EmbeddedHub::CancelCall(uint64_t call) {
  const Visit visit(*this);
  if (!visit.inside()) return;
  const PendingCallPtr pending = calls_.Find(call);
  if (pending == nullptr) return;
  AbandonThere(pending, absl::CancelledError("the call was cancelled"));
}

// Not here: whoever starts or cancels may hold what the callback takes.
void EmbeddedHub::AbandonThere(const PendingCallPtr& pending,
                               absl::Status why) {
  static_cast<void>(poster_->Post([pending, why = std::move(why)] {
    pending->Abandon(why, Leaving::kCancelled);
  }));
}

// --- Watches -----------------------------------------------------------------

std::shared_ptr<WatchSink> EmbeddedHub::MakeSink(const Request& request) {
  struct Ends {
    int64_t stream = 0;
    Deadlines::Number deadline;
  };
  const auto ends = std::make_shared<Ends>();
  const auto sink = std::make_shared<WatchSink>(WatchSink::Options{
      .call = request.call, .poster = poster_, .on_finished = [this, ends] {
        deadlines_->Remove(ends->deadline);
        live_.RemoveStream(ends->stream);
        live_.End();
      }});
  const std::weak_ptr<WatchSink> weak = sink;
  ends->deadline = deadlines_->Add(request.timeout, [weak] {
    if (const auto expired = weak.lock()) expired->Expire();
  });
  ends->stream = live_.AddStream([weak] {
    if (const auto ended = weak.lock()) ended->Stop(services::Draining());
  });
  return sink;
}

absl::StatusOr<std::shared_ptr<Watch>> EmbeddedHub::OpenWatch(Request request) {
  const Visit visit(*this);
  if (!visit.inside()) return services::Draining();
  CAREROUTE_ASSIGN_OR_RETURN(
      const api::Method* const method,
      FindMethod(core_->table(), request.call->method, Shape::kStream));
  if (!live_.Begin()) return services::Draining();
  std::shared_ptr<WatchSink> sink = MakeSink(request);
  auto watch = std::make_shared<EmbeddedWatch>(watches_, sink);
  const absl::Status listed = watch->Check();
  if (!listed.ok()) {
    sink->Finish(listed);  // ends in live_ too
    return listed;
  }
  static_cast<void>(poster_->Post([method, sink = std::move(sink),
                                   call = std::move(request.call),
                                   body = std::move(request.body)]() mutable {
    method->stream(call, std::move(body), std::move(sink));
  }));
  return watch;
}

// --- Time --------------------------------------------------------------------

absl::StatusOr<absl::Time> EmbeddedHub::Now() {
  const Visit visit(*this);
  if (!visit.inside()) return services::Draining();
  return core_->clock().Now();
}

absl::Status EmbeddedHub::Advance(absl::Duration by) {
  const Visit visit(*this);
  if (!visit.inside()) return services::Draining();
  if (!core_->sandbox()) {
    return absl::FailedPreconditionError(
        "hub: it runs on the real clock; open it with virtual_start_time to "
        "move its time");
  }
  return Call(AdvanceBy(by, base::NewUid(core_->random()))).status();
}

absl::StatusOr<std::string> EmbeddedHub::Methods() {
  const Visit visit(*this);
  if (!visit.inside()) return services::Draining();
  return MethodsOf(core_->table());
}

}  // namespace careroute::bindings
