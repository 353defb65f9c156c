#include "lib/measures/measure_set.h"

#include <string>

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "lib/measures/measure_sets.h"
#include "lib/measures/testing/shipped.h"

namespace careroute::measures {
namespace {

using testing::Describe;

constexpr char kSet[] =
    "id: 'SET' edition: '1' languages: ['ru', 'en'] stale_after_months: 12\n"
    "measures {\n"
    "  id: 'MEASURE' documents: 'passport'\n"
    "  source { act: 'an act' provenance: PROVENANCE_CONFIRMED }\n"
    "  checked_on: 'DAY'\n"
    "}\n";
constexpr char kTexts[] =
    "language: 'LANGUAGE'\n"
    "entries { key: 'measure/MEASURE' text: 'Title' family: 'Words' }\n"
    "entries { key: 'document/passport' text: 'Passport' }\n";

class Sets : public ::testing::Test {
 protected:
  // The file "ID.textproto" with its texts.
  std::string Add(const std::string& set, const std::string& measure,
                  const std::string& day = "2026-01-31") {
    files_.Add(set + ".textproto",
               absl::StrReplaceAll(
                   kSet, {{"SET", set}, {"MEASURE", measure}, {"DAY", day}}));
    for (const std::string language : {"ru", "en"}) {
      files_.Add(set + ".texts." + language + ".textproto",
                 absl::StrReplaceAll(
                     kTexts, {{"LANGUAGE", language}, {"MEASURE", measure}}));
    }
    return set + ".textproto";
  }

  catalogue::MapFileReader files_;
  base::Problems problems_;
};

TEST_F(Sets, FindAMeasureWithItsTexts) {
  const MeasureSets sets = LoadMeasureSets(
      files_, {Add("one", "aid"), Add("two", "taxi")}, problems_);
  EXPECT_TRUE(problems_.empty()) << Describe(problems_);
  const FoundMeasure taxi = sets.Find("taxi");
  ASSERT_NE(taxi.measure, nullptr);
  EXPECT_EQ(taxi.set->message().id(), "two");
  EXPECT_EQ(taxi.set->Text("measure/taxi", "ru"), "Title");
  EXPECT_EQ(taxi.set->FamilyText("measure/taxi", "en-GB"), "Words");
  EXPECT_EQ(taxi.set->FamilyText("document/passport", "de"), "Passport");
  EXPECT_EQ(taxi.set->Text("document/visa", "ru"), "document/visa");
  EXPECT_EQ(sets.Find("plane").measure, nullptr);
}

TEST_F(Sets, LeaveOutWhatIsThereAlreadyOrWrong) {
  const MeasureSets sets = LoadMeasureSets(
      files_, {Add("one", "aid"), Add("two", "aid"), "gone.textproto"},
      problems_);
  EXPECT_EQ(sets.list().size(), 1U);
  EXPECT_NE(Describe(problems_).find("two.textproto:0 id DUPLICATE_ID"),
            std::string::npos)
      << Describe(problems_);
  EXPECT_NE(Describe(problems_).find("MISSING_FILE"), std::string::npos);
}

TEST_F(Sets, NameTheLineOfAMistake) {
  files_.Add("odd.textproto",
             "id: 'odd' edition: '1' languages: 'ru'\n"
             "stale_after_months: 12\n"
             "measures {\n"
             "  id: 'aid'\n"
             "  checked_on: '2026-01-31'\n"
             "}\n");
  EXPECT_EQ(LoadMeasureSet(files_, {.name = "odd.textproto"}, problems_),
            nullptr);
  EXPECT_NE(
      Describe(problems_).find("odd.textproto:3 measures[0].source NO_SOURCE"),
      std::string::npos)
      << Describe(problems_);
}

struct Day {
  absl::CivilDay day;
  bool stale;
};

TEST_F(Sets, AreStaleOnceTheMonthsHavePassed) {
  const auto set =
      LoadMeasureSet(files_, {.name = Add("one", "aid")}, problems_);
  ASSERT_NE(set, nullptr) << Describe(problems_);
  const model::v1::SupportMeasure& aid = set->message().measures(0);
  for (const Day& one : {Day{absl::CivilDay(2026, 1, 31), false},
                         Day{absl::CivilDay(2027, 1, 31), false},
                         Day{absl::CivilDay(2027, 2, 1), true}}) {
    EXPECT_EQ(set->IsStaleOn(aid, one.day), one.stale) << one.day;
  }
}

TEST_F(Sets, WarnOfWhatIsStaleOnTheDayAskedFor) {
  const std::string name = Add("one", "aid");
  EXPECT_NE(LoadMeasureSet(
                files_, {.name = name, .fresh_on = absl::CivilDay(2028, 1, 1)},
                problems_),
            nullptr);
  EXPECT_FALSE(problems_.HasErrors());
  EXPECT_NE(
      Describe(problems_).find("one.textproto:5 measures[0].checked_on STALE"),
      std::string::npos)
      << Describe(problems_);
}

}  // namespace
}  // namespace careroute::measures
