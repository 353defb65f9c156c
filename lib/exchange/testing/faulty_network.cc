#include "lib/exchange/testing/faulty_network.h"

#include <optional>

#include "absl/strings/string_view.h"

namespace careroute::exchange::testing {
namespace {

// Later than any deadline of a batch.
constexpr absl::Duration kLate = absl::Minutes(2);

}  // namespace

// One question and its one answer.
template <typename Request, typename Response>
struct FaultyNetwork::Call {
  std::string from;
  std::string to;
  Request request;
  std::optional<base::Done<Response>> done;

  void Complete(absl::StatusOr<Response> answer) {
    if (!done.has_value()) return;
    base::Done<Response> once = *std::move(done);
    done.reset();
    std::move(once)(std::move(answer));
  }
};

class FaultyNetwork::Way final : public Transport {
 public:
  Way(FaultyNetwork& network, std::string from)
      : network_(network), from_(std::move(from)) {}

  void Deliver(absl::string_view peer, const v1::DeliverRequest& request,
               absl::Time deadline,
               base::Done<v1::DeliverResponse> done) override {
    Ask(peer, request, deadline, std::move(done));
  }
  void Compare(absl::string_view peer, const v1::CompareRequest& request,
               absl::Time deadline,
               base::Done<v1::CompareResponse> done) override {
    Ask(peer, request, deadline, std::move(done));
  }

 private:
  template <typename Request, typename Response>
  void Ask(absl::string_view peer, const Request& request, absl::Time deadline,
           base::Done<Response> done) {
    auto call = std::make_shared<Call<Request, Response>>();
    call->from = from_;
    call->to = std::string(peer);
    call->request = request;
    call->done = std::move(done);
    network_.Ask(std::move(call), deadline);
  }

  FaultyNetwork& network_;
  const std::string from_;
};

void FaultyNetwork::Join(const std::string& hub, TakeBatch take,
                         Compare compare) {
  hubs_[hub] = {.take = std::move(take), .compare = std::move(compare)};
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

template <typename Request, typename Response>
void FaultyNetwork::Ask(std::shared_ptr<Call<Request, Response>> call,
                        absl::Time deadline) {
  options_.executor.PostAt(deadline, [call] {
    call->Complete(absl::DeadlineExceededError("nobody answered in time"));
  });
  Carry(call->from, call->to, [this, call] {
    if (!hubs_.contains(call->to)) return;
    Arrive(*call, [this, call](absl::StatusOr<Response> answer) {
      Carry(call->to, call->from, [call, answer] { call->Complete(answer); });
    });
  });
}

void FaultyNetwork::Arrive(Call<v1::DeliverRequest, v1::DeliverResponse>& call,
                           base::Done<v1::DeliverResponse> answer) {
  carried_.push_back(
      {.from = call.from, .to = call.to, .request = call.request});
  hubs_.at(call.to).take(call.from, call.request, std::move(answer));
}

void FaultyNetwork::Arrive(Call<v1::CompareRequest, v1::CompareResponse>& call,
                           base::Done<v1::CompareResponse> answer) {
  const Compare& compare = hubs_.at(call.to).compare;
  if (compare == nullptr) {
    return std::move(answer)(absl::UnimplementedError("an older release"));
  }
  compare(call.from, call.request, std::move(answer));
}

}  // namespace careroute::exchange::testing
