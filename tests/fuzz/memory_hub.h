// tests/fuzz/memory_hub.h: a hub without a door, a disk or a thread.
//
// Everything a request passes through, over a store in memory and a clock that
// stands still: the method table, the pipeline, the handlers, the engine. The
// caller is whoever the method asks for, so that no request ends at its role.
//
//   MemoryHub hub;
//   const absl::Status status = hub.Ask(method, bytes);

#ifndef CAREROUTE_TESTS_FUZZ_MEMORY_HUB_H_
#define CAREROUTE_TESTS_FUZZ_MEMORY_HUB_H_

#include <string>

#include "absl/status/status.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/engine/engine.h"
#include "lib/registry/key_ring.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::fuzz {

// Not thread-safe. The same requests are answered the same by every hub.
class MemoryHub {
 public:
  MemoryHub();

  [[nodiscard]] const api::MethodTable& table() const { return table_; }

  // What a door would be told. Stops the program unless it is answered exactly
  // once; a stream is left by its caller after a few messages.
  [[nodiscard]] absl::Status Ask(const api::Method& method, std::string bytes);

 private:
  // Any role is held by the same member.
  class AnyRole final : public api::ActorSource {
   public:
    explicit AnyRole(const api::MethodTable& table) : table_(table) {}
    [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
        const api::Call& call) const override;

   private:
    const api::MethodTable& table_;
  };

  base::VirtualClock clock_;
  base::SeededRandom random_;
  base::ManualExecutor executor_;
  registry::KeyRing keys_;
  store::MemoryStore store_;
  engine::Engine engine_;
  api::MethodTable table_;
  AnyRole actors_;
  api::Pipeline pipeline_;
};

}  // namespace careroute::fuzz

#endif  // CAREROUTE_TESTS_FUZZ_MEMORY_HUB_H_
