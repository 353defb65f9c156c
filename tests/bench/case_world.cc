#include "tests/bench/case_world.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/casework/fold.h"

namespace careroute::bench {
namespace {

using absl::StrCat;
using casework::Case;
using casework::testing::CaseStage;

// Steps of the test route that wait while the case is measured.
constexpr const char* kWaiting[] = {"welfare", "plan", "after_loss",
                                    "disability", "help"};

std::string Start(absl::string_view step) {
  return StrCat("start_step { step: '", step, "' }");
}

std::string Complete(int32_t occurrence, absl::string_view outcome) {
  return StrCat("complete_step { occurrence: ", occurrence, " outcome: '",
                outcome, "' }");
}

}  // namespace

command::v1::CaseCommand ParseCommand(const std::string& text) {
  command::v1::CaseCommand command;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &command));
  return command;
}

const CaseWorld& CaseWorld::Get() {
  static const auto* const kWorld = new CaseWorld();
  return *kWorld;
}

CaseWorld::CaseWorld() {
  for (uint64_t i = 1; i <= casework::kFreshIdsMin; ++i) {
    ids_.push_back({.high = 9, .low = i});
  }
  Live();
  CAREROUTE_CHECK(stage_.stream().size() == kFoldedEvents);
  accept_ = {.command = ParseCommand(
                 "referral { referral: 1 accept { can_meet_needs: true } }"),
             .actor = CaseStage::Actor("care", "m1")};
  complete_ = {
      .command = ParseCommand(Complete(stage_.Number("welfare"), "well")),
      .actor = CaseStage::Coordinator()};
  complete_to_two_ = {
      .command = ParseCommand(Complete(stage_.Number("intake"), "needed")),
      .actor = CaseStage::Coordinator()};
  start_ = {.command = ParseCommand(Start("welfare")),
            .actor = CaseStage::Coordinator()};
}

// Consents, facts, a referral sent, five steps waiting, and a past.
void CaseWorld::Live() {
  constexpr int kVisits = 95;
  stage_.Open();
  stage_.Do(StrCat(
      "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
      "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
      "given_by: '",
      casework::testing::kMother, "' word_given: WORD_GIVEN_IN_WRITING } }"));
  stage_.Do("record_contact { mode: CONTACT_MODE_TELEPHONE }");
  for (int i = 0; i < kVisits; ++i) {
    stage_.Do(Start("welfare"));
    stage_.Do(Complete(stage_.Number("welfare"), "well"));
  }
  for (const char* step : kWaiting) {
    stage_.Do(Start(step));
  }
  stage_.Do(
      "record_facts { facts { fact: 'tries' value { number: 1 } } facts { "
      "fact: 'level' value { choice: 'l1' } } facts { fact: 'far_away' value "
      "{ truth: false } } }");
  stage_.Do(StrCat("referral { make { occurrence: ", stage_.Number("help"),
                   " performer: 'organisations/care' way: 'by_consent' send: "
                   "true } }"));
}

casework::Decision CaseWorld::Decide(const Job& job,
                                     google::protobuf::Arena& arena,
                                     const Case& state) const {
  return casework::Decide(state, stage_.edition(), job.command,
                          {.now = stage_.now(),
                           .actor = &job.actor,
                           .arena = &arena,
                           .case_id = {.high = 1, .low = 2},
                           .fresh_ids = ids_,
                           .directory = &stage_.directory(),
                           .calendars = &stage_.calendars(),
                           .person = &stage_.person()});
}

const event::v1::CaseEvent& CaseWorld::Run(const Job& job,
                                           google::protobuf::Arena& arena,
                                           Case& state) const {
  const casework::Decision decision = Decide(job, arena, state);
  CAREROUTE_CHECK(decision.ok());
  casework::Fold(*decision.event, state);
  return *decision.event;
}

std::vector<std::string> CaseWorld::LongStream(size_t count) const {
  std::vector<std::string> stream = this->stream();
  if (count <= stream.size()) {
    stream.resize(count);
    return stream;
  }
  Case state = this->state();
  Job complete = complete_;
  bool live = true;
  google::protobuf::Arena arena;
  while (stream.size() < count) {
    arena.Reset();
    complete.command.mutable_complete_step()->set_occurrence(
        state.occurrences.back().number);
    if (stream.size() == this->stream().size()) {
      complete.command = complete_.command;
    }
    const auto& event = Run(live ? complete : start_, arena, state);
    stream.push_back(event.SerializeAsString());
    live = !live;
  }
  return stream;
}

}  // namespace careroute::bench
