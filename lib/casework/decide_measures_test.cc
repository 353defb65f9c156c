// Support measures: told, applied for, granted, refused; and when a family is
// told of nothing.

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/explain_text.h"
#include "lib/casework/measures.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/view.h"

namespace careroute::casework {
namespace {

namespace m = model::v1;
using absl::StrCat;
using testing::CaseStage;

std::string Record(const std::string& measure, const std::string& state,
                   const std::string& more = "") {
  return StrCat("record_measure { measure: '", measure,
                "' state: MEASURE_STATE_", state, " ", more, " }");
}

m::MeasureState StateIn(const CaseStage& stage, const std::string& measure) {
  const MeasureRecord* record = FindMeasure(stage.state(), measure);
  return record == nullptr ? m::MEASURE_STATE_UNSPECIFIED : record->state;
}

class DecideRecordMeasure : public ::testing::Test {
 protected:
  DecideRecordMeasure() { stage_.Open(); }

  CaseStage stage_;
};

TEST_F(DecideRecordMeasure, GoesFromToldToGranted) {
  stage_.Do(Record("aid", "INFORMED"));
  stage_.Do(Record("aid", "APPLIED"));
  const auto& event =
      stage_.Do(Record("aid", "GRANTED", "until: '2027-03-01'"));
  EXPECT_EQ(event.measure_recorded().measure().until(), "2027-03-01");
  const m::Case shown = ToModel(stage_.state(), base::Uid{});
  ASSERT_EQ(shown.measures_size(), 1);
  EXPECT_EQ(shown.measures(0).state(), m::MEASURE_STATE_GRANTED);
  EXPECT_EQ(shown.measures(0).until(), "2027-03-01");
  EXPECT_TRUE(shown.measures(0).has_happened_time());
  stage_.ExpectReplays();
}

TEST_F(DecideRecordMeasure, LetsAFamilyApplyAgainAfterARefusal) {
  stage_.Do(Record("aid", "APPLIED"));
  stage_.Do(Record("aid", "REFUSED", "note: 'a paper was missing'"));
  stage_.Do(Record("aid", "APPLIED"));
  EXPECT_EQ(StateIn(stage_, "aid"), m::MEASURE_STATE_APPLIED);
}

TEST_F(DecideRecordMeasure, ForgetsTheLastDayOfAnEarlierGrant) {
  stage_.Do(Record("pension", "GRANTED", "until: '2026-12-31'"));
  stage_.Do(Record("pension", "APPLIED"));
  EXPECT_EQ(FindMeasure(stage_.state(), "pension")->until, "");
}

// Why somebody was refused is nobody's business who sees only the route.
TEST_F(DecideRecordMeasure, SealsTheReasonOfARefusal) {
  stage_.Do(Record("aid", "APPLIED"));
  const auto& event =
      stage_.Do(Record("aid", "REFUSED", "note: 'a paper was missing'"));
  EXPECT_EQ(event.DebugString().find("paper"), std::string::npos);
  ASSERT_EQ(stage_.parts().size(), 1U);
  EXPECT_EQ(stage_.parts()[0].data_class, m::DATA_CLASS_SOCIAL);
}

TEST_F(DecideRecordMeasure, KeepsMeasuresInOrder) {
  stage_.Do(Record("pension", "GRANTED"));
  stage_.Do(Record("aid", "INFORMED"));
  ASSERT_EQ(stage_.state().measures.size(), 2U);
  EXPECT_EQ(stage_.state().measures[0].measure, "aid");
  stage_.ExpectReplays();
}

TEST_F(DecideRecordMeasure, TellsNothingAfterALoss) {
  stage_.Do(
      "record_facts { facts { fact: 'loss_in_family' value { truth: true "
      "} } }");
  EXPECT_EQ(stage_.Refuse(Record("aid", "INFORMED")),
            m::ERROR_REASON_GUARD_UNMET);
  EXPECT_EQ(stage_.refusal().message_key(), "measure_silence");
  // What the family itself asks for goes on.
  stage_.Do(Record("aid", "APPLIED"));
}

TEST_F(DecideRecordMeasure, TellsNothingWhileTheFamilyAsksForQuiet) {
  stage_.Do(
      "record_facts { facts { fact: 'quiet_asked' value { truth: true } "
      "} }");
  EXPECT_EQ(stage_.Refuse(Record("aid", "INFORMED")),
            m::ERROR_REASON_GUARD_UNMET);
  stage_.Do(
      "record_facts { facts { fact: 'quiet_asked' value { truth: false } "
      "} }");
  stage_.Do(Record("aid", "INFORMED"));
}

TEST_F(DecideRecordMeasure, NamesTheMovesThatArePossible) {
  stage_.Do(Record("aid", "INFORMED"));
  EXPECT_EQ(stage_.Refuse(Record("aid", "REFUSED", "note: 'no'")),
            m::ERROR_REASON_WRONG_STATE);
  ASSERT_EQ(stage_.refusal().missing_size(), 1);
  EXPECT_EQ(stage_.refusal().missing(0).mend(),
            "record MEASURE_STATE_APPLIED or MEASURE_STATE_GRANTED or "
            "MEASURE_STATE_NOT_WANTED");
}

TEST_F(DecideRecordMeasure, SaysWhyNotInBothLanguages) {
  EXPECT_EQ(stage_.Refuse(Record("nope", "INFORMED")),
            m::ERROR_REASON_UNKNOWN_REFERENCE);
  m::Explanation because = stage_.refusal().because();
  FillTexts("ru", because);
  EXPECT_EQ(because.text(), "этот узел не знает такой меры поддержки");
  FillTexts("en", because);
  EXPECT_EQ(because.text(), stage_.refusal().message());
}

TEST_F(DecideRecordMeasure, NamesEveryFieldThatIsWrong) {
  EXPECT_EQ(stage_.Refuse(Record("aid", "REFUSED", "until: '2026-04-01'")),
            m::ERROR_REASON_INVALID_REQUEST);
  ASSERT_EQ(stage_.refusal().problems_size(), 2);
  EXPECT_EQ(stage_.refusal().problems(0).path(), "until");
  EXPECT_EQ(stage_.refusal().problems(1).path(), "note");
}

TEST_F(DecideRecordMeasure, IsForThoseWhoTakePart) {
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Actor("care", "m1"),
                            Record("aid", "INFORMED")),
            m::ERROR_REASON_NOT_YOUR_MOVE);
}

