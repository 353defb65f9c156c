#include "lib/picture/internal/condition_text.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/explain_text.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

using pathway::Reason;

// Nobody's case: a picture asks what a condition says, never what it answers.
class NobodyView final : public pathway::CaseView {
 public:
  std::optional<pathway::FactReading> LatestFact(
      absl::string_view /*fact*/, pathway::SubjectRef) const override {
    return std::nullopt;
  }
  void VisitFacts(
      absl::string_view /*fact*/,
      absl::FunctionRef<bool(const pathway::FactReading&)>) const override {}
  void VisitOutcomes(
      absl::string_view /*step*/,
      absl::FunctionRef<bool(const pathway::OutcomeReading&)>) const override {}
  bool IsLive(absl::string_view /*step*/,
              std::optional<pathway::SubjectRef>) const override {
    return false;
  }
  bool TrackIsSet(absl::string_view /*track*/) const override { return false; }
  bool ConsentInForce(const model::v1::ConsentTest&) const override {
    return false;
  }
  absl::string_view Entry() const override { return {}; }
  pathway::Tri CriterionProved(absl::string_view /*id*/) const override {
    return pathway::Tri::kUnknown;
  }
  pathway::Tri ReachedAge(const model::v1::Age&,
                          const model::v1::Term*) const override {
    return pathway::Tri::kUnknown;
  }
  absl::Time Now() const override { return absl::UnixEpoch(); }
  std::optional<absl::Time> AddTerm(absl::Time,
                                    const model::v1::Term&) const override {
    return std::nullopt;
  }
};

class Teller {
 public:
  Teller(const pathway::Edition& edition, absl::string_view language)
      : edition_(edition), language_(language) {}

  // As deep as the tree of reasons is, which is bounded.
  [[nodiscard]] std::string Tell(const Reason& reason, bool inside) const {
    if (reason.key == "not" && !reason.children.empty()) {
      return Not(reason.children.front());
    }
    if (reason.children.empty()) {
      return pathway::ReasonText(reason, edition_, language_);
    }
    std::vector<std::string> parts;
    for (const Reason& part : reason.children) {
      parts.push_back(Tell(part, reason.children.size() > 1));
    }
    const std::string joined = absl::StrJoin(
        parts,
        WordText(reason.key == "any" ? Word::kOr : Word::kAnd, language_));
    return inside && parts.size() > 1 ? absl::StrCat("(", joined, ")") : joined;
  }

 private:
  [[nodiscard]] std::string Not(const Reason& part) const {
    if (part.key == "step.live") {
      for (const pathway::ReasonParameter& parameter : part.parameters) {
        if (parameter.name != "step") continue;
        return WordText(
            Word::kNotLive, language_,
            edition_.Text(absl::StrCat("step/", parameter.value), language_));
      }
    }
    return WordText(Word::kNot, language_, Tell(part, false));
  }

  const pathway::Edition& edition_;
  const absl::string_view language_;
};

}  // namespace

std::string ConditionText(const model::v1::Condition& condition,
                          const pathway::Edition& edition,
                          absl::string_view language) {
  const NobodyView nobody;
  const Reason reason = pathway::Explain(
      condition, {.edition = &edition, .view = &nobody, .asking = {}});
  return Teller(edition, language).Tell(reason, false);
}

std::string FactTestText(const model::v1::FactTest& test,
                         const pathway::Edition& edition,
                         absl::string_view language) {
  model::v1::Condition condition;
  *condition.mutable_fact() = test;
  return ConditionText(condition, edition, language);
}

}  // namespace careroute::picture::internal
