#include "services/command/command_line.h"

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "lib/api/status.h"
#include "services/command/hub_flags.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Ran {
  int status = -1;
  std::string out;
  std::string err;
};

Ran RunWith(std::vector<std::string> words,
            const std::vector<AddCommands>& more = {}) {
  words.insert(words.begin(), "careroute");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  std::ostringstream out;
  std::ostringstream err;
  Ran ran;
  ran.status = RunCommand(static_cast<int>(argv.size()), argv.data(),
                          {.out = out, .err = err}, more);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

std::string WriteFile(const std::string& name, const std::string& text) {
  const std::string path = ::testing::TempDir() + "/" + name;
  std::ofstream(path) << text;
  return path;
}

constexpr char kMember[] = "organisations/a/members/b";

TEST(RunCommand, NamesEverySubCommandAndTheStatusesInItsHelp) {
  const Ran ran = RunWith({"--help"});
  EXPECT_EQ(ran.status, kExitDone);
  for (const char* name :
       {"route", "cases", "queue", "workload", "absence", "hand-over",
        "hand-over-case", "accept-posts", "dismiss", "open-in-emergency",
        "check", "score", "compare", "move-cases", "peers", "import",
        "completion"}) {
    EXPECT_THAT(ran.out, HasSubstr(name));
  }
  EXPECT_THAT(ran.out, HasSubstr("Exit status"));
}

TEST(RunCommand, TellsAWrongLineFromAFailure) {
  EXPECT_EQ(RunWith({}).status, kExitUsage);
  EXPECT_EQ(RunWith({"route"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"open-in-emergency", "1"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"move-cases", "early-help"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"route", "1", "--no-such-flag"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"completion", "tcsh"}).status, kExitUsage);
}

// Words of a command that calls a hub nobody serves.
int StatusOfPeers(std::vector<std::string> words) {
  words.insert(words.begin(), "peers");
  for (const char* more : {"--as", kMember, "--hub", "127.0.0.1:9"}) {
    words.emplace_back(more);
  }
  return RunWith(std::move(words)).status;
}

TEST(RunCommand, TakesPeersAloneAndWithAVerb) {
  EXPECT_EQ(StatusOfPeers({}), kExitUnreachable);
  EXPECT_EQ(StatusOfPeers({"waiting", "east"}), kExitUnreachable);
  EXPECT_EQ(StatusOfPeers({"redrive", "east"}), kExitUnreachable);
  EXPECT_EQ(StatusOfPeers({"resume", "peers/east"}), kExitUnreachable);
  EXPECT_EQ(StatusOfPeers({"pause", "east", "--reason", "it moves house"}),
            kExitUnreachable);
}

TEST(RunCommand, SaysByTheClockItIsToldUntilWhenACaseIsOpen) {
  const auto with = [](const std::string& offset) {
    return RunWith({"open-in-emergency", "1", "--reason", "it cannot wait",
                    "--as", kMember, "--hub", "127.0.0.1:9", "--utc-offset",
                    offset})
        .status;
  };
  EXPECT_EQ(with("+10:00"), kExitUnreachable);
  EXPECT_EQ(with("ten"), kExitUsage);
}

// The hub refuses every other purpose, and says so.
TEST(RunCommand, OpensInAnEmergencyForCareUnlessToldOtherwise) {
  const Ran ran = RunWith({"open-in-emergency", "--help"});
  EXPECT_THAT(ran.out, HasSubstr("--purpose TEXT=care"));
  EXPECT_THAT(RunWith({"cases", "--help"}).out,
              HasSubstr("--purpose TEXT=coordination"));
}

TEST(RunCommand, AsksWhichPeerAndWhyItIsPaused) {
  EXPECT_EQ(StatusOfPeers({"pause", "east"}), kExitUsage);
  EXPECT_EQ(StatusOfPeers({"redrive"}), kExitUsage);
  EXPECT_EQ(StatusOfPeers({"east"}), kExitUsage);
  EXPECT_EQ(StatusOfPeers({"waiting", "east", "--first", "0"}), kExitUsage);
  EXPECT_EQ(RunWith({"peers", "redrive", "east"}).status, kExitUsage)
      << "nobody says who calls";
}

TEST(RunCommand, TakesACertificateOnlyWithItsKeyAndWhomToShowItTo) {
  const std::string pem = WriteFile("some.pem", "PEM\n");
  EXPECT_EQ(StatusOfPeers({"--certificate", pem}), kExitUsage);
  EXPECT_EQ(StatusOfPeers({"--key", pem, "--authorities", pem}), kExitUsage);
  EXPECT_EQ(StatusOfPeers({"--certificate", pem, "--key", pem}), kExitUsage);
}

TEST(RunCommand, TakesNoFileOfSeveralLinesForAToken) {
  const auto with = [](const std::string& text) {
    return StatusOfPeers({"--token-file", WriteFile("caller.token", text)});
  };
  EXPECT_EQ(with("aa.bb-cc_dd\n"), kExitUnreachable);
  EXPECT_EQ(with("-----BEGIN\nEND-----\n"), kExitFailed);
  EXPECT_EQ(with("жетон"), kExitFailed);
}

TEST(RunCommand, CallsNoHubWithoutAnAddress) {
  for (const char* address : {"", " "}) {
    const Ran ran = RunWith({"peers", "--as", kMember, "--hub", address});
    EXPECT_EQ(ran.status, kExitUsage);
    EXPECT_THAT(ran.err, HasSubstr("--hub: is empty"));
  }
}

TEST(RunCommand, SendsNoTokenInPlainTextToAnotherMachine) {
  const std::string token = WriteFile("own.token", "aa.bb-cc_dd\n");
  const std::vector<std::string> words = {
      "peers", "--as", kMember, "--hub", "192.0.2.1:9", "--token-file", token};
  const Ran ran = RunWith(words);
  EXPECT_EQ(ran.status, kExitUsage);
  EXPECT_THAT(ran.err, HasSubstr("--token-file: "));
  EXPECT_THAT(ran.err, HasSubstr("give --authorities"));
  // With them it is their file that is looked at.
  std::vector<std::string> encrypted = words;
  encrypted.insert(encrypted.end(), {"--authorities", "/nowhere/ca.pem"});
  const Ran read = RunWith(encrypted);
  EXPECT_EQ(read.status, kExitFailed);
  EXPECT_THAT(read.err, HasSubstr("--authorities: /nowhere/ca.pem"));
}

TEST(RunCommand, AsksForTheMemberAndTheDaysOfAnAbsence) {
  EXPECT_EQ(RunWith({"absence"}).status, kExitUsage);
  EXPECT_EQ(RunWith({"absence", "add", "anna", "--as", kMember}).status,
            kExitUsage);
  const Ran ran = RunWith(
      {"absence", "take-back", "anna", "--from", "20 April", "--as", kMember});
  EXPECT_EQ(ran.status, kExitUsage);
  EXPECT_THAT(ran.err, HasSubstr("YYYY-MM-DD"));
}

TEST(RunCommand, AsksToWhomCasesAreHandedOver) {
  EXPECT_EQ(RunWith({"hand-over", "anna", "--as", kMember}).status, kExitUsage);
  EXPECT_EQ(RunWith({"hand-over", "anna", "--to", "boris", "--post", "head",
                     "--as", kMember})
                .status,
            kExitUsage);
}

TEST(RunCommand, AsksForTheLastDayOfWhoIsDismissed) {
  EXPECT_EQ(RunWith({"dismiss", "anna", "--as", kMember}).status, kExitUsage);
}

TEST(RunCommand, TakesWhoStandsAfterOneReceiverForWhoseCasesTheyAre) {
  // Nothing listens on the discard port of this machine.
  const Ran ran = RunWith({"hand-over", "--to", "boris", "--to", "clara",
                           "anna", "--as", kMember, "--hub", "127.0.0.1:9"});
  EXPECT_EQ(ran.status, kExitUnreachable) << ran.err;
}

TEST(RunCommand, SaysUnderWhichRequestIdWhatWasCutShortGoesOn) {
  const std::string id = "6e3a1c52-7f0d-4b7e-9c1a-2d5b8f4e0a13";
  const Ran ran = RunWith({"accept-posts", "--apply", "--request-id", id,
                           "--as", kMember, "--hub", "127.0.0.1:9"});
  EXPECT_EQ(ran.status, kExitUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("--request-id " + id));
}

TEST(RunCommand, AsksWhatAFileOfRowsIs) {
  EXPECT_EQ(RunWith({"import", "persons", "--as", kMember}).status, kExitUsage);
  const Ran unknown =
      RunWith({"import", "persons", "persons.xlsx", "--as", kMember});
  EXPECT_EQ(unknown.status, kExitUsage);
  EXPECT_THAT(unknown.err, HasSubstr("--format csv"));
  const Ran missing =
      RunWith({"import", "cases", "/nowhere/cases.csv", "--as", kMember});
  EXPECT_EQ(missing.status, kExitFailed);
  EXPECT_THAT(missing.err, HasSubstr("cannot be read"));
  for (const char* format : {"csv", "ndjson"}) {
    const Ran folder = RunWith({"import", "cases", ::testing::TempDir(),
                                "--format", format, "--as", kMember});
    EXPECT_EQ(folder.status, kExitFailed);
    EXPECT_THAT(folder.err, HasSubstr("cannot be read"));
  }
}

TEST(RunCommand, NamesTheColumnsOfAFileOfRows) {
  const Ran ran = RunWith({"import", "cases", "--help"});
  EXPECT_EQ(ran.status, kExitDone);
  for (const char* word : {"pathway", "birth_date", "criterion_document",
                           "careroute.api.v1.ReportNeedRequest"}) {
    EXPECT_THAT(ran.out, HasSubstr(word));
  }
}

TEST(RunCommand, SaysThatRowsAreNotLostWhenNoHubAnswers) {
  const std::string path =
      WriteFile("persons.csv", "family_name\nЁлкина\nСиницына\n");
  const Ran ran = RunWith(
      {"import", "persons", path, "--as", kMember, "--hub", "127.0.0.1:9"});
  EXPECT_EQ(ran.status, kExitUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("run the same command again"));
  EXPECT_THAT(ran.out, HasSubstr("rows: 0 taken, 0 refused"));
}

TEST(RunCommand, HasNothingToGoOnWithAfterATrial) {
  const Ran ran =
      RunWith({"accept-posts", "--as", kMember, "--hub", "127.0.0.1:9"});
  EXPECT_EQ(ran.status, kExitUnreachable);
  EXPECT_THAT(ran.err, Not(HasSubstr("--request-id")));
}

TEST(RunCommand, NamesTheCommandThatIsNone) {
  const Ran ran = RunWith({"rout", "1"});
  EXPECT_EQ(ran.status, kExitUsage);
  EXPECT_THAT(ran.err, HasSubstr("\"rout\" is no command"));
}

TEST(RunCommand, SaysItsVersion) {
  const Ran ran = RunWith({"--version"});
  EXPECT_EQ(ran.status, kExitDone);
  EXPECT_THAT(ran.out, ::testing::StartsWith("careroute "));
}

TEST(RunCommand, RefusesALanguageWithoutWords) {
  const Ran ran = RunWith({"cases", "--as", kMember, "--language", "fr"});
  EXPECT_EQ(ran.status, kExitUsage);
  EXPECT_THAT(ran.err, HasSubstr("say ru or en"));
}

TEST(RunCommand, RunsWhatOthersAdd) {
  const AddCommands add = [](CLI::App& app, CommandRun& run) {
    CLI::App& sub = *app.add_subcommand("version", "Print the version");
    run.OnParsed(sub, [&run] {
      run.out() << "0.1.0\n";
      return kExitWarnings;
    });
  };
  const Ran ran = RunWith({"version"}, {add});
  EXPECT_EQ(ran.status, kExitWarnings);
  EXPECT_EQ(ran.out, "0.1.0\n");
}

TEST(RunCommand, AsksWhoCallsBeforeItCalls) {
  const Ran ran = RunWith({"cases", "--as", "nobody"});
  EXPECT_EQ(ran.status, kExitUsage);
  EXPECT_THAT(ran.err, HasSubstr("CAREROUTE_MEMBER"));
}

TEST(RunCommand, SaysThatNoHubAnswers) {
  // Nothing listens on the discard port of this machine.
  const Ran ran =
      RunWith({"route", "1", "--as", kMember, "--hub", "127.0.0.1:9"});
  EXPECT_EQ(ran.status, kExitUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("--hub"));
}

TEST(RunCommand, RefusesAnOffsetThatIsNone) {
  const Ran ran =
      RunWith({"cases", "--as", kMember, "--utc-offset", "Khabarovsk"});
  EXPECT_EQ(ran.status, kExitUsage);
  EXPECT_THAT(ran.err, HasSubstr("+10:00"));
}

TEST(HubFlags, ShowTheClockOfTheOrganisationUnlessToldOtherwise) {
  google::protobuf::Timestamp midnight;
  midnight.set_seconds(1744070400);  // 2025-04-08, UTC
  const absl::StatusOr<Wall> theirs = HubFlags().WallClock(-60);
  ASSERT_TRUE(theirs.ok()) << theirs.status();
  EXPECT_EQ(theirs->Day(midnight),
            Wall(HubFlags().language(), -60).Day(midnight));
  HubFlags flags;
  CLI::App app;
  flags.AddClockTo(app);
  app.parse("--utc-offset +10:00", false);
  const absl::StatusOr<Wall> told = flags.WallClock(-60);
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(told->Day(midnight), Wall(flags.language(), 600).Day(midnight));
  EXPECT_NE(told->Day(midnight), theirs->Day(midnight));
}

TEST(CheckCommand, IsSilentAboutAPathwayWithoutProblems) {
  const Ran ran = RunWith(
      {"check", "lib/pathway/testdata/seven_pieces.textproto", "--overlay",
       "lib/pathway/testdata/overlays/demo_region.textproto"});
  EXPECT_EQ(ran.status, kExitDone) << ran.out;
  EXPECT_EQ(ran.out, "");
}

TEST(CheckCommand, RefusesAnOverlayOfAnotherCatalogue) {
  const std::string path = WriteFile("overlay.textproto", "id: \"x\"\n");
  const Ran ran = RunWith(
      {"check", "lib/pathway/testdata/small.textproto", "--overlay", path});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.out, HasSubstr("OTHER_CATALOGUE"));
}

