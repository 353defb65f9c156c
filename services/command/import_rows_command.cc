// `careroute import persons` and `import cases`: rows of a file, each an
// ordinary request to a hub.

#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/import/request_rows.h"
#include "services/command/progress.h"
#include "services/command/render_problems.h"
#include "services/command/row_import.h"
#include "services/command/row_words.h"

namespace careroute::services {
namespace {

using google::protobuf::Message;

// The first ones show what is wrong with a file; more would hide them.
constexpr int64_t kRowsTold = 1000;

using Call = std::function<absl::Status(const Client&, const Message&)>;

// What distinguishes the two sub-commands.
struct RowCommand {
  const RowKind& kind;
  Call call;
};

template <typename Response>
Call CallOf(const char* method) {
  return [method](const Client& client, const Message& request) {
    return client.Call<Response>(method, request).status();
  };
}

struct ImportRowsFlags {
  HubFlags hub{"registrar"};
  std::string file;
  std::string format;
  bool dry_run = false;
};

// None when neither the flag nor the name of the file says it.
std::optional<RowForm> FormOf(const ImportRowsFlags& flags) {
  if (flags.format == "csv") return RowForm::kCsv;
  if (flags.format == "ndjson") return RowForm::kNdjson;
  return FormOfName(flags.file);
}

int Refuse(base::Problems& problems, const std::string& file,
           const CommandRun& run) {
  for (base::Problem& one : problems.list()) one.file = file;
  run.err() << RenderProblems(problems, run.screen());
  return kExitFailed;
}

// Tells rows as they are answered, and how many there were.
class Teller {
 public:
  Teller(const CommandRun& run, const RowWordsOptions& words)
      : run_(run), words_(words), line_(run, "rows") {}

  void Tell(const RowFate& fate) {
    if (fate.taken()) return line_.Count(fate.number);
    ++bad_;
    if (bad_ <= kRowsTold) run_.err() << WordsOfRow(fate, words_);
    if (bad_ == kRowsTold + 1) {
      run_.err() << "further bad rows are counted and not told\n";
    }
  }

 private:
  const CommandRun& run_;
  const RowWordsOptions words_;
  ProgressLine line_;
  int64_t bad_ = 0;
};

int Finish(const ImportCounts& counts, const ImportRowsFlags& flags,
           const CommandRun& run) {
  run.out() << "rows: " << counts.taken << " "
            << (flags.dry_run ? "would be taken" : "taken") << ", "
            << counts.refused << " refused\n";
  if (counts.stopped.ok()) {
    return counts.refused == 0 ? kExitDone : kExitWarnings;
  }
  const int status = run.Fail(counts.stopped);
  run.err() << "  not finished; run the same command again: what was taken is "
               "not taken twice\n";
  return status;
}

int ImportFile(const RowCommand& command, const ImportRowsFlags& flags,
               const CommandRun& run) {
  base::Problems problems;
  std::ifstream file(flags.file, std::ios::binary);
  RequestRows rows({.stream = file,
                    .form = FormOf(flags).value_or(RowForm::kCsv),
                    .kind = command.kind,
                    .validate_only = flags.dry_run});
  const bool opened = file.is_open() && rows.Open(problems);
  if (!file.is_open() || rows.failed()) {
    base::Problems unread;
    unread.Error("", "NOT_READ", "the file cannot be read",
                 "name a file that exists and may be read");
    return Refuse(unread, flags.file, run);
  }
  if (!opened) return Refuse(problems, flags.file, run);
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  ImportCounts counts;
  {
    const bool csv = FormOf(flags) == RowForm::kCsv;
    Teller teller(run, {.columns = csv ? &command.kind.columns : nullptr,
                        .language = flags.hub.language()});
    counts =
        ImportRows({.rows = rows,
                    .call =
                        [&](const Message& request) {
                          return command.call(*client, request);
                        },
                    .tell = [&](const RowFate& fate) { teller.Tell(fate); }});
  }
  return Finish(counts, flags, run);
}

std::string ColumnsHelp(const RowKind& kind) {
  return absl::StrCat(
      "Columns of a CSV file, in any order: ",
      absl::StrJoin(kind.columns, ", ",
                    [](std::string* out, const Column& one) {
                      absl::StrAppend(out, one.name);
                    }),
      ".\nA line of NDJSON is the JSON form of ",
      kind.request.GetDescriptor()->full_name(),
      ".\nA row that was taken is not taken twice, so that a file can be run "
      "again.");
}

void AddRows(CLI::App& import, CommandRun& run, const std::string& about,
             RowCommand command) {
  CLI::App& sub = *import.add_subcommand(command.kind.word, about);
  const auto flags = std::make_shared<ImportRowsFlags>();
  sub.add_option("FILE", flags->file,
                 "CSV with a line of column names (.csv), or JSON a line "
                 "(.ndjson, .jsonl)")
      ->required();
  sub.add_option("--format", flags->format,
                 "csv or ndjson, where the name of the file does not say")
      ->check(CLI::IsMember({"csv", "ndjson"}));
  sub.add_flag("--dry-run", flags->dry_run, "Check every row, store nothing");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  sub.footer(ColumnsHelp(command.kind));
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags, command = std::move(command)]() -> int {
                 if (FormOf(*flags).has_value()) {
                   return ImportFile(command, *flags, run);
                 }
                 run.err() << "careroute: the name of the file does not say "
                              "what it is; give --format csv or ndjson\n";
                 return kExitUsage;
               });
}

}  // namespace

void AddImportRows(CLI::App& import, CommandRun& run) {
  AddRows(import, run, "Persons, a row each",
          {.kind = PersonRows(),
           .call = CallOf<api::v1::RegisterPersonResponse>(
               "careroute.api.v1.RegistryService.RegisterPerson")});
  AddRows(import, run, "Reports of need, which open cases, a row each",
          {.kind = CaseRows(),
           .call = CallOf<api::v1::ReportNeedResponse>(
               "careroute.api.v1.CaseService.ReportNeed")});
}

}  // namespace careroute::services
