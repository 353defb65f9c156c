#include "services/hub/generate/caseload_shape.h"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kShipped[] = "services/hub/generate/data/demo-region.json";

constexpr char kSmall[] = R"({
  "region": "RU-DEMO", "calendar": "ru", "zone": "RU-KHA", "districts": ["a"],
  "programmes": [{
    "share": 1, "reporter": "AGENCY_KIND_HEALTH", "organisations": 1,
    "ageMonths": {"from": 0, "to": 3},
    "report": {"pathway": "p", "entry": "e"},
    "histories": [{"share": 1, "beganDaysAgo": {"from": 0, "to": 1}, "moves": [
      {"step": "s", "command": {"completeStep": {"outcome": "o"}}}]}],
    "source": {"provenance": "PROVENANCE_DEMO"}
  }]
})";

std::vector<std::string> ProblemsOf(const std::string& text) {
  base::Problems problems;
  const bool read = ReadCaseloadShape(text, problems).has_value();
  EXPECT_EQ(read, !problems.HasErrors());
  std::vector<std::string> found;
  for (const base::Problem& one : problems.list()) {
    found.push_back(one.path + " " + one.reason);
  }
  return found;
}

// The small shape with one text exchanged for another.
std::vector<std::string> ProblemsWith(const std::string& from,
                                      const std::string& to) {
  const std::string changed = absl::StrReplaceAll(kSmall, {{from, to}});
  EXPECT_NE(changed, kSmall);
  return ProblemsOf(changed);
}

TEST(ReadCaseloadShape, ReadsASmallOne) {
  EXPECT_THAT(ProblemsOf(kSmall), IsEmpty());
}

TEST(ReadCaseloadShape, ReadsTheShippedOneWithAllOfItsProgrammes) {
  std::ifstream file(kShipped);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  base::Problems problems;
  const auto shape = ReadCaseloadShape(text, problems);
  ASSERT_TRUE(shape.has_value()) << problems.ToStatus();
  std::vector<std::string> pathways;
  for (const CaseloadProgramme& one : shape->programmes) {
    pathways.push_back(one.report.pathway());
    EXPECT_EQ(one.source.provenance(), model::v1::PROVENANCE_DEMO);
    EXPECT_THAT(one.histories.size(), Ge(2u));
  }
  for (const CaseloadPerformers& one : shape->performers) {
    EXPECT_EQ(one.source.provenance(), model::v1::PROVENANCE_DEMO);
  }
  EXPECT_THAT(pathways,
              AllOf(Contains("long-term-care"), Contains("early-help"),
                    Contains("congenital-pathology")));
}

TEST(ReadCaseloadShape, RefusesNumbersOfUnknownOrigin) {
  EXPECT_THAT(ProblemsWith("PROVENANCE_DEMO", "PROVENANCE_CONFIRMED"),
              Contains("programmes[0].source NO_PROVENANCE"));
  EXPECT_THAT(ProblemsWith(R"({"provenance": "PROVENANCE_DEMO"})", "{}"),
              Contains("programmes[0].source NO_PROVENANCE"));
}

TEST(ReadCaseloadShape, RefusesAReportThatSaysWhomItIsAbout) {
  EXPECT_THAT(ProblemsWith(R"("entry": "e")",
                           R"("entry": "e", "person": {"identity": {}})"),
              Contains("programmes[0].report CONTRADICTORY"));
  EXPECT_THAT(ProblemsWith(R"("entry": "e")", R"("note": "e")"),
              Contains("programmes[0].report EMPTY"));
}

TEST(ReadCaseloadShape, RefusesAMoveThatIsNone) {
  const std::string at = "programmes[0].histories[0].moves[0].";
  EXPECT_THAT(ProblemsWith(R"({"completeStep": {"outcome": "o"}})", "{}"),
              Contains(at + "command EMPTY"));
  EXPECT_THAT(ProblemsWith(R"("step": "s", )", ""),
              Contains(at + "step CONTRADICTORY"));
  EXPECT_THAT(ProblemsWith(R"({"completeStep": {"outcome": "o"}})",
                           R"({"startStep": {"step": "s"}})"),
              Contains(at + "step CONTRADICTORY"));
  EXPECT_THAT(ProblemsWith(R"("step": "s", "command": {"completeStep")",
                           R"("recheckAfterDays": 3, "command": {"closeCase")"),
              Not(IsEmpty()));
}

