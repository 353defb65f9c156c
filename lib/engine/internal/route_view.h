// lib/engine/internal/route_view.h: a case as conditions would see it once some
// steps have ended.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_VIEW_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_VIEW_H_

#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/outcome.pb.h"
#include "lib/pathway/case_view.h"

namespace careroute::engine::internal {

// A step taken as ended.
struct AssumedEnding {
  absl::string_view step;
  const model::v1::Outcome* outcome = nullptr;
  pathway::SubjectRef subject;
};

// The folded case once these steps have ended: their outcomes have happened,
// and a consent without which they could not is in force. Borrows both.
class AssumedView final : public pathway::CaseView {
 public:
  AssumedView(const pathway::CaseView& folded,
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
      const model::v1::ConsentTest& test) const override;
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
  const pathway::CaseView& folded_;
  const std::vector<AssumedEnding>& endings_;
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_VIEW_H_
