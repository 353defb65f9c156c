// Random commands by random members at random times: whatever is accepted
// leaves a state in which every invariant holds, and the stream replays.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/timers.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using command::v1::CaseCommand;
using testing::CaseStage;

constexpr int kCommands = 150;

// Makes commands that often fit: of what is live, with what outcomes need.
class Chance {
 public:
  Chance(uint64_t seed, CaseStage& stage) : random_(seed), stage_(stage) {}

  CaseCommand Next();
  // What the hub of a performer elsewhere says, sense or not.
  CaseCommand Heard();
  model::v1::Actor Who();
  [[nodiscard]] uint64_t Below(uint64_t bound) {
    return random_.Uniform(bound);
  }

 private:
  std::string Text();
  std::string Complete();
  std::string Fact();
  std::string Referral();
  std::string Visit();
  [[nodiscard]] const Occurrence* AnyLive();

  base::SeededRandom random_;
  CaseStage& stage_;
};

const Occurrence* Chance::AnyLive() {
  const auto& live = stage_.state().occurrences;
  return live.empty() ? nullptr : &live[Below(live.size())];
}

std::string Chance::Fact() {
  static constexpr const char* kFacts[] = {
      "fact: 'urgency' value { choice: 'emergency' } subject { kind: "
      "SUBJECT_KIND_FINDING number: 1 }",
      "fact: 'urgency' value { choice: 'planned' } subject { kind: "
      "SUBJECT_KIND_FINDING number: 2 }",
      "fact: 'place_now' value { choice: 'hospital' }",
      "fact: 'place_now' value { choice: 'home' }",
      "fact: 'application_registered' value { date: '2026-03-05' }",
      "fact: 'disability_until' value { date: '2027-01-31' }",
      "fact: 'wishes_care' value { truth: true }",
      "fact: 'wishes_care' value { truth: false }",
      "fact: 'wishes_care' value {}",
      "fact: 'far_away' value { truth: true }",
      "fact: 'level' value { choice: 'l2' }",
  };
  return StrCat("facts { ", kFacts[Below(std::size(kFacts))], " } ");
}

std::string Chance::Complete() {
  const Occurrence* live = AnyLive();
  const model::v1::Step* step =
      live == nullptr ? nullptr : stage_.edition().FindStep(live->step);
  if (step == nullptr) {
    return "reopen_case { note: 'again' }";
  }
  const model::v1::Outcome& outcome = step->outcomes(
      static_cast<int>(Below(static_cast<uint64_t>(step->outcomes_size()))));
  std::string facts;
  for (const std::string& fact : outcome.needs_facts()) {
    absl::StrAppend(&facts, "facts { fact: '", fact, "' value { ",
                    fact == "level" ? "choice: 'l1'" : "date: '2026-09-01'",
                    " } } ");
  }
  return StrCat(
      "word_given: WORD_GIVEN_ORALLY complete_step { occurrence: ",
      live->number, " outcome: '", outcome.id(), "' ", facts,
      "documents { kind: 'form' } note: 'n' late_reason: 'l' ",
      outcome.needs_recheck_date() ? "recheck_date: '2029-01-01' " : "", "}");
}

std::string Chance::Referral() {
  static constexpr const char* kMoves[] = {
      "send {}",
      "accept { can_meet_needs: true }",
      "reject { reason: REFERRAL_REASON_NO_PLACES }",
      "begin {}",
      "complete { outcome: 'done' late_reason: 'l' }",
      "fail { reason: REFERRAL_REASON_NO_STAFF }",
      "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }",
      "answer_cancel { answer: CANCEL_ANSWER_CANCELLED note: 'n' }",
      "ask_information { question: 'q' }",
      "cancel {}",
  };
  const auto& referrals = stage_.state().referrals;
  if (referrals.empty() || Below(3) == 0) {
    return StrCat("referral { make { occurrence: ", stage_.Number("help"),
                  " performer: 'organisations/",
                  Below(2) == 0 ? "care" : "other-care", "' way: '",
                  Below(2) == 0 ? "by_consent" : "in_hand",
                  "' send: ", Below(2) == 0 ? "true" : "false", " } }");
  }
  return StrCat(
      "referral { referral: ", referrals[Below(referrals.size())].number, " ",
      kMoves[Below(std::size(kMoves))], " }");
}

