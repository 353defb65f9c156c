// `careroute import persons` and `import cases` against a hub: what is good in
// a file is taken once, what is bad is told by its row.

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_read_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUnreachable = 3;
constexpr int kWarnings = 4;

constexpr char kHeader[] =
    "pathway,entry,family_name,given_name,birth_date,registered_region,"
    "criterion,criterion_document\n";

// A child of the target group.
std::string Row(int n) {
  return absl::StrCat("early-help,health_identification,", kFamilyName,
                      ",Анна,2025-0", n, "-11,RU-DEMO,f2025_development,",
                      "development-screening-sheet\n");
}

class HubImport : public ::testing::Test {
 protected:
  void SetUp() override {
    hub_ = bench_.Start();
    HubBench::ImportClinic(*hub_);
  }

  [[nodiscard]] Ran Import(const std::string& kind, const std::string& file,
                           const std::string& text,
                           const std::vector<std::string>& more = {}) const {
    const std::string path = bench_.File(file);
    std::ofstream(path, std::ios::binary) << text;
    std::vector<std::string> arguments = {"import",
                                          kind,
                                          path,
                                          "--hub",
                                          Address(),
                                          "--as",
                                          "organisations/clinic/members/system",
                                          "--language",
                                          "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunProgram(arguments);
  }
  [[nodiscard]] std::string Address() const {
    return absl::StrCat("127.0.0.1:", hub_->port());
  }
  // Opened cases, all with the clinic.
  [[nodiscard]] int Cases() const {
    api::v1::ListCasesRequest request;
    request.set_page_size(200);
    const auto reply =
        HubBench::Coordinator(*hub_).Call<api::v1::ListCasesResponse>(
            "careroute.api.v1.CaseService.ListCases", request);
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? reply->cases_size() : -1;
  }

  const HubBench bench_{HubBench::Catalogue::kDemoRegion};
  std::unique_ptr<Program> hub_;
};

TEST_F(HubImport, TakesEachRowOnceHoweverOftenTheFileIsRun) {
  const std::string file = absl::StrCat(kHeader, Row(1), Row(2), Row(3));
  for (int run = 0; run < 2; ++run) {
    const Ran ran = Import("cases", "cases.csv", file);
    EXPECT_EQ(ran.status, kDone) << ran.log;
    EXPECT_THAT(ran.log, HasSubstr("rows: 3 taken, 0 refused"));
    EXPECT_EQ(Cases(), 3);
  }
  // In another file, and in another order.
  EXPECT_EQ(
      Import("cases", "more.csv", absl::StrCat(kHeader, Row(4), Row(3), Row(1)))
          .status,
      kDone);
  EXPECT_EQ(Cases(), 4);
}

TEST_F(HubImport, TellsEachBadRowAndTakesTheOthers) {
  std::string not_declared = Row(2);
  not_declared.replace(0, std::string("early-help").size(), "no-such-help");
  std::string no_day = Row(3);
  no_day.replace(no_day.find("2025-03-11"), 10, "11 March  ");
  const Ran ran = Import(
      "cases", "cases.csv",
      absl::StrCat(kHeader, Row(1), not_declared, no_day, "a,b\n", Row(4)));
  EXPECT_EQ(ran.status, kWarnings) << ran.log;
  EXPECT_THAT(
      ran.log,
      AllOf(HasSubstr("row 2 (line 3): "),
            HasSubstr("row 3 (line 4): birth_date: "),
            HasSubstr("row 4 (line 5): has 2 cells where the first line has 8"),
            HasSubstr("rows: 2 taken, 3 refused")));
  EXPECT_THAT(ran.log, Not(HasSubstr(kFamilyName)));
  EXPECT_EQ(Cases(), 2);
}

TEST_F(HubImport, StoresNothingInATrial) {
  const Ran ran = Import("cases", "cases.csv", absl::StrCat(kHeader, Row(1)),
                         {"--dry-run"});
  EXPECT_EQ(ran.status, kDone) << ran.log;
  EXPECT_THAT(ran.log, HasSubstr("rows: 1 would be taken, 0 refused"));
  EXPECT_EQ(Cases(), 0);
}

TEST_F(HubImport, TakesPersonsFromLinesOfJson) {
  const Ran ran = Import(
      "persons", "persons.ndjson",
      absl::StrCat(R"({"command": {"identity": {"familyName": ")", kFamilyName,
                   R"(", "birthDate": "2023-05-06"}}})", "\n",
                   R"({"command": {"identity": {"Канарейка": 1}}})", "\n"));
  EXPECT_EQ(ran.status, kWarnings) << ran.log;
  EXPECT_THAT(ran.log,
              AllOf(HasSubstr("row 2 (line 2): command.identity: has a field"),
                    HasSubstr("rows: 1 taken, 1 refused")));
  EXPECT_THAT(ran.log,
              AllOf(Not(HasSubstr(kFamilyName)), Not(HasSubstr("Канарейка"))));
}

TEST_F(HubImport, NamesAColumnThatIsNotKnownByItsPlaceAlone) {
  const Ran ran = Import("persons", "persons.csv",
                         absl::StrCat(kFamilyName, ",snils\n,\n"));
  EXPECT_EQ(ran.status, kFailed) << ran.log;
  EXPECT_THAT(ran.log, AllOf(HasSubstr("column 1 of the first line"),
                             Not(HasSubstr(kFamilyName))));
}

TEST_F(HubImport, SaysHowToGoOnWhenTheHubIsGone) {
  const std::string address = Address();
  hub_.reset();
  const std::string path = bench_.File("cases.csv");
  std::ofstream(path) << kHeader << Row(1);
  const Ran ran =
      RunProgram({"import", "cases", path, "--hub", address, "--as",
                  "organisations/clinic/members/system", "--language", "en"});
  EXPECT_EQ(ran.status, kUnreachable) << ran.log;
  EXPECT_THAT(ran.log, HasSubstr("run the same command again"));
}

}  // namespace
}  // namespace careroute::tests
