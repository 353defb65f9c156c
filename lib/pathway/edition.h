// lib/pathway/edition.h: a pathway as a case uses it: checked, bound to a
// region, immutable, and indexed by every question the heart asks of it.
//
// A case pins its edition by id and by the hash of its bytes, so an Edition is
// made from the stored bytes and never from a message written again.
//
//   CAREROUTE_ASSIGN_OR_RETURN(std::shared_ptr<const Edition> edition,
//                              Edition::FromBound(bytes, pinned_hash));
//   for (const Launch& launch : edition->StartedByOutcome("intake", "needed"))
//     Start(edition->step(launch.step), launch);
//
// Everything returned is borrowed from the edition and lives as long as it.
// Immutable, hence thread-safe. Look-ups do not allocate; an unknown id finds
// nothing: nullptr, -1 or an empty span.

#ifndef CAREROUTE_LIB_PATHWAY_EDITION_H_
#define CAREROUTE_LIB_PATHWAY_EDITION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "careroute/model/v1/pathway.pb.h"

namespace careroute::pathway {

// One thing that starts a step. Exactly one of `next` and `rule` is set: said
// by the outcome (Outcome.starts) or by the step that starts
// (Step.starts_on).
struct Launch {
  int step = -1;  // the step that starts
  const model::v1::Next* next = nullptr;
  const model::v1::StartRule* rule = nullptr;
};

// What a rule does when its answer changes.
enum class RuleKind : std::uint8_t {
  kStart,         // start_rule may start `step`
  kEnd,           // runs_until may end `step`
  kLimit,         // a deadline of `step` depends on it
  kRecur,         // the recurrence of `step` depends on it
  kInterrupt,     // interrupt may begin or end
  kStopBegins,    // stop_reason may begin
  kStopEnds,      // stop_reason may end
  kTrackSet,      // track may be set
  kTrackCleared,  // track may be cleared
};

// A rule that must be asked again when something it depends on changes. Only
// the pointer its kind names is set; `condition` is set when the rule has one.
struct Rule {
  RuleKind kind = RuleKind::kStart;
  int step = -1;  // for kStart, kEnd, kLimit, kRecur
  const model::v1::Condition* condition = nullptr;
  const model::v1::StartRule* start_rule = nullptr;
  const model::v1::RunsUntil* runs_until = nullptr;
  const model::v1::Limit* limit = nullptr;
  const model::v1::Recurrence* recurrence = nullptr;
  const model::v1::Interrupt* interrupt = nullptr;
  const model::v1::StopReason* stop_reason = nullptr;
  const model::v1::Track* track = nullptr;
};

namespace internal {
class EditionIndex;
}  // namespace internal

class Edition {
 public:
  // The largest stored edition: no pathway for people comes near it.
  static constexpr size_t kBoundBytesMax = size_t{8} << 20;

  // Reads stored bytes. A non-empty `hash` (32 raw bytes of SHA-256) must fit
  // them: DATA_LOSS otherwise. INVALID_ARGUMENT when the bytes are no bound
  // pathway: too large, not parseable, with uses or imports left, or with an
  // unbound parameter.
  [[nodiscard]] static absl::StatusOr<std::shared_ptr<const Edition>> FromBound(
      std::string bytes, absl::string_view hash);

  Edition(const Edition&) = delete;
  Edition& operator=(const Edition&) = delete;
  ~Edition();

  // --- Identity ---------------------------------------------------------
  [[nodiscard]] const model::v1::Pathway& pathway() const { return pathway_; }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] const std::string& hash() const { return hash_; }

  // --- Steps: dense numbers 0 .. step_count()-1 in the order written -----
  [[nodiscard]] int step_count() const { return pathway_.steps_size(); }
  [[nodiscard]] const model::v1::Step& step(int index) const {
    return pathway_.steps(index);
  }
  [[nodiscard]] int StepIndex(absl::string_view id) const;
  [[nodiscard]] const model::v1::Step* FindStep(absl::string_view id) const;
  [[nodiscard]] const model::v1::Outcome* FindOutcome(
      absl::string_view step, absl::string_view outcome) const;

