// lib/casework/internal/draft.h: what a command has caused so far.
//
// A command's first effect brings others: an outcome starts steps, a fact ends
// an interrupt, a track shortens a clock. Each later rule must see the earlier
// effects, yet the case must not be copied: it is large and the common command
// touches two or three things of it. So the draft lays what changed over the
// case and answers every question from both. Finish then writes the
// difference as the consequences of one event.
//
//   Draft draft(state, edition, command, context);
//   EndStep(draft, live, ...);          // rules change the draft
//   draft.IsLive("intake", subject);    // and ask it
//
// What began and ended within the same command leaves no trace, except steps,
// whose outcomes count.
//
// Lives as long as one decision. Strings are borrowed from the case, the
// edition, the command and the arena, all of which outlive it.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"
#include "lib/casework/internal/parts.h"
#include "lib/casework/internal/places.h"
#include "lib/pathway/edition.h"

namespace careroute::casework::internal {

// A live occurrence as it stands in the draft.
struct Live {
  int32_t number = 0;
  absl::string_view step;
  SubjectRef subject;
  bool suspended = false;
  absl::string_view performer;
  absl::Time start;
  absl::string_view started_by;
  absl::string_view leaving;  // outcome it ends with once replaced
  // Exactly one is set: as folded, or as this command started it.
  const Occurrence* folded = nullptr;
  const event::v1::StepStarted* started = nullptr;
};

// An ending of a step within this command.
struct DraftOutcome {
  absl::string_view step;
  SubjectRef subject;
  absl::string_view outcome;
  absl::string_view performer;
};

// What rules must look at again.
struct Change {
  enum class Kind : uint8_t {
    kFact,         // id: the fact
    kStepStarted,  // id: the step
    kStepEnded,    // id: the step
    kTrack,        // id: the track
    kConsent,
    kCriterion,
    kDate,  // a day came
  };
  Kind kind = Kind::kFact;
  absl::string_view id;
  SubjectRef subject;
};

class Draft {
 public:
  // `coordinator` decides what is home: the case's, or for a case being opened
  // the command's.
  Draft(const Case& before, const pathway::Edition& rules,
        const command::v1::CaseCommand& asked, const Context& given,
        absl::string_view coordinator);

  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  // --- What it stands on -----------------------------------------------------
  const Case& state;
  const pathway::Edition& edition;
  const command::v1::CaseCommand& command;
  const Context& context;
  const Places places;
  absl::Time happened;
  absl::Time recorded;
  int64_t version = 1;
  event::v1::CaseEvent* const event;
  Parts parts;

  [[nodiscard]] event::v1::Consequences& consequences() {
    return *event->mutable_consequences();
  }

  // Too much was caused: the command is to be refused.
  [[nodiscard]] bool overflown() const { return effects_ > effects_max_; }

  // --- Occurrences -----------------------------------------------------------
  [[nodiscard]] std::optional<Live> FindLive(int32_t number) const;
  // The first live one of the step and subject.
  [[nodiscard]] std::optional<Live> FindLive(absl::string_view step,
                                             SubjectRef subject) const;
  // By number, until `visit` returns false. What `visit` starts is not visited.
  void VisitLive(absl::FunctionRef<bool(const Live&)> visit) const;
  [[nodiscard]] bool IsLive(absl::string_view step,
                            std::optional<SubjectRef> subject) const;
  [[nodiscard]] bool AnyLive() const;
  // Ended within this command.
  [[nodiscard]] bool HasEnded(int32_t number) const;

  // A new occurrence, to be filled further. Null once overflown.
  event::v1::StepStarted* AddStarted(const model::v1::Step& step,
                                     SubjectRef subject);
  struct Ending {
    absl::string_view outcome;  // empty = withdrawn
    absl::string_view why;
    bool late = false;
    // The body of the event says it already.
    bool in_body = false;
  };
  void EndStep(const Live& live, const Ending& ending);
  // On the way: the outcome happened, the occurrence goes on.
  struct Noted {
    absl::string_view outcome;
    absl::string_view why;
    // The occurrence ends so once another one has taken its place.
    bool until_replaced = false;
    // The body of the event says it already.
    bool in_body = false;
  };
  void NoteOutcome(const Live& live, const Noted& noted);
  void SetSuspended(int32_t number, bool suspended);
  void SetPerformer(int32_t number, absl::string_view organisation);
  // Not offered again.
  void Exclude(int32_t number, absl::string_view organisation);
  // Kept apart by an ending: not live, yet not over.
  void SetAside(int32_t number);
  [[nodiscard]] absl::Span<const DraftOutcome> outcomes() const {
    return outcomes_;
  }
  // Live again after an ending.
  void Restore(const Occurrence& occurrence);

