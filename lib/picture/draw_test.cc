#include "lib/picture/draw.h"

#include "gmock/gmock.h"
#include "lib/engine/testing/route_sample.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/load.h"
#include "lib/pathway/reading.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::picture {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const pathway::Edition> Shipped(const std::string& name) {
  base::Problems problems;
  std::optional<pathway::LoadedPathway> loaded = pathway::LoadPathway(
      pathway::DirectoryFileReader("lib/pathway/catalogue"), name, problems);
  return loaded.has_value()
             ? pathway::EditionForReading(std::move(loaded->pathway))
             : nullptr;
}

TEST(DrawPathway, DrawsTheStepsOfAUseAsOneBox) {
  const auto edition = Shipped("early-help/early-help.textproto");
  ASSERT_NE(edition, nullptr);
  const std::string dot = DrawPathway(*edition, "en");
  EXPECT_THAT(dot, HasSubstr("id=\"step/no_provider\""));
  EXPECT_THAT(dot, Not(HasSubstr("id=\"step/no_provider.queue\"")));
  EXPECT_THAT(dot, HasSubstr("steps inside: "));
}

TEST(DrawPathway, SaysWhatARegionHasNotSetYet) {
  const auto edition = Shipped("early-help/early-help.textproto");
  ASSERT_NE(edition, nullptr);
  EXPECT_THAT(DrawPathway(*edition, "en"),
              AllOf(HasSubstr("set by the region: "),
                    HasSubstr("the region's terms are not bound yet")));
}

TEST(DrawPathway, SaysHowSureALimitIs) {
  const std::string dot = DrawPathway(*pathway::testing::SevenPieces(), "en");
  EXPECT_THAT(dot, AllOf(HasSubstr("●"), HasSubstr("limit read in the act")));
}

TEST(DrawPathway, LetsNoTextBecomeMarkupOrAttribute) {
  model::v1::Pathway pathway = pathway::testing::SmallPathway();
  for (model::v1::TextTable& table : *pathway.mutable_texts()) {
    for (model::v1::TextEntry& entry : *table.mutable_entries()) {
      entry.set_text("</TABLE>\"];n1->n2[x=\"&\n\\");
    }
  }
  const std::string dot =
      DrawPathway(*pathway::EditionForReading(pathway), "en");
  EXPECT_THAT(dot, Not(HasSubstr("n1->n2[x=\"")));
  EXPECT_THAT(dot, HasSubstr("&lt;/TABLE&gt;"));
}

TEST(DrawRoute, SaysWhereTheFamilyStandsAndWhoseMoveItIs) {
  engine::testing::RouteSample sample;
  const std::string dot =
      DrawRoute(*sample.reading.edition, sample.Build(), "en");
  EXPECT_THAT(dot, HasSubstr("✓ done 2025-04-01"));
  EXPECT_THAT(dot, HasSubstr("whose move: "));
  EXPECT_THAT(dot, HasSubstr("STYLE=\"DOTTED\""));
}

TEST(DrawRoute, SaysInBlackAndWhiteThatALimitIsOver) {
  engine::testing::RouteSample sample;
  sample.state.deadlines[0].level = 0;
  model::v1::Route route = sample.Build();
  for (model::v1::RouteRow& row : *route.mutable_rows()) {
    if (row.state() == model::v1::ROW_STATE_NOW) {
      row.set_state(model::v1::ROW_STATE_OVERDUE);
    }
  }
  const std::string dot = DrawRoute(*sample.reading.edition, route, "en");
  EXPECT_THAT(dot,
              AllOf(HasSubstr("! overdue"), HasSubstr("BGCOLOR=\"#000000\"")));
}

TEST(DrawRoute, LeavesOutRowsOfStepsThePathwayDoesNotKnow) {
  engine::testing::RouteSample sample;
  model::v1::Route route = sample.Build();
  route.mutable_rows(0)->set_step("no_such_step");
  EXPECT_THAT(DrawRoute(*sample.reading.edition, route, "en"),
              Not(HasSubstr("no_such_step")));
}

}  // namespace
}  // namespace careroute::picture
