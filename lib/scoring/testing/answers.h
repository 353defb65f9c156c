// lib/scoring/testing/answers.h: shipped instruments and answers for tests.
//
//   const auto nba = Shipped("nba-pflegegrad");
//   Answers answers = NbaAnswers();           // an adult without any need
//   answers.Choose("4.13", "full").Times("5.1", {.per_day = 3});
//   const auto score = answers.Score(*nba);

#ifndef CAREROUTE_LIB_SCORING_TESTING_ANSWERS_H_
#define CAREROUTE_LIB_SCORING_TESTING_ANSWERS_H_

#include <memory>
#include <optional>
#include <string>

#include "lib/base/problems.h"
#include "lib/scoring/score.h"

namespace careroute::scoring::testing {

inline constexpr char kCatalogue[] = "lib/scoring/catalogue";

// An instrument of the catalogue by its id. Null, with the problems printed,
// when it has an error.
[[nodiscard]] std::shared_ptr<const Instrument> Shipped(const std::string& id);

// Every problem on a line of its own.
[[nodiscard]] std::string Describe(const base::Problems& problems);

struct Counts {
  int per_day = 0;
  int per_week = 0;
  int per_month = 0;
};

class Answers {
 public:
  // An adult, on a day of 2026.
  explicit Answers(const std::string& instrument);

  // Answers the item, in place of an earlier answer.
  Answers& Choose(const std::string& item, const std::string& option);
  Answers& Times(const std::string& item, const Counts& counts);
  Answers& Drop(const std::string& item);

  [[nodiscard]] model::v1::AssessmentAnswers& message() { return message_; }

  // The score; a failed expectation and nothing when there was a problem.
  [[nodiscard]] std::optional<model::v1::AssessmentScore> Score(
      const Instrument& instrument, const std::string& language = "en") const;
  // What is wrong with the answers.
  [[nodiscard]] base::Problems ProblemsWith(const Instrument& instrument) const;

 private:
  model::v1::AssessmentAnswer& Put(const std::string& item);

  model::v1::AssessmentAnswers message_;
};

// Everything answered so that it is worth nothing.
[[nodiscard]] Answers NoNeed(const Instrument& instrument);

// Adds up to `sum` over the items from `first` of a module answered by options:
// the first items get as much as they can. False when the sum cannot be had.
[[nodiscard]] bool Fill(const Instrument& instrument, const std::string& module,
                        int sum, Answers& answers);

// The points of a module as text, such as "7.5".
[[nodiscard]] std::string PointsOf(const model::v1::AssessmentScore& score,
                                   const std::string& module);
[[nodiscard]] std::string RawOf(const model::v1::AssessmentScore& score,
                                const std::string& module);

// The whole tree of reasons, a line a node, children indented.
[[nodiscard]] std::string Tree(const model::v1::Explanation& why);

}  // namespace careroute::scoring::testing

#endif  // CAREROUTE_LIB_SCORING_TESTING_ANSWERS_H_
