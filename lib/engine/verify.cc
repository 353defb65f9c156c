#include "lib/engine/verify.h"

#include <memory>
#include <optional>

#include "lib/engine/internal/verify_run.h"

namespace careroute::engine {

void Verifier::VerifyStream(store::StreamId stream,
                            base::Done<Verification> done) {
  std::make_shared<internal::VerifyRun>(options_, stream, std::move(done))
      ->Start();
}

void Verifier::VerifyAll(base::Done<Verification> done) {
  std::make_shared<internal::VerifyRun>(options_, std::nullopt, std::move(done))
      ->Start();
}

}  // namespace careroute::engine