  // --- Facts -----------------------------------------------------------------
  // As the body or the consequences say it; `by_the_way` adds it to the latter.
  void PutFact(const model::v1::Fact& fact, bool by_the_way);
  // A correction, which may have happened at another time.
  void CorrectFact(const model::v1::Fact& fact, absl::Time when);
  [[nodiscard]] const FactRecord* CurrentFact(absl::string_view fact,
                                              SubjectRef subject) const;
  void VisitFacts(absl::string_view fact,
                  absl::FunctionRef<bool(const FactRecord&)> visit) const;
  // Facts that hold from a day or to a day.
  void VisitPeriods(absl::FunctionRef<bool(const FactRecord&)> visit) const;
  // A date, a period, the birth date or who decides may be another than before.
  void MoveDates() { dates_moved_ = true; }
  [[nodiscard]] bool DatesMoved() const { return dates_moved_; }
  [[nodiscard]] int32_t SubjectCount(model::v1::SubjectKind kind) const;
  void CountSubject(SubjectRef subject);

  // --- Tracks, interrupts, stops ---------------------------------------------
  [[nodiscard]] bool TrackIsSet(absl::string_view track) const;
  void SetTrack(absl::string_view track);
  void ClearTrack(absl::string_view track);
  [[nodiscard]] bool InterruptHolds(absl::string_view interrupt) const;
  void BeginInterrupt(absl::string_view interrupt);
  void EndInterrupt(absl::string_view interrupt);
  // The stop that holds for the reason; 0 = none.
  [[nodiscard]] int32_t HoldingStop(absl::string_view reason) const;
  int32_t BeginStop(absl::string_view reason,
                    std::optional<absl::Time> latest_end);
  void EndStop(int32_t number);
  void VisitStops(absl::FunctionRef<bool(const StopRecord&)> visit) const;

  // --- What comes ------------------------------------------------------------
  void Schedule(absl::string_view step, SubjectRef subject, absl::Time due,
                absl::string_view by);
  void EndSchedule(int32_t number);
  void VisitSchedules(
      absl::FunctionRef<bool(const ScheduleRecord&)> visit) const;
  void OpenRight(absl::string_view step, const Live& by,
                 std::optional<absl::Time> close);
  void EndRight(const RightRecord& right);
  [[nodiscard]] const RightRecord* FindRight(absl::string_view step) const;
  void SetTimer(absl::string_view kind, int32_t number, absl::Time due);
  void ClearTimer(absl::string_view kind, int32_t number);

  // --- Consents --------------------------------------------------------------
  // Numbered and put; the caller writes the body.
  int32_t AddConsent(ConsentRecord consent);
  void SetConsentState(int32_t number, model::v1::ConsentState to);
  void LapseConsent(int32_t number);
  void RestoreConsent(int32_t number);
  void VisitConsents(absl::FunctionRef<bool(const ConsentRecord&)> visit) const;
  // One that was given before is in another state now.
  [[nodiscard]] bool ConsentsMoved() const { return !consent_states_.empty(); }

  // --- Grounds, posts, ending ------------------------------------------------
  void AddCriterion(const std::string& id, bool clear);
  [[nodiscard]] int32_t ProvedCriteria() const;
  [[nodiscard]] bool IsClearCriterion(absl::string_view id) const;
  [[nodiscard]] int32_t SealedCriteria() const;
  [[nodiscard]] absl::string_view Entry() const { return entry_; }
  [[nodiscard]] absl::string_view Coordinator() const { return coordinator_; }
  [[nodiscard]] absl::string_view IdentifiedBy() const {
    return identified_by_;
  }
  void SetOpening(absl::string_view entry, absl::string_view identified_by);
  void SetCoordinator(absl::string_view member) { coordinator_ = member; }
  [[nodiscard]] bool IsOpen() const { return open_; }
  void SetOpen(bool open) { open_ = open; }
  [[nodiscard]] absl::Time OpenedAt() const;
  void SetNextContact(absl::string_view date);
  [[nodiscard]] absl::string_view NextContact() const;

  // --- Telling and sending ---------------------------------------------------
  // The same notice is given once a command.
  void Tell(absl::string_view to, absl::string_view key, int32_t occurrence,
            int32_t level = 0);
  event::v1::Message& AddMessage(absl::string_view kind, absl::string_view to);
  void Join(absl::string_view organisation);

  // --- Referrals -------------------------------------------------------------
  // Numbers of referrals that are open no more.
  void CloseReferral(int32_t number) { closed_referrals_.push_back(number); }
  // When the performer took the referral of an occurrence in this command.
  void SetReceived(int32_t occurrence, absl::Time when);
  [[nodiscard]] std::optional<absl::Time> ReceivedAt(int32_t occurrence) const;

