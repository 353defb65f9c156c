#include "lib/pathway/load.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/pathway/check.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using model::v1::Pathway;
using model::v1::Step;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kBlock[] =
    "# a block\n"
    "id: 'talk'\n"
    "params: ['who', 'next', 'also']\n"
    "facts { id: 'reached' type: FACT_TYPE_BOOL }\n"
    "roles { id: 'caller' kind: AGENCY_KIND_SOCIAL }\n"
    "steps {\n"
    "  id: 'talk'\n"
    "  performer { role: '$who' service: '$region_service' }\n"
    "  outcomes { id: 'yes' starts { step: '$next' } starts { step: '$also' } "
    "}\n"
    "  outcomes { id: 'no' starts { step: 'again' } }\n"
    "}\n"
    "steps {\n"
    "  id: 'again'\n"
    "  never_waits_for: ['talk', '$also']\n"
    "  starts_on { outcome { step: 'talk' is: 'no' } }\n"
    "}\n";

constexpr char kUse[] =
    "uses { id: 'first_talk' block: 'talk' stage: 'early'\n"
    "  arguments { name: 'who' values: 'caller' }\n"
    "  arguments { name: 'next' values: 'talk' }\n"
    "  arguments { name: 'also' values: ['a', 'b'] }\n"
    "}\n";

MapFileReader Files(const std::string& pathway) {
  MapFileReader files;
  files.Add("p.textproto", pathway);
  files.Add("blocks/talk.textproto", kBlock);
  files.Add("blocks/talk.texts.ru.textproto",
            "language: 'ru'\n"
            "entries { key: 'step/talk' text: 'Разговор' }\n"
            "entries { key: 'outcome/again/x' text: 'Ещё' }\n"
            "entries { key: 'fact/reached' text: 'Достигнут' }\n");
  return files;
}

std::string Importing(const std::string& more) {
  return absl::StrCat("id: 'p'\nlanguages: 'ru'\n",
                      "imports: 'blocks/talk.textproto'\n", more);
}

LoadedPathway MustLoad(const MapFileReader& files) {
  base::Problems problems;
  auto loaded = LoadPathway(files, "p.textproto", problems);
  EXPECT_TRUE(loaded.has_value()) << testing::Describe(problems);
  EXPECT_FALSE(problems.HasErrors()) << testing::Describe(problems);
  return loaded.has_value() ? *std::move(loaded) : LoadedPathway();
}

std::string MustFail(const MapFileReader& files) {
  base::Problems problems;
  EXPECT_FALSE(LoadPathway(files, "p.textproto", problems).has_value());
  EXPECT_TRUE(problems.HasErrors());
  return testing::Describe(problems);
}

TEST(LoadPathway, TurnsAUseIntoSteps) {
  const Pathway pathway = MustLoad(Files(Importing(kUse))).pathway;
  EXPECT_EQ(pathway.uses_size(), 0);
  EXPECT_EQ(pathway.imports_size(), 0);
  ASSERT_EQ(pathway.steps_size(), 2);
  EXPECT_EQ(pathway.steps(0).id(), "first_talk");
  EXPECT_EQ(pathway.steps(1).id(), "first_talk.again");
  EXPECT_EQ(pathway.steps(0).stage(), "early");
  EXPECT_EQ(pathway.facts(0).id(), "reached");
  EXPECT_EQ(pathway.roles(0).id(), "caller");
}

TEST(LoadPathway, LetsNamesInsideABlockFollowTheUse) {
  const Pathway pathway = MustLoad(Files(Importing(kUse))).pathway;
  EXPECT_EQ(pathway.steps(0).outcomes(1).starts(0).step(), "first_talk.again");
  EXPECT_EQ(pathway.steps(1).starts_on(0).outcome().step(), "first_talk");
  // A value is a name of the pathway, even where the block has the same.
  EXPECT_EQ(pathway.steps(0).outcomes(0).starts(0).step(), "talk");
}

TEST(LoadPathway, PutsEveryValueWhereOneParameterStood) {
  const Pathway pathway = MustLoad(Files(Importing(kUse))).pathway;
  const model::v1::Outcome& yes = pathway.steps(0).outcomes(0);
  ASSERT_EQ(yes.starts_size(), 3);
  EXPECT_EQ(yes.starts(1).step(), "a");
  EXPECT_EQ(yes.starts(2).step(), "b");
  EXPECT_THAT(pathway.steps(1).never_waits_for(),
              ElementsAre("first_talk", "a", "b"));
}

