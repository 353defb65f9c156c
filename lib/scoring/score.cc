#include "lib/scoring/score.h"

#include <utility>

#include "lib/catalogue/read_files.h"
#include "lib/scoring/internal/evaluate.h"
#include "lib/scoring/internal/explain.h"
#include "lib/scoring/internal/plan.h"
#include "lib/scoring/internal/sheet.h"
#include "lib/scoring/internal/words.h"

namespace careroute::scoring {
namespace {

using internal::ItemResult;
using internal::ModuleResult;
using internal::Scored;
using model::v1::AssessmentScore;

void PutHead(const Scored& scored, AssessmentScore& score) {
  const model::v1::Instrument& message = scored.instrument.message();
  score.set_instrument(message.id());
  score.set_edition(message.edition());
  score.set_title(scored.words.Instrument());
  score.set_assessment_date(scored.answers.assessment_date());
  *score.mutable_source() = message.sources(0);
  score.set_demo(scored.instrument.IsDemo());
  if (scored.sheet.variant >= 0) {
    score.set_age_variant(message.age_variants(scored.sheet.variant).id());
  }
}

void PutItems(const Scored& scored, AssessmentScore& score) {
  const model::v1::Instrument& message = scored.instrument.message();
  for (int i = 0; i < message.items_size(); ++i) {
    const auto at = static_cast<size_t>(i);
    const ItemResult& result = scored.result.items[at];
    model::v1::ScoredItem& item = *score.add_items();
    item.set_item(message.items(i).id());
    item.set_title(scored.words.Item(i));
    item.set_answer(scored.words.Answer(i));
    item.set_state(result.state);
    if (scored.sheet.items[at].answer != nullptr) {
      item.set_basis(scored.sheet.items[at].answer->basis());
    }
    if (result.module < 0) continue;
    item.set_module(message.modules(result.module).id());
    if (result.state == model::v1::SCORED_ITEM_STATE_ANSWERED ||
        result.state == model::v1::SCORED_ITEM_STATE_MISSING_IS_ZERO) {
      *item.mutable_points() = ToProto(result.points, scored.words.language());
    }
  }
}

void PutModules(const Scored& scored, AssessmentScore& score) {
  const model::v1::Instrument& message = scored.instrument.message();
  for (int i = 0; i < message.modules_size(); ++i) {
    const ModuleResult& result = scored.result.modules[static_cast<size_t>(i)];
    model::v1::ScoredModule& module = *score.add_modules();
    module.set_module(message.modules(i).id());
    module.set_title(scored.words.Module(i));
    if (result.raw.has_value()) {
      *module.mutable_raw() = ToProto(*result.raw, scored.words.language());
      *module.mutable_points() =
          ToProto(*result.points, scored.words.language());
    }
    *module.mutable_source() = message.modules(i).has_source()
                                   ? message.modules(i).source()
                                   : message.sources(0);
  }
}

void PutLevel(const Scored& scored, AssessmentScore& score) {
  const model::v1::Instrument& message = scored.instrument.message();
  score.set_state(scored.result.countable
                      ? model::v1::SCORE_STATE_COUNTED
                      : model::v1::SCORE_STATE_NOT_COUNTABLE);
  if (scored.result.total.has_value()) {
    *score.mutable_total() =
        ToProto(*scored.result.total, scored.words.language());
  }
  if (scored.result.level >= 0) {
    score.set_level(message.levels(scored.result.level).id());
    score.set_level_title(scored.words.Level(scored.result.level));
  }
  for (const int lift : scored.result.overrides) {
    score.add_overrides(message.overrides(lift).id());
  }
}

}  // namespace

std::optional<AssessmentScore> Score(
    const Instrument& instrument, const model::v1::AssessmentAnswers& answers,
    const ScoreOptions& options, base::Problems& problems) {
  base::Problems found;
  const std::optional<internal::Sheet> sheet =
      internal::ReadSheet(instrument, answers, found);
  std::optional<AssessmentScore> score;
  if (sheet.has_value() && sheet->age_known) {
    const internal::Result result =
        internal::Evaluate(instrument, *sheet, found);
    if (!found.HasErrors()) {
      const internal::Words words(instrument, *sheet, options.language);
      const Scored scored = {.instrument = instrument,
                             .answers = answers,
                             .sheet = *sheet,
                             .result = result,
                             .words = words};
      score.emplace();
      PutHead(scored, *score);
      PutItems(scored, *score);
      PutModules(scored, *score);
      PutLevel(scored, *score);
      *score->mutable_because() = Explain(scored);
    }
  }
  catalogue::Append(found, problems);
  return score;
}

}  // namespace careroute::scoring
