#include "services/command/route_notes.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using model::v1::Explanation;
using model::v1::RouteRow;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Explanation UnmetGuard() {
  Explanation guard;
  guard.set_text("The family is informed");
  guard.set_answer(model::v1::EXPLANATION_ANSWER_NO);
  Explanation& all = *guard.add_because();
  all.set_answer(model::v1::EXPLANATION_ANSWER_NO);
  Explanation& met = *all.add_because();
  met.set_text("older than one");
  met.set_answer(model::v1::EXPLANATION_ANSWER_YES);
  Explanation& unmet = *all.add_because();
  unmet.set_text("step ended");
  unmet.set_answer(model::v1::EXPLANATION_ANSWER_NO);
  Explanation& unknown = *all.add_because();
  unknown.set_text("weeks at birth");
  unknown.set_answer(model::v1::EXPLANATION_ANSWER_NOT_KNOWN);
  guard.add_because()->set_text("can be met by: a doctor");
  return guard;
}

RouteRow OverdueRow(int level) {
  RouteRow row;
  row.set_state(model::v1::ROW_STATE_OVERDUE);
  model::v1::RouteDeadline& one = *row.add_deadlines();
  one.set_rule("5 working days");
  one.mutable_source()->set_act("an act");
  one.mutable_source()->set_provenance(model::v1::PROVENANCE_DEMO);
  one.mutable_deadline()->set_level(level);
  return row;
}

TEST(ReasonWords, NamesWhatIsNotYesAndWhoCanMeetIt) {
  EXPECT_EQ(ReasonWords(UnmetGuard(), "en"),
            "The family is informed — step ended: no; weeks at birth: not "
            "known; can be met by: a doctor");
}

TEST(ReasonWords, CutsWhatNobodyReadsInOneLine) {
  Explanation guard = UnmetGuard();
  for (int i = 0; i < 50; ++i) guard.add_because()->set_text("more");
  EXPECT_LT(ReasonWords(guard, "en").size(), 200U);
}

TEST(RouteNotes, SaysOfWhatIsDoneThatItWasLateAndWhy) {
  RouteRow row = OverdueRow(0);
  row.set_state(model::v1::ROW_STATE_DONE);
  model::v1::RouteObstacle& why = *row.add_obstacles();
  why.mutable_by()->set_title("Clinic 1");
  why.set_reason("late: the road was closed");
  row.mutable_deadlines(0)->mutable_deadline()->mutable_due_time()->set_seconds(
      1744070400);
  const std::vector<Note> notes = RouteNotes(row, Wall("en", 0));
  ASSERT_THAT(notes, SizeIs(3));
  EXPECT_EQ(notes[0].text, "Clinic 1: late: the road was closed");
  EXPECT_EQ(notes[1].text, "done late, was due 2025-04-07");
  EXPECT_EQ(notes[2].text, "limit: 5 working days · an act · demo, not a norm");
}

TEST(RouteNotes, SaysHowFarAMissedLimitWasTold) {
  const std::vector<Note> notes = RouteNotes(OverdueRow(1), Wall("en", 0));
  ASSERT_THAT(notes, SizeIs(1));
  EXPECT_EQ(notes[0].text,
            "limit: 5 working days · an act · demo, not a norm · told upwards: "
            "level 1");
  EXPECT_EQ(notes[0].style, Style::kError);
}

TEST(RouteNotes, DoesNotCallALimitMissedThatIsNot) {
  const std::vector<Note> notes = RouteNotes(OverdueRow(-1), Wall("en", 0));
  ASSERT_THAT(notes, SizeIs(1));
  EXPECT_EQ(notes[0].style, Style::kDim);
}

TEST(RouteNotes, SaysNothingOfWhatWasDoneInTime) {
  RouteRow row = OverdueRow(1);
  row.set_state(model::v1::ROW_STATE_DONE);
  row.clear_deadlines();
  EXPECT_THAT(RouteNotes(row, Wall("en", 0)), IsEmpty());
}

}  // namespace
}  // namespace careroute::services
