#include "lib/calendar/term_from_proto.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::calendar {
namespace {

// A unit added to the proto fails here until it has a plain form.
TEST(TermFromProto, ReadsEveryUnit) {
  std::set<TimeUnit> seen;
  for (int unit = 1; unit <= model::v1::TimeUnit_MAX; ++unit) {
    model::v1::Term proto;
    proto.set_n(3);
    proto.set_unit(static_cast<model::v1::TimeUnit>(unit));
    const absl::StatusOr<Term> term = TermFromProto(proto);
    ASSERT_TRUE(term.ok()) << model::v1::TimeUnit_Name(unit);
    EXPECT_EQ(term->n, 3);
    EXPECT_TRUE(seen.insert(term->unit).second) << unit;
  }
  EXPECT_EQ(seen.size(), 8U);
}

TEST(TermFromProto, KeepsTheMeaningOfTheUnits) {
  model::v1::Term proto;
  proto.set_n(5);
  proto.set_unit(model::v1::TIME_UNIT_WORKING_DAY);
  EXPECT_EQ(*TermFromProto(proto), (Term{5, TimeUnit::kWorkingDays}));
  proto.set_unit(model::v1::TIME_UNIT_CALENDAR_DAY);
  EXPECT_EQ(*TermFromProto(proto), (Term{5, TimeUnit::kCalendarDays}));
  proto.set_unit(model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH);
  EXPECT_EQ(*TermFromProto(proto), (Term{5, TimeUnit::kDayOfNextMonth}));
}

TEST(TermFromProto, RefusesWhatIsNoTerm) {
  model::v1::Term proto;
  proto.set_parameter("waiting_time");
  EXPECT_THAT(TermFromProto(proto).status().message(),
              testing::HasSubstr("unit: "));
  proto.set_unit(static_cast<model::v1::TimeUnit>(99));
  EXPECT_FALSE(TermFromProto(proto).ok());
  proto.set_no_limit(true);
  EXPECT_THAT(TermFromProto(proto).status().message(),
              testing::HasSubstr("no_limit: "));
}

}  // namespace
}  // namespace careroute::calendar
