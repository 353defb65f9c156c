#include "lib/pathway/condition_text.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/explain_text.h"
#include "lib/pathway/term_text.h"

namespace careroute::pathway {
namespace {

// Nobody's case: a picture asks what a condition says, never what it answers.
class NobodyView final : public CaseView {
 public:
  [[nodiscard]] std::optional<FactReading> LatestFact(
      absl::string_view /*fact*/, SubjectRef) const override {
    return std::nullopt;
  }
  void VisitFacts(absl::string_view /*fact*/,
                  absl::FunctionRef<bool(const FactReading&)>) const override {}
  void VisitOutcomes(
      absl::string_view /*step*/,
      absl::FunctionRef<bool(const OutcomeReading&)>) const override {}
  [[nodiscard]] bool IsLive(absl::string_view /*step*/,
                            std::optional<SubjectRef>) const override {
    return false;
  }
  [[nodiscard]] bool TrackIsSet(absl::string_view /*track*/) const override {
    return false;
  }
  [[nodiscard]] bool ConsentInForce(
      const model::v1::ConsentTest&) const override {
    return false;
  }
  [[nodiscard]] absl::string_view Entry() const override { return {}; }
  [[nodiscard]] Tri CriterionProved(absl::string_view /*id*/) const override {
    return Tri::kUnknown;
  }
  Tri ReachedAge(const model::v1::Age&, const model::v1::Term*) const override {
    return Tri::kUnknown;
  }
  [[nodiscard]] absl::Time Now() const override { return absl::UnixEpoch(); }
  [[nodiscard]] std::optional<absl::Time> AddTerm(
      absl::Time, const model::v1::Term&) const override {
    return std::nullopt;
  }
};

class Teller {
 public:
  Teller(const Edition& edition, absl::string_view language)
      : edition_(edition), language_(language) {}

  // As deep as the tree of reasons is, which is bounded.
  [[nodiscard]] std::string Tell(const Reason& reason, bool inside) const {
    if (reason.key == "not" && !reason.children.empty()) {
      return Not(reason.children.front());
    }
    if (reason.children.empty()) {
      return ReasonText(reason, edition_, language_);
    }
    std::vector<std::string> parts;
    for (const Reason& part : reason.children) {
      parts.push_back(Tell(part, reason.children.size() > 1));
    }
    const std::string joined =
        absl::StrJoin(parts, reason.key == "any" ? Say(" или ", " or ")
                                                 : Say(" и ", " and "));
    return inside && parts.size() > 1 ? absl::StrCat("(", joined, ")") : joined;
  }

 private:
  [[nodiscard]] absl::string_view Say(absl::string_view ru,
                                      absl::string_view en) const {
    return IsRussian(language_) ? ru : en;
  }

  [[nodiscard]] std::string Not(const Reason& part) const {
    if (part.key == "step.live") {
      for (const ReasonParameter& parameter : part.parameters) {
        if (parameter.name != "step") continue;
        return absl::Substitute(
            Say("шаг «$0» сейчас не идёт", "step \"$0\" is not under way"),
            edition_.Text(absl::StrCat("step/", parameter.value), language_));
      }
    }
    return absl::Substitute(Say("неверно, что ($0)", "it is not so that ($0)"),
                            Tell(part, false));
  }

  const Edition& edition_;
  const absl::string_view language_;
};

}  // namespace

std::string ConditionText(const model::v1::Condition& condition,
                          const Edition& edition, absl::string_view language) {
  const NobodyView nobody;
  const Reason reason =
      Explain(condition, {.edition = &edition, .view = &nobody, .asking = {}});
  return Teller(edition, language).Tell(reason, false);
}

std::string FactTestText(const model::v1::FactTest& test,
                         const Edition& edition, absl::string_view language) {
  model::v1::Condition condition;
  *condition.mutable_fact() = test;
  return ConditionText(condition, edition, language);
}

std::string FactValueText(absl::string_view fact, absl::string_view value,
                          const Edition& edition, absl::string_view language) {
  const bool russian = IsRussian(language);
  if (value == "true") return russian ? "да" : "yes";
  if (value == "false") return russian ? "нет" : "no";
  const std::string key = absl::StrCat("value/", fact, "/", value);
  const absl::string_view title = edition.Text(key, language);
  // A number, or a value that an edition with errors gave no title.
  return std::string(title == key ? value : title);
}

}  // namespace careroute::pathway
