// Fold is total, and what it leaves stays small.

#include "lib/casework/fold.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/casework/invariants.h"
#include "lib/casework/row.h"
#include "lib/casework/snapshot.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/timers.h"
#include "lib/casework/view.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using event::v1::CaseEvent;
using testing::CaseStage;

TEST(Fold, ANewerFormatOnlySetsAhead) {
  CaseStage stage;
  stage.Open();
  Case state = stage.state();
  CaseEvent event;
  event.mutable_header()->set_version(2);
  event.mutable_header()->set_format(kFoldFormatMax + 1);
  event.mutable_case_erased();
  Fold(event, state);
  EXPECT_TRUE(state.ahead);
  EXPECT_EQ(state.version, 1);
  EXPECT_FALSE(state.erased);
  EXPECT_EQ(StateOf(state), model::v1::CASE_STATE_AHEAD);
  // Nothing that comes later is folded either: it may rest on what was not.
  event.mutable_header()->set_format(1);
  Fold(event, state);
  EXPECT_FALSE(state.erased);
  EXPECT_TRUE(TimersOf(state).empty());
}

TEST(Fold, AnUnknownBodySetsAhead) {
  Case state;
  CaseEvent event;
  event.mutable_header()->set_version(1);
  Fold(event, state);
  EXPECT_TRUE(state.ahead);
}

TEST(Fold, ALateRecordingDoesNotReplaceWhatHappenedLater) {
  CaseStage stage;
  stage.Open();
  stage.Do("record_facts { facts { fact: 'tries' value { number: 5 } } }");
  stage.Do(
      "happened_time { seconds: 1772000000 } record_facts { facts { fact: "
      "'tries' value { number: 1 } } }");
  for (const FactRecord& fact : stage.state().facts) {
    EXPECT_EQ(fact.number, 5);
  }
}