  // --- Deadlines -------------------------------------------------------------
  [[nodiscard]] int32_t NextDeadline() { return next_deadline_++; }
  void EndDeadline(int32_t number);
  [[nodiscard]] bool DeadlineHasEnded(int32_t number) const;
  // All clocks are computed again: a track or stop changed, or it was asked.
  void TouchDeadlines() { all_deadlines_ = true; }
  [[nodiscard]] bool AllDeadlines() const { return all_deadlines_; }
  void TouchDeadlinesOf(absl::string_view step);
  [[nodiscard]] bool IsTouched(absl::string_view step) const;

  // --- For rules -------------------------------------------------------------
  void Push(const Change& change);
  [[nodiscard]] bool HasChanges() const {
    return next_change_ < changes_.size();
  }
  [[nodiscard]] Change PopChange() { return changes_[next_change_++]; }

  // A copy of the text that lives as long as the event.
  [[nodiscard]] absl::string_view Keep(absl::string_view text);

  // --- The end ---------------------------------------------------------------
  // Fills the header and writes all that is not in the event yet. The draft is
  // used up.
  void Finish();

 private:
  struct Patch {
    int32_t number = 0;
    bool ended = false;
    std::optional<bool> suspended;
    std::optional<absl::string_view> performer;
    std::optional<absl::string_view> leaving;
    std::vector<absl::string_view> excluded;
  };
  struct Started {
    event::v1::StepStarted* proto = nullptr;
    SubjectRef subject;
    bool ended = false;
  };
  struct EndedStep {
    int32_t number = 0;
    Ending ending;
    bool passed = false;  // started within this command
  };
  struct NotedOutcome {
    int32_t number = 0;
    Noted noted;
  };
  struct TimerChange {
    absl::string_view kind;
    int32_t number = 0;
    std::optional<absl::Time> due;
  };

  [[nodiscard]] const Patch* FindPatch(int32_t number) const;
  Patch& PatchOf(int32_t number);
  [[nodiscard]] Started* FindStarted(int32_t number);
  [[nodiscard]] const Started* FindStarted(int32_t number) const;
  [[nodiscard]] std::optional<Live> LiveOf(const Occurrence& folded) const;
  [[nodiscard]] Live LiveOf(const Started& started) const;
  [[nodiscard]] bool FitsToday(const FactRecord& fact) const;
  void Count() { ++effects_; }
  void AddOutcome(const Live& live, absl::string_view outcome);
  void FinishHeader();
  void FinishSteps();
  void FinishPatches();
  void FinishClocks();
  void FinishPlans();
  void FinishTimers();

  size_t effects_ = 0;
  size_t effects_max_ = 0;
  bool open_ = true;
  absl::string_view coordinator_;
  absl::string_view entry_;
  absl::string_view identified_by_;

  absl::InlinedVector<Patch, 4> patches_;
  absl::InlinedVector<Started, 8> started_;
  absl::InlinedVector<EndedStep, 4> ended_;
  std::vector<NotedOutcome> noted_;
  absl::InlinedVector<DraftOutcome, 4> outcomes_;
  absl::InlinedVector<const Occurrence*, 4> restored_;
  absl::InlinedVector<FactRecord, 4> facts_;
  SubjectCounts subjects_;
  absl::InlinedVector<absl::string_view, 2> tracks_set_;
  absl::InlinedVector<absl::string_view, 2> tracks_cleared_;
  absl::InlinedVector<absl::string_view, 2> interrupts_begun_;
  absl::InlinedVector<absl::string_view, 2> interrupts_ended_;
  absl::InlinedVector<StopRecord, 2> stops_begun_;
  absl::InlinedVector<int32_t, 2> stops_ended_;
  absl::InlinedVector<ScheduleRecord, 4> scheduled_;
  absl::InlinedVector<int32_t, 4> schedules_ended_;
  absl::InlinedVector<const RightRecord*, 2> rights_ended_;
  absl::InlinedVector<TimerChange, 8> timers_;
  absl::InlinedVector<ConsentRecord, 1> consents_;
  absl::InlinedVector<std::pair<int32_t, model::v1::ConsentState>, 2>
      consent_states_;
  absl::InlinedVector<std::string, 2> criteria_clear_;
  int32_t criteria_added_ = 0;
  absl::string_view next_contact_;
  absl::InlinedVector<int32_t, 2> closed_referrals_;
  absl::InlinedVector<std::pair<int32_t, absl::Time>, 1> received_;
  absl::InlinedVector<int32_t, 8> deadlines_ended_;
  bool all_deadlines_ = false;
  bool dates_moved_ = false;
  absl::InlinedVector<absl::string_view, 4> touched_steps_;
  int32_t next_occurrence_ = 1;
  int32_t next_deadline_ = 1;
  int32_t next_stop_ = 1;
  int32_t next_schedule_ = 1;
  int32_t next_consent_ = 1;
  int64_t next_message_ = 1;
  absl::InlinedVector<Change, 16> changes_;
  size_t next_change_ = 0;
};

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_H_
