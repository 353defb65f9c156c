// tests/bench/binding_hubs.h: the same hub, called as C++ calls it and as the
// C ABI does.
//
// Both are put together alike: HubCore under the same configuration, with
// threads of its own. What is asked of them is the same bytes, and who asks
// waits for the answer.
//
//   TableHub floor(NoOpConfig());
//   AbiHub subject(NoOpConfig());
//   floor.Call(ReadsClock());

#ifndef CAREROUTE_TESTS_BENCH_BINDING_HUBS_H_
#define CAREROUTE_TESTS_BENCH_BINDING_HUBS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "careroute/careroute.h"
#include "careroute/config/v1/embedded.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "services/core/hub_core.h"
#include "tests/bench/target.h"

namespace careroute::bench {

// In memory, on a virtual clock: what a method needs that looks at nothing.
[[nodiscard]] config::v1::EmbeddedConfig NoOpConfig();

// On that file, which is made unless it is there, and the real clock. Its
// key-ring is beside it.
[[nodiscard]] config::v1::EmbeddedConfig DurableConfig(const std::string& path);

// A call that is ready to be made, so that neither side prepares it.
struct ReadyCall {
  std::string method;
  std::string body;
  std::vector<std::pair<std::string, std::string>> metadata;
};
[[nodiscard]] ReadyCall ReadyCallOf(OneCall call);

// Whom every hub knows.
[[nodiscard]] model::v1::Actor FirstAdministrator();

// By that one: the no-op, which tells the hub's time.
[[nodiscard]] ReadyCall ReadsClock();

// Stops the program when it is refused anything.
class CalledHub {
 public:
  virtual ~CalledHub() = default;
  // Waits for the serialised response.
  virtual std::string Call(const ReadyCall& call) = 0;
};

// The method table of C++, as a program has it that links the C++ libraries.
class TableHub final : public CalledHub {
 public:
  explicit TableHub(const config::v1::EmbeddedConfig& config);
  ~TableHub() override;

  std::string Call(const ReadyCall& call) override;
  [[nodiscard]] const api::MethodTable& table() { return core_->table(); }

 private:
  const std::unique_ptr<services::HubCore> core_;
  const api::DevelopmentActor actors_;
};

// For one thread.
class AbiHub final : public CalledHub {
 public:
  explicit AbiHub(const config::v1::EmbeddedConfig& config);
  ~AbiHub() override;

  std::string Call(const ReadyCall& call) override;

 private:
  careroute_hub* hub_ = nullptr;
  std::vector<careroute_pair> pairs_;  // of the call; its memory is kept
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_BINDING_HUBS_H_
