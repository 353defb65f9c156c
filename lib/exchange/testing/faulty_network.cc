#include "lib/exchange/testing/faulty_network.h"

#include <optional>

#include "absl/strings/string_view.h"

namespace careroute::exchange::testing {
namespace {

// Later than any deadline of a batch.
constexpr absl::Duration kLate = absl::Minutes(2);

}  // namespace

class FaultyNetwork::Way final : public Transport {
 public:
  Way(FaultyNetwork& network, std::string from)
      : network_(network), from_(std::move(from)) {}

  void Deliver(absl::string_view peer, const v1::DeliverRequest& request,
               absl::Time deadline,
               base::Done<v1::DeliverResponse> done) override {
    network_.Deliver(from_, std::string(peer), request, deadline,
                     std::move(done));
  }

 private:
  FaultyNetwork& network_;
  const std::string from_;
};

// One question and its one answer.
struct FaultyNetwork::Call {
  std::string from;
  std::string to;
  v1::DeliverRequest request;
  std::optional<base::Done<v1::DeliverResponse>> done;

  void Complete(absl::StatusOr<v1::DeliverResponse> answer) {
    if (!done.has_value()) return;
    base::Done<v1::DeliverResponse> once = *std::move(done);
    done.reset();
    std::move(once)(std::move(answer));
  }
};

void FaultyNetwork::Join(const std::string& hub, Handler handler) {
  hubs_[hub] = std::move(handler);
}

Transport& FaultyNetwork::From(const std::string& hub) {
  std::unique_ptr<Transport>& way = ways_[hub];
  if (way == nullptr) way = std::make_unique<Way>(*this, hub);
  return *way;
}

void FaultyNetwork::Cut(const std::string& from, const std::string& to) {
  cut_.insert({from, to});
}

void FaultyNetwork::Mend(const std::string& from, const std::string& to) {
  cut_.erase({from, to});
}

bool FaultyNetwork::Draw(uint64_t of_hundred) {
  return of_hundred > 0 && options_.random.Uniform(100) < of_hundred;
}

void FaultyNetwork::Carry(const std::string& from, const std::string& to,
                          std::function<void()> arrive) {
  if (cut_.contains({from, to}) || Draw(faults_.lost)) return;
  const int copies = Draw(faults_.doubled) ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    absl::Duration delay = absl::Milliseconds(static_cast<int64_t>(
        options_.random.Uniform(static_cast<uint64_t>(absl::ToInt64Milliseconds(
                                    faults_.delay_max)) +
                                1)));
    if (Draw(faults_.late)) delay = kLate;
    options_.executor.PostAt(options_.clock.Now() + delay, arrive);
  }
}

void FaultyNetwork::Deliver(const std::string& from, const std::string& to,
                            const v1::DeliverRequest& request,
                            absl::Time deadline,
                            base::Done<v1::DeliverResponse> done) {
  auto call = std::make_shared<Call>();
  call->from = from;
  call->to = to;
  call->request = request;
  call->done = std::move(done);
  options_.executor.PostAt(deadline, [call] {
    call->Complete(absl::DeadlineExceededError("nobody answered in time"));
  });
  Carry(from, to, [this, call] { Arrive(call); });
}

void FaultyNetwork::Arrive(const std::shared_ptr<Call>& call) {
  const auto hub = hubs_.find(call->to);
  if (hub == hubs_.end()) return;
  carried_.push_back(
      {.from = call->from, .to = call->to, .request = call->request});
  hub->second(call->from, call->request,
              [this, call](absl::StatusOr<v1::DeliverResponse> answer) {
                Carry(call->to, call->from,
                      [call, answer] { call->Complete(answer); });
              });
}

}  // namespace careroute::exchange::testing
