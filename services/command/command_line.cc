#include "services/command/command_line.h"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/api/refusal_text.h"
#include "lib/api/status.h"
#include "services/command/commands.h"
#include "services/command/labels.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

constexpr char kAbout[] =
    "careroute carries a person's case across health, social protection and "
    "education agencies, and closes every loop.";

constexpr char kStatuses[] =
    "Exit status: 0 done, nothing is wrong; 1 errors found, a file cannot be "
    "read or\nthe hub refused; 2 the command line is wrong; 3 the hub cannot "
    "be reached;\n4 warnings found and no errors, a difference that touches "
    "open cases, or some\nof many cases or rows for which the hub could not do "
    "it."
    "\n\nEnvironment: "
    "CAREROUTE_HUB, CAREROUTE_MEMBER, CAREROUTE_ROLE, CAREROUTE_PURPOSE,\n"
    "CAREROUTE_LANGUAGE and CAREROUTE_UTC_OFFSET stand in for the flags of "
    "those names;\nNO_COLOR turns colours off.";

bool IsUnreachable(absl::StatusCode code) {
  return code == absl::StatusCode::kUnavailable ||
         code == absl::StatusCode::kDeadlineExceeded ||
         code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kUnimplemented;
}

// "guard/refer/informed (identifier): ask them": what, who can supply it, how.
std::string LackOf(const model::v1::Missing& missing,
                   absl::string_view language) {
  std::string text = missing.what();
  if (!missing.can_be_met_by().empty()) {
    absl::StrAppend(&text, " (", missing.can_be_met_by(), ")");
  }
  if (!missing.mend().empty()) {
    absl::StrAppend(&text, ": ", api::MendText(missing.mend(), language));
  }
  return Clean(text);
}

void SayRefusal(const model::v1::Refusal& refusal, absl::string_view language,
                std::ostream& err) {
  for (const model::v1::Problem& problem : refusal.problems()) {
    err << "  " << Clean(problem.path()) << ": "
        << Clean(api::ProblemText(problem, language));
    if (!problem.mend().empty()) {
      err << "; " << Clean(api::MendText(problem.mend(), language));
    }
    err << "\n";
  }
  for (const model::v1::Missing& missing : refusal.missing()) {
    err << "  " << LabelText(Label::kLacks, language, LackOf(missing, language))
        << "\n";
  }
  for (const std::string& open : refusal.open_to_actor()) {
    err << "  " << LabelText(Label::kOpenToYou, language, Clean(open)) << "\n";
  }
}

// What failed, in one line.
std::string WhyFailed(const absl::Status& status,
                      const std::optional<model::v1::Refusal>& refusal,
                      absl::string_view language) {
  if (!refusal.has_value()) return Clean(status.message());
  // The message of a wrong request repeats its problems, which follow.
  return refusal->problems_size() > 0
             ? LabelText(Label::kHubRefused, language)
             : Clean(api::RefusalText(*refusal, language));
}

// The word that stands where a sub-command should, when it is none: CLI11 says
// only that one is missing.
const char* UnknownCommand(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return nullptr;
  const auto named = app.get_subcommands(
      [argv](const CLI::App* command) { return command->check_name(argv[1]); });
  return named.empty() ? argv[1] : nullptr;
}

int Run(int argc, char** argv, const Terminal& terminal,
        const std::vector<AddCommands>& more) {
  CLI::App app(kAbout, "careroute");
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Print the help of every sub-command");
  app.set_version_flag("--version", "careroute " CAREROUTE_VERSION);
  app.footer(kStatuses);
  CommandRun run(terminal);
  AddOwnCommands(app, run);
  for (const AddCommands& add : more) add(app, run);
  if (const char* word = UnknownCommand(app, argc, argv)) {
    terminal.err << "careroute: \"" << Clean(word)
                 << "\" is no command; see careroute --help\n";
    return kExitUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, terminal.out, terminal.err);
    return code == 0 ? kExitDone : kExitUsage;
  }
  return run.exit_status();
}

}  // namespace

void CommandRun::OnParsed(CLI::App& sub, std::function<int()> action) {
  sub.final_callback(
      [this, action = std::move(action)] { exit_status_ = action(); });
}

void CommandRun::OnParsed(CLI::App& sub, const std::string& language,
                          std::function<int()> action) {
  OnParsed(sub, [this, &language, action = std::move(action)] {
    SpeakIn(language);
    return action();
  });
}

int CommandRun::Print(const absl::StatusOr<std::string>& page) const {
  if (!page.ok()) return Fail(page.status());
  out() << *page;
  return kExitDone;
}

int CommandRun::Fail(const absl::Status& status) const {
  const auto refusal = api::RefusalOf(status);
  err() << "careroute: " << WhyFailed(status, refusal, language_) << "\n";
  if (refusal.has_value()) SayRefusal(*refusal, language_, err());
  if (absl::IsUnavailable(status) && !refusal.has_value()) {
    err() << "  " << LabelText(Label::kStartHub, language_) << "\n";
  }
  return IsUnreachable(status.code()) ? kExitUnreachable : kExitFailed;
}

int RunCommand(int argc, char** argv, const Terminal& terminal,
               const std::vector<AddCommands>& more) {
  try {
    return Run(argc, argv, terminal, more);
  } catch (const std::exception& error) {
    // CLI11 throws for flags declared twice: a defect of the program.
    terminal.err << "careroute: " << error.what() << "\n";
    return kExitFailed;
  }
}

}  // namespace careroute::services
