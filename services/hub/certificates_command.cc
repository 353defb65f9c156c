#include <memory>
#include <string>
#include <vector>

#include "lib/base/real_clock.h"
#include "services/hub/commands.h"
#include "services/hub/make_certificates.h"

namespace careroute::services {
namespace {

struct CertificatesFlags {
  std::string folder;
  std::vector<std::string> hubs;
  std::vector<std::string> systems;
};

int RunCertificates(const CertificatesFlags& flags, const CommandRun& run) {
  const absl::Status made = MakeCertificates({.folder = flags.folder,
                                              .hubs = flags.hubs,
                                              .systems = flags.systems,
                                              .now = base::RealClock().Now()});
  if (!made.ok()) return run.Fail(made);
  run.out() << "made " << flags.folder << "/" << kAuthorityFile
            << ", and a certificate and a key for each name; for tests and "
               "demonstrations only\n";
  for (const std::string& hub : flags.hubs) {
    run.out() << TlsLineOf(flags.folder, hub) << "\n";
  }
  return kExitDone;
}

}  // namespace

void AddCertificatesCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "certificates",
      "Make an authority and certificates for tests and demonstrations; "
      "overwrites nothing");
  const auto flags = std::make_shared<CertificatesFlags>();
  sub.add_option("FOLDER", flags->folder, "Where to put them")->required();
  sub.add_option("--hub", flags->hubs, "Id of a hub; repeatable")
      ->required()
      ->allow_extra_args(false);
  sub.add_option("--system", flags->systems,
                 "Name of a system that calls; repeatable")
      ->allow_extra_args(false);
  run.OnParsed(sub, [flags, &run] { return RunCertificates(*flags, run); });
}

}  // namespace careroute::services
