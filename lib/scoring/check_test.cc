// Broken instruments: each mistake is named with its place, all at once.

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

namespace m = model::v1;
using testing::Describe;
using testing::Shipped;

struct Row {
  const char* name;
  const char* shipped;  // what is broken
  std::function<void(m::Instrument&)> change;
  const char* reason;
  const char* path;
  base::Grade grade = base::Grade::kError;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

constexpr char kNba[] = "nba-pflegegrad";

m::AgeVariant& Infant(m::Instrument& i) { return *i.mutable_age_variants(0); }

const Row kRows[] = {
    {"NoId", "katz", [](m::Instrument& i) { i.clear_id(); }, "EMPTY", "id"},
    {"NoEdition", "katz", [](m::Instrument& i) { i.clear_edition(); }, "EMPTY",
     "edition"},
    {"OddEdition", "katz", [](m::Instrument& i) { i.set_edition("A b"); },
     "NOT_AN_ID", "edition"},
    {"NoSource", "katz", [](m::Instrument& i) { i.clear_sources(); },
     "NO_SOURCE", "sources"},
    {"NoProvenance", "katz",
     [](m::Instrument& i) { i.mutable_sources(0)->clear_provenance(); },
     "NO_PROVENANCE", "sources[0]"},
    {"NoPolicy", "katz", [](m::Instrument& i) { i.clear_missing(); },
     "NO_POLICY", "missing"},
    {"NoItems", "katz", [](m::Instrument& i) { i.clear_items(); }, "EMPTY",
     "items"},
    {"NoLanguage", "katz", [](m::Instrument& i) { i.clear_languages(); },
     "EMPTY", "languages"},
    {"DatesTurned", kNba,
     [](m::Instrument& i) { i.set_valid_to("2016-01-01"); },
     "ENDS_BEFORE_IT_BEGINS", "valid_to"},
    {"ItemTwice", "katz",
     [](m::Instrument& i) { i.mutable_items(1)->set_id("bathing"); },
     "DUPLICATE_ID", "items[1].id"},
    {"OddItem", "katz",
     [](m::Instrument& i) { i.mutable_items(1)->set_id("4 11"); }, "NOT_AN_ID",
     "items[1].id"},
    {"NoAnswer", "katz",
     [](m::Instrument& i) { i.mutable_items(0)->clear_answer(); }, "NO_ANSWER",
     "items[0]"},
    {"OneOption", "katz",
     [](m::Instrument& i) {
       i.mutable_items(0)->mutable_choice()->mutable_options()->RemoveLast();
     },
     "TOO_FEW", "items[0].choice.options"},
    {"UnknownScale", kNba,
     [](m::Instrument& i) { i.mutable_items(0)->set_scale("mood"); },
     "UNKNOWN_SCALE", "items[0].scale"},
    {"UnusedScale", kNba,
     [](m::Instrument& i) {
       *i.add_scales() = i.scales(0);
       i.mutable_scales(i.scales_size() - 1)->set_id("spare");
     },
     "UNUSED", "scales[5]", base::Grade::kWarning},
    {"NoWeight", kNba,
     [](m::Instrument& i) {
       i.mutable_items(46)->mutable_frequency()->Clear();
     },
     "NO_WEIGHT", "items[46].frequency"},
    {"WeighsNothing", kNba,
     [](m::Instrument& i) {
       i.mutable_items(46)->mutable_frequency()->set_per_day("0");
     },
     "OUT_OF_RANGE", "items[46].frequency.per_day"},
    {"NotANumber", "katz",
     [](m::Instrument& i) {
       i.mutable_items(0)->mutable_choice()->mutable_options(1)->set_points(
           "1e3");
     },
     "NOT_A_NUMBER", "items[0].choice.options[1].points"},
    {"HugeNumber", "katz",
     [](m::Instrument& i) {
       i.mutable_items(0)->mutable_choice()->mutable_options(1)->set_points(
           "99999999999999999999");
     },
     "NOT_A_NUMBER", "items[0].choice.options[1].points"},
    {"TooFine", kNba,
     [](m::Instrument& i) {
       i.mutable_items(46)->mutable_frequency()->set_per_day("1/997");
       i.mutable_items(47)->mutable_frequency()->set_per_day("1/991");
     },
     "TOO_FINE", "items[47].frequency.per_day"},
    {"UnknownItemInModule", "katz",
     [](m::Instrument& i) { i.mutable_modules(0)->set_items(0, "flying"); },
     "UNKNOWN_ITEM", "modules[0].items[0]"},
    {"ItemCountsTwice", "katz",
     [](m::Instrument& i) { i.mutable_modules(0)->add_items("feeding"); },
     "COUNTED_TWICE", "modules[0].items[6]"},
    {"ModuleCountsTwice", kNba,
     [](m::Instrument& i) { i.mutable_modules(10)->add_modules("2"); },
     "COUNTED_TWICE", "modules[10].modules[5]"},
    {"UnknownModule", kNba,
     [](m::Instrument& i) { i.mutable_modules(10)->set_modules(0, "9"); },
     "UNKNOWN_MODULE", "modules[10].modules[0]"},
    {"EmptyModule", "katz",
     [](m::Instrument& i) { i.mutable_modules(0)->clear_items(); }, "EMPTY",
     "modules[0]"},
    {"SumAndHighest", kNba,
     [](m::Instrument& i) { i.mutable_modules(3)->add_items("special"); },
     "CONTRADICTORY", "modules[3].higher_of"},
    {"HighestOfOne", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(3)->mutable_higher_of()->RemoveLast();
     },
     "TOO_FEW", "modules[3].higher_of"},
    {"ModulesInACircle", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(0)->add_modules("6");
       i.mutable_modules(10)->mutable_modules()->RemoveLast();
       i.mutable_modules(9)->add_modules("1");
       i.mutable_modules(10)->mutable_modules()->DeleteSubrange(0, 1);
     },
     "CYCLE", "modules[0]"},
    {"NoTotal", "katz", [](m::Instrument& i) { i.clear_total(); }, "EMPTY",
     "total"},
    {"UnknownTotal", "katz", [](m::Instrument& i) { i.set_total("sum"); },
     "UNKNOWN_MODULE", "total"},
    {"TotalCountsOn", kNba, [](m::Instrument& i) { i.set_total("1"); },
     "COUNTED_TWICE", "total"},
    {"UnusedModule", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(10)->mutable_modules()->RemoveLast();
     },
     "UNUSED", "modules[9]"},
    {"UnusedItem", "katz",
     [](m::Instrument& i) {
       i.mutable_modules(0)->mutable_items()->RemoveLast();
     },
     "UNUSED", "items[5]"},
    {"ConditionOnNothing", kNba,
     [](m::Instrument& i) {
       i.mutable_items(41)->mutable_counts_if()->mutable_answer()->set_item(
           "mood");
     },
     "UNKNOWN_ITEM", "items[41].counts_if.answer.item"},
    {"ConditionOnUnknownOption", kNba,
     [](m::Instrument& i) {
       i.mutable_items(41)->mutable_counts_if()->mutable_answer()->set_options(
           0, "wet");
     },
     "UNKNOWN_OPTION", "items[41].counts_if.answer.options[0]"},
    {"ConditionOnAFrequency", kNba,
     [](m::Instrument& i) {
       i.mutable_items(41)->mutable_counts_if()->mutable_answer()->set_item(
           "5.1");
     },
     "WRONG_ANSWER", "items[41].counts_if.answer.item"},
    {"EmptyCondition", kNba,
     [](m::Instrument& i) {
       i.mutable_items(41)->mutable_counts_if()->clear_kind();
     },
     "EMPTY", "items[41].counts_if"},
    {"ConditionsInACircle", kNba,
     [](m::Instrument& i) {
       auto& answer =
           *i.mutable_items(29)->mutable_counts_if()->mutable_answer();
       answer.set_item("4.11");
       answer.add_options("dependent");
     },
     "CYCLE", "items[29].counts_if"},
    {"OverrideWithoutCondition", kNba,
     [](m::Instrument& i) { i.mutable_overrides(0)->clear_when(); }, "EMPTY",
     "overrides[0].when"},
    {"OverrideWithoutSource", kNba,
     [](m::Instrument& i) { i.mutable_overrides(0)->clear_source(); },
     "NO_SOURCE", "overrides[0].source"},
    {"UnknownLevel", "katz",
     [](m::Instrument& i) { i.mutable_level_bands(0)->set_level("well"); },
     "UNKNOWN_LEVEL", "level_bands[0].level"},
    {"LevelsWithoutBands", "katz",
     [](m::Instrument& i) { i.clear_level_bands(); }, "EMPTY", "level_bands"},
    {"NothingAboveSomething", kNba,
     [](m::Instrument& i) { i.mutable_levels(2)->set_grants_nothing(true); },
     "MISPLACED", "levels[2].grants_nothing"},
    {"UnreachableLevel", "katz",
     [](m::Instrument& i) { i.add_levels()->set_id("new"); },
     "UNREACHABLE_LEVEL", "levels[2]"},
    {"GapBetweenLevels", "katz",
     [](m::Instrument& i) { i.mutable_level_bands(1)->set_at_most("4"); },
     "NO_BAND", "level_bands"},
    {"OverlappingLevels", "katz",
     [](m::Instrument& i) { i.mutable_level_bands(1)->set_at_most("6"); },
     "OVERLAPPING_BANDS", "level_bands[1]"},
    {"GapBetweenBands", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(0)->mutable_bands(1)->set_at_least("3");
     },
     "NO_BAND", "modules[0]"},
    {"SumBeyondTheBands", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(0)->mutable_bands(4)->set_at_most("14");
     },
     "NO_BAND", "modules[0]"},
    {"OverlappingBands", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(0)->mutable_bands(1)->set_at_least("1");
     },
     "OVERLAPPING_BANDS", "modules[0].bands[1]"},
    {"BandTurned", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(0)->mutable_bands(1)->set_at_least("9");
     },
     "EMPTY_BAND", "modules[0].bands[1]"},
    {"BandNobodyReaches", kNba,
     [](m::Instrument& i) {
       auto& band = *i.mutable_modules(0)->add_bands();
       band.set_at_least("16");
       band.set_points("20");
     },
     "UNREACHABLE_BAND", "modules[0].bands[5]"},
    {"FrequenciesThatDoNotMeet", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(5)->mutable_bands(2)->set_at_least("4");
     },
     "NO_BAND", "modules[5].bands[2]"},
    {"FrequencyBeyondTheBands", kNba,
     [](m::Instrument& i) {
       i.mutable_modules(5)->mutable_bands(3)->set_at_most("9");
     },
     "NO_BAND", "modules[5]"},
    {"AgeTurned", kNba, [](m::Instrument& i) { Infant(i).set_from_months(19); },
     "ENDS_BEFORE_IT_BEGINS", "age_variants[0].up_to_months"},
    {"AgesOverlap", kNba,
     [](m::Instrument& i) {
       const m::AgeVariant copy = Infant(i);
       *i.add_age_variants() = copy;
       i.mutable_age_variants(1)->set_id("toddler");
       i.mutable_age_variants(1)->set_from_months(18);
       i.mutable_age_variants(1)->set_up_to_months(30);
     },
     "OVERLAPPING", "age_variants[1].from_months"},
    {"AgeWithoutEffect", kNba,
     [](m::Instrument& i) {
       Infant(i).clear_replacements();
       Infant(i).clear_missing();
       Infant(i).clear_levels_up();
     },
     "NO_EFFECT", "age_variants[0]"},
    {"AgeWithoutSource", kNba,
     [](m::Instrument& i) { Infant(i).clear_source(); }, "NO_SOURCE",
     "age_variants[0].source"},
    {"AgeReplacesNothing", kNba,
     [](m::Instrument& i) {
       Infant(i).mutable_replacements(0)->set_module("9");
     },
     "UNKNOWN_MODULE", "age_variants[0].replacements[0].module"},
    {"AgeReplacesInAHighest", kNba,
     [](m::Instrument& i) {
       Infant(i).mutable_replacements(0)->set_module("2-3");
     },
     "WRONG_MODULE", "age_variants[0].replacements[0].module"},
    {"AgeCountsTwice", kNba,
     [](m::Instrument& i) {
       Infant(i).mutable_replacements(0)->add_items("1.1");
     },
     "COUNTED_TWICE", "age_variants[0].replacements[0].items"},
    {"AgeWithoutPolicy", kNba,
     [](m::Instrument& i) { Infant(i).mutable_missing(0)->clear_policy(); },
     "NO_POLICY", "age_variants[0].missing[0].policy"},
    {"CrosswalkBesideTotal", "katz",
     [](m::Instrument& i) { i.mutable_crosswalk()->set_item("feeding"); },
     "CONTRADICTORY", "crosswalk"},
    {"CrosswalkWithoutAnOption", "ru-ltc-group-crosswalk",
     [](m::Instrument& i) {
       i.mutable_crosswalk()->mutable_entries()->RemoveLast();
     },
     "NO_BAND", "crosswalk"},
    {"CrosswalkOfNothing", "ru-ltc-group-crosswalk",
     [](m::Instrument& i) { i.mutable_crosswalk()->set_item("x"); },
     "UNKNOWN_ITEM", "crosswalk.item"},
    {"CrosswalkOptionTwice", "ru-ltc-group-crosswalk",
     [](m::Instrument& i) {
       i.mutable_crosswalk()->mutable_entries(1)->set_option("0");
     },
     "DUPLICATE_ID", "crosswalk.entries[1].option"},
    {"MissingText", "katz",
     [](m::Instrument& i) {
       i.mutable_texts(0)->mutable_entries()->DeleteSubrange(1, 1);
     },
     "NO_TEXT", "items[0]"},
    {"UnusedText", "katz",
     [](m::Instrument& i) {
       auto& entry = *i.mutable_texts(0)->add_entries();
       entry.set_key("item/flying");
       entry.set_text("Flying");
     },
     "UNUSED", "texts[0].entries[22].key", base::Grade::kWarning},
    {"MarkupInText", "katz",
     [](m::Instrument& i) {
       i.mutable_texts(0)->mutable_entries(0)->set_text("<b>Katz</b>");
     },
     "MARKUP", "texts[0].entries[0]"},
    {"TooLong", "katz",
     [](m::Instrument& i) {
       i.mutable_sources(0)->set_act(std::string(501, 'x'));
     },
     "TOO_LONG", "sources[0].act"},
};

