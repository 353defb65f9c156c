#include "lib/scoring/testing/answers.h"

#include <iostream>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/catalogue/file_reader.h"
#include "lib/scoring/exact.h"

namespace careroute::scoring::testing {
namespace {

using model::v1::AssessmentAnswer;
using model::v1::AssessmentScore;
using model::v1::InstrumentItem;

using Options = google::protobuf::RepeatedPtrField<model::v1::InstrumentOption>;

// Of the element with this id, which must be there.
template <typename List>
const auto& ById(const List& list, const std::string& id) {
  for (const auto& one : list) {
    if (one.id() == id) return one;
  }
  ADD_FAILURE() << "there is no " << id;
  return list.Get(0);
}

const Options& OptionsOf(const Instrument& instrument,
                         const InstrumentItem& item) {
  return item.has_choice()
             ? item.choice().options()
             : ById(instrument.message().scales(), item.scale()).options();
}

// The points of an option that are a whole number; 0 when none are said.
int WholePoints(const model::v1::InstrumentOption& option) {
  return option.points().empty()
             ? 0
             : static_cast<int>(ParseExact(option.points())->numerator());
}

const model::v1::ScoredModule* Find(const AssessmentScore& score,
                                    const std::string& module) {
  for (const model::v1::ScoredModule& one : score.modules()) {
    if (one.module() == module) return &one;
  }
  return nullptr;
}

void AppendTree(const model::v1::Explanation& why, int depth,
                std::string& text) {
  absl::StrAppend(&text, std::string(static_cast<size_t>(2 * depth), ' '),
                  why.text());
  if (why.has_source()) absl::StrAppend(&text, " (", why.source().act(), ")");
  absl::StrAppend(&text, "\n");
  for (const model::v1::Explanation& part : why.because()) {
    AppendTree(part, depth + 1, text);
  }
}

}  // namespace

std::shared_ptr<const Instrument> Shipped(const std::string& id) {
  base::Problems problems;
  std::shared_ptr<const Instrument> instrument =
      LoadInstrument(catalogue::DirectoryFileReader(kCatalogue),
                     absl::StrCat(id, ".textproto"), problems);
  if (!problems.empty()) std::cerr << Describe(problems);
  return instrument;
}

std::string Describe(const base::Problems& problems) {
  std::string text;
  for (const base::Problem& problem : problems.list()) {
    absl::StrAppend(&text, problem.file, ":", problem.line, " ", problem.path,
                    ": ", problem.reason, ": ", problem.message, "; ",
                    problem.mend, "\n");
  }
  return text;
}

Answers::Answers(const std::string& instrument) {
  message_.set_instrument(instrument);
  message_.set_assessment_date("2026-03-02");
  message_.set_birth_date("1940-05-05");
}

AssessmentAnswer& Answers::Put(const std::string& item) {
  for (AssessmentAnswer& answer : *message_.mutable_answers()) {
    if (answer.item() == item) return answer;
  }
  message_.add_answers()->set_item(item);
  return *message_.mutable_answers(message_.answers_size() - 1);
}

Answers& Answers::Choose(const std::string& item, const std::string& option) {
  Put(item).set_option(option);
  return *this;
}

Answers& Answers::Times(const std::string& item, const Counts& counts) {
  model::v1::Frequency& frequency = *Put(item).mutable_frequency();
  frequency.Clear();
  frequency.set_per_day(counts.per_day);
  if (counts.per_week > 0) frequency.set_per_week(counts.per_week);
  if (counts.per_month > 0) frequency.set_per_month(counts.per_month);
  return *this;
}

Answers& Answers::Drop(const std::string& item) {
  auto& answers = *message_.mutable_answers();
  for (int i = answers.size() - 1; i >= 0; --i) {
    if (answers.Get(i).item() == item) answers.DeleteSubrange(i, 1);
  }
  return *this;
}

std::optional<AssessmentScore> Answers::Score(
    const Instrument& instrument, const std::string& language) const {
  base::Problems problems;
  std::optional<AssessmentScore> score =
      scoring::Score(instrument, message_, {.language = language}, problems);
  EXPECT_TRUE(problems.empty()) << Describe(problems);
  return score;
}

base::Problems Answers::ProblemsWith(const Instrument& instrument) const {
  base::Problems problems;
  const bool scored =
      scoring::Score(instrument, message_, {}, problems).has_value();
  EXPECT_NE(scored, problems.HasErrors());
  return problems;
}

Answers NoNeed(const Instrument& instrument) {
  Answers answers(instrument.message().id());
  for (const InstrumentItem& item : instrument.message().items()) {
    if (item.has_frequency()) {
      answers.Times(item.id(), {});
      continue;
    }
    for (const auto& option : OptionsOf(instrument, item)) {
      if (WholePoints(option) == 0) {
        answers.Choose(item.id(), option.id());
        break;
      }
    }
  }
  return answers;
}

// Sums that are reached item by item: for each the option that led there. What
// is small enough to be enumerated for one module.
bool Fill(const Instrument& instrument, const std::string& module, int sum,
          Answers& answers) {
  struct Choice {
    std::string item;
    std::string option;
  };
  std::map<int, std::vector<Choice>> reached = {{0, {}}};
  for (const std::string& id :
       ById(instrument.message().modules(), module).items()) {
    const InstrumentItem& item = ById(instrument.message().items(), id);
    std::map<int, std::vector<Choice>> next;
    // Highest first, so that earlier items get as much as they can.
    for (auto it = reached.rbegin(); it != reached.rend(); ++it) {
      for (const auto& option : OptionsOf(instrument, item)) {
        std::vector<Choice> longer = it->second;
        longer.push_back({id, option.id()});
        next.emplace(it->first + WholePoints(option), std::move(longer));
      }
    }
    reached = std::move(next);
  }
  const auto found = reached.find(sum);
  if (found == reached.end()) return false;
  for (const Choice& choice : found->second) {
    answers.Choose(choice.item, choice.option);
  }
  return true;
}

std::string PointsOf(const AssessmentScore& score, const std::string& module) {
  const model::v1::ScoredModule* found = Find(score, module);
  return found == nullptr ? "no module" : found->points().text();
}

std::string RawOf(const AssessmentScore& score, const std::string& module) {
  const model::v1::ScoredModule* found = Find(score, module);
  return found == nullptr ? "no module" : found->raw().text();
}

std::string Tree(const model::v1::Explanation& why) {
  std::string text;
  AppendTree(why, 0, text);
  return text;
}

}  // namespace careroute::scoring::testing
