#include <memory>
#include <optional>
#include <set>
#include <string>

#include "lib/base/real_random.h"
#include "lib/base/status_macros.h"
#include "services/command/message_file.h"
#include "services/command/progress.h"
#include "services/command/render_problems.h"
#include "services/core/await.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"
#include "services/hub/generate/caseload.h"
#include "services/hub/generate/caseload_shape.h"
#include "services/hub/generate/caseload_writer.h"
#include "services/hub/generate/fillable.h"
#include "services/hub/hub_config.h"
#include "services/hub/offline_engine.h"

namespace careroute::services {
namespace {

constexpr int64_t kCasesDefault = 10'000;
// Drawn seeds are short enough to be typed again.
constexpr uint64_t kSeedsDrawn = 1'000'000;

struct GenerateFlags {
  explicit GenerateFlags(CLI::App& command) : config(command) {
    command
        .add_option("--cases", cases,
                    "How many; more of the same seed go on with the first")
        ->check(CLI::Range(int64_t{1}, kCasesMax))
        ->capture_default_str();
    command
        .add_option("--seed", seed,
                    "Which caseload; drawn and printed unless given")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--shape", shape,
                       "What the caseload looks like, as JSON; the shipped "
                       "demo region unless given");
  }
  ConfigFlags config;
  int64_t cases = kCasesDefault;
  std::optional<uint64_t> seed;
  std::string shape;
};

// The configuration and the shape, or problems.
struct Given {
  config::v1::HubConfig config;
  std::optional<CaseloadShape> shape;
};

Given Load(const GenerateFlags& flags, base::Problems& problems) {
  Given given{.config = flags.config.Load(problems)};
  if (!problems.HasErrors() && !IsDurable(given.config)) {
    problems.Error("store", "NO_FILE", "names nothing to fill",
                   "give --config, or --store sqlite:PATH or postgresql://...");
  }
  if (!problems.HasErrors()) CheckHubConfig(given.config, problems);
  if (problems.HasErrors()) return given;
  const std::string file =
      flags.shape.empty() ? InstalledCaseload() : flags.shape;
  const std::optional<std::string> text = ReadTextFile(file, problems);
  if (text.has_value()) given.shape = ReadCaseloadShape(*text, problems);
  for (base::Problem& one : problems.list()) one.file = file;
  return given;
}

// What the hub would publish at its start, and what the shape needs.
absl::Status PublishAll(const Given& given, const CommandRun& run,
                        OfflineEngine& offline) {
  std::set<std::string> overlays(given.config.overlays().begin(),
                                 given.config.overlays().end());
  for (const CaseloadProgramme& programme : given.shape->programmes) {
    if (!programme.overlay.empty()) overlays.insert(programme.overlay);
  }
  for (const std::string& overlay : overlays) {
    CAREROUTE_RETURN_IF_ERROR(offline.Publish(overlay));
    run.out() << "published " << overlay << "\n" << std::flush;
  }
  return absl::OkStatus();
}

// A file is its owner's; who shares a database is not known here.
absl::Status CheckShared(const Caseload& caseload, OfflineEngine& offline) {
  engine::Engine& engine = offline.engine();
  if (engine.store().info().exclusive) return absl::OkStatus();
  return AwaitStatus([&](base::DoneStatus done) {
    CheckFillable(engine, caseload, std::move(done));
  });
}

struct CaseloadRun {
  int64_t cases = 0;
  uint64_t seed = 0;
};

absl::StatusOr<WrittenCaseload> WriteCaseload(const Given& given,
                                              const CaseloadRun& wanted,
                                              const CommandRun& run) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<OfflineEngine> offline,
      OfflineEngine::Open({.config = given.config, .bulk = true}));
  const Caseload caseload(
      {.shape = *given.shape, .seed = wanted.seed, .now = offline->Now()});
  CAREROUTE_RETURN_IF_ERROR(CheckShared(caseload, *offline));
  CAREROUTE_RETURN_IF_ERROR(PublishAll(given, run, *offline));
  ProgressLine line(run, "written");
  CaseloadWriter writer({.engine = offline->engine(),
                         .executor = offline->executor(),
                         .caseload = caseload,
                         .cases = wanted.cases,
                         .progress = [&line, &wanted](int64_t done) {
                           line.Show(done, wanted.cases);
                         }});
  return Await<WrittenCaseload>([&writer](base::Done<WrittenCaseload> done) {
    writer.Run(std::move(done));
  });
}

int Report(const WrittenCaseload& written, const CommandRun& run) {
  for (const std::string& refusal : written.refusals) {
    run.err() << refusal << "\n";
  }
  run.out() << "cases: " << written.cases << " with " << written.moves
            << " moves and " << written.referrals
            << " referrals; refused: " << written.refused << "\n";
  return written.refused == 0 ? kExitDone : kExitWarnings;
}

int Generate(const GenerateFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const Given given = Load(flags, problems);
  if (problems.HasErrors()) {
    run.err() << RenderProblems(problems, Screen());
    return kExitUsage;
  }
  base::RealRandom random;
  const CaseloadRun wanted = {
      .cases = flags.cases,
      .seed = flags.seed.value_or(random.Uniform(kSeedsDrawn))};
  run.out() << "seed " << wanted.seed << "\n" << std::flush;
  const absl::StatusOr<WrittenCaseload> written =
      WriteCaseload(given, wanted, run);
  if (written.ok()) return Report(*written, run);
  const int status = run.Fail(written.status());
  run.err() << "  what was written stays; the same command with --seed "
            << wanted.seed << " goes on with it\n";
  return status;
}

}  // namespace

void AddGenerateCommand(CLI::App& app, CommandRun& run) {
  CLI::App& generate = *app.add_subcommand(
      "generate",
      "Fill a store with an invented caseload, while no hub serves it; the "
      "same seed twice adds nothing");
  const auto flags = std::make_shared<GenerateFlags>(generate);
  run.OnParsed(generate, [flags, &run] { return Generate(*flags, run); });
}

}  // namespace careroute::services
