// What a family's sheet promises, and what it must not.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/command/render_route.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

model::v1::Route Sheet(const std::string& language) {
  model::v1::Route route;
  route.set_language(language);
  return route;
}

std::string Print(const model::v1::Route& route) {
  return RenderFamilySheet(route, {.width = 72});
}

TEST(RenderFamilySheet, BeginsWithTheCardOfTheStageALineForEachThing) {
  model::v1::Route route = Sheet("ru");
  route.mutable_header()->set_stage_title("Знакомство");
  route.mutable_header()->set_stage_card(
      "Что сейчас. Вам позвонят.\nКому звонить. Координатору.");
  model::v1::RouteRow& row = *route.add_rows();
  row.set_state(model::v1::ROW_STATE_NOW);
  row.set_family_text("Ждём звонка");
  const std::string sheet = Print(route);
  const size_t card =
      sheet.find("\nЧто сейчас. Вам позвонят.\nКому звонить. Координатору.\n");
  ASSERT_NE(card, std::string::npos) << sheet;
  EXPECT_LT(sheet.find("ГДЕ ВЫ СЕЙЧАС: Знакомство"), card);
  EXPECT_LT(card, sheet.find("ЧТО СЕЙЧАС"));
}

TEST(RenderFamilySheet, HasNoHeadingWithoutACardOrMeasures) {
  EXPECT_THAT(Print(Sheet("en")), AllOf(Not(HasSubstr("WHERE YOU ARE NOW")),
                                        Not(HasSubstr("WHAT OTHER SUPPORT"))));
}

model::v1::RouteMeasure& AddMeasure(model::v1::Provenance provenance,
                                    model::v1::Route& route) {
  model::v1::RouteMeasure& measure = *route.add_measures();
  measure.set_title("Benefit. Money once");
  measure.set_entitlement(model::v1::ENTITLEMENT_NOT_KNOWN);
  measure.add_papers("Passport");
  measure.set_term("10 working days");
  measure.mutable_source()->set_act("Act 1");
  measure.mutable_source()->set_provenance(provenance);
  return measure;
}

TEST(RenderFamilySheet, SaysHowToGetAMeasureAndWhereItIsWritten) {
  model::v1::Route route = Sheet("en");
  AddMeasure(model::v1::PROVENANCE_CONFIRMED, route);
  EXPECT_THAT(Print(route), AllOf(HasSubstr("Benefit. Money once.\n"),
                                  HasSubstr("ask the coordinator.\n"),
                                  HasSubstr("Bring with you: Passport.\n"),
                                  HasSubstr("takes: 10 working days.\n"),
                                  HasSubstr("Where it is written: Act 1.\n"),
                                  Not(HasSubstr("compared with the law"))));
}

// A family must not take for a promise what nobody has read.
TEST(RenderFamilySheet, SaysWhatIsInventedRecalledOrOld) {
  model::v1::Route route = Sheet("en");
  AddMeasure(model::v1::PROVENANCE_DEMO, route);
  EXPECT_THAT(Print(route),
              AllOf(HasSubstr("This is an example"), Not(HasSubstr("Act 1"))));
  route.mutable_measures(0)->mutable_source()->set_provenance(
      model::v1::PROVENANCE_RECALLED);
  EXPECT_THAT(Print(route), HasSubstr("yet to be compared with the law"));
  route.mutable_measures(0)->mutable_source()->set_provenance(
      model::v1::PROVENANCE_CONFIRMED);
  route.mutable_measures(0)->set_stale(true);
  EXPECT_THAT(Print(route), HasSubstr("yet to be compared with the law"));
}

TEST(RenderFamilySheet, AsksNoPapersOfAFamilyThatHasTheMeasure) {
  model::v1::Route route = Sheet("en");
  model::v1::RouteMeasure& measure =
      AddMeasure(model::v1::PROVENANCE_CONFIRMED, route);
  measure.mutable_record()->set_state(model::v1::MEASURE_STATE_GRANTED);
  measure.mutable_record()->set_until("2027-03-01");
  EXPECT_THAT(Print(route), AllOf(HasSubstr("Granted until 2027-03-01."),
                                  Not(HasSubstr("Passport")),
                                  Not(HasSubstr("10 working days"))));
}

constexpr int64_t kNoonOfThe8thOfApril = 1744077600;

model::v1::Route MakeRoute() {
  model::v1::Route route;
  route.set_language("en");
  route.set_utc_offset_minutes(600);
  route.mutable_as_of_time()->set_seconds(kNoonOfThe8thOfApril);
  route.mutable_header()->set_state(model::v1::CASE_STATE_OPEN);
  route.mutable_header()->set_next_contact_date("2025-04-08");
  route.add_holdings();
  return route;
}

TEST(RenderFamilySheet, PromisesTheNextCallAndTheWayBack) {
  const std::string sheet = RenderFamilySheet(MakeRoute(), {});
  EXPECT_THAT(sheet, HasSubstr("2025-04-08."));
  EXPECT_THAT(sheet, HasSubstr("withdraw"));
}

TEST(RenderFamilySheet, PromisesNoCallOnADayThatIsOver) {
  model::v1::Route route = MakeRoute();
  route.mutable_header()->set_next_contact_date("2025-04-07");
  EXPECT_THAT(RenderFamilySheet(route, {}), Not(HasSubstr("2025-04-07")));
}

// A mother whose child has died is not told that somebody will call.
TEST(RenderFamilySheet, PromisesNothingOnceTheCaseHasEnded) {
  for (const auto state : {model::v1::CASE_STATE_CLOSED,
                           model::v1::CASE_STATE_CLOSED_WITH_STEPS}) {
    model::v1::Route route = MakeRoute();
    route.mutable_header()->set_state(state);
    const std::string sheet = RenderFamilySheet(route, {});
    EXPECT_THAT(sheet, Not(HasSubstr("We will call")));
    EXPECT_THAT(sheet, Not(HasSubstr("withdraw")));
  }
}

}  // namespace
}  // namespace careroute::services
