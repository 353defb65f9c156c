// Clocks: shared ones, tracks, stops, interrupts, escalation, timers.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::HasSubstr;

void Apply(CaseStage& stage, const char* date = "2026-03-02") {
  stage.Open();
  stage.Do("complete_step { occurrence: 1 outcome: 'needed' }");
  stage.Do(
      StrCat("word_given: WORD_GIVEN_IN_WRITING complete_step { "
             "occurrence: ",
             stage.Number("application"),
             " outcome: 'registered' facts { fact: "
             "'application_registered' value { date: '",
             date, "' } } }"));
}

absl::Time Due(const CaseStage& stage, const char* step) {
  return *stage.Deadline(step, "clock")->due;
}

TEST(DecideDeadlines, OfOneSharedClockRunFromOneStart) {
  CaseStage stage;
  Apply(stage);
  // Monday 2 March: 3, 4, 5, 6 and, after the holiday of the 9th, 10 March.
  EXPECT_EQ(Due(stage, "assessment"), stage.Day("2026-03-11"));
  EXPECT_EQ(Due(stage, "decision"), Due(stage, "assessment"));
  EXPECT_EQ(stage.Deadline("decision", "clock")->level_times.size(), 2U);
  EXPECT_EQ(stage.Deadline("decision", "clock")->calendar_edition, "ru-2026.1");
}

TEST(DecideDeadlines, FollowACorrectedDate) {
  CaseStage stage;
  Apply(stage);
  int64_t version = 0;
  for (const FactRecord& fact : stage.state().facts) {
    version = fact.version;
  }
  stage.Do(StrCat("correct_fact { corrects_version: ", version,
                  " note: 'stamp' fact { fact: 'application_registered' value "
                  "{ date: '2026-02-27' } } }"));
  EXPECT_EQ(Due(stage, "decision"), stage.Day("2026-03-07"));
  EXPECT_EQ(stage.Refuse(StrCat("correct_fact { corrects_version: ", version,
                                " note: 'x' fact { fact: "
                                "'application_registered' value { date: "
                                "'2026-02-26' } } }")),
            model::v1::ERROR_REASON_NOT_FOUND);
}

TEST(DecideDeadlines, AtOnceIsWithinTheMinuteOfWhatHappened) {
  CaseStage stage;
  stage.Open("flags: 'urgent'");
  EXPECT_EQ(*stage.Deadline("urgent_help", "now")->due,
            stage.now() + absl::Minutes(1));
}

// Nobody is at work at 00:00: what begins with a day is due on that day.
TEST(DecideDeadlines, AtOnceOnABirthdayIsByTheEndOfThatDay) {
  CaseStage stage(R"(
    id: "test-route" edition: "1" languages: "en"
    entries { id: "report" from: AGENCY_KIND_HEALTH }
    steps {
      id: "turns_ten" performer { coordinator: true }
      starts_on { date { age { years: 10 } } }
      limits { id: "now" at_once: true }
      outcomes { id: "told" nothing_follows: true }
    })");
  stage.Open();
  stage.RunTo(stage.Day("2026-05-10"));
  ASSERT_TRUE(stage.IsLive("turns_ten"));
  const DeadlineRecord* deadline = stage.Deadline("turns_ten", "now");
  EXPECT_EQ(*deadline->due, stage.Day("2026-05-11"));
  EXPECT_EQ(deadline->level, -1);
  stage.RunTo(stage.Day("2026-05-11"));
  EXPECT_EQ(stage.Deadline("turns_ten", "now")->level, 0);
}

// What counts only while it is fresh ends by itself, with no other event.
constexpr char kFreshness[] = R"(
  id: "test-route" edition: "1" languages: "en"
  facts { id: "seen" type: FACT_TYPE_BOOL subject: SUBJECT_KIND_PERSON
          data_class: DATA_CLASS_SOCIAL }
  entries { id: "report" from: AGENCY_KIND_HEALTH }
  steps {
    id: "check" performer { coordinator: true } starts_on { entry: "report" }
    outcomes { id: "sound" nothing_follows: true }
  }
  steps {
    id: "rely_on_check" performer { coordinator: true }
    starts_on { entry: "report" }
    runs_until { outcome: "too_old" condition { all {
      of { outcome { step: "check" } }
      of { not { outcome { step: "check"
        not_older_than { n: 10 unit: TIME_UNIT_CALENDAR_DAY } } } } } } }
    outcomes { id: "too_old" nothing_follows: true }
  }
  steps {
    id: "rely_on_fact" performer { coordinator: true }
    starts_on { entry: "report" }
    runs_until { outcome: "too_old" condition { all {
      of { fact { fact: "seen" recorded: true } }
      of { not { fact { fact: "seen" recorded: true
        not_older_than { n: 5 unit: TIME_UNIT_CALENDAR_DAY } } } } } } }
    outcomes { id: "too_old" nothing_follows: true }
  }
)";

