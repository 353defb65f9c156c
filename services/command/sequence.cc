#include "services/command/sequence.h"

#include "services/command/hub_flags.h"

namespace careroute::services {

void SequenceFlags::AddTo(CLI::App& sub, const std::string& what) {
  sub.add_flag("--apply", apply, what);
  AddRequestIdFlag(sub, request_id);
  AddJsonFlag(sub, json);
}

int FinishSequence(const CommandRun& run, const SequenceEnd& end) {
  if (end.pages > 0) {
    const int printed = run.Print(end.page);
    if (printed != kExitDone) return printed;
  }
  if (end.status.ok()) return end.refused == 0 ? kExitDone : kExitWarnings;
  const int status = run.Fail(end.status);
  // A first call that the hub refused has done nothing; of one that was not
  // answered nobody knows.
  const bool begun = end.pages > 0 || status == kExitUnreachable;
  if (begun && !end.request_id.empty()) {
    run.err() << "  not finished; go on with --request-id " << end.request_id
              << "\n";
  }
  return status;
}

}  // namespace careroute::services