class BrokenInstrument : public ::testing::TestWithParam<Row> {};

TEST_P(BrokenInstrument, IsNamedWithItsPlace) {
  const Row& row = GetParam();
  const auto shipped = Shipped(row.shipped);
  ASSERT_NE(shipped, nullptr);
  m::Instrument broken = shipped->message();
  row.change(broken);
  base::Problems problems;
  const auto made = Instrument::Make(broken, problems);
  EXPECT_EQ(made == nullptr, problems.HasErrors());
  bool found = false;
  for (const base::Problem& problem : problems.list()) {
    found = found || (problem.reason == row.reason &&
                      problem.path == row.path && problem.grade == row.grade);
    EXPECT_FALSE(problem.message.empty());
    EXPECT_FALSE(problem.mend.empty());
  }
  EXPECT_TRUE(found) << Describe(problems);
}

INSTANTIATE_TEST_SUITE_P(Rows, BrokenInstrument, ::testing::ValuesIn(kRows),
                         [](const ::testing::TestParamInfo<Row>& row) {
                           return row.param.name;
                         });

TEST(CheckInstrument, EveryReasonIsDocumented) {
  std::string list;
  for (const char* file : {"lib/scoring/CHECKS.md", "lib/pathway/CHECKS.md"}) {
    list += *catalogue::DirectoryFileReader(".").Read(file);
  }
  for (const Row& row : kRows) {
    EXPECT_NE(list.find(absl::StrCat("`", row.reason, "`")), std::string::npos)
        << row.reason;
  }
}

