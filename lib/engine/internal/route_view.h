// lib/engine/internal/route_view.h: a folded case as conditions see it, and the
// same with steps taken as ended.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_VIEW_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_VIEW_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "lib/calendar/calendar.h"
#include "lib/casework/case.h"
#include "lib/engine/cases.h"
#include "lib/pathway/case_view.h"

namespace careroute::engine::internal {

// Borrows the reading.
class FoldedView final : public pathway::CaseView {
 public:
  struct Options {
    const CaseReading& reading;
    const calendar::CalendarSet& calendars;
    absl::Time now;
  };
  explicit FoldedView(const Options& options);

  // The coordinator's; both null when not known.
  [[nodiscard]] const calendar::Calendar* calendar() const { return calendar_; }
  [[nodiscard]] const calendar::Zone* zone() const { return zone_; }
  [[nodiscard]] absl::CivilDay today() const { return today_; }

  // The record in force today; null = never recorded.
  [[nodiscard]] const casework::FactRecord* CurrentFact(
      absl::string_view fact, pathway::SubjectRef subject) const;

  [[nodiscard]] std::optional<pathway::FactReading> LatestFact(
      absl::string_view fact, pathway::SubjectRef subject) const override;
  void VisitFacts(absl::string_view fact,
                  absl::FunctionRef<bool(const pathway::FactReading&)> visit)
      const override;
  void VisitOutcomes(absl::string_view step,
                     absl::FunctionRef<bool(const pathway::OutcomeReading&)>
                         visit) const override;
  [[nodiscard]] bool IsLive(
      absl::string_view step,
      std::optional<pathway::SubjectRef> subject) const override;
  [[nodiscard]] bool TrackIsSet(absl::string_view track) const override;
  [[nodiscard]] bool ConsentInForce(
      const model::v1::ConsentTest& test) const override;
  [[nodiscard]] absl::string_view Entry() const override;
  [[nodiscard]] pathway::Tri CriterionProved(
      absl::string_view criterion) const override;
  [[nodiscard]] pathway::Tri ReachedAge(
      const model::v1::Age& age,
      const model::v1::Term* before_by) const override;
  [[nodiscard]] absl::Time Now() const override { return now_; }
  [[nodiscard]] std::optional<absl::Time> AddTerm(
      absl::Time start, const model::v1::Term& term) const override;

 private:
  [[nodiscard]] bool CoversReceiver(const casework::ConsentRecord& consent,
                                    const std::string& to_role) const;
  [[nodiscard]] std::optional<absl::Time> Before(
      absl::CivilDay day, const model::v1::Term* term) const;

  const CaseReading& reading_;
  const calendar::CalendarSet& calendars_;
  const absl::Time now_;
  const calendar::Calendar* calendar_ = nullptr;
  const calendar::Zone* zone_ = nullptr;
  absl::CivilDay today_;
  std::string today_text_;
};

// A step taken as ended, for every subject.
struct AssumedEnding {
  absl::string_view step;
  absl::string_view outcome;
  pathway::SubjectRef subject;

  friend bool operator==(const AssumedEnding&, const AssumedEnding&) = default;
};

// The folded case once these steps have ended. Borrows both.
class AssumedView final : public pathway::CaseView {
 public:
  AssumedView(const FoldedView& folded,
              const std::vector<AssumedEnding>& endings)
      : folded_(folded), endings_(endings) {}

  [[nodiscard]] std::optional<pathway::FactReading> LatestFact(
      absl::string_view fact, pathway::SubjectRef subject) const override {
    return folded_.LatestFact(fact, subject);
  }
  void VisitFacts(absl::string_view fact,
                  absl::FunctionRef<bool(const pathway::FactReading&)> visit)
      const override {
    folded_.VisitFacts(fact, visit);
  }
  void VisitOutcomes(absl::string_view step,
                     absl::FunctionRef<bool(const pathway::OutcomeReading&)>
                         visit) const override;
  [[nodiscard]] bool IsLive(
      absl::string_view step,
      std::optional<pathway::SubjectRef> subject) const override;
  [[nodiscard]] bool TrackIsSet(absl::string_view track) const override {
    return folded_.TrackIsSet(track);
  }
  [[nodiscard]] bool ConsentInForce(
      const model::v1::ConsentTest& test) const override {
    return folded_.ConsentInForce(test);
  }
  [[nodiscard]] absl::string_view Entry() const override {
    return folded_.Entry();
  }
  [[nodiscard]] pathway::Tri CriterionProved(
      absl::string_view criterion) const override {
    return folded_.CriterionProved(criterion);
  }
  [[nodiscard]] pathway::Tri ReachedAge(
      const model::v1::Age& age,
      const model::v1::Term* before_by) const override {
    return folded_.ReachedAge(age, before_by);
  }
  [[nodiscard]] absl::Time Now() const override { return folded_.Now(); }
  [[nodiscard]] std::optional<absl::Time> AddTerm(
      absl::Time start, const model::v1::Term& term) const override {
    return folded_.AddTerm(start, term);
  }

 private:
  const FoldedView& folded_;
  const std::vector<AssumedEnding>& endings_;
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_VIEW_H_
