#include "tests/bench/watching.h"

#include <utility>

#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "tests/bench/target.h"

namespace careroute::bench {
namespace {

constexpr char kWatchCase[] = "careroute.api.v1.CaseService.WatchCase";

// Whoever hears nothing for so long has missed something.
constexpr absl::Duration kPatience = absl::Minutes(1);

api::v1::WatchCaseRequest RequestOf(const NamedCase& of) {
  api::v1::WatchCaseRequest request;
  request.set_name(of.name);
  return request;
}

}  // namespace

void Arrivals::Begin() {
  base::MutexLock lock(mutex_);
  since_ = clock_.Now();
  late_ms_.clear();
}

void Arrivals::Saw(const api::v1::WatchCaseResponse& message) {
  const auto& stamp = message.event().event().header().recorded_time();
  const absl::Time recorded =
      absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
  base::MutexLock lock(mutex_);
  if (recorded < since_) return;
  late_ms_.push_back(absl::ToDoubleMilliseconds(clock_.Now() - recorded));
  came_.NotifyAll();
}

std::vector<double> Arrivals::Take(size_t count) {
  const absl::Duration until = base::MonotonicTime() + kPatience;
  base::MutexLock lock(mutex_);
  while (late_ms_.size() < count) {
    const absl::Duration left = until - base::MonotonicTime();
    CAREROUTE_CHECK(left > absl::ZeroDuration());
    came_.WaitFor(mutex_, left);
  }
  since_ = absl::InfiniteFuture();
  return std::exchange(late_ms_, {});
}

class TableWatch::Sink final : public api::StreamSink {
 public:
  explicit Sink(Arrivals& arrivals) : arrivals_(arrivals) {}

  void Write(std::string message, base::DoneStatus written) override {
    api::v1::WatchCaseResponse response;
    CAREROUTE_CHECK(response.ParseFromString(message));
    arrivals_.Saw(response);
    std::move(written)(absl::OkStatus());
  }

  void Finish(absl::Status /*status*/) override {
    base::MutexLock lock(mutex_);
    finished_ = true;
    changed_.NotifyAll();
  }

  void OnCancel(absl::AnyInvocable<void()> gone) override {
    base::MutexLock lock(mutex_);
    gone_ = std::move(gone);
    changed_.NotifyAll();
  }

  // Goes away, and waits until nothing more is written.
  void Leave() {
    absl::AnyInvocable<void()> gone;
    {
      base::MutexLock lock(mutex_);
      while (gone_ == nullptr && !finished_) changed_.Wait(mutex_);
      gone = std::exchange(gone_, nullptr);
    }
    if (gone != nullptr) gone();
    base::MutexLock lock(mutex_);
    while (!finished_) changed_.Wait(mutex_);
  }

 private:
  Arrivals& arrivals_;
  base::Mutex mutex_;
  base::CondVar changed_;
  absl::AnyInvocable<void()> gone_ CAREROUTE_GUARDED_BY(mutex_);
  bool finished_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

TableWatch::TableWatch(const api::MethodTable& table, const NamedCase& of,
                       Arrivals& arrivals)
    : call_(std::make_shared<api::Call>()),
      sink_(std::make_shared<Sink>(arrivals)) {
  const api::Method* method = table.Find(kWatchCase);
  CAREROUTE_CHECK(method != nullptr && method->stream != nullptr);
  call_->metadata = MetadataOf(of.coordinator);
  call_->method = kWatchCase;
  method->stream(call_, RequestOf(of).SerializeAsString(), sink_);
}

TableWatch::~TableWatch() {
  call_->cancelled = true;
  sink_->Leave();
}

GrpcWatch::GrpcWatch(const services::Client& client, const NamedCase& of,
                     Arrivals& arrivals)
    : thread_([client = client.As(of.coordinator), request = RequestOf(of),
               &arrivals] {
        // It ends with the hub, in one way or another.
        client
            .Watch<api::v1::WatchCaseResponse>(
                kWatchCase, request,
                [&arrivals](const api::v1::WatchCaseResponse& message) {
                  arrivals.Saw(message);
                  return true;
                })
            .IgnoreError();
      }) {}

GrpcWatch::~GrpcWatch() { thread_.join(); }

}  // namespace careroute::bench
