#include "services/command/completion.h"

#include <cstdio>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "services/command/commands.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;

std::string ScriptFor(Shell shell) {
  CLI::App app("about", "careroute");
  CLI::App& import = *app.add_subcommand("import", "Bring records");
  CLI::App& sub = *import.add_subcommand("directory", "Don't: worry");
  bool flag = false;
  sub.add_flag("--dry-run", flag, "Store nothing");
  app.add_subcommand("route", "Show a route");
  return CompletionScript(app, shell);
}

// What bash offers for the words, the last being completed.
std::string BashOffers(const std::string& words) {
  const std::string command =
      "bash -c 'source /dev/stdin; COMP_WORDS=(" + words +
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _careroute; "
      "echo \"${COMPREPLY[@]}\"' > \"$CAREROUTE_TEST_OUT\"";
  const std::string out = ::testing::TempDir() + "/completion_offers";
  setenv("CAREROUTE_TEST_OUT", out.c_str(), 1);
  FILE* shell = popen(command.c_str(), "w");
  if (shell == nullptr) return "no shell";
  const std::string script = ScriptFor(Shell::kBash);
  fwrite(script.data(), 1, script.size(), shell);
  pclose(shell);
  std::string line;
  std::getline(std::ifstream(out) >> std::ws, line);
  return line;
}

TEST(CompletionScript, OffersInBashWhatTheLevelHas) {
  EXPECT_EQ(BashOffers("careroute \"\""), "import route --help -h");
  EXPECT_EQ(BashOffers("careroute import d"), "directory");
  EXPECT_EQ(BashOffers("careroute import directory --d"), "--dry-run");
}

TEST(CompletionScript, QuotesHelpForEachShell) {
  EXPECT_THAT(ScriptFor(Shell::kZsh),
              HasSubstr("'directory:Don'\\''t\\: worry'"));
  EXPECT_THAT(ScriptFor(Shell::kFish), HasSubstr("'Don'\\''t: worry'"));
}

TEST(CompletionScript, OffersInFishASubCommandOnlyAfterItsParent) {
  EXPECT_THAT(ScriptFor(Shell::kFish),
              HasSubstr("-n '__fish_seen_subcommand_from import; and not "
                        "__fish_seen_subcommand_from directory' -a directory"));
}

}  // namespace
}  // namespace careroute::services
