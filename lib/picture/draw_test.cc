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
  const std::string dot = DrawPathway(*edition, {.language = "en"}).dot;
  EXPECT_THAT(dot, HasSubstr("id=\"step/no_provider\""));
  EXPECT_THAT(dot, Not(HasSubstr("id=\"step/no_provider.queue\"")));
  EXPECT_THAT(dot, HasSubstr("steps inside: "));
}

TEST(DrawPathway, SaysWhatARegionHasNotSetYet) {
  const auto edition = Shipped("early-help/early-help.textproto");
  ASSERT_NE(edition, nullptr);
  EXPECT_THAT(DrawPathway(*edition, {.language = "en"}).dot,
              AllOf(HasSubstr("set by the region: "),
                    HasSubstr("the region's terms are not bound yet")));
}

// A pathway whose limits all come from this act.
std::shared_ptr<const pathway::Edition> SmallWithAct(
    const std::string& act, model::v1::Provenance provenance) {
  model::v1::Pathway pathway = pathway::testing::SmallPathway();
  for (model::v1::Step& step : *pathway.mutable_steps()) {
    for (model::v1::Limit& limit : *step.mutable_limits()) {
      limit.mutable_source()->set_act(act);
      limit.mutable_source()->set_provenance(provenance);
    }
  }
  return pathway::EditionForReading(pathway);
}

TEST(DrawPathway, SaysHowSureALimitIs) {
  const auto confirmed =
      SmallWithAct("Act No. 7", model::v1::PROVENANCE_CONFIRMED);
  EXPECT_THAT(DrawPathway(*confirmed, {.language = "en"}).dot,
              AllOf(HasSubstr("●"), HasSubstr("limit read in the act"),
                    Not(HasSubstr("limit invented for a demo"))));
  const auto invented = SmallWithAct("", model::v1::PROVENANCE_DEMO);
  EXPECT_THAT(DrawPathway(*invented, {.language = "en"}).dot,
              AllOf(HasSubstr("◇"), HasSubstr("limit invented for a demo"),
                    Not(HasSubstr("limit read in the act"))));
}

TEST(DrawPathway, NamesTheActThatALimitComesFrom) {
  const auto edition =
      SmallWithAct("Act No. 7", model::v1::PROVENANCE_CONFIRMED);
  EXPECT_THAT(DrawPathway(*edition, {.language = "en"}).dot,
              AllOf(HasSubstr("{1}"), HasSubstr("Act No. 7; "),
                    HasSubstr("; confirmed")));
}

TEST(DrawPathway, DrawsOneSheetOfSeveral) {
  const auto edition = Shipped("early-help/early-help.textproto");
  ASSERT_NE(edition, nullptr);
  const Picture whole = DrawPathway(*edition, {.language = "en"});
  ASSERT_GT(whole.sheets, 1);
  const Picture second = DrawPathway(*edition, {.language = "en", .sheet = 2});
  EXPECT_EQ(second.sheets, whole.sheets);
  EXPECT_LT(second.dot.size(), whole.dot.size());
  EXPECT_THAT(second.dot, HasSubstr("sheet 2 of "));
  EXPECT_THAT(second.dot, Not(HasSubstr("sheet 1 of ")));
}

TEST(DrawPathway, DrawsNothingForASheetThereIsNot) {
  const auto edition = pathway::testing::SmallEdition();
  const Picture picture =
      DrawPathway(*edition, {.language = "en", .sheet = 1000});
  EXPECT_EQ(picture.dot, "");
  EXPECT_GT(picture.sheets, 0);
}

TEST(DrawRoute, SaysWhereTheFamilyStandsAndWhoseMoveItIs) {
  engine::testing::RouteSample sample;
  const std::string dot =
      DrawRoute(*sample.reading.edition, sample.Build(), {.language = "en"})
          .dot;
  EXPECT_THAT(dot, HasSubstr("✓\u00a0done 2025-04-01"));
  EXPECT_THAT(dot, HasSubstr("whose move: "));
}

TEST(DrawRoute, LeavesOutWhatDoesNotConcernTheFamily) {
  engine::testing::RouteSample sample;
  model::v1::Route route = sample.Build();
  const std::string step = route.rows(0).step();
  while (route.rows_size() > 1) route.mutable_rows()->RemoveLast();
  const std::string dot =
      DrawRoute(*sample.reading.edition, route, {.language = "en"}).dot;
  for (const model::v1::Step& one : sample.reading.edition->pathway().steps()) {
    const std::string id = "id=\"step/" + one.id() + "\"";
    if (one.id() == step) {
      EXPECT_THAT(dot, HasSubstr(id));
    } else {
      EXPECT_THAT(dot, Not(HasSubstr(id)));
    }
  }
}

TEST(DrawRoute, TellsWhatPressesBeforeWhatIsDone) {
  engine::testing::RouteSample sample;
  model::v1::Route route = sample.Build();
  model::v1::RouteRow now = route.rows(0);
  now.set_state(model::v1::ROW_STATE_OVERDUE);
  while (route.rows_size() > 1) route.mutable_rows()->RemoveLast();
  for (int i = 0; i < 9; ++i) *route.add_rows() = route.rows(0);
  *route.add_rows() = now;
  EXPECT_THAT(
      DrawRoute(*sample.reading.edition, route, {.language = "en"}).dot,
      AllOf(HasSubstr("!\u00a0overdue"), HasSubstr("and more entries: 7")));
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
  const std::string dot =
      DrawRoute(*sample.reading.edition, route, {.language = "en"}).dot;
  EXPECT_THAT(dot, AllOf(HasSubstr("!\u00a0overdue"),
                         HasSubstr("BGCOLOR=\"#000000\"")));
}

TEST(DrawRoute, LeavesOutRowsOfStepsThePathwayDoesNotKnow) {
  engine::testing::RouteSample sample;
  model::v1::Route route = sample.Build();
  route.mutable_rows(0)->set_step("no_such_step");
  EXPECT_THAT(DrawRoute(*sample.reading.edition, route, {.language = "en"}).dot,
              Not(HasSubstr("no_such_step")));
}

}  // namespace
}  // namespace careroute::picture
