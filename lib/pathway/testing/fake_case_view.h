// lib/pathway/testing/fake_case_view.h: a case as a table that a test fills.
//
//   FakeCaseView view(now);
//   view.SetChoice("urgency", {SUBJECT_KIND_FINDING, 1}, "emergency");
//   view.End("intake", {}, "needed");
//   EXPECT_EQ(Evaluate(condition, view, {}), Tri::kYes);
//
// Terms are counted in UTC and every day is worked, so that expected instants
// can be read off the test.

#ifndef CAREROUTE_LIB_PATHWAY_TESTING_FAKE_CASE_VIEW_H_
#define CAREROUTE_LIB_PATHWAY_TESTING_FAKE_CASE_VIEW_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "lib/pathway/case_view.h"

namespace careroute::pathway::testing {

// Not thread-safe. Readings borrow from the view: fill it first, then ask.
class FakeCaseView final : public CaseView {
 public:
  explicit FakeCaseView(absl::Time now) : now_(now) {}

  // A later value of the same fact and subject replaces the earlier. `happened`
  // absent = now.
  using When = std::optional<absl::Time>;
  void SetTruth(const std::string& fact, SubjectRef subject, bool truth,
                When happened = std::nullopt);
  void SetChoice(const std::string& fact, SubjectRef subject,
                 const std::string& choice, When happened = std::nullopt);
  void SetNumber(const std::string& fact, SubjectRef subject,
                 std::int64_t number, When happened = std::nullopt);
  void SetDate(const std::string& fact, SubjectRef subject,
               const std::string& date, When happened = std::nullopt);
  void SetNotKnown(const std::string& fact, SubjectRef subject,
                   When happened = std::nullopt);

  // The step ended; each call is recorded after the ones before.
  void End(const std::string& step, SubjectRef subject,
           const std::string& outcome, When happened = std::nullopt);

  void SetLive(const std::string& step, SubjectRef subject);
  void SetTrack(const std::string& track) { tracks_.insert(track); }
  // A consent for anything that is asked.
  void SetConsent(bool in_force) { consent_ = in_force; }
  void SetEntry(const std::string& entry) { entry_ = entry; }
  void SetCriterion(const std::string& id) { criteria_.insert(id); }
  void SetSealedCriterion(bool proved) { sealed_criterion_ = proved; }
  void SetBirthDate(absl::CivilDay day) { birth_date_ = day; }

  [[nodiscard]] std::optional<FactReading> LatestFact(
      absl::string_view fact, SubjectRef subject) const override;
  void VisitFacts(
      absl::string_view fact,
      absl::FunctionRef<bool(const FactReading&)> visit) const override;
  void VisitOutcomes(
      absl::string_view step,
      absl::FunctionRef<bool(const OutcomeReading&)> visit) const override;
  [[nodiscard]] bool IsLive(absl::string_view step,
                            std::optional<SubjectRef> subject) const override;
  [[nodiscard]] bool TrackIsSet(absl::string_view track) const override;
  [[nodiscard]] bool ConsentInForce(
      const model::v1::ConsentTest& test) const override;
  [[nodiscard]] absl::string_view Entry() const override { return entry_; }
  [[nodiscard]] Tri CriterionProved(absl::string_view criterion) const override;
  [[nodiscard]] Tri ReachedAge(const model::v1::Age& age,
                               const model::v1::Term* before_by) const override;
  [[nodiscard]] absl::Time Now() const override { return now_; }
  [[nodiscard]] std::optional<absl::Time> AddTerm(
      absl::Time start, const model::v1::Term& term) const override;

 private:
  struct StoredFact {
    std::string fact;
    FactReading reading;
    std::string text;
  };
  struct StoredOutcome {
    std::string step;
    std::string outcome;
    OutcomeReading reading;
  };
  struct StoredLive {
    std::string step;
    SubjectRef subject;
  };

  void Store(const std::string& fact, FactReading reading,
             const std::string& text, When happened);

  absl::Time now_;
  std::vector<StoredFact> facts_;
  std::vector<StoredOutcome> outcomes_;
  std::vector<StoredLive> live_;
  std::set<std::string, std::less<>> tracks_;
  std::set<std::string, std::less<>> criteria_;
  bool consent_ = false;
  bool sealed_criterion_ = false;
  std::string entry_;
  std::optional<absl::CivilDay> birth_date_;
};

}  // namespace careroute::pathway::testing

#endif  // CAREROUTE_LIB_PATHWAY_TESTING_FAKE_CASE_VIEW_H_
