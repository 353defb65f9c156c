#include "lib/pathway/publish.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using ::testing::HasSubstr;

// The language can say all seven pieces: they load, check and bind without a
// single problem.
TEST(Publish, SaysAllSevenPieces) {
  base::Problems problems;
  const auto edition = Publish(DirectoryFileReader(testing::kTestData),
                               {.pathway = "seven_pieces.textproto",
                                .overlay = "overlays/demo_region.textproto"},
                               problems);
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
  ASSERT_NE(edition, nullptr);
  EXPECT_EQ(edition->pathway().overlay(), "demo-region@1");
  // The same files give the same bytes, hence the same hash to pin.
  EXPECT_EQ(edition->hash(), testing::SevenPieces()->hash());
}

TEST(Publish, RefusesAPathwayWithAnError) {
  LoadedPathway loaded = testing::LoadSmall();
  testing::StepOf(loaded.pathway, "memory").clear_performer();
  LoadedOverlay overlay;
  overlay.overlay = testing::SmallOverlay();
  base::Problems problems;
  EXPECT_EQ(PublishLoaded(loaded, &overlay, {.walks = 10}, problems), nullptr);
  EXPECT_THAT(testing::Describe(problems),
              HasSubstr("error NO_PERFORMER small.textproto:"));
}

// A limit the region makes shorter than its own track contradicts it, which
// only the bound pathway shows.
TEST(Publish, ChecksAgainWhatWasBound) {
  LoadedPathway loaded = testing::LoadSmall();
  testing::StepOf(loaded.pathway, "begin")
      .mutable_limits(0)
      ->mutable_tracks(0)
      ->mutable_within()
      ->set_n(2);
  LoadedOverlay overlay;
  overlay.overlay = testing::SmallOverlay();
  model::v1::ShorterLimit* shorter = overlay.overlay.add_shorter_limits();
  shorter->set_step("begin");
  shorter->set_limit("begin_due");
  shorter->mutable_within()->set_n(1);
  shorter->mutable_within()->set_unit(model::v1::TIME_UNIT_WORKING_DAY);
  shorter->mutable_source()->set_act("a decree");
  shorter->mutable_source()->set_provenance(model::v1::PROVENANCE_REGION);
  base::Problems problems;
  EXPECT_EQ(PublishLoaded(loaded, &overlay, {.walks = 10}, problems), nullptr);
  EXPECT_THAT(testing::Describe(problems),
              HasSubstr("error DEADLINES_CONTRADICT small.textproto:"));
}

TEST(KindOf, ReadsTheHeader) {
  EXPECT_EQ(KindOf("# proto-message: careroute.model.v1.Block\nid: 'x'"),
            FileKind::kBlock);
  EXPECT_EQ(KindOf("#c\n# proto-message: careroute.model.v1.Overlay\r\n"),
            FileKind::kOverlay);
  EXPECT_EQ(KindOf("# proto-message: careroute.model.v1.TextTable"),
            FileKind::kTexts);
  EXPECT_EQ(KindOf("# proto-message: careroute.model.v1.Step"),
            FileKind::kUnknown);
  EXPECT_EQ(KindOf("id: 'x'"), FileKind::kPathway);
  EXPECT_EQ(KindOf(""), FileKind::kPathway);
}

TEST(CheckFile, ChecksEachKindOfFile) {
  const DirectoryFileReader files(testing::kTestData);
  for (const char* name :
       {"seven_pieces.textproto", "small.textproto", "blocks/contact.textproto",
        "small.texts.en.textproto"}) {
    base::Problems problems;
    CheckFile(files, name, {.walks = 10}, problems);
    EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
  }
}

TEST(CheckFile, BindsAnOverlayToThePathwayItNames) {
  MapFileReader files;
  files.Add("overlays/o.textproto",
            "# proto-message: careroute.model.v1.Overlay\n"
            "id: 'o' edition: '1' pathway: 'p' pathway_edition: '7'");
  files.Add("p/p.textproto", "id: 'p' edition: '1'");
  base::Problems problems;
  CheckFile(files, "overlays/o.textproto", {}, problems);
  const std::string text = testing::Describe(problems);
  EXPECT_THAT(text, HasSubstr("OTHER_PATHWAY overlays/o.textproto:2 pathway"));
  EXPECT_THAT(text, HasSubstr("NO_ENTRY p/p.textproto:1 entries"));
}

