#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "lib/engine/fsck.h"
#include "lib/registry/key_ring_file.h"
#include "lib/registry/signer.h"
#include "services/command/json.h"
#include "services/command/render_problems.h"
#include "services/core/await.h"
#include "services/core/open_store.h"
#include "services/core/thread_pool.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"

namespace careroute::services {
namespace {

using engine::FsckReport;
using google::protobuf::Struct;

struct FsckFlags {
  explicit FsckFlags(CLI::App& command) : config(command) {
    command.add_flag("--json", json, "print the report as JSON");
  }
  ConfigFlags config;
  bool json = false;
};

absl::StatusOr<FsckReport> Look(const config::v1::HubConfig& config) {
  CAREROUTE_ASSIGN_OR_RETURN(const registry::KeyRing keys,
                             registry::LoadKeyRingFile(config.key_ring()));
  const registry::Signer signer(keys);
  const base::RealClock clock;
  ThreadPool pool({.clock = clock, .threads = IoThreadsOf(config)});
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<store::Store> store,
      OpenStoreToRead({.config = config, .executor = pool}));
  engine::Fsck fsck({.store = *store,
                     .executor = pool,
                     .clock = clock,
                     .signer = signer,
                     .hub_id = config.hub_id()});
  absl::StatusOr<FsckReport> report = Await<FsckReport>(
      [&fsck](base::Done<FsckReport> done) { fsck.Run(std::move(done)); });
  pool.Stop();
  return report;
}

void Put(Struct& json, const std::string& key, int64_t number) {
  (*json.mutable_fields())[key].set_number_value(static_cast<double>(number));
}

absl::StatusOr<std::string> JsonOf(const FsckReport& report) {
  Struct json;
  Put(json, "cases", report.cases);
  Put(json, "openCases", report.open_cases);
  Put(json, "openReferrals", report.open_referrals);
  Put(json, "rows", report.rows);
  Put(json, "entries", report.entries);
  Put(json, "notYetWitnessed", report.not_yet_witnessed);
  (*json.mutable_fields())["moreFindings"].set_bool_value(report.more_findings);
  auto& list = *(*json.mutable_fields())["findings"].mutable_list_value();
  for (const engine::Finding& finding : report.findings) {
    auto& fields = *list.add_values()->mutable_struct_value()->mutable_fields();
    fields["name"].set_string_value(finding.name);
    fields["kind"].set_string_value(finding.kind);
    fields["message"].set_string_value(finding.message);
  }
  return ToJson(json);
}

absl::StatusOr<std::string> TextOf(const FsckReport& report) {
  std::string text;
  for (const engine::Finding& finding : report.findings) {
    absl::StrAppend(&text, finding.name, ": ", finding.kind, ": ",
                    finding.message, "\n");
  }
  if (report.more_findings) {
    absl::StrAppend(&text, "more was found than is named here\n");
  }
  absl::StrAppend(&text, report.cases, " cases (", report.open_cases,
                  " open), ", report.open_referrals, " open referrals, ",
                  report.rows, " rows, ", report.entries, " entries (",
                  report.not_yet_witnessed, " not yet witnessed): ",
                  report.findings.empty() ? "all is well" : "not well", "\n");
  return text;
}

void CheckFlags(const config::v1::HubConfig& config, base::Problems& problems) {
  if (!IsDurable(config)) {
    problems.Error("store", "NO_FILE", "names nothing to look at",
                   "give --config, or --store sqlite:PATH or postgresql://...");
  }
  if (config.key_ring().empty()) {
    problems.Error("key_ring", "NO_FILE", "names no file",
                   "give --config, or --key-ring FILE");
  }
}

int RunFsck(const FsckFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const config::v1::HubConfig config = flags.config.Load(problems);
  if (!problems.HasErrors()) CheckFlags(config, problems);
  if (problems.HasErrors()) {
    run.err() << RenderProblems(problems, Screen());
    return kExitUsage;
  }
  const absl::StatusOr<FsckReport> report = Look(config);
  if (!report.ok()) return run.Fail(report.status());
  const absl::StatusOr<std::string> text =
      flags.json ? JsonOf(*report) : TextOf(*report);
  if (!text.ok()) return run.Fail(text.status());
  run.out() << *text;
  return report->findings.empty() ? kExitDone : kExitFailed;
}

}  // namespace

void AddFsckCommand(CLI::App& app, CommandRun& run) {
  CLI::App& fsck = *app.add_subcommand(
      "fsck",
      "Look whether every case and referral is where it must be and every "
      "chain whole; changes nothing, also beside a running hub");
  const auto flags = std::make_shared<FsckFlags>(fsck);
  run.OnParsed(fsck, [flags, &run] { return RunFsck(*flags, run); });
}

}  // namespace careroute::services