TEST(LoadPathway, LeavesOutWhatAParameterWithoutValueNames) {
  const Pathway pathway =
      MustLoad(Files(Importing("uses { id: 'u' block: 'talk' "
                               "arguments { name: 'who' values: 'caller' } "
                               "arguments { name: 'next' values: 'x' } "
                               "arguments { name: 'also' } }")))
          .pathway;
  EXPECT_EQ(pathway.steps(0).outcomes(0).starts_size(), 1);
}

TEST(LoadPathway, KeepsNamesOfRegionParameters) {
  const Pathway pathway = MustLoad(Files(Importing(kUse))).pathway;
  EXPECT_EQ(pathway.steps(0).performer().service(), "$region_service");
}

TEST(LoadPathway, GivesTextsOfABlockToEachUse) {
  const Pathway pathway = MustLoad(Files(Importing(kUse))).pathway;
  ASSERT_EQ(pathway.texts_size(), 1);
  EXPECT_EQ(pathway.texts(0).entries(0).key(), "step/first_talk");
  EXPECT_EQ(pathway.texts(0).entries(1).key(), "outcome/first_talk.again/x");
  EXPECT_EQ(pathway.texts(0).entries(2).key(), "fact/reached");
}

TEST(LoadPathway, ReportsEveryMistakeOfAUse) {
  const std::string text = MustFail(
      Files(Importing("uses { id: 'u' block: 'talk'\n"
                      "  arguments { name: 'nope' values: 'x' }\n"
                      "  arguments { name: 'who' values: ['a', 'b'] }\n"
                      "  arguments { name: 'next' values: 'x' }\n"
                      "  arguments { name: 'next' values: 'y' }\n"
                      "}\n"
                      "uses { id: 'v' block: 'nope' }\n")));
  EXPECT_THAT(text, HasSubstr("UNKNOWN_ARGUMENT p.textproto:5 "
                              "uses[0].arguments[0].name"));
  EXPECT_THAT(text, HasSubstr("DUPLICATE_ARGUMENT p.textproto:8"));
  EXPECT_THAT(text, HasSubstr("MISSING_ARGUMENT"));
  EXPECT_THAT(text, HasSubstr("UNKNOWN_BLOCK p.textproto:10"));
}

TEST(LoadPathway, WantsOneValueWhereOneIsNeeded) {
  EXPECT_THAT(
      MustFail(Files(Importing("uses { id: 'u' block: 'talk' "
                               "arguments { name: 'who' values: ['a', 'b'] } "
                               "arguments { name: 'next' values: 'x' } "
                               "arguments { name: 'also' } }"))),
      HasSubstr("NOT_ONE_VALUE"));
}

TEST(LoadPathway, LetsThePathwayDeclareDifferently) {
  MapFileReader files = Files(Importing(
      absl::StrCat(kUse, "facts { id: 'reached' type: FACT_TYPE_DATE }")));
  const Pathway pathway = MustLoad(files).pathway;
  ASSERT_EQ(pathway.facts_size(), 1);
  EXPECT_EQ(pathway.facts(0).type(), model::v1::FACT_TYPE_DATE);
}

TEST(LoadPathway, RefusesBlocksThatDisagree) {
  MapFileReader files =
      Files(Importing(absl::StrCat("imports: 'blocks/other.textproto'\n", kUse,
                                   "uses { id: 'o' block: 'other' }")));
  files.Add("blocks/other.textproto",
            "id: 'other' facts { id: 'reached' type: FACT_TYPE_DATE }");
  EXPECT_THAT(MustFail(files), HasSubstr("BLOCKS_DISAGREE"));
}

TEST(LoadPathway, TellsFileAndLineInsideABlock) {
  LoadedPathway loaded = MustLoad(Files(Importing(kUse)));
  base::Problems problems;
  CheckPathway(loaded.pathway, {}, problems);
  loaded.source_map.Locate(problems);
  const std::string text = testing::Describe(problems);
  EXPECT_THAT(text, HasSubstr("NO_PERFORMER blocks/talk.textproto:12 "
                              "steps[1].performer"));
  EXPECT_THAT(text, HasSubstr("UNUSED blocks/talk.texts.ru.textproto:3 "
                              "entries[1].key"));
  EXPECT_THAT(text, HasSubstr("NO_ENTRY p.textproto:1 entries"));
}

