// Every cell of (state x command x actor) of the default profile, written out.

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/explain_text.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_profile.h"
#include "lib/casework/testing/referral_machine.h"

namespace careroute::casework {
namespace {

using command::v1::ReferralCommand;
using model::v1::ReferralState;
using ::testing::Contains;
using testing::ParseReferralCommand;
using testing::ReferralMachine;

// One line a command, one column a state. A cell says who may make the move
// there and what the referral is afterwards:
//   R, P, H   the requester, the performer, the performer's hub
//   .         nobody: WRONG_STATE for all
// Whoever is not named in a cell that somebody may use gets NOT_YOUR_MOVE.
//
//   dr draft  rq requested  rc received  ac accepted  ip in progress
//   oh on hold  co completed  rj rejected  fa failed  ca cancelled
//   er entered in error
constexpr char kTable[] = R"(
command        dr    rq    rc    ac    ip    oh    co    rj    fa    ca    er
send           R:rq  .     .     .     .     .     .     .     .     .     .
send_here      R:rc  .     .     .     .     .     .     .     .     .     .
cancel         R:ca  .     .     .     .     .     .     .     .     .     .
cancel_early   R:ca  R:ca  .     .     .     .     .     .     .     .     .
cancel_hand    R:ca  R:ca  .     R:ca  R:ca  .     .     .     .     .     .
receive        .     P:rc  .     .     .     .     .     .     .     .     .
receive_here   .     PH:rc .     .     .     .     .     .     .     .     .
accept         .     P:ac  P:ac  .     .     .     .     .     .     .     .
reject         .     P:rj  P:rj  P:rj  .     .     .     .     .     .     .
begin          .     .     .     P:ip  .     .     .     .     .     .     .
hold           .     .     .     P:oh  P:oh  .     .     .     .     .     .
resume         .     .     .     .     .     P:ac  .     .     .     .     .
complete       .     .     .     P:co  P:co  P:co  .     .     .     .     .
fail           .     .     .     P:fa  P:fa  P:fa  .     .     .     .     .
ask_cancel     .     R:rq  R:rc  R:ac  R:ip  R:oh  .     .     .     .     .
ask_here       .     R:ca  R:ca  R:ca  R:ip  R:oh  .     .     .     .     .
ask_again      .     .     .     .     .     .     .     .     .     .     .
ask_hand       .     .     .     .     .     .     .     .     .     .     .
stop_unasked   .     .     .     .     .     .     .     .     .     .     .
stop           .     .     .     .     P:ca  P:ca  .     .     .     .     .
go_on          .     .     .     .     P:ip  P:oh  .     .     .     .     .
ask_info       .     P:rq  P:rc  P:ac  P:ip  P:oh  .     .     .     .     .
info_unasked   .     .     .     .     .     .     .     .     .     .     .
give_info      .     R:rq  R:rc  R:ac  R:ip  R:oh  .     .     .     .     .
report_sent    .     .     .     .     .     .     .     .     .     .     .
report_hand    .     R:rj  .     R:rj  R:rj  .     .     .     .     .     .
accept_hand    .     .     .     .     .     .     .     .     .     .     .
complete_hand  .     .     .     .     .     .     .     .     .     .     .
redirect       R:ca  R:rq  R:rc  R:ac  .     .     .     R:rj  R:fa  R:ca  .
redirect_here  R:ca  R:ca  R:ca  R:ca  .     .     .     R:rj  R:fa  R:ca  .
redirect_hand  R:ca  R:ca  .     .     .     .     .     R:rj  R:fa  R:ca  .
in_error       R:er  R:er  RP:er RP:er RP:er RP:er RP:er RP:er RP:er RP:er .
in_error_hand  R:er  R:er  R:er  R:er  R:er  R:er  R:er  R:er  R:er  R:er  .
)";

// What a line of the table stands for. Where nothing is said: to a performer
// at another hub, the envelope has left, and nothing went before.
struct Scene {
  const char* command;  // a ReferralCommand in text
  bool local = false;
  bool in_hand = false;
  bool has_left = true;
  bool cancel_asked = false;
  bool question_open = false;
};

const std::map<std::string, Scene>& Scenes() {
  static constexpr char kReject[] =
      "reject { reason: REFERRAL_REASON_NO_PLACES }";
  static constexpr char kAskCancel[] =
      "ask_cancel { reason: REFERRAL_REASON_DIED }";
  static constexpr char kStop[] =
      "answer_cancel { answer: CANCEL_ANSWER_CANCELLED note: 'one visit' }";
  static constexpr char kGive[] =
      "give_information { question: 1 documents { kind: 'extract' } }";
  static constexpr char kReport[] =
      "report_in_hand { state: REFERRAL_STATE_REJECTED"
      " reason: REFERRAL_REASON_NO_PLACES reported_by: REPORTED_BY_FAMILY }";
  static constexpr char kRedirect[] =
      "redirect { performer: 'organisations/kindergarten' }";
  static constexpr char kAccept[] = "accept { can_meet_needs: true }";
  static constexpr char kComplete[] = "complete { outcome: 'done' }";
  static constexpr char kInError[] = "mark_in_error { note: 'another child' }";
  static const auto* scenes = new std::map<std::string, Scene>{
      {"send", {.command = "send {}"}},
      {"send_here", {.command = "send {}", .local = true}},
      {"cancel", {.command = "cancel {}"}},
      {"cancel_early", {.command = "cancel {}", .has_left = false}},
      {"cancel_hand", {.command = "cancel {}", .in_hand = true}},
      {"receive", {.command = "receive {}"}},
      {"receive_here", {.command = "receive {}", .local = true}},
      {"accept", {.command = kAccept}},
      {"reject", {.command = kReject}},
      {"begin", {.command = "begin {}"}},
      {"hold", {.command = "hold { reason: REFERRAL_REASON_IN_HOSPITAL }"}},
      {"resume", {.command = "resume {}"}},
      {"complete", {.command = kComplete}},
      {"fail", {.command = "fail { reason: REFERRAL_REASON_NOT_REACHED }"}},
      {"ask_cancel", {.command = kAskCancel}},
      {"ask_here", {.command = kAskCancel, .local = true}},
      {"ask_again", {.command = kAskCancel, .cancel_asked = true}},
      {"ask_hand", {.command = kAskCancel, .in_hand = true}},
      {"stop_unasked", {.command = kStop}},
      {"stop", {.command = kStop, .cancel_asked = true}},
      {"go_on",
       {.command = "answer_cancel { answer: CANCEL_ANSWER_GOES_ON }",
        .cancel_asked = true}},
      {"ask_info", {.command = "ask_information { question: 'which day?' }"}},
      {"info_unasked", {.command = kGive}},
      {"give_info", {.command = kGive, .question_open = true}},
      {"report_sent", {.command = kReport}},
      {"report_hand", {.command = kReport, .in_hand = true}},
      {"accept_hand", {.command = kAccept, .in_hand = true}},
      {"complete_hand", {.command = kComplete, .in_hand = true}},
      {"redirect", {.command = kRedirect}},
      {"redirect_here", {.command = kRedirect, .local = true}},
      {"redirect_hand", {.command = kRedirect, .in_hand = true}},
      {"in_error", {.command = kInError}},
      {"in_error_hand", {.command = kInError, .in_hand = true}},
  };
  return *scenes;
}

ReferralState StateNamed(const std::string& two_letters) {
  static const auto* states = new std::map<std::string, ReferralState>{
      {"dr", model::v1::REFERRAL_STATE_DRAFT},
      {"rq", model::v1::REFERRAL_STATE_REQUESTED},
      {"rc", model::v1::REFERRAL_STATE_RECEIVED},
      {"ac", model::v1::REFERRAL_STATE_ACCEPTED},
      {"ip", model::v1::REFERRAL_STATE_IN_PROGRESS},
      {"oh", model::v1::REFERRAL_STATE_ON_HOLD},
      {"co", model::v1::REFERRAL_STATE_COMPLETED},
      {"rj", model::v1::REFERRAL_STATE_REJECTED},
      {"fa", model::v1::REFERRAL_STATE_FAILED},
      {"ca", model::v1::REFERRAL_STATE_CANCELLED},
      {"er", model::v1::REFERRAL_STATE_ENTERED_IN_ERROR},
  };
  return states->at(two_letters);
}

// A line of the table as words.
using Line = std::vector<std::string>;

std::vector<Line> Lines() {
  std::vector<Line> lines;
  for (const absl::string_view text :
       absl::StrSplit(absl::StripAsciiWhitespace(kTable), '\n')) {
    lines.push_back(absl::StrSplit(text, ' ', absl::SkipEmpty()));
  }
  return lines;
}

void Prepare(const Scene& scene, ReferralState state,
             ReferralMachine& machine) {
  machine.Bring(state, scene.in_hand ? model::v1::DELIVERY_IN_HAND
                                     : model::v1::DELIVERY_SENT);
  machine.context().has_left = scene.has_left;
  if (scene.cancel_asked) {
    machine.Add(model::v1::REFERRAL_MOVE_CANCEL_ASKED);
  }
  if (scene.question_open) {
    machine.Add(model::v1::REFERRAL_MOVE_INFORMATION_ASKED);
  }
}

ReferralCommand CommandOf(const Scene& scene, const Referral& referral) {
  ReferralCommand command = ParseReferralCommand(scene.command);
  if (scene.question_open) {
    command.mutable_give_information()->set_question(OpenQuestion(referral));
  }
  return command;
}

void ExpectRefused(const ReferralDecision& decision, bool by_state) {
  ASSERT_FALSE(decision.ok());
  EXPECT_EQ(decision.moved, nullptr);
  EXPECT_EQ(decision.refusal->reason(),
            by_state ? model::v1::ERROR_REASON_WRONG_STATE
                     : model::v1::ERROR_REASON_NOT_YOUR_MOVE);
  EXPECT_EQ(decision.refusal->missing().empty(), by_state);
  model::v1::Explanation because = decision.refusal->because();
  FillTexts("ru", because);
  EXPECT_FALSE(because.text().empty()) << because.message_key();
  for (const model::v1::Explanation& reason : because.because()) {
    EXPECT_FALSE(reason.text().empty()) << reason.message_key();
  }
}

// One cell for one asker.
void ExpectCell(const std::string& cell, char letter, ReferralMachine& machine,
                const ReferralDecision& decision) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(cell, absl::MaxSplits(':', 1));
  if (cell == ".") {
    return ExpectRefused(decision, /*by_state=*/true);
  }
  if (parts.first.find(letter) == std::string::npos) {
    return ExpectRefused(decision, /*by_state=*/false);
  }
  ASSERT_TRUE(decision.ok()) << decision.refusal->DebugString();
  machine.Apply(decision);
  EXPECT_EQ(NameOf(StateOf(machine.referral())),
            NameOf(StateNamed(parts.second)));
}