// Asks everything that may be asked of a state, whatever it holds.
void AskAll(const Case& state) {
  const base::Uid id{.high = 1, .low = 1};
  EXPECT_LE(TimersOf(state).size(), 100'000U);
  EXPECT_FALSE(ToModel(state, id).name().empty());
  EXPECT_FALSE(ToRow(state, id).name().empty());
  EXPECT_LE(BrokenInvariants(state).size(), 100'000U);
  if (const auto again = FromSnapshot(ToSnapshot(state)); again.has_value()) {
    EXPECT_EQ(again->version, state.version);
  }
}

// Bytes of real events with some of them changed: what parses is folded.
TEST(Fold, SurvivesDamagedEvents) {
  CaseStage stage;
  stage.Open("flags: 'urgent' facts { fact: 'tries' value { number: 1 } }");
  stage.Do("add_subject { kind: SUBJECT_KIND_FINDING }");
  stage.Do("stop_clock { reason: 'in_hospital' }");
  stage.Do("set_track { track: 'palliative' }");
  stage.Do("begin_interrupt { interrupt: 'hospital' }");
  stage.Do("complete_step { occurrence: 1 outcome: 'needed' }");
  stage.Do("close_case { ending: 'died' note: 'x' }");
  constexpr uint64_t kSeed = 20260302;
  base::SeededRandom random(kSeed);
  int folded = 0;
  for (int round = 0; round < 3000; ++round) {
    Case state;
    for (std::string bytes : stage.stream()) {
      for (uint64_t changes = random.Uniform(4); changes > 0; --changes) {
        bytes[random.Uniform(bytes.size())] =
            static_cast<char>(random.Uniform(256));
      }
      CaseEvent event;
      if (event.ParseFromString(bytes)) {
        Fold(event, state);
        ++folded;
      }
    }
    AskAll(state);
  }
  EXPECT_GT(folded, 3000) << "seed " << kSeed;
}

// --- Eighteen years
// -----------------------------------------------------------

std::string Organisation(int n) {
  return StrCat("organisations/children-hospital-", n % 25);
}

void Stamp(int64_t version, CaseEvent& event) {
  event::v1::EventHeader& header = *event.mutable_header();
  header.set_version(version);
  header.set_format(1);
  const int64_t seconds = 1'500'000'000 + version * 90'000;
  header.mutable_happened_time()->set_seconds(seconds);
  header.mutable_recorded_time()->set_seconds(seconds);
  header.mutable_actor()->set_member(
      StrCat(Organisation(static_cast<int>(version)), "/members/specialist-",
             version % 40));
}

// Starts one of `steps` steps and ends it with one of three outcomes.
void LiveThrough(int64_t version, int32_t occurrence, int steps, Case& state) {
  CaseEvent start;
  Stamp(version, start);
  start.mutable_step_started_by_hand();
  event::v1::StepStarted& started =
      *start.mutable_consequences()->add_steps_started();
  started.set_occurrence(occurrence);
  started.set_step(StrCat("step_of_the_route_", occurrence % steps));
  started.set_performer(Organisation(occurrence));
  started.set_started_by("outcome:step_of_the_route_7/done");
  event::v1::DeadlineSet& deadline =
      *start.mutable_consequences()->add_deadlines_set();
  deadline.set_number(occurrence);
  deadline.set_occurrence(occurrence);
  deadline.set_limit("in_time");
  deadline.set_calendar_edition("ru-2026.1");
  deadline.mutable_due_time()->set_seconds(1'900'000'000);
  deadline.add_level_times()->set_seconds(1'900'000'000);
  Fold(start, state);
  CaseEvent end;
  Stamp(version + 1, end);
  end.mutable_step_completed()->set_occurrence(occurrence);
  end.mutable_step_completed()->set_outcome(
      StrCat("an_outcome_", occurrence % 3));
  end.mutable_consequences()->add_deadlines_ended(occurrence);
  model::v1::Fact& fact = *end.mutable_step_completed()->add_facts();
  fact.set_fact(StrCat("fact_of_the_child_", occurrence % 80));
  fact.mutable_value()->set_choice("value");
  Fold(end, state);
}

void Refer(int64_t version, int32_t number, Case& state) {
  CaseEvent event;
  Stamp(version, event);
  event::v1::ReferralMade& made = *event.mutable_referral_made();
  made.set_number(number);
  made.set_uid(std::string(16, 'u'));
  made.set_occurrence(number);
  made.set_requester(Organisation(number));
  made.set_performer(Organisation(number + 1));
  made.mutable_disclosed()->set_way("by_consent");
  made.mutable_disclosed()->set_consent(
      "cases/00000000000000000000000000000001/consents/1");
  model::v1::ReferralEntry& entry = *made.add_request();
  entry.set_sequence(1);
  entry.set_move(model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER);
  Fold(event, state);
}

void Consent(int64_t version, int32_t number, Case& state) {
  CaseEvent event;
  Stamp(version, event);
  event::v1::ConsentGiven& given = *event.mutable_consent_given();
  given.set_number(number);
  given.mutable_consent()->set_matter(model::v1::CONSENT_MATTER_DATA);
  given.mutable_consent()->add_classes(model::v1::DATA_CLASS_IDENTITY);
  given.mutable_consent()->set_purpose("social-support");
  given.mutable_consent()->set_given_by(testing::kMother);
  Fold(event, state);
  CaseEvent end;
  Stamp(version + 1, end);
  end.mutable_consent_withdrawn()->set_number(number);
  Fold(end, state);
}

TEST(Snapshot, StaysSmallOverEighteenYears) {
  CaseStage stage;
  stage.Open();
  Case state = stage.state();
  constexpr int kSteps = 100;
  int64_t version = 2;
  for (int32_t i = 10; i < 2010; ++i) {
    LiveThrough(version, i, kSteps, state);
    version += 2;
    if (i % 5 == 0) {
      Refer(version++, i, state);
    }
    if (i % 10 == 0) {
      Consent(version, i, state);
      version += 2;
    }
  }
  const size_t size = ToSnapshot(state).ByteSizeLong();
  EXPECT_LT(size, kSnapshotBytesMax) << version << " events";
  EXPECT_LE(state.referrals.size(), kEndedReferralsKeptMax);
  EXPECT_LE(state.consents.size(), kEndedConsentsKeptMax);
  EXPECT_EQ(state.occurrences.size(), 1U);
  const auto again = FromSnapshot(ToSnapshot(state));
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(*again == state);
}

TEST(Snapshot, OfAnotherFoldIsDropped) {
  CaseStage stage;
  stage.Open();
  event::v1::CaseSnapshot snapshot = ToSnapshot(stage.state());
  snapshot.set_fold_version(kFoldVersion + 1);
  EXPECT_FALSE(FromSnapshot(snapshot).has_value());
}

}  // namespace
}  // namespace careroute::casework