// Each file is wrong whatever the pathway it belongs to.
TEST(CheckFile, FindsWhatIsWrongWithAFileAlone) {
  struct Row {
    const char* name;
    const char* content;
    const char* found;
  };
  const Row rows[] = {
      {"ByteOrderMarkIsNoMistake", "\xef\xbb\xbfid: 'p' edition: '1@2'",
       "NOT_AN_ID f.textproto:1 edition"},
      {"LineOfWrongUtf8", "id: 'p'\n\nedition: '\xff'",
       "NOT_UTF8 f.textproto:3"},
      {"UnknownMessage", "# proto-message: careroute.model.v1.Step\n",
       "UNKNOWN_MESSAGE f.textproto"},
      {"BoundAlready", "contact_every { no_limit: true }",
       "BOUND_ALREADY f.textproto:1 contact_every.no_limit"},
      {"OverlayOfAnotherIsNotWritten", "overlay: 'demo@1'",
       "BOUND_ALREADY f.textproto:1 overlay"},
      {"BlockWithTwoStepsOfOneId",
       "# proto-message: careroute.model.v1.Block\n"
       "id: 'b' steps { id: 's' } steps { id: 's' }",
       "DUPLICATE_ID f.textproto:2 steps[1].id"},
      {"BlockWithAnUnusedParameter",
       "# proto-message: careroute.model.v1.Block\nid: 'b' params: 'next'",
       "UNUSED f.textproto:2 params[0]"},
      {"BlockWithAnUndeclaredParameter",
       "# proto-message: careroute.model.v1.Block\n"
       "id: 'b' steps { id: 's' outcomes { starts { step: '$next' } } }",
       "UNKNOWN_ARGUMENT f.textproto:2 steps[0].outcomes[0].starts[0].step"},
      {"OverlayWithABadEdition",
       "# proto-message: careroute.model.v1.Overlay\n"
       "id: 'o' edition: '1 2' pathway: 'p'",
       "NOT_AN_ID f.textproto:2 edition"},
      {"OverlayOfARegionWithoutItsAct",
       "# proto-message: careroute.model.v1.Overlay\n"
       "id: 'o' bindings { source { provenance: PROVENANCE_REGION } }",
       "NO_ACT f.textproto:2 bindings[0].source.act"},
      {"TableThatSaysAKeyTwice",
       "# proto-message: careroute.model.v1.TextTable\nlanguage: 'en'\n"
       "entries { key: 'a' text: 'x' }\nentries { key: 'a' text: 'y' }",
       "DUPLICATE_ID f.textproto:4 entries[1].key"},
      {"TableWithoutLanguage",
       "# proto-message: careroute.model.v1.TextTable\n", "EMPTY f.textproto"},
  };
  for (const Row& row : rows) {
    MapFileReader files;
    files.Add("f.textproto", row.content);
    base::Problems problems;
    CheckFile(files, "f.textproto", {.walks = 0}, problems);
    EXPECT_THAT(testing::Describe(problems), HasSubstr(row.found)) << row.name;
  }
}

TEST(CheckFile, FindsNothingWrongWithAGoodOverlay) {
  MapFileReader files;
  const DirectoryFileReader own(testing::kTestData);
  files.Add("small/small.textproto", *own.Read("small.textproto"));
  files.Add("small/small.texts.en.textproto",
            *own.Read("small.texts.en.textproto"));
  files.Add("o.textproto",
            "# proto-message: careroute.model.v1.Overlay\n"
            "id: 'o' edition: '1' pathway: 'small' pathway_edition: '1' "
            "jurisdiction: 'RU-DEMO' bindings { parameter: 'wait' "
            "value { term { n: 5 unit: TIME_UNIT_WORKING_DAY } } "
            "source { act: 'demo' provenance: PROVENANCE_DEMO } } "
            "shorter_limits { step: 'begin' limit: 'begin_due' "
            "within { n: 2 unit: TIME_UNIT_WORKING_DAY } "
            "source { act: 'an act' provenance: PROVENANCE_REGION } }");
  base::Problems problems;
  CheckFile(files, "o.textproto", {.walks = 10}, problems);
  EXPECT_TRUE(problems.empty()) << testing::Describe(problems);
}

TEST(LoadPathway, WarnsOfAnImportNobodyUses) {
  MapFileReader files;
  files.Add("f.textproto", "id: 'p'\nimports: 'b.textproto'");
  files.Add("b.textproto", "id: 'b'");
  base::Problems problems;
  CheckFile(files, "f.textproto", {.walks = 0}, problems);
  EXPECT_THAT(testing::Describe(problems),
              HasSubstr("warning UNUSED f.textproto:2 imports[0]"));
}

TEST(CheckFile, ReportsAMissingFile) {
  base::Problems problems;
  CheckFile(MapFileReader(), "nope.textproto", {}, problems);
  EXPECT_TRUE(problems.HasErrors());
}

TEST(FindInCatalogue, IsNotLedAstrayByOneWrongImport) {
  const std::string folder =
      absl::StrCat(::testing::TempDir(), "/careroute-catalogue-", getpid());
  for (const std::string& part :
       {std::string(), std::string("/p"), std::string("/blocks")}) {
    ASSERT_EQ(mkdir((folder + part).c_str(), 0700), 0);
  }
  std::ofstream(folder + "/blocks/a.textproto") << "id: 'a'";
  std::ofstream(folder + "/p/p.textproto")
      << "id: 'p' imports: ['blocks/a.textproto', 'blocks/typo.textproto']";
  const CatalogueFile found = FindInCatalogue(folder + "/p/p.textproto");
  EXPECT_EQ(found.folder, folder);
  EXPECT_EQ(found.name, "p/p.textproto");
  for (const char* name :
       {"/blocks/a.textproto", "/p/p.textproto", "/blocks", "/p", ""}) {
    ASSERT_EQ(remove((folder + name).c_str()), 0);
  }
}

TEST(FindInCatalogue, ClimbsToWhereTheImportsAre) {
  const CatalogueFile own =
      FindInCatalogue("lib/pathway/testdata/seven_pieces.textproto");
  EXPECT_EQ(own.folder, "lib/pathway/testdata");
  EXPECT_EQ(own.name, "seven_pieces.textproto");
  const CatalogueFile deeper =
      FindInCatalogue("lib/pathway/catalogue/early-help/early-help.textproto");
  EXPECT_EQ(deeper.folder, "lib/pathway/catalogue");
  EXPECT_EQ(deeper.name, "early-help/early-help.textproto");
  const CatalogueFile missing = FindInCatalogue("nowhere.textproto");
  EXPECT_EQ(missing.folder, ".");
  EXPECT_EQ(missing.name, "nowhere.textproto");
}

}  // namespace
}  // namespace careroute::pathway