std::string Chance::Visit() {
  const int32_t care = stage_.Number("care");
  if (Below(2) == 0) {
    return StrCat("plan_visits { occurrence: ", care, " visits { planned_on: '",
                  absl::FormatTime("%Y-%m-%d", stage_.now() + absl::Hours(60),
                                   absl::UTCTimeZone()),
                  "' service: 'wash' } }");
  }
  return StrCat("record_visit { occurrence: ", care, " visit: ", 1 + Below(5),
                " state: ",
                Below(2) == 0 ? "VISIT_STATE_DONE"
                              : "VISIT_STATE_MISSED reason: 'not_at_home'",
                " }");
}

std::string Chance::Text() {
  static constexpr const char* kByHand[] = {"welfare",    "plan", "teleconsult",
                                            "disability", "help", "after_loss"};
  static constexpr const char* kFixed[] = {
      "add_subject { kind: SUBJECT_KIND_FINDING }",
      "set_track { track: 'palliative' }",
      "clear_track { track: 'palliative' }",
      "stop_clock { reason: 'away' evidence { kind: 'letter' } }",
      "resume_clock { stop: 1 }",
      "begin_interrupt { interrupt: 'hospital' }",
      "end_interrupt { interrupt: 'hospital' }",
      "record_measure { measure: 'aid' state: MEASURE_STATE_INFORMED }",
      "record_measure { measure: 'aid' state: MEASURE_STATE_APPLIED }",
      "record_measure { measure: 'pension' state: MEASURE_STATE_GRANTED until: "
      "'2030-01-01' }",
      "record_contact { mode: CONTACT_MODE_TELEPHONE }",
      "offer_post { post: POST_COORDINATOR to: "
      "'organisations/centre/members/boris' }",
      "accept_post { hand_over: 1 }",
      "withdraw_consent { consent: 1 withdrawn_by: "
      "'persons/00000000000000000000000000000002' }",
      "close_case { ending: 'died' note: 'n' }",
      "close_case { ending: 'declined' note: 'n' }",
      "reopen_case { note: 'n' }",
      "join_report { report: 'reports/9' entry: 'report' flags: 'urgent' }",
      "recompute_deadlines { reason: 'calendar' }",
      "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
      "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
      "given_by: 'persons/00000000000000000000000000000002' word_given: "
      "WORD_GIVEN_IN_WRITING to: '2026-06-30' } }",
  };
  switch (Below(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return Complete();
    case 4:
      return StrCat("record_facts { ", Fact(), Fact(), "}");
    case 5:
      return StrCat("word_given: WORD_GIVEN_ORALLY start_step { step: '",
                    kByHand[Below(std::size(kByHand))], "' ",
                    Below(2) == 0 ? ""
                                  : "subject { kind: SUBJECT_KIND_FINDING "
                                    "number: 1 } ",
                    "}");
    case 6:
      return StrCat("record_attempt { occurrence: ", stage_.Number("contact"),
                    " attempt { mode: CONTACT_MODE_VISIT } }");
    case 7:
      return Referral();
    case 8:
      return Visit();
    default:
      return kFixed[Below(std::size(kFixed))];
  }
}

CaseCommand Parse(const std::string& text) {
  CaseCommand command;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &command))
      << text;
  return command;
}

CaseCommand Chance::Next() { return Parse(Text()); }

