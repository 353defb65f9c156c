#include "lib/scoring/instrument_set.h"

#include <string>

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

constexpr char kInstrument[] =
    "id: 'mood' edition: 'EDITION' valid_from: 'FROM' valid_to: 'TO'\n"
    "languages: 'en' missing: MISSING_ANSWERS_ZERO total: 'all'\n"
    "sources { act: 'none' provenance: PROVENANCE_DEMO }\n"
    "items { id: 'sad' choice { options { id: 'no' }\n"
    "                           options { id: 'yes' points: '1' } } }\n"
    "modules { id: 'all' items: 'sad' }\n"
    "texts { language: 'en'\n"
    "  entries { key: 'instrument' text: 'Mood' }\n"
    "  entries { key: 'item/sad' text: 'Sad' }\n"
    "  entries { key: 'option/sad/no' text: 'no' }\n"
    "  entries { key: 'option/sad/yes' text: 'yes' }\n"
    "  entries { key: 'module/all' text: 'Sum' } }\n";

std::string Edition(const char* edition, const char* from, const char* to) {
  return absl::StrReplaceAll(
      kInstrument, {{"EDITION", edition}, {"FROM", from}, {"TO", to}});
}

class Set : public ::testing::Test {
 protected:
  Set() {
    files_.Add("a", Edition("1", "2020-01-01", "2023-12-31"));
    files_.Add("b", Edition("2", "2024-01-01", "2199-12-31"));
    files_.Add("c", Edition("1", "2020-01-01", "2023-12-31"));
    files_.Add("d", "nonsense");
  }

  InstrumentSet Load(const std::vector<std::string>& names) {
    return LoadInstruments(files_, names, problems_);
  }

  static std::string EditionOf(const Instrument* instrument) {
    return instrument == nullptr ? "nothing" : instrument->message().edition();
  }

  catalogue::MapFileReader files_;
  base::Problems problems_;
};

TEST_F(Set, FindsTheEditionOfTheDay) {
  const InstrumentSet set = Load({"a", "b"});
  EXPECT_TRUE(problems_.empty()) << testing::Describe(problems_);
  EXPECT_EQ(EditionOf(set.Find({.id = "mood", .on = "2023-12-31"})), "1");
  EXPECT_EQ(EditionOf(set.Find({.id = "mood", .on = "2024-01-01"})), "2");
  EXPECT_EQ(EditionOf(set.Find({.id = "mood", .on = "2019-12-31"})), "nothing");
}

TEST_F(Set, FindsTheNewestWhenNoDayIsGiven) {
  const InstrumentSet set = Load({"b", "a"});
  EXPECT_EQ(EditionOf(set.Find({.id = "mood"})), "2");
  EXPECT_EQ(EditionOf(set.Find({.id = "mood", .edition = "1"})), "1");
  EXPECT_EQ(EditionOf(set.Find({.id = "mood", .edition = "3"})), "nothing");
  EXPECT_EQ(EditionOf(set.Find({.id = "joy"})), "nothing");
}

TEST_F(Set, LeavesOutWhatIsThereAlreadyOrWrong) {
  const InstrumentSet set = Load({"a", "c", "d", "gone"});
  EXPECT_EQ(set.list().size(), 1U);
  std::string reasons;
  for (const base::Problem& problem : problems_.list()) {
    reasons += problem.file + ":" + problem.reason + " ";
  }
  EXPECT_NE(reasons.find("c:DUPLICATE_ID"), std::string::npos) << reasons;
  EXPECT_NE(reasons.find("d:NOT_PARSEABLE"), std::string::npos) << reasons;
  EXPECT_NE(reasons.find("gone:MISSING_FILE"), std::string::npos) << reasons;
}

}  // namespace
}  // namespace careroute::scoring