  // --- What starts steps --------------------------------------------------
  // Everything the outcome starts, whoever says it. A launch by rule still has
  // to pass the rule's freshness and `if`.
  [[nodiscard]] absl::Span<const Launch> StartedByOutcome(
      absl::string_view step, absl::string_view outcome) const;
  // Rules `entry: ID` of the entry.
  [[nodiscard]] absl::Span<const Launch> StartedByEntry(
      absl::string_view entry) const;
  // Rules `at_entry`, and date rules that fire at entry when already past.
  [[nodiscard]] absl::Span<const Launch> StartedAtEntry() const;
  [[nodiscard]] absl::Span<const Launch> StartedByReportFlag(
      absl::string_view flag) const;
  [[nodiscard]] absl::Span<const Launch> StartedWithStep(
      absl::string_view step) const;

  // --- What must be asked again -------------------------------------------
  // Rules that depend on a fact: by test, by its date or by its recording.
  [[nodiscard]] absl::Span<const Rule> RulesOnFact(
      absl::string_view fact) const;
  // Rules whose condition mentions an outcome of the step, or whether it is
  // live; plain starts by outcome are in StartedByOutcome.
  [[nodiscard]] absl::Span<const Rule> RulesOnStep(
      absl::string_view step) const;
  [[nodiscard]] absl::Span<const Rule> RulesOnTrack(
      absl::string_view track) const;
  [[nodiscard]] absl::Span<const Rule> RulesOnConsent() const;
  [[nodiscard]] absl::Span<const Rule> RulesOnCriterion() const;
  // Rules that change because a day comes: ages and dates of facts.
  [[nodiscard]] absl::Span<const Rule> RulesOnDate() const;

  // --- Everything else by id ------------------------------------------------
  [[nodiscard]] const model::v1::FactDeclaration* FindFact(
      absl::string_view id) const;
  // The role as of a day: the performer by edition.
  [[nodiscard]] const model::v1::Role* FindRole(absl::string_view id,
                                                absl::CivilDay day) const;
  [[nodiscard]] const model::v1::StopReason* FindStopReason(
      absl::string_view id) const;
  [[nodiscard]] const model::v1::Track* FindTrack(absl::string_view id) const;
  [[nodiscard]] const model::v1::Entry* FindEntry(absl::string_view id) const;
  [[nodiscard]] const model::v1::Ending* FindEnding(absl::string_view id) const;
  [[nodiscard]] const model::v1::Interrupt* FindInterrupt(
      absl::string_view id) const;
  [[nodiscard]] const model::v1::NamedList* FindList(
      absl::string_view id) const;
  [[nodiscard]] const model::v1::Criterion* FindCriterion(
      absl::string_view id) const;
  // Criteria in force on a day, in the order written.
  [[nodiscard]] std::vector<const model::v1::Criterion*> CriteriaOn(
      absl::CivilDay day) const;
  // What a parameter was bound to.
  [[nodiscard]] const model::v1::Binding* FindBinding(
      absl::string_view parameter) const;
  // Interrupts that suspend the step.
  [[nodiscard]] absl::Span<const model::v1::Interrupt* const> InterruptsOf(
      absl::string_view step) const;
  // Steps one of whose outcomes brings the fact.
  [[nodiscard]] absl::Span<const int> StepsThatBring(
      absl::string_view fact) const;

  // --- Texts
  // ------------------------------------------------------------------ The
  // title of "step/ID" and the like in the language, else in the pathway's
  // first language, else the key itself: a reader always sees something.
  [[nodiscard]] absl::string_view Text(absl::string_view key,
                                       absl::string_view language) const;
  // The same in plain language for the family; the title where none is given.
  [[nodiscard]] absl::string_view FamilyText(absl::string_view key,
                                             absl::string_view language) const;

 private:
  Edition();

  std::string bytes_;
  std::string hash_;
  model::v1::Pathway pathway_;
  std::unique_ptr<internal::EditionIndex> index_;
};

// Whether a term of a bound edition says that there is no limit.
[[nodiscard]] bool IsNoLimit(const model::v1::Term& term);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_EDITION_H_