TEST(CheckInstrument, NamesFileLineAndColumn) {
  catalogue::MapFileReader files;
  const catalogue::DirectoryFileReader shipped(testing::kCatalogue);
  std::string text = *shipped.Read("katz.textproto");
  const size_t at = text.find("at_most: \"5\"");
  ASSERT_NE(at, std::string::npos);
  files.Add("katz.textproto", text.replace(at, 12, "at_most: \"4\""));
  files.Add("katz.texts.en.textproto",
            *shipped.Read("katz.texts.en.textproto"));
  base::Problems problems;
  EXPECT_EQ(LoadInstrument(files, "katz.textproto", problems), nullptr);
  std::vector<std::string> reasons;
  for (const base::Problem& problem : problems.list()) {
    EXPECT_EQ(problem.file, "katz.textproto");
    EXPECT_GT(problem.line, 0);
    reasons.push_back(problem.reason);
  }
  EXPECT_THAT(reasons, ::testing::Contains("NO_BAND"));
  EXPECT_THAT(reasons, ::testing::Contains("NO_TEXT")) << "Russian is gone";
}

// Each module adds up the one before it a hundred times: 100^99 points.
TEST(CheckInstrument, AnswersModulesThatGrowBeyondAllBounds) {
  m::Instrument broken = Shipped("katz")->message();
  for (int i = 1; i < 100; ++i) {
    const std::string below = broken.modules(i - 1).id();
    m::InstrumentModule& module = *broken.add_modules();
    module.set_id(absl::StrCat("level", i));
    for (int k = 0; k < 100; ++k) module.add_modules(below);
  }
  broken.set_total("level99");
  base::Problems problems;
  EXPECT_EQ(Instrument::Make(broken, problems), nullptr);
  EXPECT_THAT(Describe(problems), ::testing::HasSubstr("COUNTED_TWICE"));
}

TEST(CheckInstrument, AnswersAnEmptyMessage) {
  base::Problems problems;
  EXPECT_EQ(Instrument::Make({}, problems), nullptr);
  EXPECT_TRUE(problems.HasErrors());
}

}  // namespace
}  // namespace careroute::scoring
