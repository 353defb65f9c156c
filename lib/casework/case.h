// lib/casework/case.h: what is known of a case now, as plain data.
//
// The state that fold builds from events and decide reads. It holds what the
// next decision can ask for and no more: finished occurrences shrink to counts
// and last outcomes, finished visits to tallies; everything else is read from
// the stream. Its proto form (snapshot.h) must stay below 64 KiB.
//
//   Case state;
//   for (const event::v1::CaseEvent& event : stream) Fold(event, state);
//   const Occurrence* live = FindOccurrence(state, 7);
//
// Value types, compared by value; no hash maps, so that two folds of one
// stream are equal member by member. Vectors are sorted by the key their
// comment names. Not thread-safe: an engine has one writer a case.
//
// No member holds data of class identity or diagnosis, nor free text: those
// stay sealed in the events. Instants come from events; nothing is computed
// here.

#ifndef CAREROUTE_LIB_CASEWORK_CASE_H_
#define CAREROUTE_LIB_CASEWORK_CASE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/term.pb.h"
#include "lib/casework/assessment_record.h"
#include "lib/casework/case_home.h"
#include "lib/casework/referral.h"
#include "lib/pathway/case_view.h"

namespace careroute::casework {

// Whose: the person, or one pregnancy, finding, plan line, period or child.
using SubjectRef = pathway::SubjectRef;

// --- Bounds of what is kept -------------------------------------------------
// Each keeps the state small over a childhood of eighteen years; what falls
// out stays in the stream.

// Tries kept of one occurrence: the language bounds them to 20.
inline constexpr size_t kAttemptsKeptMax = 20;
// Finished visits kept of one occurrence: a week of the heaviest care.
inline constexpr size_t kVisitsKeptMax = 28;
// Visits one occurrence may have planned at once: three months, three a day.
inline constexpr size_t kVisitsPlannedMax = 280;
// Who ended a step before, kept of one step and subject: a dozen different
// hands on one step of one person. A snapshot of eighteen years stays small.
inline constexpr size_t kDoersKeptMax = 12;
// Ended consents kept: what rests on older ones ended long ago.
inline constexpr size_t kEndedConsentsKeptMax = 40;
// Ended referrals kept: a half may still grow at another hub.
inline constexpr size_t kEndedReferralsKeptMax = 32;
// Of them, those another hub holds data of: it is told when the data must go.
inline constexpr size_t kEndedRemoteReferralsKeptMax = 64;
// Ended clock stops kept: a deadline may still have to count them.
inline constexpr size_t kEndedStopsKeptMax = 32;
// Periods kept of one fact and subject.
inline constexpr size_t kPeriodsKeptMax = 8;
// How long who opens a case in an emergency sees it: a shift and the next.
// Provenance: demo.
inline constexpr absl::Duration kEmergencySight = absl::Hours(24);

// Of several in so short a time the first ends early: what is read in an
// emergency must not depend on who came before.
inline constexpr size_t kEmergenciesMax = 20;

// Support measures of one case: a person keeps fewer in mind, and a snapshot
// stays small.
inline constexpr size_t kMeasuresMax = 100;
// Subjects of one kind in a case; the proto bounds their numbers likewise.
inline constexpr int32_t kSubjectsMax = 10'000;

// --- Parts ------------------------------------------------------------------

// The edition a case is pinned to; see model.v1.EditionRef.
struct PinnedEdition {
  std::string pathway;
  std::string edition;
  std::string overlay;  // "id@edition"; empty = none
  std::string hash;     // 32 raw bytes

  friend bool operator==(const PinnedEdition&, const PinnedEdition&) = default;
};

// The current value of a fact for one subject. A fact with periods has one
// record a period; any other has one.
struct FactRecord {
  std::string fact;
  SubjectRef subject;
  pathway::FactKind kind = pathway::FactKind::kNotKnown;
  bool truth = false;
  int64_t number = 0;
  std::string text;  // the choice, or the date YYYY-MM-DD
  std::string from;  // YYYY-MM-DD; empty = from when it happened
  std::string to;    // YYYY-MM-DD, last day; empty = open
  absl::Time happened;
  absl::Time recorded;
  int64_t version = 0;  // of the event that recorded it, corrected or not

  friend bool operator==(const FactRecord&, const FactRecord&) = default;
};

// A try at reaching the family.
struct AttemptRecord {
  model::v1::ContactMode mode = model::v1::CONTACT_MODE_UNSPECIFIED;
  absl::Time happened;
  bool reached = false;