CaseCommand Chance::Heard() {
  static constexpr const char* kMoves[] = {
      "RECEIVED", "ACCEPTED",  "REJECTED",          "BEGUN",
      "HELD",     "RESUMED",   "COMPLETED",         "FAILED",
      "SENT",     "CANCELLED", "INFORMATION_ASKED", "PERFORMANCE_IN_ERROR",
  };
  const auto& referrals = stage_.state().referrals;
  if (referrals.empty()) {
    return Parse("note_undelivered { referral: 1 envelope: 1 why: 'refused' }");
  }
  const casework::Referral& one = referrals[Below(referrals.size())];
  if (Below(6) == 0) {
    return Parse(StrCat("note_undelivered { referral: ", one.number,
                        " envelope: ", 1 + Below(3), " why: '",
                        Below(2) == 0 ? "refused" : "arrived", "' }"));
  }
  std::string entries;
  const uint64_t count = Below(4);
  for (uint64_t i = 1; i <= count; ++i) {
    absl::StrAppend(
        &entries, "entries { sequence: ",
        static_cast<uint64_t>(one.performance.entries) + i + Below(8) / 7,
        " move: REFERRAL_MOVE_", kMoves[Below(std::size(kMoves))],
        " outcome: '", Below(4) == 0 ? "unheard_of" : "done",
        "' loop: ", one.request.cancel_loop, " ", Fact(), "} ");
  }
  return Parse(StrCat(
      "mirror_performance { referral: ", one.number, " envelope: ",
      static_cast<uint64_t>(one.taken) + 1 + Below(5) / 4, " ", entries, "}"));
}

model::v1::Actor Chance::Who() {
  static constexpr const char* kOthers[] = {"clinic", "office", "care",
                                            "other-care", "assessors"};
  switch (Below(8)) {
    case 0:
      return CaseStage::Actor("centre", "boris");
    case 1:
    case 2:
    case 3:
      return CaseStage::Actor(kOthers[Below(std::size(kOthers))], "m1");
    default:
      return CaseStage::Coordinator();
  }
}

// Returns how many commands were accepted.
int Live(uint64_t seed, CaseStage& stage, bool has_remote = false) {
  Chance chance(seed, stage);
  stage.Open();
  int accepted = 0;
  for (int i = 0; i < kCommands; ++i) {
    const uint64_t kind = chance.Below(4);
    if (kind == 0) {
      stage.RunTo(stage.now() +
                  absl::Hours(static_cast<int64_t>(chance.Below(200))));
      continue;
    }
    if (has_remote && chance.Below(4) == 0) {
      stage.SetLeft({1, 2, 3, 4, 5, 6, 7, 8, 9});
    }
    const bool heard = has_remote && kind == 1;
    const Decision decision = heard
                                  ? stage.Try(chance.Heard(), CaseStage::Hub())
                                  : stage.Try(chance.Next(), chance.Who());
    if (decision.ok()) {
      stage.Accept(decision);
      ++accepted;
    } else {
      EXPECT_NE(decision.refusal->reason(),
                model::v1::ERROR_REASON_UNSPECIFIED);
      EXPECT_NE(decision.refusal->reason(), model::v1::ERROR_REASON_INTERNAL);
    }
  }
  return accepted;
}

class RandomLife : public ::testing::TestWithParam<uint64_t> {};

TEST_P(RandomLife, KeepsEveryInvariantAndReplays) {
  SCOPED_TRACE(StrCat("seed ", GetParam()));
  CaseStage stage;
  EXPECT_GE(Live(GetParam(), stage), 5);
  stage.ExpectReplays(/*every=*/20);
}

TEST_P(RandomLife, KeepsThemWhenHalvesAreWrittenElsewhere) {
  SCOPED_TRACE(StrCat("seed ", GetParam()));
  CaseStage stage;
  for (const char* id : {"care", "other-care"}) {
    stage.directory().At(StrCat("organisations/", id)).hub = "east";
  }
  EXPECT_GE(Live(GetParam(), stage, /*has_remote=*/true), 5);
  stage.ExpectReplays(/*every=*/20);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLife,
                         ::testing::Range(uint64_t{1}, uint64_t{25}));

}  // namespace
}  // namespace careroute::casework
