#include "services/command/render_workload.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

api::v1::ListWorkloadResponse MakePage() {
  api::v1::ListWorkloadResponse page;
  api::v1::Workload& anna = *page.add_members();
  anna.set_member("organisations/a/members/anna");
  anna.set_display_name("Anna");
  anna.set_coordinates(1000);
  anna.set_overdue(2);
  anna.mutable_next_due_time()->set_seconds(1744120800);
  anna.set_absent_until("2025-04-20");
  api::v1::Workload& boris = *page.add_members();
  boris.set_member("organisations/a/members/boris");
  boris.set_deputises(7);
  boris.set_offered(1);
  boris.set_last_day("2025-05-01");
  return page;
}

TEST(RenderWorkload, ShowsOneLineAMember) {
  EXPECT_EQ(
      RenderWorkload(MakePage(), Wall("en", 600), {}),
      "member                         who   coordinates  overdue  next due    "
      "deputises  offered  presence\n"
      "organisations/a/members/anna   Anna  1000+        2        2025-04-08  "
      "                    absent until 2025-04-20\n"
      "organisations/a/members/boris                                          "
      "7          1        last day 2025-05-01\n");
}

TEST(RenderWorkload, SpeaksRussian) {
  EXPECT_THAT(RenderWorkload(MakePage(), Wall("ru", 600), {}),
              AllOf(HasSubstr("ведёт"), HasSubstr("замещает"),
                    HasSubstr("отсутствует до 20.04.2025")));
}

TEST(RenderWorkload, SaysThatThereIsNobody) {
  EXPECT_EQ(RenderWorkload({}, Wall("en", 0), {}), "Nothing.\n");
}

}  // namespace
}  // namespace careroute::services
