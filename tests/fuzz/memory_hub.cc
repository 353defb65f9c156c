#include "tests/fuzz/memory_hub.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "careroute/options/v1/options.pb.h"
#include "lib/api/methods.h"
#include "lib/base/check.h"
#include "lib/base/problems.h"
#include "lib/calendar/load.h"

namespace careroute::fuzz {
namespace {

constexpr int64_t kNow = 1'772'409'600;  // 2026-03-02 00:00 UTC
constexpr uint64_t kSeed = 1;

const calendar::CalendarSet& Calendars() {
  static const auto* const kCalendars = [] {
    const std::string name = "lib/calendar/catalogue/ru-2026.1.textproto";
    std::ifstream file(name, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const calendar::CalendarFile content{.name = name, .text = text};
    base::Problems problems;
    auto* set = new calendar::CalendarSet(
        calendar::LoadCalendars({&content, 1}, problems));
    CAREROUTE_CHECK(!problems.HasErrors());
    return set;
  }();
  return *kCalendars;
}

// Reads a few messages, then goes away.
class ShortSink final : public api::StreamSink {
 public:
  explicit ShortSink(base::Executor& executor) : executor_(executor) {}

  void Write(std::string, base::DoneStatus written) override {
    constexpr int kMessagesMax = 10;
    CAREROUTE_CHECK(!finished_.has_value());
    const absl::Status status =
        ++messages_ < kMessagesMax
            ? absl::OkStatus()
            : absl::CancelledError("the caller has gone");
    executor_.Post([status, written = std::move(written)]() mutable {
      std::move(written)(status);
    });
  }

  void Finish(absl::Status status) override {
    CAREROUTE_CHECK(!finished_.has_value());
    finished_ = std::move(status);
  }

  void OnCancel(absl::AnyInvocable<void()> gone) override {
    gone_ = std::move(gone);
  }

  void Leave() {
    if (gone_ != nullptr) {
      std::exchange(gone_, nullptr)();
    }
  }

  [[nodiscard]] absl::Status status() const {
    return finished_.value_or(absl::OkStatus());
  }

 private:
  base::Executor& executor_;
  int messages_ = 0;
  std::optional<absl::Status> finished_;
  absl::AnyInvocable<void()> gone_;
};

}  // namespace

absl::StatusOr<model::v1::Actor> MemoryHub::AnyRole::ActorOf(
    const api::Call& call) const {
  const auto& rules = table_.Find(call.method)
                          ->descriptor->options()
                          .GetExtension(options::v1::method);
  model::v1::ActorRole role = model::v1::ACTOR_ROLE_ADMINISTRATOR;
  if (!rules.roles().empty()) {
    CAREROUTE_CHECK(model::v1::ActorRole_Parse(rules.roles(0), &role));
  }
  model::v1::Actor actor;
  actor.set_organisation("organisations/clinic");
  actor.set_member("organisations/clinic/members/anna");
  actor.set_role(role);
  actor.set_purpose("care");
  return actor;
}

MemoryHub::MemoryHub()
    : clock_(absl::FromUnixSeconds(kNow)),
      random_(kSeed),
      executor_(clock_),
      keys_(registry::KeyRing::Generate(random_, clock_.Now())),
      store_({.executor = executor_,
              .uid = {.high = 1, .low = 1},
              .created = clock_.Now()}),
      engine_({.store = store_,
               .clock = clock_,
               .random = random_,
               .executor = executor_,
               .keys = keys_,
               .calendars = Calendars()}),
      actors_(table_),
      pipeline_({.engine = engine_, .actors = actors_, .table = table_}) {
  api::AddAllMethods(pipeline_);
  bool ready = false;
  engine_.Start([&ready](absl::Status status) { ready = status.ok(); });
  executor_.RunReady();
  CAREROUTE_CHECK(ready);
}

absl::Status MemoryHub::Ask(const api::Method& method, std::string bytes) {
  auto call = std::make_shared<api::Call>();
  call->method = method.descriptor->full_name();
  // Longer than the access log waits for company.
  const auto run = [this] {
    executor_.RunUntil(clock_.Now() + absl::Seconds(1));
  };
  if (method.stream != nullptr) {
    auto sink = std::make_shared<ShortSink>(executor_);
    method.stream(call, std::move(bytes), sink);
    run();
    call->cancelled = true;
    sink->Leave();
    run();
    return sink->status();
  }
  std::optional<absl::Status> answer;
  method.unary(call, std::move(bytes),
               [&answer](absl::StatusOr<std::string> reply) {
                 CAREROUTE_CHECK(!answer.has_value());
                 answer = reply.status();
               });
  run();
  CAREROUTE_CHECK(answer.has_value());
  return *std::move(answer);
}

}  // namespace careroute::fuzz