// Asks one cell by everybody; returns how many were asked.
int AskCell(const Scene& scene, ReferralState state, const std::string& cell) {
  int asked = 0;
  for (const char letter : {'R', 'P', 'H', 'X'}) {
    SCOPED_TRACE(std::string(1, letter));
    ReferralMachine machine(scene.local);
    Prepare(scene, state, machine);
    const model::v1::Actor& actor = letter == 'R'   ? machine.requester()
                                    : letter == 'P' ? machine.performer()
                                    : letter == 'H' ? machine.hub()
                                                    : machine.stranger();
    EXPECT_EQ(NameOf(StateOf(machine.referral())), NameOf(state));
    const ReferralDecision decision =
        machine.Decide(CommandOf(scene, machine.referral()), actor);
    ExpectCell(cell, letter, machine, decision);
    ++asked;
  }
  return asked;
}

TEST(ReferralTable, IsWhatTheMachineDoesInEveryCell) {
  const std::vector<Line> lines = Lines();
  const Line& columns = lines.front();
  ASSERT_EQ(columns.size(), 12u);
  int asked = 0;
  for (size_t row = 1; row < lines.size(); ++row) {
    const Line& line = lines[row];
    ASSERT_EQ(line.size(), columns.size()) << line[0];
    const Scene& scene = Scenes().at(line[0]);
    for (size_t column = 1; column < line.size(); ++column) {
      SCOPED_TRACE(absl::StrCat(line[0], ", ", columns[column]));
      asked += AskCell(scene, StateNamed(columns[column]), line[column]);
    }
  }
  EXPECT_EQ(asked, static_cast<int>(Scenes().size()) * 11 * 4);
}

// A command in no line would be one nobody looked at.
TEST(ReferralTable, HasALineForEveryCommandAndAColumnForEveryState) {
  std::vector<int> commands = {ReferralCommand::kMake};  // makes, never moves
  for (const auto& [name, scene] : Scenes()) {
    commands.push_back(ParseReferralCommand(scene.command).command_case());
  }
  const auto* oneof = ReferralCommand::descriptor()->FindOneofByName("command");
  for (int i = 0; i < oneof->field_count(); ++i) {
    EXPECT_THAT(commands, Contains(oneof->field(i)->number()))
        << oneof->field(i)->name();
  }
  EXPECT_EQ(model::v1::ReferralState_descriptor()->value_count(), 12)
      << "UNSPECIFIED and one for each column";
}

}  // namespace
}  // namespace careroute::casework
