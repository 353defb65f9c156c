#include "services/hub/serve.h"

#include <signal.h>

#include <memory>
#include <utility>

#include "lib/base/status_macros.h"

namespace careroute::services {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void WaitForStopSignal() {
  const sigset_t signals = StopSignals();
  int caught = 0;
  sigwait(&signals, &caught);
}

absl::Status ServeUntilStopped(HubProcess::Options options) {
  // Whoever set the limit of `ulimit -f`: the caller hears of it.
  signal(SIGXFSZ, SIG_IGN);
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<HubProcess> hub,
                             HubProcess::Start(std::move(options)));
  WaitForStopSignal();
  hub->Stop();
  return absl::OkStatus();
}

}  // namespace careroute::services