struct Row {
  const char* name;
  const char* command;
  m::ErrorReason reason;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class RefusesMeasure : public ::testing::TestWithParam<Row> {};

TEST_P(RefusesMeasure, Command) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse(GetParam().command), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusesMeasure,
    ::testing::Values(
        Row{"NoState", "record_measure { measure: 'aid' }",
            m::ERROR_REASON_INVALID_REQUEST},
        Row{"NotGrantedAtOnceWithoutApplication",
            "record_measure { measure: 'aid' state: MEASURE_STATE_GRANTED }",
            m::ERROR_REASON_WRONG_STATE},
        Row{"NotToldOfWhatIsOver",
            "record_measure { measure: 'over' state: MEASURE_STATE_INFORMED }",
            m::ERROR_REASON_WRONG_TIME},
        Row{"NotOfThisPathway",
            "record_measure { measure: 'of-others' state: "
            "MEASURE_STATE_INFORMED }",
            m::ERROR_REASON_UNKNOWN_REFERENCE},
        Row{"GrantThatEndsBeforeItBegins",
            "record_measure { measure: 'pension' state: MEASURE_STATE_GRANTED "
            "until: '2026-01-01' }",
            m::ERROR_REASON_INVALID_REQUEST}),
    [](const ::testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(MayMove, LeadsOutOfEveryState) {
  for (int i = m::MeasureState_MIN; i <= m::MeasureState_MAX; ++i) {
    EXPECT_FALSE(MovesFrom(static_cast<m::MeasureState>(i), false).empty())
        << i;
  }
}

TEST(MayMove, LetsNobodyBeRefusedWhoDidNotApply) {
  for (int i = m::MeasureState_MIN; i <= m::MeasureState_MAX; ++i) {
    const auto from = static_cast<m::MeasureState>(i);
    EXPECT_EQ(MayMove(from, m::MEASURE_STATE_REFUSED, true),
              from == m::MEASURE_STATE_APPLIED)
        << i;
  }
}

}  // namespace
}  // namespace careroute::casework
