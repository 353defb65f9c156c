#include "tests/fuzz/life_commands.h"

#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/casework/testing/case_stage.h"
#include "tests/fuzz/damage.h"

namespace careroute::fuzz {
namespace {

using casework::Case;
using casework::Occurrence;
using casework::testing::CaseStage;
using command::v1::CaseCommand;

constexpr const char* kFixed[] = {
    "add_subject { kind: SUBJECT_KIND_FINDING }",
    "add_subject { kind: SUBJECT_KIND_CHILD_BORN }",
    "set_track { track: 'palliative' }",
    "clear_track { track: 'palliative' }",
    "stop_clock { reason: 'away' evidence { kind: 'letter' } }",
    "stop_clock { reason: 'in_hospital' }",
    "resume_clock { stop: 1 }",
    "begin_interrupt { interrupt: 'hospital' }",
    "end_interrupt { interrupt: 'hospital' }",
    "record_contact { mode: CONTACT_MODE_TELEPHONE }",
    "record_measure { measure: 'aid' state: MEASURE_STATE_INFORMED }",
    "record_measure { measure: 'aid' state: MEASURE_STATE_APPLIED }",
    "record_measure { measure: 'aid' state: MEASURE_STATE_REFUSED note: 'n' }",
    "record_measure { measure: 'pension' state: MEASURE_STATE_GRANTED until: "
    "'2030-01-01' }",
    "set_next_contact { date: '2026-06-01' }",
    "offer_post { post: POST_COORDINATOR to: "
    "'organisations/centre/members/boris' }",
    "offer_post { post: POST_DEPUTY to: 'organisations/office/members/m1' }",
    "accept_post { hand_over: 1 }",
    "decline_post { hand_over: 1 note: 'n' }",
    "open_in_emergency { reason: 'r' }",
    "vacate_post { member: 'organisations/centre/members/anna' }",
    "vacate_post { member: 'organisations/office/members/m1' }",
    "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
    "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
    "given_by: 'persons/00000000000000000000000000000002' word_given: "
    "WORD_GIVEN_IN_WRITING to: '2026-06-30' } }",
    "withdraw_consent { consent: 1 withdrawn_by: "
    "'persons/00000000000000000000000000000002' }",
    "close_case { ending: 'died' note: 'n' }",
    "close_case { ending: 'declined' note: 'n' }",
    "close_case { ending: 'handed_over' note: 'n' }",
    "reopen_case { note: 'n' }",
    "join_report { report: 'reports/9' entry: 'report' flags: 'urgent' }",
    "join_report { report: 'reports/8' entry: 'found' criteria { criterion: "
    "'preterm' } }",
    "recompute_deadlines { reason: 'calendar' }",
    "correct_fact { corrects_version: 2 fact { fact: 'place_now' value { "
    "choice: 'home' } } "
    "note: 'n' }",
    "fire_timer { kind: TIMER_KIND_DEADLINE number: 1 }",
};

constexpr const char* kFacts[] = {
    "fact: 'urgency' value { choice: 'emergency' } subject { kind: "
    "SUBJECT_KIND_FINDING number: 1 }",
    "fact: 'urgency' value { choice: 'planned' } subject { kind: "
    "SUBJECT_KIND_FINDING number: 2 }",
    "fact: 'place_now' value { choice: 'hospital' }",
    "fact: 'place_now' value { choice: 'home' } from: '2026-03-20' to: "
    "'2026-04-20'",
    "fact: 'application_registered' value { date: '2026-03-05' }",
    "fact: 'application_registered' value { date: '2024-02-29' }",
    "fact: 'disability_until' value { date: '2027-01-31' }",
    "fact: 'wishes_care' value { truth: true }",
    "fact: 'wishes_care' value { truth: false }",
    "fact: 'wishes_care' value {}",
    "fact: 'far_away' value { truth: true }",
    "fact: 'lives_alone' value { truth: true }",
    "fact: 'level' value { choice: 'l2' }",
    "fact: 'tries' value { number: 10 }",
};

constexpr const char* kByHand[] = {"welfare",    "plan",  "teleconsult",
                                   "disability", "help",  "after_loss",
                                   "loop_a",     "appeal"};

constexpr char kReportInHand[] =
    "report_in_hand { state: REFERRAL_STATE_COMPLETED outcome: 'done' "
    "reported_by: REPORTED_BY_FAMILY }";
constexpr const char* kMoves[] = {
    "send {}",
    "accept { can_meet_needs: true }",
    "reject { reason: REFERRAL_REASON_NO_PLACES }",
    "begin {}",
    "hold { reason: REFERRAL_REASON_NO_STAFF }",
    "resume {}",
    "complete { outcome: 'done' late_reason: 'l' }",
    "fail { reason: REFERRAL_REASON_NO_STAFF }",
    "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }",
    "answer_cancel { answer: CANCEL_ANSWER_CANCELLED note: 'n' }",
    "ask_information { question: 'q' }",
    "give_information { question: 1 }",
    kReportInHand,
    "redirect { performer: 'organisations/other-care' send: true }",
    "receive {}",
    "cancel {}",
    "mark_in_error { note: 'n' }",
};

template <typename List>
auto Pick(const List& list, ByteSource& bytes) {
  return list[bytes.Below(std::size(list))];
}

// nullptr when nothing lives.
const Occurrence* AnyLive(const Case& state, ByteSource& bytes) {
  return state.occurrences.empty()
             ? nullptr
             : &state.occurrences[bytes.Below(state.occurrences.size())];
}

int32_t LiveNumber(const Case& state, absl::string_view step) {
  for (const Occurrence& one : state.occurrences) {
    if (one.step == step) {
      return one.number;
    }
  }
  return 1;
}

std::string Complete(const Case& state, const pathway::Edition& edition,
                     ByteSource& bytes) {
  const Occurrence* live = AnyLive(state, bytes);
  const model::v1::Step* step =
      live == nullptr ? nullptr : edition.FindStep(live->step);
  if (step == nullptr || step->outcomes().empty()) {
    return "reopen_case { note: 'again' }";
  }
  const model::v1::Outcome& outcome = step->outcomes(static_cast<int>(
      bytes.Below(static_cast<size_t>(step->outcomes_size()))));
  std::string facts;
  for (const std::string& fact : outcome.needs_facts()) {
    absl::StrAppend(&facts, "facts { fact: '", fact, "' value { ",
                    fact == "level" ? "choice: 'l1'" : "date: '2026-09-01'",
                    " } } ");
  }
  return absl::StrCat(
      "word_given: WORD_GIVEN_ORALLY complete_step { occurrence: ",
      live->number, " outcome: '", outcome.id(), "' ", facts,
      "documents { kind: 'form' } note: 'n' late_reason: 'l' ",
      outcome.needs_recheck_date() ? "recheck_date: '2029-01-01' " : "", "}");
}

// Choices are taken one a statement: the order of arguments is the compiler's.
std::string Refer(const Case& state, ByteSource& bytes) {
  if (state.referrals.empty() || bytes.Below(3) == 0) {
    const bool first = bytes.Below(2) == 0;
    const bool by_consent = bytes.Below(2) == 0;
    const bool send = bytes.Below(2) == 0;
    return absl::StrCat(
        "referral { make { occurrence: ", LiveNumber(state, "help"),
        " performer: 'organisations/", first ? "care" : "other-care",
        "' way: '", by_consent ? "by_consent" : "in_hand",
        "' send: ", send ? "true" : "false", " } }");
  }
  const int32_t number =
      state.referrals[bytes.Below(state.referrals.size())].number;
  return absl::StrCat("referral { referral: ", number, " ", Pick(kMoves, bytes),
                      " }");
}

std::string Visit(const Case& state, absl::Time now, ByteSource& bytes) {
  const int32_t care = LiveNumber(state, "care");
  if (bytes.Below(2) == 0) {
    return absl::StrCat("plan_visits { occurrence: ", care,
                        " visits { planned_on: '",
                        absl::FormatTime("%Y-%m-%d", now + absl::Hours(60),
                                         absl::UTCTimeZone()),
                        "' service: 'wash' } }");
  }
  const size_t visit = 1 + bytes.Below(5);
  const bool done = bytes.Below(2) == 0;
  return absl::StrCat(
      "record_visit { occurrence: ", care, " visit: ", visit, " state: ",
      done ? "VISIT_STATE_DONE" : "VISIT_STATE_MISSED reason: 'not_at_home'",
      " }");
}

std::string Start(ByteSource& bytes) {
  const char* step = Pick(kByHand, bytes);
  const bool of_person = bytes.Below(2) == 0;
  return absl::StrCat(
      "word_given: WORD_GIVEN_ORALLY start_step { step: '", step, "' ",
      of_person ? "" : "subject { kind: SUBJECT_KIND_FINDING number: 1 } ",
      "}");
}

std::string Record(ByteSource& bytes) {
  const char* first = Pick(kFacts, bytes);
  const char* second = Pick(kFacts, bytes);
  return absl::StrCat("record_facts { facts { ", first, " } facts { ", second,
                      " } }");
}

std::string Text(const Case& state, const pathway::Edition& edition,
                 absl::Time now, ByteSource& bytes) {
  switch (bytes.Below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return Complete(state, edition, bytes);
    case 4:
      return Record(bytes);
    case 5:
      return Start(bytes);
    case 6:
      return absl::StrCat(
          "record_attempt { occurrence: ", LiveNumber(state, "contact"),
          " attempt { mode: CONTACT_MODE_VISIT } }");
    case 7:
    case 8:
      return Refer(state, bytes);
    case 9:
      return Visit(state, now, bytes);
    default:
      return Pick(kFixed, bytes);
  }
}

}  // namespace

const CaseCommand& OpenCommand() {
  static const auto* const kCommand = [] {
    auto* command = new CaseCommand();
    CAREROUTE_CHECK(google::protobuf::TextFormat::ParseFromString(
        absl::StrCat("open_case { person: '", casework::testing::kPerson,
                     "' edition { pathway: 'test-route' } "
                     "entry: 'report' coordinator: "
                     "'organisations/centre/members/anna' deputy: "
                     "'organisations/centre/members/boris' }"),
        command));
    return command;
  }();
  return *kCommand;
}

CaseCommand NextCommand(const Case& state, const pathway::Edition& edition,
                        absl::Time now, ByteSource& bytes) {
  CaseCommand command;
  CAREROUTE_CHECK(google::protobuf::TextFormat::ParseFromString(
      Text(state, edition, now, bytes), &command));
  if (bytes.Below(8) == 7) {
    Damage(bytes, command);
  }
  return command;
}

const model::v1::Actor& NextActor(ByteSource& bytes) {
  static const auto* const kActors = new std::vector<model::v1::Actor>{
      CaseStage::Coordinator(),
      CaseStage::Actor("care", "m1"),
      CaseStage::Actor("other-care", "m2"),
      CaseStage::Actor("centre", "boris"),
      CaseStage::Actor("clinic", "m1"),
      CaseStage::Actor("office", "m1"),
      CaseStage::Actor("assessors", "m1"),
      CaseStage::Hub(),
  };
  return (*kActors)[bytes.Below(kActors->size())];
}

}  // namespace careroute::fuzz