TEST(ReadCaseloadShape, RefusesReferralsThatAskNobody) {
  const std::string move = R"({"completeStep": {"outcome": "o"}})";
  const std::string make = R"({"referral": {"make": {"way": "w"}}})";
  EXPECT_THAT(ProblemsWith(move, make),
              Contains("programmes[0].performers EMPTY"));
  EXPECT_THAT(ProblemsWith(R"("reporter")", R"("performers": "x", "reporter")"),
              Contains("programmes[0].performers UNKNOWN"));
}

TEST(ReadCaseloadShape, RefusesPerformersOfUnknownOriginOrOfOneId) {
  const std::string one =
      R"({"id": "x", "kind": "AGENCY_KIND_SOCIAL", "organisations": 1})";
  EXPECT_THAT(ProblemsWith(R"("programmes")", R"("performers": [)" + one + "," +
                                                  one + R"(], "programmes")"),
              AllOf(Contains("performers[0].source NO_PROVENANCE"),
                    Contains("performers[1].id DUPLICATE")));
}

// The hub would refuse every organisation that is called after it.
TEST(ReadCaseloadShape, RefusesPerformersWhoseIdNamesNoOrganisation) {
  for (const std::string id : {"Care", "a/b", "a.b", "1a", "при"}) {
    const std::string one =
        R"({"id": ")" + id + R"(", "kind": "AGENCY_KIND_SOCIAL",)" +
        R"( "organisations": 1, "source": {"provenance": "PROVENANCE_DEMO"}})";
    EXPECT_THAT(ProblemsWith(R"("programmes")",
                             R"("performers": [)" + one + R"(], "programmes")"),
                ElementsAre("performers[0].id NOT_AN_ID"))
        << id;
  }
}

TEST(ReadCaseloadShape, RefusesMovesOnReferralsThatNobodyMade) {
  const std::string at = "programmes[0].histories[0].moves[0].";
  EXPECT_THAT(ProblemsWith(R"("step": "s", "command")",
                           R"("step": "s", "by": "performer", "command")"),
              Contains(at + "command CONTRADICTORY"));
  EXPECT_THAT(
      ProblemsWith(
          R"("step": "s", "command": {"completeStep": {"outcome": "o"}})",
          R"("command": {"referral": {"accept": {}}})"),
      Contains(at + "command CONTRADICTORY"));
  EXPECT_THAT(ProblemsWith(R"("step": "s", "command")",
                           R"("step": "s", "by": "family", "command")"),
              Contains(at + "by UNKNOWN_PARTY"));
}

TEST(ReadCaseloadShape, RefusesToSayWhatIsFoundForEachCase) {
  const std::string move = R"({"completeStep": {"outcome": "o"}})";
  for (const std::string known :
       {R"({"referral": {"make": {"way": "w", "performer": "p"}}})",
        R"({"completeStep": {"outcome": "o", "consent": {"givenBy": "g"}}})"}) {
    EXPECT_THAT(
        ProblemsWith(move, known),
        Contains("programmes[0].histories[0].moves[0].command CONTRADICTORY"));
  }
}

TEST(ReadCaseloadShape, RefusesARangeThatEndsBeforeItBegins) {
  EXPECT_THAT(ProblemsWith(R"("from": 0, "to": 3)", R"("from": 4, "to": 3)"),
              Contains("programmes[0].ageMonths.to CONTRADICTORY"));
}

TEST(ReadCaseloadShape, RefusesWhatIsNoShape) {
  for (const std::string text :
       {"", "[]", "{", "{}", "{\"region\": \"\xff\"}"}) {
    EXPECT_THAT(ProblemsOf(text), Not(IsEmpty())) << text;
  }
  EXPECT_THAT(ProblemsOf(std::string(kShapeBytesMax + 1, ' ')),
              Contains(" NOT_A_SHAPE"));
}

TEST(ReadCaseloadShape, RefusesFieldsItDoesNotKnow) {
  EXPECT_THAT(ProblemsWith(R"("region")", R"("colour": "red", "region")"),
              Contains("colour UNKNOWN_FIELD"));
}

}  // namespace
}  // namespace careroute::services
