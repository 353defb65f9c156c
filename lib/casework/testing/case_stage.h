// lib/casework/testing/case_stage.h: a case on a stage: given events, when a
// command, then an event or a refusal.
//
//   CaseStage stage;
//   stage.Open();
//   stage.Do(R"(complete_step { occurrence: 1 outcome: "needed" })");
//   EXPECT_TRUE(stage.IsLive("assessment"));
//   EXPECT_EQ(stage.Refuse("close_case { ending: 'goals_met' }"),
//             ERROR_REASON_WRONG_STATE);
//
// After every accepted command the stage folds the event as it would be read
// from a store, asks all invariants, and fails the test when one is broken.
// The hub knows the measures of testdata/test-measures.textproto. Its clock
// stands at 2026-03-02 10:00 in Khabarovsk, a Monday.

#ifndef CAREROUTE_LIB_CASEWORK_TESTING_CASE_STAGE_H_
#define CAREROUTE_LIB_CASEWORK_TESTING_CASE_STAGE_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/arena.h"
#include "lib/calendar/calendar_set.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"
#include "lib/casework/decide.h"
#include "lib/measures/measure_sets.h"
#include "lib/pathway/edition.h"
#include "lib/scoring/instrument_set.h"

namespace careroute::casework::testing {

// Organisations by kind; each plays what its kind and services say.
class StageDirectory final : public DirectoryAnswers {
 public:
  void Put(OrganisationFacts facts);
  OrganisationFacts& At(absl::string_view name);
  // The member is out of service from now on.
  void Dismiss(const std::string& member) { dismissed_.insert(member); }

  [[nodiscard]] const OrganisationFacts* Find(
      absl::string_view organisation) const override;
  [[nodiscard]] bool MemberExists(absl::string_view member) const override;
  [[nodiscard]] std::vector<const OrganisationFacts*> Candidates(
      const PerformerQuery& query, size_t max) const override;

 private:
  std::map<std::string, OrganisationFacts, std::less<>> organisations_;
  std::set<std::string, std::less<>> dismissed_;
};

// Not thread-safe. Aborts on a text that is no command: a mistake of the test.
class CaseStage {
 public:
  CaseStage();
  // The edition of a pathway in textproto.
  explicit CaseStage(const std::string& pathway);

  // --- Whom a test speaks as -------------------------------------------------
  // "organisations/centre": coordinator anna, deputy boris, head hanna.
  // "organisations/clinic" HEALTH; "organisations/office" SOCIAL: decisions;
  // "organisations/care" and "organisations/other-care" SOCIAL: care;
  // "organisations/assessors" and "organisations/second-assessors"
  // COORDINATION. Members "m1" and "m2" of each.
  [[nodiscard]] static model::v1::Actor Actor(absl::string_view organisation,
                                              absl::string_view member);
  [[nodiscard]] static model::v1::Actor Coordinator();
  [[nodiscard]] static model::v1::Actor Hub();

  // --- Given -----------------------------------------------------------------
  // Opens by entry "report" from the clinic, with more fields of OpenCase.
  void Open(const std::string& more = "");
  // The command of that.
  [[nodiscard]] static std::string Opening(const std::string& more);
  // Speaks as somebody else from now on; the coordinator at first.
  void As(const model::v1::Actor& actor) { actor_ = actor; }
  void Advance(absl::Duration by) { now_ += by; }
  void SetNow(absl::Time now) { now_ = now; }
  // Referrals whose envelope has begun to leave for another hub.
  void SetLeft(std::vector<int32_t> referrals) { left_ = std::move(referrals); }
  // The edition that migrate_case moves the case to; after it, the one the case
  // was moved from.
  void SetOtherEdition(const std::string& pathway);

  // --- When ------------------------------------------------------------------
  // The command must be accepted: its event, folded.
  const event::v1::CaseEvent& Do(const std::string& command);
  const event::v1::CaseEvent& Do(const command::v1::CaseCommand& command);
  const event::v1::CaseEvent& DoAs(const model::v1::Actor& actor,
                                   const std::string& command);
  // The command must be refused: why.
  model::v1::ErrorReason Refuse(const std::string& command);
  model::v1::ErrorReason RefuseAs(const model::v1::Actor& actor,
                                  const std::string& command);
  [[nodiscard]] const model::v1::Refusal& refusal() const { return refusal_; }
  // Whatever comes of it.
  [[nodiscard]] Decision Try(const command::v1::CaseCommand& command,
                             const model::v1::Actor& actor);
  void Accept(const Decision& decision);
  // Fires timers in order until the instant, moving the clock.
  void RunTo(absl::Time until);

  // --- Then ------------------------------------------------------------------
  [[nodiscard]] const Case& state() const { return state_; }
  [[nodiscard]] bool IsLive(absl::string_view step) const;
  // The number of the live occurrence; 0 = none.
  [[nodiscard]] int32_t Number(absl::string_view step) const;
  [[nodiscard]] const Occurrence* Find(absl::string_view step) const;
  [[nodiscard]] const DeadlineRecord* Deadline(absl::string_view step,
                                               absl::string_view limit) const;
  [[nodiscard]] bool HasEnded(absl::string_view step,
                              absl::string_view outcome) const;
  [[nodiscard]] bool WasTold(absl::string_view to, absl::string_view key) const;
  // The parts of the last accepted command.
  [[nodiscard]] const std::vector<ClassPart>& parts() const { return parts_; }
  [[nodiscard]] const std::vector<std::string>& stream() const {
    return stream_;
  }

  // --- What the context answers ----------------------------------------------
  [[nodiscard]] StageDirectory& directory() { return directory_; }
  [[nodiscard]] PersonFacts& person() { return person_; }
  // Empty at first.
  [[nodiscard]] scoring::InstrumentSet& instruments() { return instruments_; }
  [[nodiscard]] const pathway::Edition& edition() const { return *edition_; }
  [[nodiscard]] const calendar::CalendarSet& calendars() const {
    return calendars_;
  }
  [[nodiscard]] absl::Time now() const { return now_; }
  // 00:00 of a date at home.
  [[nodiscard]] absl::Time Day(absl::string_view date) const;

  // Fails the test unless folding the stream anew, and from a snapshot at every
  // so many events, gives the state.
  void ExpectReplays(size_t every = 1) const;

 private:
  void FillWorld();
  [[nodiscard]] Context MakeContext(const model::v1::Actor& actor);

  std::shared_ptr<const pathway::Edition> edition_;
  std::shared_ptr<const pathway::Edition> other_edition_;
  calendar::CalendarSet calendars_;
  measures::MeasureSets measures_;
  scoring::InstrumentSet instruments_;
  StageDirectory directory_;
  PersonFacts person_;
  std::vector<base::Uid> ids_;
  std::vector<int32_t> left_;
  absl::Time now_;
  model::v1::Actor actor_;
  std::unique_ptr<google::protobuf::Arena> arena_;
  Case state_;
  event::v1::CaseEvent last_;
  std::vector<ClassPart> parts_;
  std::vector<std::string> stream_;
  model::v1::Refusal refusal_;
};

// Person of every stage: "persons/" and 31 zeros and a one.
inline constexpr char kPerson[] = "persons/00000000000000000000000000000001";
inline constexpr char kMother[] = "persons/00000000000000000000000000000002";
inline constexpr char kFather[] = "persons/00000000000000000000000000000003";

}  // namespace careroute::casework::testing

#endif  // CAREROUTE_LIB_CASEWORK_TESTING_CASE_STAGE_H_
