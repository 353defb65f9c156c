#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/message_file.h"
#include "services/command/render_problems.h"
#include "services/command/request_id.h"

namespace careroute::services {
namespace {

struct ImportFlags {
  HubFlags hub{"administrator"};
  std::string file;
  bool dry_run = false;
  bool json = false;
};

std::string Render(const api::v1::ImportDirectoryResponse& reply,
                   const Screen& screen) {
  base::Problems problems;
  for (const model::v1::Problem& one : reply.problems()) {
    problems.Add({.grade = one.grade() == model::v1::PROBLEM_GRADE_WARNING
                               ? base::Grade::kWarning
                               : base::Grade::kError,
                  .path = one.path(),
                  .reason = one.reason(),
                  .message = one.message(),
                  .mend = one.mend()});
  }
  return absl::StrCat(
      RenderProblems(problems, screen),
      absl::Substitute("organisations: $0 new, $1 replaced, $2 unchanged\n",
                       reply.created(), reply.replaced(), reply.unchanged()));
}

int Import(const ImportFlags& flags, const CommandRun& run) {
  api::v1::ImportDirectoryRequest request;
  base::Problems problems;
  if (!ReadMessageFile(flags.file, *request.mutable_directory(), problems)) {
    run.err() << RenderProblems(problems, run.screen());
    return kExitFailed;
  }
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  request.set_request_id(NewRequestId());
  request.set_validate_only(flags.dry_run);
  const auto reply = client->Call<api::v1::ImportDirectoryResponse>(
      "careroute.api.v1.DirectoryService.ImportDirectory", request);
  if (!reply.ok()) return run.Fail(reply.status());
  return run.Print(flags.json ? ToJson(*reply) : Render(*reply, run.screen()));
}

}  // namespace

void AddImportCommand(CLI::App& app, CommandRun& run) {
  CLI::App& import =
      *app.add_subcommand("import", "Bring records of the region into a hub");
  import.require_subcommand(1);
  AddImportRows(import, run);
  CLI::App& sub = *import.add_subcommand(
      "directory", "Organisations, their members and services");
  const auto flags = std::make_shared<ImportFlags>();
  sub.add_option("FILE", flags->file,
                 "A model.v1.Directory as text, or as JSON (.json)")
      ->required();
  sub.add_flag("--dry-run", flags->dry_run, "Check everything, store nothing");
  flags->hub.AddTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return Import(*flags, run); });
}

}  // namespace careroute::services