TEST(LoadPathway, TellsAMistakeInABlockOnceForAllUses) {
  LoadedPathway loaded = MustLoad(Files(Importing(
      absl::StrCat(kUse,
                   "uses { id: 'second' block: 'talk'\n"
                   "arguments { name: 'who' values: 'caller' }\n"
                   "arguments { name: 'next' values: 'talk' }\n"
                   "arguments { name: 'also' values: ['a', 'b'] } }"))));
  base::Problems problems;
  CheckPathway(loaded.pathway, {}, problems);
  loaded.source_map.Locate(problems);
  int found = 0;
  for (const base::Problem& problem : problems.list()) {
    found += problem.reason == "NO_PERFORMER" ? 1 : 0;
  }
  EXPECT_EQ(found, 1);
}

TEST(LoadPathway, FindsAllUnknownFieldsWithTheirPlaces) {
  const std::string text =
      MustFail(Files("id: 'p'\nnope: 1\nsteps {\n  neither: 'x'\n}\n"));
  EXPECT_THAT(text, HasSubstr("UNKNOWN_FIELD p.textproto:2"));
  EXPECT_THAT(text, HasSubstr("UNKNOWN_FIELD p.textproto:4"));
}

TEST(LoadPathway, TellsTheLineOfWhatCannotBeParsed) {
  EXPECT_THAT(MustFail(Files("id: 'p'\nsteps { id: }\n")),
              HasSubstr("NOT_PARSEABLE p.textproto:2"));
}

TEST(LoadPathway, TellsWhichImportIsMissing) {
  EXPECT_THAT(MustFail(Files("imports: 'blocks/nope.textproto'")),
              HasSubstr("MISSING_FILE p.textproto:1 imports[0]"));
}

TEST(LoadPathway, NeverLeavesTheCatalogue) {
  for (const char* name :
       {"../secret", "/etc/passwd", "a/../../b", "a//b", "", "a\\b", "./a"}) {
    base::Problems problems;
    EXPECT_FALSE(LoadPathway(Files(absl::StrCat("imports: '", name, "'")),
                             "p.textproto", problems)
                     .has_value())
        << name;
    EXPECT_FALSE(DirectoryFileReader("/").Read(name).ok()) << name;
  }
}

TEST(LoadPathway, ReadsJsonToo) {
  MapFileReader files;
  files.Add("p.json", R"({"id": "p", "steps": [{"id": "s"}]})");
  base::Problems problems;
  const auto loaded = LoadPathway(files, "p.json", problems);
  ASSERT_TRUE(loaded.has_value()) << testing::Describe(problems);
  EXPECT_EQ(loaded->pathway.steps(0).id(), "s");
  files.Add("bad.json", R"({"id": 7, "nope": []})");
  EXPECT_FALSE(LoadPathway(files, "bad.json", problems).has_value());
}

TEST(LoadPathway, TakesAPathwayThatIsAMessageAlready) {
  Pathway pathway;
  pathway.set_id("p");
  pathway.add_languages("ru");
  pathway.add_imports("blocks/talk.textproto");
  base::Problems problems;
  const auto loaded = LoadPathway(Files(""), "request", pathway, problems);
  ASSERT_TRUE(loaded.has_value()) << testing::Describe(problems);
  EXPECT_EQ(loaded->pathway.imports_size(), 0);
}

TEST(LoadPathway, ReportsATableOfAnotherLanguage) {
  MapFileReader files = Files("id: 'p'\nlanguages: 'ru'\n");
  files.Add("p.texts.ru.textproto", "language: 'en'");
  base::Problems problems;
  static_cast<void>(LoadPathway(files, "p.textproto", problems));
  EXPECT_THAT(testing::Describe(problems), HasSubstr("WRONG_LANGUAGE"));
}

TEST(LoadOverlay, ReadsTheTextsBesideIt) {
  MapFileReader files;
  files.Add("o.textproto", "id: 'o'");
  files.Add("o.texts.ru.textproto",
            "language: 'ru' entries { key: 'role/x' text: 'Икс' }");
  Pathway pathway;
  pathway.add_languages("ru");
  pathway.add_languages("en");
  base::Problems problems;
  const auto overlay =
      LoadOverlay(files, "o.textproto", pathway.languages(), problems);
  ASSERT_TRUE(overlay.has_value()) << testing::Describe(problems);
  ASSERT_EQ(overlay->overlay.texts_size(), 1);
}

}  // namespace
}  // namespace careroute::pathway
