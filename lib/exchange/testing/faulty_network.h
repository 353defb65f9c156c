// lib/exchange/testing/faulty_network.h: a network between hubs in one process.
//
// Batches and answers travel as messages do: they are lost, come twice, late,
// or in another order, and a way may be cut while the way back is not. What
// arrives is kept, so that a test can look at every byte that crossed.
//
//   FaultyNetwork network({.clock = clock, .executor = executor,
//                          .random = random});
//   network.Join("east", deliver);
//   network.Cut("west", "east");

#ifndef CAREROUTE_LIB_EXCHANGE_TESTING_FAULTY_NETWORK_H_
#define CAREROUTE_LIB_EXCHANGE_TESTING_FAULTY_NETWORK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/exchange/transport.h"

namespace careroute::exchange::testing {

// Of a hundred messages, each way counted by itself.
struct Faults {
  uint64_t lost = 0;
  uint64_t doubled = 0;
  // Of a hundred that come later than anybody waits.
  uint64_t late = 0;
  // Of all others; drawn evenly from nothing to this.
  absl::Duration delay_max = absl::ZeroDuration();
};

// A batch that reached its hub.
struct Carried {
  std::string from;
  std::string to;
  v1::DeliverRequest request;
};

// Not thread-safe: for a ManualExecutor.
class FaultyNetwork {
 public:
  struct Options {
    const base::Clock& clock;
    base::Executor& executor;
    base::Random& random;
  };
  explicit FaultyNetwork(const Options& options) : options_(options) {}
  FaultyNetwork(const FaultyNetwork&) = delete;
  FaultyNetwork& operator=(const FaultyNetwork&) = delete;

  template <typename Request, typename Response>
  using Handler = std::function<void(const std::string& from, Request request,
                                     base::Done<Response> done)>;
  using TakeBatch = Handler<v1::DeliverRequest, v1::DeliverResponse>;
  using Compare = Handler<v1::CompareRequest, v1::CompareResponse>;
  // A hub that does not compare is of an older release.
  void Join(const std::string& hub, TakeBatch take, Compare compare = nullptr);

  // What that hub sends through. Lives as long as the network.
  [[nodiscard]] Transport& From(const std::string& hub);

  void set_faults(const Faults& faults) { faults_ = faults; }
  // Nothing passes that way any more: neither batches nor answers.
  void Cut(const std::string& from, const std::string& to);
  void Mend(const std::string& from, const std::string& to);

  [[nodiscard]] const std::vector<Carried>& carried() const { return carried_; }

 private:
  class Way;
  struct Hub {
    TakeBatch take;
    Compare compare;
  };
  template <typename Request, typename Response>
  struct Call;

  // Brings the request to the hub if that is still there.
  void Arrive(Call<v1::DeliverRequest, v1::DeliverResponse>& call,
              base::Done<v1::DeliverResponse> answer);
  void Arrive(Call<v1::CompareRequest, v1::CompareResponse>& call,
              base::Done<v1::CompareResponse> answer);
  template <typename Request, typename Response>
  void Ask(std::shared_ptr<Call<Request, Response>> call, absl::Time deadline);
  // Runs the task once or twice, or not at all.
  void Carry(const std::string& from, const std::string& to,
             std::function<void()> arrive);
  [[nodiscard]] bool Draw(uint64_t of_hundred);

  const Options options_;
  Faults faults_;
  std::map<std::string, Hub> hubs_;
  std::map<std::string, std::unique_ptr<Transport>> ways_;
  std::set<std::pair<std::string, std::string>> cut_;
  std::vector<Carried> carried_;
};

}  // namespace careroute::exchange::testing

#endif  // CAREROUTE_LIB_EXCHANGE_TESTING_FAULTY_NETWORK_H_
