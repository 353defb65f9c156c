#include "lib/pathway/explain_text.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "lib/pathway/internal/reason_texts.h"
#include "lib/pathway/term_text.h"

namespace careroute::pathway {
namespace {

using internal::ReasonSentence;

// Fills the sentence of one reason in one language.
class Speaker {
 public:
  Speaker(const Edition& edition, absl::string_view language)
      : edition_(edition), language_(language), russian_(IsRussian(language)) {}

  [[nodiscard]] std::string Sentence(const Reason& reason) const {
    std::string text(ReasonSentence(reason.key, russian_));
    if (!Find(reason, "same").empty()) {
      absl::StrAppend(&text, ReasonSentence("+same", russian_));
    }
    if (!Find(reason, "n").empty() && reason.key != "age.soon") {
      absl::StrAppend(&text, ReasonSentence("+term", russian_));
    }
    std::vector<std::pair<std::string, std::string>> filled;
    for (const ReasonParameter& parameter : reason.parameters) {
      filled.emplace_back(absl::StrCat("{", parameter.name, "}"),
                          Title(reason, parameter));
    }
    filled.emplace_back("{term}", Term(reason));
    filled.emplace_back("{age}", Age(reason, "years", "months"));
    filled.emplace_back("{below}", Age(reason, "below_years", "below_months"));
    return absl::StrReplaceAll(text, filled);
  }

  [[nodiscard]] absl::string_view Answer(Tri answer) const {
    return ReasonSentence(answer == Tri::kYes  ? "answer.yes"
                          : answer == Tri::kNo ? "answer.no"
                                               : "answer.unknown",
                          russian_);
  }

  [[nodiscard]] std::string Suppliers(const Reason& reason) const {
    std::vector<std::string> roles;
    for (const Supplier& supplier : reason.suppliers) {
      std::string role = Role(supplier.role);
      if (!supplier.step.empty()) {
        absl::StrAppend(
            &role, " (",
            Quoted(edition_.Text("step/" + supplier.step, language_)), ")");
      }
      roles.push_back(std::move(role));
    }
    return absl::StrReplaceAll(ReasonSentence("suppliers", russian_),
                               {{"{roles}", absl::StrJoin(roles, ", ")}});
  }

  [[nodiscard]] std::string Source(const model::v1::Source& source) const {
    return absl::StrReplaceAll(ReasonSentence("source", russian_),
                               {{"{source}", source.act()}});
  }

  [[nodiscard]] std::string Role(absl::string_view role) const {
    const std::string key = absl::StrCat("role/", role);
    const absl::string_view built_in = ReasonSentence(key, russian_);
    return std::string(built_in != key ? built_in
                                       : edition_.Text(key, language_));
  }

 private:
  static absl::string_view Find(const Reason& reason, absl::string_view name) {
    for (const ReasonParameter& parameter : reason.parameters) {
      if (parameter.name == name) {
        return parameter.value;
      }
    }
    return {};
  }

  [[nodiscard]] std::string Quoted(absl::string_view text) const {
    return russian_ ? absl::StrCat("«", text, "»")
                    : absl::StrCat("\"", text, "\"");
  }

  // Titles of a list of ids, each found under `prefix`.
  [[nodiscard]] std::string Titles(absl::string_view prefix,
                                   absl::string_view ids) const {
    std::vector<std::string> titles;
    for (const absl::string_view id : absl::StrSplit(ids, ',')) {
      titles.push_back(
          Quoted(edition_.Text(absl::StrCat(prefix, id), language_)));
    }
    return absl::StrJoin(titles, ", ");
  }

  [[nodiscard]] std::string Values(absl::string_view fact,
                                   absl::string_view ids) const {
    if (ids == "true" || ids == "false") {
      return std::string(ReasonSentence(ids, russian_));
    }
    const auto* declaration = edition_.FindFact(fact);
    if (declaration == nullptr ||
        declaration->type() != model::v1::FACT_TYPE_ENUM) {
      return absl::StrReplaceAll(ids, {{",", ", "}});
    }
    return Titles(absl::StrCat("value/", fact, "/"), ids);
  }

