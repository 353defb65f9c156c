// services/command/graphviz.h: Graphviz, run as a program.
//
// A crash or a hang of it must not be ours, so that it is no library here:
// `dot` is started without a shell, given little time, and its answer is
// bounded.
//
//   const absl::StatusOr<std::string> svg = DotToSvg(dot);
//   if (!svg.ok()) return run.Fail(svg.status());

#ifndef CAREROUTE_SERVICES_COMMAND_GRAPHVIZ_H_
#define CAREROUTE_SERVICES_COMMAND_GRAPHVIZ_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace careroute::services {

struct GraphvizOptions {
  // A name is looked up as a shell would.
  std::string program = "dot";
  // A picture whose places are fixed takes a second; more is a hang.
  absl::Duration timeout = absl::Seconds(60);
  // The largest pathway there may be is a tenth of it.
  size_t svg_bytes_max = size_t{64} << 20;
};

// The picture as SVG. FAILED_PRECONDITION, with the mend, when Graphviz is not
// installed; RESOURCE_EXHAUSTED beyond the bounds of time and size; UNKNOWN
// when it fails: the codes that speak of a hub are left to hubs. What it says
// of its own stands on our standard error.
[[nodiscard]] absl::StatusOr<std::string> DotToSvg(
    const std::string& dot, const GraphvizOptions& options = {});

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_GRAPHVIZ_H_