TEST(CheckCommand, NamesAFileAsItWasNamed) {
  EXPECT_THAT(RunWith({"check", "/no-such-file"}).out,
              StartsWith("/no-such-file: error: "));
}

TEST(CheckCommand, NamesFileLineAndMendOfAnError) {
  const std::string path =
      WriteFile("broken.textproto", "id: \"x\"\nnone: 1\n");
  const Ran ran = RunWith({"check", path});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.out, HasSubstr(path + ":2:"));
  EXPECT_THAT(ran.out, HasSubstr("error"));
}

constexpr char kMeasures[] = "lib/measures/catalogue/ru-demo.textproto";

TEST(CheckCommand, FindsNothingWrongWithMeasuresCheckedLately) {
  const Ran ran = RunWith({"check", kMeasures, "--on", "2024-02-01"});
  EXPECT_EQ(ran.status, kExitDone) << ran.out;
}

TEST(CheckCommand, WarnsOfMeasuresCheckedLongBeforeTheDay) {
  const Ran ran = RunWith({"check", kMeasures, "--on", "2026-10-06"});
  EXPECT_EQ(ran.status, kExitWarnings);
  EXPECT_THAT(ran.out, HasSubstr("repair-fee-compensation"));
  EXPECT_THAT(ran.out, Not(HasSubstr("maternity-capital")));
}