  [[nodiscard]] std::string Title(const Reason& reason,
                                  const ReasonParameter& parameter) const {
    const std::string& name = parameter.name;
    const std::string& value = parameter.value;
    if (name == "fact" || name == "step" || name == "track") {
      return std::string(
          edition_.Text(absl::StrCat(name, "/", value), language_));
    }
    if (name == "guard") {
      return std::string(edition_.Text(
          absl::StrCat("guard/", Find(reason, "step"), "/", value), language_));
    }
    if (name == "values") {
      return Values(Find(reason, "fact"), value);
    }
    if (name == "outcomes") {
      return Titles(absl::StrCat("outcome/", Find(reason, "step"), "/"), value);
    }
    if (name == "entries") {
      return Titles("entry/", value);
    }
    if (name == "criteria") {
      return Titles("criterion/", value);
    }
    if (name == "matter" || name == "same") {
      return std::string(ReasonSentence(value, russian_));
    }
    return value;
  }

  static int Number(absl::string_view text) {
    int number = 0;
    return absl::SimpleAtoi(text, &number) ? number : 0;
  }

  [[nodiscard]] std::string Term(const Reason& reason) const {
    model::v1::Term term;
    model::v1::TimeUnit unit = model::v1::TIME_UNIT_UNSPECIFIED;
    static_cast<void>(
        model::v1::TimeUnit_Parse(std::string(Find(reason, "unit")), &unit));
    term.set_n(Number(Find(reason, "n")));
    term.set_unit(unit);
    return TermText(term, language_);
  }

  [[nodiscard]] std::string Age(const Reason& reason, const char* years,
                                const char* months) const {
    model::v1::Age age;
    age.set_years(Number(Find(reason, years)));
    age.set_months(Number(Find(reason, months)));
    return AgeText(age, language_);
  }

  const Edition& edition_;
  const absl::string_view language_;
  const bool russian_;
};

void AppendLine(std::string& text, int depth, absl::string_view line) {
  absl::StrAppend(&text, std::string(static_cast<size_t>(2 * depth), ' '), line,
                  "\n");
}

void AppendTree(const Reason& reason, const Speaker& speaker, int depth,
                std::string& text) {
  AppendLine(text, depth,
             absl::StrCat(speaker.Sentence(reason), ": ",
                          speaker.Answer(reason.answer)));
  for (const Reason& child : reason.children) {
    AppendTree(child, speaker, depth + 1, text);
  }
  if (!reason.suppliers.empty()) {
    AppendLine(text, depth + 1, speaker.Suppliers(reason));
  }
  if (reason.source.has_value()) {
    AppendLine(text, depth + 1, speaker.Source(*reason.source));
  }
}

model::v1::ExplanationAnswer AnswerOf(Tri answer) {
  switch (answer) {
    case Tri::kYes:
      return model::v1::EXPLANATION_ANSWER_YES;
    case Tri::kNo:
      return model::v1::EXPLANATION_ANSWER_NO;
    case Tri::kUnknown:
      return model::v1::EXPLANATION_ANSWER_NOT_KNOWN;
  }
  return model::v1::EXPLANATION_ANSWER_UNSPECIFIED;
}

}  // namespace

std::string ReasonText(const Reason& reason, const Edition& edition,
                       absl::string_view language) {
  return Speaker(edition, language).Sentence(reason);
}

std::string ReasonTree(const Reason& reason, const Edition& edition,
                       absl::string_view language) {
  std::string text;
  AppendTree(reason, Speaker(edition, language), 0, text);
  return text;
}

model::v1::Explanation ToExplanation(
    const Reason& reason, const Edition& edition, absl::string_view language,
    absl::FunctionRef<bool(model::v1::DataClass)> may_see) {
  model::v1::Explanation explanation;
  explanation.set_answer(AnswerOf(reason.answer));
  if (!may_see(reason.data_class)) {
    explanation.set_message_key("withheld");
    explanation.set_text(
        std::string(ReasonSentence("withheld", IsRussian(language))));
    return explanation;
  }
  explanation.set_message_key(reason.key);
  for (const ReasonParameter& parameter : reason.parameters) {
    explanation.add_arguments(
        absl::StrCat(parameter.name, "=", parameter.value));
  }
  explanation.set_text(ReasonText(reason, edition, language));
  if (reason.source.has_value()) {
    *explanation.mutable_source() = *reason.source;
  }
  for (const Reason& child : reason.children) {
    *explanation.add_because() =
        ToExplanation(child, edition, language, may_see);
  }
  return explanation;
}

std::string RoleText(absl::string_view role, const Edition& edition,
                     absl::string_view language) {
  return Speaker(edition, language).Role(role);
}

}  // namespace careroute::pathway
