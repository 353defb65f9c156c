// Any text as an instrument, and any text as answers to it.
//
// The input is an instrument, then, after the first line "---", answers;
// without that line it is answers to the NBA, or to the instrument they name
// first.
//
// Held: every problem can be acted on; an instrument without errors scores
// every sheet or says why not; a total that is said lies in the band of its
// level; the same answers in another order are worth the same.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "lib/base/check.h"
#include "lib/catalogue/file_reader.h"
#include "lib/catalogue/parse_file.h"
#include "lib/scoring/exact.h"
#include "lib/scoring/score.h"

namespace careroute::fuzz {
namespace {

using model::v1::AssessmentAnswers;
using model::v1::AssessmentScore;
using scoring::Exact;
using scoring::Instrument;

void HoldEveryProblemCanBeActedOn(const base::Problems& problems) {
  for (const base::Problem& problem : problems.list()) {
    CAREROUTE_CHECK(!problem.reason.empty());
    CAREROUTE_CHECK(!problem.message.empty());
    CAREROUTE_CHECK(!problem.mend.empty());
  }
}

Exact NumberOf(const model::v1::ExactNumber& number) {
  CAREROUTE_CHECK(number.denominator() >= 1);
  return Exact::Of(number.numerator(), number.denominator());
}

// The band of a level says so of the total itself, unless age or a
// constellation lifted it.
void HoldTheLevelIsOfTheTotal(const Instrument& instrument,
                              const AssessmentScore& score) {
  if (!score.has_total() || score.level().empty() ||
      !score.age_variant().empty() || !score.overrides().empty()) {
    return;
  }
  const Exact total = NumberOf(score.total());
  bool found = false;
  for (const auto& band : instrument.message().level_bands()) {
    if (band.level() != score.level()) continue;
    const bool from =
        band.has_at_least() ? !(total < *scoring::ParseExact(band.at_least()))
        : band.has_above()  ? total > *scoring::ParseExact(band.above())
                            : true;
    const bool to =
        band.has_at_most() ? !(total > *scoring::ParseExact(band.at_most()))
        : band.has_below() ? total < *scoring::ParseExact(band.below())
                           : true;
    found = found || (from && to);
  }
  CAREROUTE_CHECK(found);
}

void HoldOrderDoesNotMatter(const Instrument& instrument,
                            AssessmentAnswers answers,
                            const AssessmentScore& score) {
  std::reverse(answers.mutable_answers()->begin(),
               answers.mutable_answers()->end());
  base::Problems problems;
  const auto again =
      scoring::Score(instrument, answers, {.language = "en"}, problems);
  CAREROUTE_CHECK(again.has_value());
  CAREROUTE_CHECK(again->SerializeAsString() == score.SerializeAsString());
}

void TryAnswers(const Instrument& instrument,
                const AssessmentAnswers& answers) {
  base::Problems problems;
  const std::optional<AssessmentScore> score =
      scoring::Score(instrument, answers, {.language = "en"}, problems);
  CAREROUTE_CHECK(score.has_value() == !problems.HasErrors());
  HoldEveryProblemCanBeActedOn(problems);
  if (!score.has_value()) return;
  CAREROUTE_CHECK(!score->because().text().empty());
  HoldTheLevelIsOfTheTotal(instrument, *score);
  HoldOrderDoesNotMatter(instrument, answers, *score);
}

std::shared_ptr<const Instrument> Shipped(const std::string& id) {
  base::Problems problems;
  return scoring::LoadInstrument(
      catalogue::DirectoryFileReader("lib/scoring/catalogue"),
      id + ".textproto", problems);
}

std::shared_ptr<const Instrument> TryInstrument(const std::string& text) {
  catalogue::MapFileReader files;
  files.Add("i.textproto", text);
  base::Problems problems;
  std::shared_ptr<const Instrument> instrument =
      scoring::LoadInstrument(files, "i.textproto", problems);
  CAREROUTE_CHECK((instrument != nullptr) == !problems.HasErrors());
  HoldEveryProblemCanBeActedOn(problems);
  return instrument;
}

void Try(const std::string& input) {
  static const auto& nba =
      *new std::shared_ptr<const Instrument>(Shipped("nba-pflegegrad"));
  static const auto& demo =
      *new std::shared_ptr<const Instrument>(Shipped("ru-ltc-questionnaire"));
  CAREROUTE_CHECK(nba != nullptr && demo != nullptr);
  const size_t line = input.find("---\n");
  std::shared_ptr<const Instrument> instrument = nba;
  if (line != std::string::npos) {
    instrument = TryInstrument(input.substr(0, line));
  } else if (input.find("ru-ltc-questionnaire") != std::string::npos) {
    instrument = demo;
  }
  AssessmentAnswers answers;
  base::Problems problems;
  const std::string text =
      line == std::string::npos ? input : input.substr(line + 4);
  if (instrument != nullptr &&
      catalogue::ParseFile("a.textproto", text, answers, problems).ok) {
    TryAnswers(*instrument, answers);
  }
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  careroute::fuzz::Try(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
