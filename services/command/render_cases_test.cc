#include "services/command/render_cases.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

api::v1::ListCasesResponse MakePage() {
  api::v1::ListCasesResponse page;
  model::v1::CaseRow& row = *page.add_cases();
  row.set_name("cases/1");
  row.set_pathway("early-help");
  row.set_state(model::v1::CASE_STATE_OPEN);
  row.add_live_steps("intake");
  row.add_live_steps("contact");
  row.mutable_next_due_time()->set_seconds(1744120800);
  row.set_overdue(2);
  row.set_next_contact_date("2025-04-20");
  page.set_total(1);
  return page;
}

TEST(RenderCases, ShowsOneLineACaseAndTheTotal) {
  EXPECT_EQ(
      RenderCases(MakePage(), Wall("en", 600), {}),
      "case     pathway     state  overdue  next due    contact     live\n"
      "cases/1  early-help  open   2        2025-04-08  2025-04-20  "
      "intake, contact\n"
      "In all: 1.\n");
}

TEST(RenderCases, KeepsNamesWholeOnANarrowScreen) {
  const std::string name = "cases/0f9a1b2c3d4e5f60718293a4b5c6d7e8";
  api::v1::ListCasesResponse page = MakePage();
  page.mutable_cases(0)->set_name(name);
  for (const int width : {80, 100, 160}) {
    EXPECT_THAT(RenderCases(page, Wall("ru", 600), {.width = width}),
                ::testing::HasSubstr(name))
        << width;
  }
}

TEST(RenderCases, SpeaksRussian) {
  EXPECT_THAT(RenderCases(MakePage(), Wall("ru", 600), {}),
              ::testing::AllOf(::testing::HasSubstr("ближайший срок"),
                               ::testing::HasSubstr("08.04.2025"),
                               ::testing::HasSubstr("Всего: 1.")));
}

TEST(RenderCases, CountsWhatItShows) {
  api::v1::ListCasesResponse page = MakePage();
  page.set_total(11);
  EXPECT_THAT(RenderCases(page, Wall("en", 600), {}),
              ::testing::HasSubstr("In all: 1.\n"));
}

TEST(RenderCases, SaysThatThereIsNone) {
  EXPECT_EQ(RenderCases({}, Wall("en", 0), {}), "Nothing.\n");
}

TEST(TotalWords, DoesNotClaimMoreThanWasCounted) {
  EXPECT_EQ(TotalWords(1000, true, "en"), "In all: more than 1000.\n");
}

}  // namespace
}  // namespace careroute::services