TEST(CheckCommand, RefusesADayThatIsNone) {
  EXPECT_EQ(RunWith({"check", kMeasures, "--on", "2026-02-30"}).status,
            kExitUsage);
}

TEST(CheckCommand, PrintsProblemsForPrograms) {
  const std::string path = WriteFile("broken.textproto", "none: 1\n");
  const Ran ran = RunWith({"check", path, "--json"});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.out, HasSubstr("\"grade\": \"PROBLEM_GRADE_ERROR\""));
  EXPECT_THAT(ran.out, HasSubstr("\"line\": 1"));
}

TEST(ImportCommand, NamesTheLineOfADirectoryItCannotRead) {
  const std::string path =
      WriteFile("directory.textproto", "organisations {\n  nme: \"a\"\n}\n");
  const Ran ran = RunWith({"import", "directory", path, "--as", kMember});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.err, HasSubstr(path + ":2:"));
}

TEST(ImportCommand, SaysWhichFileIsMissing) {
  const Ran ran =
      RunWith({"import", "directory", "no-such-file.json", "--as", kMember});
  EXPECT_EQ(ran.status, kExitFailed);
  EXPECT_THAT(ran.err, HasSubstr("no-such-file.json"));
}

TEST(CompletionCommand, KnowsWhatOthersAdd) {
  const AddCommands add = [](CLI::App& app, CommandRun&) {
    app.add_subcommand("sandbox", "Serve on a virtual clock");
  };
  const Ran ran = RunWith({"completion", "bash"}, {add});
  EXPECT_EQ(ran.status, kExitDone);
  EXPECT_THAT(ran.out, HasSubstr("sandbox"));
}

