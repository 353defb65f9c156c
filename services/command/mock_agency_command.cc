// `careroute mock-agency`: an organisation that behaves by a script, for those
// who test an exchange.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/message_file.h"
#include "services/command/mock/agency.h"
#include "services/command/mock/script.h"
#include "services/command/mock_client_hub.h"
#include "services/command/mock_deed_words.h"
#include "services/command/render_problems.h"
#include "services/command/request_id.h"

namespace careroute::services {
namespace {

using testing::v1::MockDeed;
using testing::v1::MockScript;

struct MockFlags {
  HubFlags hub{"performer"};
  std::string plan;
  bool once = false;
  bool move_clock = false;
  bool json = false;
};

// None, having said why, when the file is no script.
std::optional<MockScript> ScriptOf(const MockFlags& flags,
                                   const CommandRun& run) {
  base::Problems problems;
  std::optional<MockScript> script;
  const std::optional<std::string> text = ReadTextFile(flags.plan, problems);
  if (text.has_value()) script = ReadMockScript(flags.plan, *text, problems);
  run.err() << RenderProblems(problems, run.screen());
  return script;
}

absl::Status Behave(const MockFlags& flags, const MockScript& script,
                    const CommandRun& run) {
  CAREROUTE_ASSIGN_OR_RETURN(Client client, flags.hub.Connect());
  CAREROUTE_ASSIGN_OR_RETURN(const Wall wall, flags.hub.WallClock());
  const std::string organisation = client.actor().organisation();
  CAREROUTE_ASSIGN_OR_RETURN(
      ClientHub hub, ClientHub::Open({.client = std::move(client),
                                      .organisation = organisation,
                                      .moves_clock = flags.move_clock}));
  MockAgency agency({.script = script,
                     .hub = hub,
                     .tell = [&](const MockDeed& deed) -> absl::Status {
                       absl::StatusOr<std::string> line =
                           flags.json ? JsonLine(deed) : WordsOf(deed, wall);
                       CAREROUTE_RETURN_IF_ERROR(line.status());
                       // At once: whoever tests reads along.
                       run.out() << *line << std::flush;
                       return absl::OkStatus();
                     },
                     .new_request_id = NewRequestId,
                     .language = flags.hub.language()});
  return agency.Run(flags.once ? MockAgency::Until::kNothingToDo
                               : MockAgency::Until::kHubEnds);
}

int Mock(const MockFlags& flags, const CommandRun& run) {
  const std::optional<MockScript> script = ScriptOf(flags, run);
  if (!script.has_value()) return kExitFailed;
  const absl::Status ended = Behave(flags, *script, run);
  return ended.ok() ? kExitDone : run.Fail(ended);
}

}  // namespace

void AddMockAgencyCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "mock-agency",
      "Play an organisation that accepts, rejects, asks, calls twice, is late "
      "or forgets, as a script says: for tests of an exchange. Never against "
      "a hub with people's cases");
  const auto flags = std::make_shared<MockFlags>();
  sub.add_option("--plan", flags->plan,
                 "What it does: a careroute.testing.v1.MockScript, as text or "
                 "JSON")
      ->required();
  sub.add_flag("--once", flags->once,
               "End when nothing in the work queue has an act to come");
  sub.add_flag("--move-clock", flags->move_clock,
               "Move a sandbox's clock to the next act instead of waiting");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  flags->hub.AddClockTo(sub);
  sub.add_flag("--json", flags->json,
               "Print a JSON object a line (careroute.testing.v1.MockDeed)");
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return Mock(*flags, run); });
}

}  // namespace careroute::services
