// Opening and joining.

#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using model::v1::CASE_STATE_OPEN;
using testing::CaseStage;

TEST(DecideOpenCase, StartsWhatTheEntrySays) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(StateOf(stage.state()), CASE_STATE_OPEN);
  EXPECT_TRUE(stage.IsLive("intake"));
  EXPECT_EQ(stage.Find("intake")->started_by, "entry:report");
  EXPECT_EQ(stage.Find("intake")->performer, "organisations/centre");
  EXPECT_EQ(stage.state().identified_by, "organisations/clinic");
  EXPECT_EQ(stage.state().next_contact_date, "2026-03-16");
  stage.ExpectReplays();
}

TEST(DecideOpenCase, IsRefusedTwice) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("open_case { entry: 'report' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
}

TEST(DecideOpenCase, RefusesAReporterOfAnotherKind) {
  CaseStage stage;
  EXPECT_EQ(
      stage.RefuseAs(
          CaseStage::Actor("assessors", "m1"),
          absl::StrCat("open_case { person: '", testing::kPerson,
                       "' edition { pathway: 'test-route' } entry: 'report' "
                       "coordinator: 'organisations/centre/members/anna' "
                       "deputy: 'organisations/centre/members/boris' }")),
      model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

TEST(DecideOpenCase, NeedsAProvedGroundWhereTheEntrySaysSo) {
  CaseStage stage;
  const std::string open =
      absl::StrCat("open_case { person: '", testing::kPerson,
                   "' edition { pathway: 'test-route' } entry: 'found' "
                   "coordinator: 'organisations/centre/members/anna' "
                   "deputy: 'organisations/centre/members/boris' ");
  const auto clinic = CaseStage::Actor("clinic", "m1");
  EXPECT_EQ(stage.RefuseAs(clinic, open + "}"),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.RefuseAs(clinic, open + "criteria { criterion: 'preterm' }}"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  const auto& event = stage.DoAs(
      clinic, open +
                  "criteria { criterion: 'preterm' document { kind: "
                  "'certificate' number: '7' } } criteria { criterion: "
                  "'orphan' } }");
  EXPECT_EQ(event.case_opened().proved_criteria(), 2);
  // The code of a medical ground is sealed; that of the other is not.
  ASSERT_EQ(event.case_opened().clear_criteria_size(), 1);
  EXPECT_EQ(event.case_opened().clear_criteria(0), "orphan");
  bool sealed = false;
  for (const ClassPart& part : stage.parts()) {
    sealed = sealed || (part.data_class == model::v1::DATA_CLASS_MEDICAL &&
                        part.part->codes(0) == "preterm");
  }
  EXPECT_TRUE(sealed);
}

TEST(DecideOpenCase, FiresADateAlreadyPastAtEntry) {
  CaseStage stage;
  stage.person().birth_date = absl::CivilDay(2023, 5, 1);
  stage.Open();
  // Nine months before the third birthday are over; the child is under eight.
  EXPECT_TRUE(stage.IsLive("transition"));
  EXPECT_EQ(*stage.Deadline("transition", "birthday")->due,
            stage.Day("2026-05-01"));
}

TEST(DecideOpenCase, SchedulesADateToComeAndStoresOnlyTheInstant) {
  CaseStage stage;
  stage.person().birth_date = absl::CivilDay(2025, 5, 1);
  stage.Open();
  EXPECT_FALSE(stage.IsLive("transition"));
  ASSERT_EQ(stage.state().schedules.size(), 1U);
  EXPECT_EQ(stage.state().schedules[0].due, stage.Day("2027-08-01"));
  stage.RunTo(stage.Day("2027-08-01"));
  EXPECT_TRUE(stage.IsLive("transition"));
}

TEST(DecideOpenCase, WaitsForAnUnknownBirthDate) {
  CaseStage stage;
  stage.person().birth_date = std::nullopt;
  stage.Open();
  EXPECT_TRUE(stage.state().schedules.empty());
  stage.person().birth_date = absl::CivilDay(2025, 5, 1);
  stage.DoAs(CaseStage::Hub(),
             absl::StrCat("receive_message { from: '", testing::kPerson,
                          "' sequence: 1 deciders_changed: true }"));
  EXPECT_EQ(stage.state().schedules.size(), 1U);
}

TEST(DecideOpenCase, StartsByFlagAndWithAnotherStep) {
  CaseStage stage;
  stage.Open("flags: 'urgent'");
  EXPECT_TRUE(stage.IsLive("urgent_help"));
  EXPECT_TRUE(stage.IsLive("escort"));
  EXPECT_EQ(stage.Find("escort")->started_by, "with:urgent_help");
  EXPECT_EQ(*stage.Deadline("urgent_help", "now")->due,
            stage.now() + absl::Minutes(1));
}

TEST(DecideOpenCase, ListsAllThatIsWrongWithFacts) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("record_facts { "
                         "facts { fact: 'level' value { choice: 'l9' } } "
                         "facts { fact: 'tries' value { number: 11 } } "
                         "facts { fact: 'urgency' value { choice: 'urgent' } "
                         "subject { kind: SUBJECT_KIND_FINDING number: 3 } } "
                         "facts { fact: 'wishes_care' value { truth: true } "
                         "from: '2026-01-01' } }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_EQ(stage.refusal().problems_size(), 4);
  EXPECT_EQ(stage.Refuse("record_facts { facts { fact: 'nobody' } }"),
            model::v1::ERROR_REASON_NOT_DECLARED);
}

TEST(DecideJoinReport, JoinsAndMakesTheSenderNoParticipant) {
  CaseStage stage;
  stage.Open();
  stage.DoAs(CaseStage::Actor("office", "m1"),
             "join_report { report: 'reports/2' entry: 'report' flags: "
             "'urgent' facts { fact: 'wishes_care' value { truth: true } } }");
  EXPECT_TRUE(stage.IsLive("urgent_help"));
  EXPECT_TRUE(
      stage.WasTold("organisations/centre/members/anna", "report_joined"));
  for (const std::string& one : stage.state().participants) {
    EXPECT_NE(one, "organisations/office");
  }
}

TEST(DecideJoinReport, AsksWhoeverReportsNowAndNotTheFirstReporter) {
  CaseStage stage;
  stage.Open();
  const std::string join =
      "join_report { report: 'reports/2' entry: 'report' criteria { criterion: "
      "'preterm' document { kind: 'certificate' } } }";
  // The clinic that reported first could identify this ground; the office
  // cannot.
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("office", "m1"), join),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  const auto& event = stage.DoAs(CaseStage::Actor("clinic", "m2"), join);
  EXPECT_EQ(event.report_joined().proved_criteria(), 1);
  EXPECT_EQ(stage.state().proved_criteria, 1);
}

TEST(DecideJoinReport, KeepsGroundsThatAreNoSecret) {
  CaseStage stage;
  stage.Open();
  const std::string join =
      "join_report { report: 'reports/2' entry: 'report' criteria { criterion: "
      "'orphan' } criteria { criterion: 'preterm' document { kind: "
      "'certificate' } } }";
  const auto& event = stage.DoAs(CaseStage::Actor("clinic", "m2"), join);
  ASSERT_EQ(event.report_joined().clear_criteria_size(), 1);
  EXPECT_EQ(event.report_joined().clear_criteria(0), "orphan");
  EXPECT_EQ(stage.state().clear_criteria, std::vector<std::string>{"orphan"});
  EXPECT_EQ(stage.state().proved_criteria, 2);
  // Proved again it is no third ground; a sealed one nobody can compare.
  stage.DoAs(CaseStage::Actor("clinic", "m2"), join);
  EXPECT_EQ(stage.state().proved_criteria, 3);
  stage.ExpectReplays();
}

TEST(DecideJoinReport, RefusesWhateverAnOpeningWouldRefuse) {
  struct Wrong {
    std::string actor;
    std::string report;
    model::v1::ErrorReason reason;
  };
  const Wrong wrong[] = {
      {"clinic", "entry: 'nowhere'", model::v1::ERROR_REASON_NOT_DECLARED},
      {"clinic", "entry: 'found'", model::v1::ERROR_REASON_OUTCOME_INCOMPLETE},
      {"office", "entry: 'found' criteria { criterion: 'orphan' }",
       model::v1::ERROR_REASON_ROLE_NOT_ALLOWED},
      {"clinic", "entry: 'report' criteria { criterion: 'invented' }",
       model::v1::ERROR_REASON_INVALID_REQUEST},
  };
  for (const Wrong& one : wrong) {
    const model::v1::Actor actor = CaseStage::Actor(one.actor, "m1");
    CaseStage unknown;
    EXPECT_EQ(unknown.RefuseAs(actor, CaseStage::Opening(one.report)),
              one.reason)
        << one.report;
    CaseStage known;
    known.Open();
    EXPECT_EQ(known.RefuseAs(actor, absl::StrCat("join_report { report: "
                                                 "'reports/2' ",
                                                 one.report, " }")),
              one.reason)
        << one.report;
  }
}

TEST(DecideJoinReport, ReopensWhatLostContact) {
  CaseStage stage;
  stage.Open();
  stage.Do("complete_step { occurrence: 1 outcome: 'unreachable' }");
  const int32_t contact = stage.Number("contact");
  for (const char* mode : {"CONTACT_MODE_TELEPHONE", "CONTACT_MODE_TELEPHONE",
                           "CONTACT_MODE_VISIT"}) {
    stage.Do(absl::StrCat("record_attempt { occurrence: ", contact,
                          " attempt { mode: ", mode, " } }"));
  }
  EXPECT_TRUE(stage.HasEnded("contact", "silent"));
  stage.Do(absl::StrCat("complete_step { occurrence: ",
                        stage.Number("silence_review"), " outcome: 'lost' }"));
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_CLOSED);
  EXPECT_EQ(stage.Refuse("record_facts { facts { fact: 'tries' value { number: "
                         "1 } } }"),
            model::v1::ERROR_REASON_CASE_CLOSED);
  stage.DoAs(CaseStage::Actor("clinic", "m1"),
             "join_report { report: 'reports/3' entry: 'report' criteria { "
             "criterion: 'orphan' } }");
  EXPECT_EQ(stage.state().clear_criteria, std::vector<std::string>{"orphan"});
  EXPECT_EQ(stage.state().proved_criteria, 1);
  EXPECT_EQ(StateOf(stage.state()), CASE_STATE_OPEN);
  EXPECT_TRUE(stage.IsLive("intake"));
  stage.ExpectReplays();
}

TEST(DecideAnything, RefusesTimesThatCannotBe) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("happened_time { seconds: 1772409601 } "
                         "complete_step { occurrence: 1 outcome: 'needed' }"),
            model::v1::ERROR_REASON_WRONG_TIME);
  EXPECT_EQ(stage.Refuse("happened_time { seconds: 1772409599 } "
                         "complete_step { occurrence: 1 outcome: 'needed' }"),
            model::v1::ERROR_REASON_WRONG_TIME);
  const auto& event = stage.Do(
      "happened_time { seconds: 1772000000 } "
      "record_facts { facts { fact: 'tries' value { number: 1 } } }");
  EXPECT_TRUE(event.header().recorded_late());
}

TEST(DecideAnything, RecordedTimeNeverRunsBackwards) {
  CaseStage stage;
  stage.Open();
  const absl::Time opened = stage.state().last_recorded;
  stage.SetNow(stage.now() - absl::Hours(1));
  stage.Do(
      "happened_time { seconds: 1772400000 } "
      "record_facts { facts { fact: 'tries' value { number: 1 } } }");
  EXPECT_EQ(stage.state().last_recorded, opened);
}

}  // namespace
}  // namespace careroute::casework
