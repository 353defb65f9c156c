#include "lib/picture/internal/layout.h"

#include "gtest/gtest.h"
#include "lib/engine/testing/route_sample.h"
#include "lib/pathway/reading.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::picture::internal {
namespace {

bool Overlap(const Area& a, const Area& b) {
  return a.left < b.left + b.width && b.left < a.left + a.width &&
         a.top < b.top + b.height && b.top < a.top + a.height;
}

class LayoutTest : public ::testing::Test {
 protected:
  void Place(const pathway::Edition& edition) {
    scene_ = BuildScene(edition, {.language = "en"});
    layout_ = PlaceScene(scene_, kA3Landscape);
  }

  Scene scene_;
  Layout layout_;
};

TEST_F(LayoutTest, PutsNoBoxOnAnother) {
  Place(*pathway::testing::SevenPieces());
  for (size_t i = 0; i < layout_.boxes.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      EXPECT_FALSE(Overlap(layout_.boxes[i], layout_.boxes[k]))
          << scene_.boxes[i].id << " on " << scene_.boxes[k].id;
    }
  }
}

TEST_F(LayoutTest, KeepsEveryBoxOnThePage) {
  Place(*pathway::testing::SevenPieces());
  for (const Area& box : layout_.boxes) {
    EXPECT_GE(box.left, 0);
    EXPECT_GE(box.top, 0);
    EXPECT_LE(box.left + box.width, layout_.width);
    EXPECT_LE(box.top + box.height, layout_.height);
  }
}

TEST_F(LayoutTest, DrawsArrowsAtRightAnglesFromTailToTip) {
  Place(*pathway::testing::SmallEdition());
  ASSERT_EQ(layout_.arrows.size(), scene_.arrows.size());
  for (const std::vector<Point>& path : layout_.arrows) {
    for (size_t i = 1; i < path.size(); ++i) {
      EXPECT_TRUE(path[i].x == path[i - 1].x || path[i].y == path[i - 1].y);
    }
  }
}

TEST_F(LayoutTest, IsTheSameForTheSameScene) {
  Place(*pathway::testing::SevenPieces());
  const Layout first = layout_;
  Place(*pathway::testing::SevenPieces());
  EXPECT_EQ(first.arrows, layout_.arrows);
  EXPECT_EQ(first.height, layout_.height);
}

TEST_F(LayoutTest, StandsWithoutAnyStep) {
  Place(*pathway::EditionForReading({}));
  EXPECT_TRUE(layout_.Fits());
}

TEST_F(LayoutTest, PutsNotesBelowTheBoxesAndOnThePaper) {
  Place(*pathway::testing::SmallEdition());
  ASSERT_FALSE(layout_.notes.empty());
  for (const Label& note : layout_.notes) {
    EXPECT_LE(note.area.top + note.area.height, kA3Landscape.height);
    for (const Area& box : layout_.boxes) {
      EXPECT_FALSE(Overlap(note.area, box));
    }
  }
}

}  // namespace
}  // namespace careroute::picture::internal
