// The sub-commands that read a pathway from files: its picture, and what
// differs between two editions.

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "services/command/command_line.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kSmall[] = "lib/pathway/testdata/small.textproto";

struct Ran {
  int status = -1;
  std::string out;
  std::string err;
};

Ran RunWith(std::vector<std::string> words) {
  words.insert(words.begin(), "careroute");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  std::ostringstream out;
  std::ostringstream err;
  Ran ran;
  ran.status = RunCommand(static_cast<int>(argv.size()), argv.data(),
                          {.out = out, .err = err}, {});
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A copy of the small pathway with `from` written as `to`.
std::string ChangedCopy(const std::string& from, const std::string& to) {
  std::string text = ReadFile(kSmall);
  text.replace(text.find(from), from.size(), to);
  const std::string path = ::testing::TempDir() + "/small.textproto";
  std::ofstream(path) << text;
  std::ofstream(::testing::TempDir() + "/small.texts.en.textproto")
      << ReadFile("lib/pathway/testdata/small.texts.en.textproto");
  return path;
}

TEST(CheckCommand, DrawsAPathwayForGraphviz) {
  const Ran ran = RunWith({"check", kSmall, "--dot", "--language", "en"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("digraph pathway {"));
}

TEST(CheckCommand, DrawsAPathwayAsSvg) {
  const Ran ran = RunWith({"check", kSmall, "--svg"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("</svg>"));
}

TEST(CheckCommand, DrawsAPathwayWithErrorsAndSaysThemElsewhere) {
  const std::string path = ChangedCopy("stage: \"route\"", "stage: \"none\"");
  const Ran ran = RunWith({"check", path, "--dot"});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.out, StartsWith("digraph pathway {"));
  EXPECT_THAT(ran.err, HasSubstr("error"));
}

TEST(CheckCommand, DrawsOnePathwayAtATime) {
  EXPECT_EQ(RunWith({"check", kSmall, kSmall, "--dot"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"check", kSmall, "--dot", "--svg"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"check", kSmall, "--dot", "--json"}).status, kExitUsage);
}

TEST(CheckCommand, DrawsOneSheet) {
  const Ran ran =
      RunWith({"check", kSmall, "--sheet", "1", "--language", "en"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("</svg>"));
}

TEST(CheckCommand, SaysHowManySheetsThereAre) {
  const Ran ran = RunWith({"check", kSmall, "--dot", "--sheet", "99"});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("there is no --sheet 99"));
}

TEST(CheckCommand, RefusesALanguageWithoutWords) {
  EXPECT_EQ(RunWith({"check", kSmall, "--dot", "--language", "xx"}).status,
            kExitUsage);
  EXPECT_EQ(RunWith({"compare", kSmall, kSmall, "--language", "xx"}).status,
            kExitUsage);
}

TEST(CompareCommand, IsContentWithThePathwayItself) {
  const Ran ran = RunWith({"compare", kSmall, kSmall, "--language", "en"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Nothing differs."));
}

TEST(CompareCommand, WarnsOfWhatTouchesOpenCases) {
  const std::string path = ChangedCopy("within { n: 3", "within { n: 2");
  const Ran ran = RunWith({"compare", kSmall, path, "--language", "en"});
  EXPECT_EQ(ran.status, kExitWarnings) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("A limit becomes shorter"));
}

TEST(CompareCommand, AnswersPrograms) {
  const std::string path = ChangedCopy("within { n: 3", "within { n: 4");
  const Ran ran = RunWith({"compare", kSmall, path, "--json"});
  EXPECT_EQ(ran.status, kExitWarnings) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\"kind\": \"DIFFERENCE_KIND_LONGER\""));
}

TEST(CompareCommand, NamesTheFileItCannotRead) {
  const Ran ran = RunWith({"compare", kSmall, "no-such-file.textproto"});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.err, HasSubstr("no-such-file.textproto"));
}

}  // namespace
}  // namespace careroute::services
