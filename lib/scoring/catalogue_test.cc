// The shipped catalogue: every instrument loads with nothing left to mend, and
// none is presented as surer than it is.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/catalogue/file_reader.h"
#include "lib/scoring/instrument_set.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

using testing::Describe;
using testing::kCatalogue;

const std::vector<std::string>& Names() {
  static const auto& names = *new std::vector<std::string>{
      "barthel-100.textproto",
      "barthel-20.textproto",
      "katz.textproto",
      "lawton-5.textproto",
      "lawton.textproto",
      "nba-pflegegrad.textproto",
      "ru-ltc-group-crosswalk.textproto",
      "ru-ltc-questionnaire.textproto",
  };
  return names;
}

TEST(Catalogue, HasNothingLeftToMend) {
  base::Problems problems;
  const InstrumentSet set = LoadInstruments(
      catalogue::DirectoryFileReader(kCatalogue), Names(), problems);
  EXPECT_TRUE(problems.empty()) << Describe(problems);
  EXPECT_EQ(set.list().size(), Names().size());
}

TEST(Catalogue, MarksTheRussianQuestionnaireAloneAsInvented) {
  base::Problems problems;
  const InstrumentSet set = LoadInstruments(
      catalogue::DirectoryFileReader(kCatalogue), Names(), problems);
  for (const auto& instrument : set.list()) {
    EXPECT_EQ(instrument->IsDemo(),
              instrument->message().id() == "ru-ltc-questionnaire")
        << instrument->message().id();
  }
}

TEST(Catalogue, SpeaksRussianAndEnglish) {
  const auto nba = testing::Shipped("nba-pflegegrad");
  ASSERT_NE(nba, nullptr);
  EXPECT_EQ(nba->Text("item/4.8", "ru"), "Еда");
  EXPECT_EQ(nba->Text("item/4.8", "ru-RU"), "Еда");
  EXPECT_EQ(nba->Text("item/4.8", "en"), "Eating");
  EXPECT_EQ(nba->Text("item/4.8", "de"), "Еда") << "falls back to the first";
  EXPECT_EQ(nba->Text("item/9.9", "ru"), "item/9.9");
}

}  // namespace
}  // namespace careroute::scoring
