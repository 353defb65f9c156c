// services/hub/serve.h: runs a hub until it is told to stop.
//
//   BlockStopSignals();           // first in main, before any thread starts
//   status = ServeUntilStopped({.config = config});

#ifndef CAREROUTE_SERVICES_HUB_SERVE_H_
#define CAREROUTE_SERVICES_HUB_SERVE_H_

#include "absl/status/status.h"
#include "services/hub/hub_process.h"

namespace careroute::services {

// Keeps SIGINT and SIGTERM from ending the process: threads started later
// inherit it, and only WaitForStopSignal hears them.
void BlockStopSignals();

// Waits for SIGINT or SIGTERM.
void WaitForStopSignal();

// Serves until then, and drains. The status says why it could not serve. A file
// that may not grow is an error of the write from now on, not the end of the
// process.
[[nodiscard]] absl::Status ServeUntilStopped(HubProcess::Options options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_SERVE_H_
