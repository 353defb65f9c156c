// lib/scoring/score.h: what answers are worth, and why.
//
//   base::Problems problems;
//   std::optional<model::v1::AssessmentScore> score =
//       Score(*nba, answers, {.language = "ru"}, problems);
//   if (!score.has_value()) Print(problems);  // every one, with its path
//   score->level();        // "3"
//   score->because();      // level, modules, items, each rule and its source
//
// Pure and deterministic: the same answers to the same edition give the same
// bytes. Exact: no number is rounded. Total: whatever the answers are, they are
// scored or every problem is named. Nothing is stored or logged.

#ifndef CAREROUTE_LIB_SCORING_SCORE_H_
#define CAREROUTE_LIB_SCORING_SCORE_H_

#include <optional>
#include <string>

#include "careroute/model/v1/assessment.pb.h"
#include "lib/base/problems.h"
#include "lib/scoring/instrument.h"

namespace careroute::scoring {

struct ScoreOptions {
  // Of titles and reasons: a tag such as "ru". Sentences are in Russian for
  // Russian and in English for every other; titles fall back as Text says.
  std::string language = "ru";
};

// Nullopt when an answer is wrong or missing where the instrument refuses that;
// `problems` then has all of it, with paths inside `answers` such as
// "answers[3].option". An answer that is missing has the path "answers" and its
// message names the item. Where the instrument says NOT_COUNTABLE there is a
// score, without a total.
[[nodiscard]] std::optional<model::v1::AssessmentScore> Score(
    const Instrument& instrument, const model::v1::AssessmentAnswers& answers,
    const ScoreOptions& options, base::Problems& problems);

}  // namespace careroute::scoring

#endif  // CAREROUTE_LIB_SCORING_SCORE_H_
