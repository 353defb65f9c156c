// `careroute score` and `careroute check` on instruments, from outside.

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "services/command/command_line.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Ran {
  int status = -1;
  std::string out;
  std::string err;
};

Ran RunWith(std::vector<std::string> words, const Screen& screen = {}) {
  words.insert(words.begin(), "careroute");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  std::ostringstream out;
  std::ostringstream err;
  Ran ran;
  ran.status = RunCommand(static_cast<int>(argv.size()), argv.data(),
                          {.out = out, .err = err, .screen = screen});
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

std::string WriteFile(const std::string& name, const std::string& text) {
  const std::string path = ::testing::TempDir() + "/" + name;
  std::ofstream(path) << text;
  return path;
}

constexpr char kKatz[] = "lib/scoring/catalogue/katz.textproto";
constexpr char kAnswers[] =
    "instrument: 'katz'\n"
    "assessment_date: '2026-03-02'\n"
    "answers { item: 'bathing' option: 'dependent' basis: ANSWER_BASIS_WORD }\n"
    "answers { item: 'dressing' option: 'independent' }\n"
    "answers { item: 'toileting' option: 'independent' }\n"
    "answers { item: 'transferring' option: 'independent' }\n"
    "answers { item: 'continence' option: 'independent' }\n"
    "answers { item: 'feeding' option: 'independent' }\n";

TEST(ScoreCommand, PrintsItemsModulesLevelAndSource) {
  const Ran ran = RunWith(
      {"score", kKatz, WriteFile("katz.txt", kAnswers), "--language", "en"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  for (const char* words :
       {"Katz index of independence", "edition 1963.1, assessed on 2026-03-02",
        "needs help (by word, with oral consent)", "Sum of points",
        "needs help with at least one activity", "The index of ADL, 1963",
        "read in the source"}) {
    EXPECT_THAT(ran.out, HasSubstr(words));
  }
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1b")));
}

TEST(ScoreCommand, SpeaksRussian) {
  const Ran ran = RunWith(
      {"score", kKatz, WriteFile("katz.txt", kAnswers), "--language", "ru"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Индекс Каца"));
  EXPECT_THAT(ran.out, HasSubstr("со слов, с устного согласия"));
}

TEST(ScoreCommand, ColoursOnATerminalAndKeepsToItsWidth) {
  const Ran ran = RunWith({"score", kKatz, WriteFile("katz.txt", kAnswers)},
                          {.width = 60, .colour = true});
  EXPECT_THAT(ran.out, HasSubstr("\x1b["));
}

TEST(ScoreCommand, TakesJsonAndGivesJson) {
  const std::string file =
      WriteFile("group.json",
                "{\"assessment_date\": \"2026-03-02\", \"answers\": "
                "[{\"item\": \"group\", \"option\": \"5\"}]}");
  const Ran ran = RunWith(
      {"score", "lib/scoring/catalogue/ru-ltc-group-crosswalk.textproto", file,
       "--json"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\"level\": \"level_3\""));
}

TEST(ScoreCommand, NamesEveryWrongAnswerByFileAndLine) {
  const Ran ran =
      RunWith({"score", kKatz,
               WriteFile("wrong.txt",
                         "instrument: 'katz'\nassessment_date: '2026-03-02'\n"
                         "answers { item: 'bathing' option: 'sometimes' }\n"
                         "answers { item: 'flying' option: 'yes' }\n")});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("wrong.txt:3:"));
  EXPECT_THAT(ran.err, HasSubstr("wrong.txt:4:"));
  EXPECT_THAT(ran.err, HasSubstr("[MISSING_ANSWER]"));
}

TEST(ScoreCommand, FailsWithoutInstrumentOrFile) {
  EXPECT_EQ(RunWith({"score", "no-such-thing", WriteFile("katz.txt", kAnswers)})
                .status,
            kExitFailed);
  EXPECT_EQ(RunWith({"score", kKatz, "no/such/file"}).status, kExitFailed);
  EXPECT_EQ(RunWith({"score", kKatz}).status, kExitUsage);
}

TEST(ScoreCommand, SaysThatDemonstrationNumbersDecideNothing) {
  const Ran ran =
      RunWith({"score", "lib/scoring/catalogue/ru-ltc-questionnaire.textproto",
               WriteFile("demo.txt", "assessment_date: '2026-03-02'"),
               "--language", "en"});
  EXPECT_EQ(ran.status, kExitDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("invented for demonstration"));
  EXPECT_THAT(ran.out, HasSubstr("cannot be counted"));
}

TEST(CheckCommand, ChecksInstrumentsToo) {
  EXPECT_EQ(RunWith({"check", kKatz}).status, kExitDone);
  const Ran ran = RunWith(
      {"check", WriteFile("broken.textproto",
                          "# proto-message: careroute.model.v1.Instrument\n"
                          "id: 'broken'\n")});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.out, HasSubstr("broken.textproto:"));
  EXPECT_THAT(ran.out, HasSubstr("[NO_SOURCE]"));
}

}  // namespace
}  // namespace careroute::services