TEST(DecideFreshness, AnOutcomeThatGrowsTooOldIsSeenOnItsDay) {
  CaseStage stage(kFreshness);
  stage.Open();
  stage.Do("complete_step { occurrence: 1 outcome: 'sound' }");
  stage.RunTo(stage.Day("2026-03-13") - absl::Seconds(1));
  EXPECT_TRUE(stage.IsLive("rely_on_check"));
  stage.RunTo(stage.Day("2026-03-13"));
  EXPECT_TRUE(stage.HasEnded("rely_on_check", "too_old"));
  stage.ExpectReplays();
}

TEST(DecideFreshness, AFactThatGrowsTooOldIsSeenOnItsDay) {
  CaseStage stage(kFreshness);
  stage.Open();
  stage.Do("record_facts { facts { fact: 'seen' value { truth: true } } }");
  stage.RunTo(stage.Day("2026-03-08"));
  EXPECT_TRUE(stage.HasEnded("rely_on_fact", "too_old"));
  EXPECT_TRUE(stage.IsLive("rely_on_check"));
}

TEST(DecideTracks, ShortenRunningClocksAndLetThemResume) {
  CaseStage stage;
  Apply(stage);
  stage.Do("set_track { track: 'palliative' }");
  EXPECT_EQ(Due(stage, "assessment"), stage.Day("2026-03-05"));
  EXPECT_EQ(Due(stage, "decision"), stage.Day("2026-03-05"));
  EXPECT_EQ(stage.Refuse("set_track { track: 'palliative' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
  stage.Do("clear_track { track: 'palliative' }");
  // One limit keeps the shorter clock, the other is computed anew.
  EXPECT_EQ(Due(stage, "assessment"), stage.Day("2026-03-05"));
  EXPECT_EQ(Due(stage, "decision"), stage.Day("2026-03-11"));
}

TEST(DecideTracks, AreClearedByTheirOwnCondition) {
  CaseStage stage;
  Apply(stage);
  stage.Do("set_track { track: 'palliative' }");
  stage.Do(
      "record_facts { facts { fact: 'wishes_care' value { truth: false } "
      "} }");
  EXPECT_TRUE(stage.state().tracks.empty());
}

TEST(DecideStops, HoldOnlyClocksThatHonourThem) {
  CaseStage stage;
  Apply(stage);
  EXPECT_EQ(stage.Refuse("stop_clock { reason: 'away' }"),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage.Do("stop_clock { reason: 'in_hospital' }");
  EXPECT_TRUE(stage.Deadline("assessment", "clock")->stopped);
  EXPECT_FALSE(stage.Deadline("decision", "clock")->stopped);
  EXPECT_EQ(stage.Refuse("stop_clock { reason: 'in_hospital' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
  stage.RunTo(stage.Day("2026-03-05") + absl::Hours(3));
  stage.Do(
      StrCat("resume_clock { stop: ", stage.state().stops[0].number, " }"));
  EXPECT_FALSE(stage.Deadline("assessment", "clock")->stopped);
  EXPECT_GT(Due(stage, "assessment"), stage.Day("2026-03-11"));
  EXPECT_EQ(Due(stage, "decision"), stage.Day("2026-03-11"));
  stage.ExpectReplays();
}

TEST(DecideStops, EndAtTheirLongestTimeAndRemind) {
  CaseStage stage;
  Apply(stage);
  stage.Do("stop_clock { reason: 'away' evidence { kind: 'letter' } }");
  ASSERT_TRUE(stage.state().stops[0].latest_end.has_value());
  stage.RunTo(*stage.state().stops[0].latest_end);
  EXPECT_TRUE(stage.state().stops[0].end.has_value());
}

TEST(DecideEscalation, RaisesEachLevelOnceEvenAfterBeingDown) {
  CaseStage stage;
  stage.Open();
  const DeadlineRecord deadline = *stage.Deadline("intake", "in_time");
  stage.SetNow(stage.Day("2026-03-20"));  // both levels fell due meanwhile
  const std::string fire =
      StrCat("fire_timer { kind: TIMER_KIND_DEADLINE number: ", deadline.number,
             " level: ");
  EXPECT_EQ(stage.RefuseAs(CaseStage::Hub(), fire + "1 }"),
            model::v1::ERROR_REASON_WRONG_TIME);
  stage.DoAs(CaseStage::Hub(), fire + "0 }");
  EXPECT_TRUE(stage.WasTold("organisations/centre", "overdue"));
  EXPECT_TRUE(stage.WasTold("organisations/centre/members/anna", "overdue"));
  EXPECT_EQ(stage.RefuseAs(CaseStage::Hub(), fire + "0 }"),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_TRUE(IsAlreadyApplied(stage.refusal()));
  stage.DoAs(CaseStage::Hub(), fire + "1 }");
  EXPECT_TRUE(stage.WasTold("role/head", "overdue"));
  EXPECT_EQ(stage.RefuseAs(CaseStage::Hub(), fire + "2 }"),
            model::v1::ERROR_REASON_WRONG_TIME);
  EXPECT_EQ(stage.Refuse(fire + "1 }"),
            model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

// Brings the case to a running care with one visit planned.
void BringToCare(CaseStage& stage) {
  Apply(stage);
  stage.DoAs(CaseStage::Actor("assessors", "m1"),
             StrCat("complete_step { occurrence: ", stage.Number("assessment"),
                    " outcome: 'scored' facts { fact: 'level' value { choice: "
                    "'l1' } } documents { kind: 'form' } }"));
  stage.DoAs(CaseStage::Actor("office", "m1"),
             StrCat("complete_step { occurrence: ", stage.Number("decision"),
                    " outcome: 'in_need' }"));
  stage.Do(StrCat("assign_performer { occurrence: ", stage.Number("care"),
                  " performer: 'organisations/care' }"));
}

TEST(DecideInterrupts, SuspendAndGoOnOnlyAfterTheReview) {
  CaseStage stage;
  BringToCare(stage);
  const auto care = CaseStage::Actor("care", "m1");
  stage.DoAs(care, StrCat("plan_visits { occurrence: ", stage.Number("care"),
                          " visits { planned_on: '2026-03-04' } }"));
  stage.Do(
      "record_facts { facts { fact: 'place_now' value { choice: "
      "'hospital' } } }");
  EXPECT_TRUE(stage.Find("care")->suspended);
  EXPECT_EQ(stage.state().interrupts.size(), 1U);
  EXPECT_FALSE(stage.state().stops.back().end.has_value());
  stage.RunTo(stage.Day("2026-03-10"));
  stage.Do(
      "record_facts { facts { fact: 'place_now' value { choice: 'home' } "
      "} }");
  EXPECT_TRUE(stage.state().interrupts.empty());
  EXPECT_TRUE(stage.state().stops.back().end.has_value());
  EXPECT_TRUE(stage.IsLive("hospital_review"));
  EXPECT_TRUE(stage.Find("care")->suspended);
  stage.Do(StrCat("complete_step { occurrence: ",
                  stage.Number("hospital_review"), " outcome: 'goes_on' }"));
  EXPECT_FALSE(stage.Find("care")->suspended);
  EXPECT_EQ(stage.Find("care")->visits[0].state,
            model::v1::VISIT_STATE_SUSPENDED);
  stage.ExpectReplays();
}

TEST(DecideInterrupts, EndWithTheirPeriod) {
  CaseStage stage;
  BringToCare(stage);
  stage.Do(
      "record_facts { facts { fact: 'place_now' value { choice: "
      "'hospital' } from: '2026-03-02' to: '2026-03-06' } }");
  EXPECT_TRUE(stage.Find("care")->suspended);
  stage.Do(
      "record_facts { facts { fact: 'place_now' value { choice: 'home' } "
      "from: '2026-03-07' } }");
  EXPECT_EQ(stage.state().interrupts.size(), 1U);
  stage.RunTo(stage.Day("2026-03-07"));
  EXPECT_TRUE(stage.state().interrupts.empty());
}

TEST(DecideInterrupts, BegunByHandEndByHand) {
  CaseStage stage;
  BringToCare(stage);
  stage.Do("begin_interrupt { interrupt: 'hospital' }");
  EXPECT_TRUE(stage.Find("care")->suspended);
  stage.Do(
      "record_facts { facts { fact: 'place_now' value { choice: 'home' } "
      "} }");
  EXPECT_EQ(stage.state().interrupts.size(), 1U);
  stage.Do("end_interrupt { interrupt: 'hospital' }");
  EXPECT_TRUE(stage.state().interrupts.empty());
  EXPECT_TRUE(stage.IsLive("hospital_review"));
}

TEST(DecideInterrupts, WhatStartsMeanwhileStartsSuspended) {
  CaseStage stage;
  stage.Open();
  stage.Do("begin_interrupt { interrupt: 'hospital' }");
  stage.Do("start_step { step: 'plan' }");
  EXPECT_TRUE(stage.Find("plan")->suspended);
}

TEST(DecideVisits, BranchOnTheReasonOfAMiss) {
  CaseStage stage;
  BringToCare(stage);
  const auto care = CaseStage::Actor("care", "m1");
  const int32_t number = stage.Number("care");
  stage.DoAs(care, StrCat("plan_visits { occurrence: ", number,
                          " visits { planned_on: '2026-03-03' } visits { "
                          "planned_on: '2026-03-04' } visits { planned_on: "
                          "'2026-03-02' } }"));
  const auto record = [&](int visit, const char* rest) {
    return StrCat("record_visit { occurrence: ", number, " visit: ", visit,
                  " state: ", rest, " }");
  };
  EXPECT_EQ(stage.RefuseAs(care, record(1, "VISIT_STATE_DONE")),
            model::v1::ERROR_REASON_WRONG_TIME);
  EXPECT_EQ(stage.RefuseAs(care, record(1, "VISIT_STATE_MISSED")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage.DoAs(care, record(3, "VISIT_STATE_DONE"));
  EXPECT_EQ(stage.RefuseAs(care, record(3, "VISIT_STATE_DONE")),
            model::v1::ERROR_REASON_WRONG_STATE);
  // Two hours after the day both remaining visits count as missed.
  stage.RunTo(stage.Day("2026-03-05") + absl::Hours(3));
  EXPECT_EQ(stage.Find("care")->visits[0].state, model::v1::VISIT_STATE_MISSED);
  stage.DoAs(care, record(1, "VISIT_STATE_MISSED reason: 'no_road'"));
  EXPECT_FALSE(stage.IsLive("welfare"));
  stage.DoAs(care, record(2, "VISIT_STATE_MISSED reason: 'not_at_home'"));
  EXPECT_TRUE(stage.IsLive("welfare"));
  EXPECT_EQ(stage.Find("care")->tally,
            (VisitTally{.done = 1, .missed = 1, .missed_apart = 1}));
  stage.ExpectReplays();
}

TEST(DecideContact, KeepsANextContactDate) {
  CaseStage stage;
  stage.Open();
  stage.Do(
      "record_contact { mode: CONTACT_MODE_TELEPHONE note: 'well' "
      "next_contact_date: '2026-03-05' }");
  EXPECT_EQ(stage.state().next_contact_date, "2026-03-05");
  EXPECT_EQ(*stage.state().last_contact, stage.now());
  EXPECT_EQ(stage.Refuse("set_next_contact { date: '2026-03-01' }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  stage.SetNow(stage.Day("2026-03-05"));
  stage.DoAs(CaseStage::Hub(), "fire_timer { kind: TIMER_KIND_CONTACT }");
  EXPECT_TRUE(
      stage.WasTold("organisations/centre/members/anna", "contact_due"));
  stage.Do("record_contact { mode: CONTACT_MODE_VISIT }");
  EXPECT_EQ(stage.state().next_contact_date, "2026-03-19");
}

// Every 14 days: opened on 2 March, spoken with on the 6th.
TEST(DecideContact, LetsNoMoreTimePassThanTheEditionAllows) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("set_next_contact { date: '2199-12-01' }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_THAT(stage.refusal().problems(0).mend(), HasSubstr("2026-03-16"));
  stage.Do("set_next_contact { date: '2026-03-16' }");
  stage.SetNow(stage.Day("2026-03-06"));
  EXPECT_EQ(stage.Refuse("record_contact { mode: CONTACT_MODE_VISIT "
                         "next_contact_date: '2026-03-21' }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  stage.Do(
      "record_contact { mode: CONTACT_MODE_VISIT "
      "next_contact_date: '2026-03-20' }");
  // A bound that is over leaves the day after.
  stage.SetNow(stage.Day("2026-04-01"));
  EXPECT_EQ(stage.Refuse("set_next_contact { date: '2026-04-03' }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  stage.Do("set_next_contact { date: '2026-04-02' }");
}

TEST(DecideRecompute, MovesNothingWhileTheCalendarIsTheSame) {
  CaseStage stage;
  Apply(stage);
  const absl::Time due = Due(stage, "decision");
  const auto& event =
      stage.DoAs(CaseStage::Hub(), "recompute_deadlines { reason: 'edition' }");
  EXPECT_EQ(event.consequences().deadlines_set_size(), 0);
  EXPECT_EQ(Due(stage, "decision"), due);
}

}  // namespace
}  // namespace careroute::casework
