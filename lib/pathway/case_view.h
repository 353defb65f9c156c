// lib/pathway/case_view.h: what a condition may ask of a case, and no more.
//
// Conditions are evaluated over this view and never over the case itself, so
// that this library needs to know nothing about how a case is kept and a test
// can answer from a table. Every call is a look-up: the evaluator asks while a
// command is decided, where nothing may allocate or wait.
//
//   class FoldedCase final : public pathway::CaseView { ... };
//   if (pathway::Evaluate(guard.must_hold(), view, asking) == Tri::kYes) ...
//
// A view answers for one moment ("now") and one version of the case. It states
// the difference between "no" and "not known" itself wherever it returns Tri or
// an optional; it must never fill in what nobody recorded.

#ifndef CAREROUTE_LIB_PATHWAY_CASE_VIEW_H_
#define CAREROUTE_LIB_PATHWAY_CASE_VIEW_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/term.pb.h"
#include "lib/pathway/tri.h"

namespace careroute::pathway {

// Whose fact or occurrence: the person, or one pregnancy, finding, plan line,
// period or child born, numbered in the case. The default is the person.
struct SubjectRef {
  model::v1::SubjectKind kind = model::v1::SUBJECT_KIND_PERSON;
  std::int32_t number = 0;  // 1, 2, ...; 0 for the person

  friend bool operator==(const SubjectRef&, const SubjectRef&) = default;
};

// What a reading of a fact says. kNotKnown was said on purpose ("asked, the
// family does not know"), which is not the same as never recorded.
enum class FactKind : std::uint8_t {
  kNotKnown,
  kTruth,
  kChoice,
  kNumber,
  kDate,
};

// The value of a fact as it stands now. Borrows from the case: valid while the
// view is.
struct FactReading {
  SubjectRef subject;
  FactKind kind = FactKind::kNotKnown;
  bool truth = false;       // kTruth
  std::int64_t number = 0;  // kNumber
  absl::string_view text;   // kChoice: the value's id; kDate: YYYY-MM-DD
  absl::Time happened;      // since when it is so, in life
  absl::Time recorded;      // when it was written down
};

// The last time a step ended with one outcome for one subject.
struct OutcomeReading {
  SubjectRef subject;
  absl::string_view outcome;
  absl::Time happened;
  // Tells apart what happened at the same instant: a later recording is
  // larger. The version of the event serves.
  std::uint64_t order = 0;
};

// Read-only, borrowed for one evaluation, never stored. Implementations need
// not be thread-safe beyond that and must not allocate. An unknown id is not
// an error: it has no readings.
class CaseView {
 public:
  virtual ~CaseView() = default;

  // The current reading for exactly this subject; nullopt = never recorded. A
  // fact with periods is read for the period `Now` lies in, and corrections
  // are already applied.
  [[nodiscard]] virtual std::optional<FactReading> LatestFact(
      absl::string_view fact, SubjectRef subject) const = 0;

  // The current reading of each subject that has one, in any order, until
  // `visit` returns false.
  virtual void VisitFacts(
      absl::string_view fact,
      absl::FunctionRef<bool(const FactReading&)> visit) const = 0;

  // For each subject and outcome of the step the last such ending, in any
  // order, until `visit` returns false. Endings entered in error are left out.
  virtual void VisitOutcomes(
      absl::string_view step,
      absl::FunctionRef<bool(const OutcomeReading&)> visit) const = 0;

  // Whether the step has a live occurrence: for the subject, or for any when
  // nullopt.
  [[nodiscard]] virtual bool IsLive(
      absl::string_view step, std::optional<SubjectRef> subject) const = 0;

  [[nodiscard]] virtual bool TrackIsSet(absl::string_view track) const = 0;

  // Whether a consent in force now covers the matter, every class, the
  // receiver and the purpose of the test. A dispute that pauses optional
  // disclosures answers false.
  [[nodiscard]] virtual bool ConsentInForce(
      const model::v1::ConsentTest& test) const = 0;

  // Id of the entry the case began by.
  [[nodiscard]] virtual absl::string_view Entry() const = 0;

  // Whether the ground of the target group is proved and in force today; an
  // empty id asks for any. Not known when a ground is proved whose code is
  // sealed, so that nobody can say whether it is this one.
  [[nodiscard]] virtual Tri CriterionProved(
      absl::string_view criterion) const = 0;

  // Whether the person has reached the age today, in the person's zone, or
  // will within `before_by` (null = today). Not known without a birth date.
  [[nodiscard]] virtual Tri ReachedAge(
      const model::v1::Age& age, const model::v1::Term* before_by) const = 0;

  [[nodiscard]] virtual absl::Time Now() const = 0;

  // The exclusive end of a term that starts at `start`, on the calendar of the
  // coordinator's organisation; nullopt when the term has no end (no_limit) or
  // cannot be computed.
  [[nodiscard]] virtual std::optional<absl::Time> AddTerm(
      absl::Time start, const model::v1::Term& term) const = 0;
};

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_CASE_VIEW_H_