TEST(RunCommand, SpeaksTheLanguageItIsToldWhenItFails) {
  const auto failing = [](std::vector<std::string> words,
                          const std::string& language) {
    for (const char* more :
         {"--as", kMember, "--hub", "127.0.0.1:9", "--language"}) {
      words.emplace_back(more);
    }
    words.push_back(language);
    return RunWith(std::move(words)).err;
  };
  for (const char* command : {"route", "queue", "workload"}) {
    EXPECT_THAT(failing({command, "1"}, "ru"), HasSubstr("запустите узел"));
    EXPECT_THAT(failing({command, "1"}, "en"), HasSubstr("start a hub"));
  }
  EXPECT_THAT(failing({"accept-posts"}, "ru"), HasSubstr("запустите узел"));
  EXPECT_THAT(failing({"peers"}, "ru"), HasSubstr("запустите узел"));
  EXPECT_THAT(failing({"peers", "resume", "east"}, "ru"),
              HasSubstr("запустите узел"));
}

// What a command whose words are in `language` writes of the status.
std::string Told(const absl::Status& status, const std::string& language) {
  std::ostringstream out;
  std::ostringstream err;
  CommandRun run({.out = out, .err = err});
  run.SpeakIn(language);
  EXPECT_EQ(run.Fail(status), kExitFailed);
  EXPECT_EQ(out.str(), "");
  return err.str();
}