  friend bool operator==(const AttemptRecord&, const AttemptRecord&) = default;
};

// The family's place in a queue.
struct QueuePlaceRecord {
  int32_t place = 0;     // from 1; 0 = not known
  std::string as_of;     // YYYY-MM-DD
  std::string expected;  // YYYY-MM-DD; empty = not known

  friend bool operator==(const QueuePlaceRecord&,
                         const QueuePlaceRecord&) = default;
};

// Evidence that must still follow under an emergency exception. It outlives
// the occurrence: work that is done does not make up for it.
struct EvidenceOwedRecord {
  int32_t occurrence = 0;
  std::string guard;
  int32_t deadline = 0;

  friend bool operator==(const EvidenceOwedRecord&,
                         const EvidenceOwedRecord&) = default;
};

// A visit, planned against done.
struct VisitRecord {
  int32_t number = 0;  // in its occurrence
  std::string planned_on;
  std::string service;
  model::v1::VisitState state = model::v1::VISIT_STATE_PLANNED;
  std::string reason;

  friend bool operator==(const VisitRecord&, const VisitRecord&) = default;
};

// What is kept of all finished visits of an occurrence.
struct VisitTally {
  int32_t done = 0;
  int32_t missed = 0;        // for reasons that count
  int32_t missed_apart = 0;  // such as no way through

  friend bool operator==(const VisitTally&, const VisitTally&) = default;
};

// A step that called another, for blocks that return to their caller.
struct CallerRecord {
  int32_t occurrence = 0;  // may be over
  std::string step;
  SubjectRef subject;

  friend bool operator==(const CallerRecord&, const CallerRecord&) = default;
};

// One line of a plan: an element of a list and the part it stands in.
struct PlanLineRecord {
  std::string item;
  std::string part;
  std::vector<std::pair<std::string, int64_t>> quantities;

  friend bool operator==(const PlanLineRecord&,
                         const PlanLineRecord&) = default;
};

// The plan a step stated last for a subject.
struct PlanRecord {
  std::string step;
  SubjectRef subject;
  std::vector<PlanLineRecord> lines;

  friend bool operator==(const PlanRecord&, const PlanRecord&) = default;
};

// A live piece of work.
struct Occurrence {
  int32_t number = 0;  // in the case, never used again
  std::string step;
  SubjectRef subject;
  bool suspended = false;
  std::string performer;  // organisation; empty = not chosen, or the family
  absl::Time start;
  std::string started_by;             // "entry:ID", "outcome:STEP/OUTCOME", ...
  std::vector<CallerRecord> callers;  // innermost first
  std::vector<AttemptRecord> attempts;  // in order
  std::optional<QueuePlaceRecord> queue;
  std::vector<std::string> excluded;  // organisations, in order
  std::vector<VisitRecord> visits;    // by number; planned and latest finished
  VisitTally tally;
  int32_t next_visit = 1;
  std::vector<int32_t> referrals;  // numbers in the case, in order
  bool outlives_case = false;
  bool interim_help = false;  // some was recorded; its words are sealed
  // The outcome it ends with once another performer has accepted; empty = none.
  std::string leaving;
  int64_t version = 0;  // of the event that started it

  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

// The last ending of a step with one outcome.
struct PastOutcomeRecord {
  std::string outcome;
  absl::Time happened;
  std::string performer;  // organisation
  std::string member;     // who recorded it
  int64_t version = 0;
  bool late = false;

  friend bool operator==(const PastOutcomeRecord&,
                         const PastOutcomeRecord&) = default;
};

// What is kept of the ended occurrences of one step and subject.
struct HistoryRecord {
  std::string step;
  SubjectRef subject;
  int32_t count = 0;                        // how many ended
  std::vector<PastOutcomeRecord> outcomes;  // one a kind, newest last
  // Who ended it before, besides those of `outcomes`: what may not be done by
  // who did this asks for all of them. In order, at most kDoersKeptMax.
  std::vector<std::string> earlier_organisations;
  std::vector<std::string> earlier_members;

  friend bool operator==(const HistoryRecord&, const HistoryRecord&) = default;
};

// A limit that runs. Ended ones are not kept.
struct DeadlineRecord {
  int32_t number = 0;
  int32_t occurrence = 0;  // 0 = the case
  int32_t referral = 0;    // 0 = none
  std::string limit;       // of the step; "cancel", "information", "evidence/G"
  model::v1::Term rule;
  absl::Time start;
  std::optional<absl::Time> due;        // exclusive; nullopt = no limit
  std::vector<absl::Time> level_times;  // [0] is due; at most 5
  std::string calendar_edition;
  bool provisional = false;
  bool stopped = false;  // a stop holds it: no timer runs
  std::vector<std::string> honours;
  int32_t level = -1;  // highest level raised; -1 = not overdue

