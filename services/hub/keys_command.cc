#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/base/status_macros.h"
#include "lib/registry/key_ring_file.h"
#include "services/command/progress.h"
#include "services/command/render_problems.h"
#include "services/command/table.h"
#include "services/core/open_store.h"
#include "services/core/thread_pool.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"
#include "services/hub/other_hubs.h"
#include "services/hub/rewrap_keys.h"
#include "services/hub/show_keys.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;
using registry::KeyRing;
using registry::KeyUse;

struct RotateFlags {
  explicit RotateFlags(CLI::App& command) : config(command) {
    CLI::Option* resumed =
        command.add_flag("--resume", resume,
                         "make no new keys; go on with locking persons' keys "
                         "anew where it was cut short");
    command
        .add_option("--use", uses,
                    "which keys: wrapping, signing; repeatable; both unless "
                    "given")
        ->check(CLI::IsMember({"wrapping", "signing"}))
        ->allow_extra_args(false)
        ->excludes(resumed);
  }
  [[nodiscard]] bool Has(const std::string& use) const {
    for (const std::string& one : uses) {
      if (one == use) return true;
    }
    return uses.empty();
  }
  ConfigFlags config;
  bool resume = false;
  std::vector<std::string> uses;
};

void CheckKeyRing(const HubConfig& config, base::Problems& problems) {
  if (!config.key_ring().empty()) return;
  problems.Error("key_ring", "NO_FILE", "names no file",
                 "give --config, or --key-ring FILE");
}

int Refuse(const base::Problems& problems, const CommandRun& run) {
  run.err() << RenderProblems(problems, Screen());
  return kExitUsage;
}

int Show(const ConfigFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const HubConfig config = flags.Load(problems);
  if (!problems.HasErrors()) CheckKeyRing(config, problems);
  if (problems.HasErrors()) return Refuse(problems, run);
  const absl::StatusOr<KeyRing> ring =
      registry::LoadKeyRingFile(config.key_ring());
  if (!ring.ok()) return run.Fail(ring.status());
  run.out() << ShowKeys(*ring, base::RealClock().Now(), run.screen());
  return kExitDone;
}

absl::Status MakeNewKeys(const RotateFlags& flags, const std::string& file,
                         KeyRing& ring) {
  base::RealRandom random;
  const absl::Time now = base::RealClock().Now();
  if (flags.Has("wrapping")) {
    CAREROUTE_RETURN_IF_ERROR(ring.Rotate(KeyUse::kWrapping, random, now));
  }
  if (flags.Has("signing")) {
    CAREROUTE_RETURN_IF_ERROR(ring.Rotate(KeyUse::kSigning, random, now));
  }
  return registry::ReplaceKeyRingFile(file, ring);
}

void TellPeers(const KeyRing& ring, const CommandRun& run) {
  run.out() << "before this hub serves again, give its peers the new line for "
               "signing_keys:\n"
            << SigningKeyLine(ring) << "\n";
}

// The store is opened first: a hub that serves it is told apart before there
// are keys it does not know. It could not open what is locked anew until it is
// started again.
absl::StatusOr<Rewrapped> Rotate(const RotateFlags& flags,
                                 const HubConfig& config,
                                 const CommandRun& run) {
  const base::RealClock clock;
  base::RealRandom random;
  CAREROUTE_ASSIGN_OR_RETURN(KeyRing ring,
                             registry::LoadKeyRingFile(config.key_ring()));
  ThreadPool pool({.clock = clock, .threads = IoThreadsOf(config)});
  store::ClockKind kind = store::ClockKind::kReal;
  {
    CAREROUTE_ASSIGN_OR_RETURN(
        const std::unique_ptr<store::Store> beside,
        OpenStoreToRead({.config = config, .executor = pool}));
    kind = beside->info().clock;
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store,
                             OpenStore({.config = config,
                                        .executor = pool,
                                        .clock = clock,
                                        .kind = kind,
                                        .new_uid = base::NewUid(random)}));
  CAREROUTE_RETURN_IF_ERROR(
      CheckNoHubServes({.claims = *store,
                        .clock = clock,
                        .random = random,
                        .alone = store->info().exclusive}));
  if (!flags.resume) {
    CAREROUTE_RETURN_IF_ERROR(MakeNewKeys(flags, config.key_ring(), ring));
    if (flags.Has("signing")) TellPeers(ring, run);
  }
  absl::StatusOr<Rewrapped> done;
  {
    ProgressLine line(run, "locked anew");
    done = RewrapKeys({.keys = *store,
                       .ring = ring,
                       .random = random,
                       .progress = [&line](const Rewrapped& so_far) {
                         line.Count(so_far.rewrapped);
                       }});
  }
  if (!done.ok()) {
    run.err() << "the new keys are made, but not every person's key is locked "
                 "with them; once the cause is mended go on with `careroute "
                 "keys rotate --resume`\n";
  }
  pool.Stop();
  return done;
}

int RunRotate(const RotateFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const HubConfig config = flags.config.Load(problems);
  if (!problems.HasErrors()) {
    CheckKeyRing(config, problems);
    if (!IsDurable(config)) {
      problems.Error("store", "NO_FILE", "names nothing whose keys to lock",
                     "give --config, or --store sqlite:PATH or "
                     "postgresql://...");
    }
  }
  if (problems.HasErrors()) return Refuse(problems, run);
  const absl::StatusOr<Rewrapped> done = Rotate(flags, config, run);
  if (!done.ok()) return run.Fail(done.status());
  run.out() << "locked anew: " << done->rewrapped << " of " << done->looked_at
            << " keys\n";
  return kExitDone;
}

}  // namespace

void AddKeysCommand(CLI::App& app, CommandRun& run) {
  CLI::App& keys = *app.add_subcommand(
      "keys", "The hub's own keys: what there is, and new ones");
  keys.require_subcommand(1);
  CLI::App& show = *keys.add_subcommand(
      "show", "The keys of the key-ring, and the lines for peers; no secrets");
  const auto shown = std::make_shared<ConfigFlags>(show);
  run.OnParsed(show, [shown, &run] { return Show(*shown, run); });
  CLI::App& rotate = *keys.add_subcommand(
      "rotate",
      "Make new wrapping and signing keys and lock every person's key anew; "
      "no hub may serve the store meanwhile");
  const auto rotated = std::make_shared<RotateFlags>(rotate);
  run.OnParsed(rotate, [rotated, &run] { return RunRotate(*rotated, run); });
}

}  // namespace careroute::services
