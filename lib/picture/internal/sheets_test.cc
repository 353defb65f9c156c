#include "lib/picture/internal/sheets.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "lib/picture/internal/letters.h"

namespace careroute::picture::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Boxes of one lane, `lines` lines each, so many to each stage.
Scene SceneOf(const std::vector<int>& boxes_of_stage, int lines) {
  Scene scene = {.language = "en", .heading = {"title"}, .lanes = {"lane"}};
  for (size_t stage = 0; stage < boxes_of_stage.size(); ++stage) {
    scene.stages.push_back(absl::StrCat("stage ", stage));
    for (int i = 0; i < boxes_of_stage[stage]; ++i) {
      scene.boxes.push_back(
          {.number = static_cast<int>(scene.boxes.size()) + 1,
           .stage = static_cast<int>(stage),
           .lines = std::vector<Line>(static_cast<size_t>(lines))});
    }
  }
  return scene;
}

std::vector<int> NumbersOf(const Sheet& sheet) {
  std::vector<int> numbers;
  for (const Box& box : sheet.scene.boxes) numbers.push_back(box.number);
  return numbers;
}

TEST(CutIntoSheets, NeedsOneSheetForWhatFits) {
  const auto sheets = CutIntoSheets(SceneOf({2, 3}, 5), kA3Landscape);
  ASSERT_THAT(sheets, SizeIs(1));
  EXPECT_THAT(NumbersOf(sheets[0]), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(sheets[0].scene.heading, ElementsAre("title"));
}

TEST(CutIntoSheets, PutsEveryBoxOnExactlyOneSheetThatFits) {
  const Scene scene = SceneOf({9, 14, 30, 2}, 20);
  std::multiset<int> seen;
  for (const Sheet& sheet : CutIntoSheets(scene, kA3Landscape)) {
    EXPECT_TRUE(sheet.layout.Fits());
    for (const int number : NumbersOf(sheet)) seen.insert(number);
  }
  EXPECT_THAT(seen, SizeIs(55));
  EXPECT_EQ(std::set<int>(seen.begin(), seen.end()).size(), 55U);
}

TEST(CutIntoSheets, BeginsASheetWithAStageRatherThanPartIt) {
  // One sheet holds ten of these boxes: one stage and a part of the next.
  const auto sheets = CutIntoSheets(SceneOf({8, 8}, 30), kA3Landscape);
  ASSERT_THAT(sheets, SizeIs(2));
  EXPECT_THAT(sheets[0].scene.stages, ElementsAre("stage 0"));
  EXPECT_THAT(sheets[1].scene.stages, ElementsAre("stage 1"));
}

TEST(CutIntoSheets, SaysOnWhichSheetANumberStands) {
  Scene scene = SceneOf({8, 8}, 30);
  scene.boxes[0].lines[0].text = absl::StrCat("goes to 2", kSheetMarkText);
  scene.boxes[1].lines[0].text = absl::StrCat("goes to 12", kSheetMarkText);
  const auto sheets = CutIntoSheets(scene, kA3Landscape);
  ASSERT_THAT(sheets, SizeIs(2));
  EXPECT_EQ(sheets[0].scene.boxes[0].lines[0].text, "goes to 2");
  EXPECT_EQ(sheets[0].scene.boxes[1].lines[0].text,
            "goes to 12\u00a0(p.\u00a02)");
  EXPECT_THAT(sheets[1].scene.heading[0], EndsWith("sheet 2 of 2"));
}

TEST(CutIntoSheets, LeavesAStubOfAnArrowToAnotherSheet) {
  Scene scene = SceneOf({8, 8}, 30);
  scene.arrows = {{.from = 0, .to = 1}, {.from = 0, .to = 12}};
  const auto sheets = CutIntoSheets(scene, kA3Landscape);
  ASSERT_THAT(sheets, SizeIs(2));
  ASSERT_THAT(sheets[0].scene.arrows, SizeIs(2));
  EXPECT_EQ(sheets[0].scene.arrows[0].to, 1);
  EXPECT_EQ(sheets[0].scene.arrows[1].to, kOtherSheet);
  EXPECT_THAT(sheets[0].layout.arrows[1], SizeIs(2));
  EXPECT_THAT(sheets[1].scene.arrows, IsEmpty());
}

TEST(CutIntoSheets, GivesABoxThatNoSheetHoldsASheetOfItsOwn) {
  const auto sheets = CutIntoSheets(SceneOf({3}, 200), kA3Landscape);
  ASSERT_THAT(sheets, SizeIs(3));
  for (const Sheet& sheet : sheets) EXPECT_FALSE(sheet.layout.Fits());
}

TEST(CutIntoSheets, IsOneEmptySheetWithoutBoxes) {
  const auto sheets = CutIntoSheets({.heading = {"title"}}, kA4Landscape);
  ASSERT_THAT(sheets, SizeIs(1));
  EXPECT_TRUE(sheets[0].layout.Fits());
}

}  // namespace
}  // namespace careroute::picture::internal