  friend bool operator==(const DeadlineRecord& a, const DeadlineRecord& b);
};

// A reason that holds clocks, or held them.
struct StopRecord {
  int32_t number = 0;
  std::string reason;
  absl::Time start;
  std::optional<absl::Time> end;         // nullopt = holds now
  std::optional<absl::Time> latest_end;  // nullopt = no bound

  friend bool operator==(const StopRecord&, const StopRecord&) = default;
};

// An interrupt that holds now.
struct InterruptRecord {
  std::string interrupt;
  absl::Time start;
  // Begun by a member: it then ends by a member, whatever its condition says.
  bool by_hand = false;

  friend bool operator==(const InterruptRecord&,
                         const InterruptRecord&) = default;
};

// A hand-over that waits for its acceptance.
struct HandOverRecord {
  int32_t number = 0;
  model::v1::Post post = model::v1::POST_UNSPECIFIED;
  std::string from;
  std::string to;
  absl::Time offered;

  friend bool operator==(const HandOverRecord&,
                         const HandOverRecord&) = default;
};

// A member who opened the case in an emergency.
struct EmergencyRecord {
  std::string member;
  absl::Time until;  // exclusive

  friend bool operator==(const EmergencyRecord&,
                         const EmergencyRecord&) = default;
};

// A right the family may use until an instant.
struct RightRecord {
  std::string step;
  int32_t occurrence = 0;           // whose outcome opened it
  std::optional<absl::Time> close;  // exclusive; nullopt = window not known
  SubjectRef subject;

  friend bool operator==(const RightRecord&, const RightRecord&) = default;
};

// A step to start on a day to come. An empty step means: look at the case.
struct ScheduleRecord {
  int32_t number = 0;
  std::string step;
  SubjectRef subject;
  absl::Time due;
  std::string scheduled_by;  // "outcome:STEP/OUTCOME", "date:N", "recurs", ...

  friend bool operator==(const ScheduleRecord&,
                         const ScheduleRecord&) = default;
};

// A timer besides deadlines, schedules and stops.
struct TimerRecord {
  std::string kind;    // as in event.v1.TimerSet
  int32_t number = 0;  // occurrence, consent or right; 0 = the case
  absl::Time due;

  friend bool operator==(const TimerRecord&, const TimerRecord&) = default;
};

// A consent, past ones included; model.v1.Consent without its paper.
struct ConsentRecord {
  int32_t number = 0;
  model::v1::ConsentMatter matter = model::v1::CONSENT_MATTER_UNSPECIFIED;
  std::vector<model::v1::DataClass> classes;
  std::vector<model::v1::AgencyKind> to_kinds;
  std::vector<std::string> to_organisations;
  std::string purpose;
  std::string from;  // YYYY-MM-DD, first day; filled in when it is given
  std::string to;    // last day; empty = until withdrawn
  std::string given_by;
  model::v1::WordGiven word_given = model::v1::WORD_GIVEN_UNSPECIFIED;
  std::string explained_in;
  model::v1::ConsentState state = model::v1::CONSENT_STATE_GIVEN;
  absl::Time given;
  std::optional<absl::Time> withdrawn;
  int64_t ended_version = 0;  // of the event that ended it; 0 = none
  // Its name in the case it was given in, when that is another one.
  std::string origin;

  friend bool operator==(const ConsentRecord&, const ConsentRecord&) = default;
};

// Where a support measure stands. Why it was refused is sealed in the event.
struct MeasureRecord {
  std::string measure;
  model::v1::MeasureState state = model::v1::MEASURE_STATE_UNSPECIFIED;
  absl::Time happened;
  std::string until;  // YYYY-MM-DD, last day of a grant; empty = open

  friend bool operator==(const MeasureRecord&, const MeasureRecord&) = default;
};

// How far the messages of one sender were taken.
struct SenderMark {
  std::string from;
  int64_t sequence = 0;

  friend bool operator==(const SenderMark&, const SenderMark&) = default;
};

// The numbers given next. Never used again, so they only grow.
struct Counters {
  int32_t occurrence = 1;
  int32_t deadline = 1;
  int32_t stop = 1;
  int32_t schedule = 1;
  int32_t consent = 1;
  int32_t referral = 1;
  int32_t hand_over = 1;
  int64_t message = 1;

  friend bool operator==(const Counters&, const Counters&) = default;
};

// How the case ended.
struct EndingRecord {
  std::string ending;
  absl::Time time;
  bool reopened_by_report = false;
  int64_t version = 0;