TEST(Fail, TellsARefusalInRussian) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_GUARD_UNMET);
  refusal.set_message_key("guard_unmet");
  refusal.set_message("what must hold does not hold");
  refusal.add_missing()->set_what("guard/refer/informed");
  refusal.mutable_missing(0)->set_can_be_met_by("identifier");
  refusal.mutable_missing(0)->set_mend("name the document");
  refusal.add_open_to_actor("CompleteStep");
  EXPECT_EQ(
      Told(api::RefusalStatus(refusal), "ru"),
      "careroute: Не выполнено то, что нужно до начала работы.\n"
      "  не хватает: guard/refer/informed (identifier): назовите документ\n"
      "  вам доступно: CompleteStep\n");
}

TEST(Fail, TellsEachProblemOfARequestInRussianAndHowToMendIt) {
  base::Problems problems;
  problems.Error("name", "WRONG_NAME", "is no name of this kind",
                 "send cases/*");
  problems.Error("note", "INVALID", "the person must be able to read why",
                 "give the reason in words");
  EXPECT_EQ(Told(api::ProblemsStatus(problems), "ru"),
            "careroute: узел отклонил запрос\n"
            "  name: имя не того вида; send cases/*\n"
            "  note: так быть не может (the person must be able to read why); "
            "напишите причину\n");
}

TEST(Fail, LeavesAStatusWithoutARefusalAsItIs) {
  EXPECT_EQ(Told(absl::NotFoundError("no such file"), "ru"),
            "careroute: no such file\n");
}

TEST(Fail, SaysEverythingARefusalHolds) {
  std::ostringstream out;
  std::ostringstream err;
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_GUARD_UNMET);
  refusal.set_message("what must hold does not hold");
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("guard/refer/informed");
  missing.set_can_be_met_by("identifier");
  refusal.add_open_to_actor("CompleteStep");
  const CommandRun run({.out = out, .err = err});
  EXPECT_EQ(run.Fail(api::RefusalStatus(refusal)), kExitFailed);
  EXPECT_THAT(err.str(), HasSubstr("what must hold does not hold"));
  EXPECT_THAT(err.str(),
              HasSubstr("missing: guard/refer/informed (identifier)"));
  EXPECT_THAT(err.str(), HasSubstr("open to you: CompleteStep"));
}

TEST(Fail, SaysEachProblemOfARequestOnce) {
  std::ostringstream out;
  std::ostringstream err;
  base::Problems problems;
  problems.Error("name", "WRONG_NAME", "is no name", "send cases/*");
  const CommandRun run({.out = out, .err = err});
  EXPECT_EQ(run.Fail(api::ProblemsStatus(problems)), kExitFailed);
  EXPECT_EQ(err.str(),
            "careroute: the hub refused the request\n"
            "  name: is no name; send cases/*\n");
}

}  // namespace
}  // namespace careroute::services