  friend bool operator==(const EndingRecord&, const EndingRecord&) = default;
};

// Index by SubjectKind.
using SubjectCounts =
    std::array<int32_t, size_t{model::v1::SubjectKind_MAX} + 1>;

// --- The case ---------------------------------------------------------------

struct Case {
  // Of the last event folded; 0 = not opened.
  int64_t version = 0;
  // Its last events were written by a newer release: reads only. Everything
  // else is the state before the first of them.
  bool ahead = false;
  bool erased = false;

  std::string person;  // 16 bytes
  PinnedEdition edition;
  // The edition it was moved from last; nullopt = it was never moved, or that
  // move was taken back.
  std::optional<PinnedEdition> migrated_from;
  CaseHome home;  // which hub writes to it
  std::string entry;
  std::string identified_by;   // organisation
  std::string opened_by_case;  // "cases/{case}"; empty = none
  int32_t proved_criteria = 0;
  std::vector<std::string> clear_criteria;  // sorted
  absl::Time opened;                        // when it was opened, in life
  absl::Time last_recorded;                 // recorded time of the last event
  std::string coordinator;                  // "organisations/{o}/members/{m}"
  std::string deputy;
  std::vector<HandOverRecord> hand_overs;  // by number
  std::optional<absl::Time> last_contact;
  std::string next_contact_date;  // YYYY-MM-DD

  std::vector<Occurrence> occurrences;            // live ones, by number
  std::vector<Occurrence> set_aside;              // by an ending, by number
  std::vector<HistoryRecord> history;             // by (step, subject)
  std::vector<FactRecord> facts;                  // by (fact, subject, from)
  std::vector<std::string> tracks;                // sorted
  std::vector<StopRecord> stops;                  // by number
  std::vector<InterruptRecord> interrupts;        // by interrupt
  std::vector<ScheduleRecord> schedules;          // by number
  std::vector<RightRecord> rights;                // in order of opening
  std::vector<DeadlineRecord> deadlines;          // by number
  std::vector<TimerRecord> timers;                // by (kind, number)
  std::vector<EvidenceOwedRecord> evidence_owed;  // by (occurrence, guard)
  std::vector<PlanRecord> plans;                  // by (step, subject)
  std::vector<AssessmentRecord> assessments;      // by number
  std::vector<ConsentRecord> consents;            // by number
  std::vector<Referral> referrals;                // by number
  std::vector<MeasureRecord> measures;            // by measure
  std::vector<std::string> participants;          // organisations, sorted
  std::vector<EmergencyRecord> emergencies;       // in order of opening
  std::vector<SenderMark> senders;                // by from
  SubjectCounts subjects{};
  Counters next;
  std::optional<EndingRecord> ending;

  friend bool operator==(const Case&, const Case&) = default;
};

// --- Look-ups ---------------------------------------------------------------
// By the vectors' order; nullptr = there is none. Pointers live until the case
// changes.

[[nodiscard]] const Occurrence* FindOccurrence(const Case& state,
                                               int32_t number);
[[nodiscard]] const DeadlineRecord* FindDeadline(const Case& state,
                                                 int32_t number);
[[nodiscard]] const StopRecord* FindStop(const Case& state, int32_t number);
[[nodiscard]] const ScheduleRecord* FindSchedule(const Case& state,
                                                 int32_t number);
[[nodiscard]] const ConsentRecord* FindConsent(const Case& state,
                                               int32_t number);
[[nodiscard]] const AssessmentRecord* FindAssessment(const Case& state,
                                                     int32_t number);
[[nodiscard]] const Referral* FindReferral(const Case& state, int32_t number);
// Whether the member opened the case in an emergency that still holds.
[[nodiscard]] bool SeesInEmergency(const Case& state, absl::string_view member,
                                   absl::Time now);
[[nodiscard]] const HandOverRecord* FindHandOver(const Case& state,
                                                 int32_t number);
[[nodiscard]] const MeasureRecord* FindMeasure(const Case& state,
                                               absl::string_view measure);
[[nodiscard]] const HistoryRecord* FindHistory(const Case& state,
                                               absl::string_view step,
                                               SubjectRef subject);

// Where the case stands, as callers are told.
[[nodiscard]] model::v1::CaseState StateOf(const Case& state);

// The organisation of "organisations/{o}/members/{m}": the part before
// "/members/"; the whole when there is none.
[[nodiscard]] absl::string_view OrganisationOf(absl::string_view member);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_CASE_H_
