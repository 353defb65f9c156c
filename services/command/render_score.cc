#include "services/command/render_score.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/command/labels.h"
#include "services/command/table.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

using model::v1::AssessmentScore;
using model::v1::Explanation;
using model::v1::ScoredItem;

class ScorePage {
 public:
  ScorePage(const AssessmentScore& score, absl::string_view language,
            const Screen& screen)
      : score_(score), language_(language), screen_(screen) {}

  std::string Print() {
    std::string page = absl::StrCat(
        Paint(screen_, Style::kTitle, Clean(score_.title())), "\n",
        LabelText(Label::kScoreEdition, language_, Clean(score_.edition()),
                  score_.assessment_date()),
        "\n");
    if (score_.demo()) {
      absl::StrAppend(
          &page, Paint(screen_, Style::kWarning, Say(Label::kScoreDemo)), "\n");
    }
    absl::StrAppend(&page, "\n", Items());
    if (!score_.modules().empty()) absl::StrAppend(&page, "\n", Modules());
    return absl::StrCat(page, "\n", Result());
  }

 private:
  [[nodiscard]] std::string Say(Label label) const {
    return LabelText(label, language_);
  }

  std::string Items() {
    Table table({"", Say(Label::kScoreItem), Say(Label::kScoreAnswer),
                 Say(Label::kScorePoints), Say(Label::kScoreModule)});
    for (const ScoredItem& item : score_.items()) {
      const bool counts = item.state() == model::v1::SCORED_ITEM_STATE_ANSWERED;
      table.Add(
          {.cells = {Clean(item.item()), Clean(item.title()), AnswerOf(item),
                     item.points().text(), Clean(item.module())},
           .style = counts ? Style::kPlain : Style::kDim,
           .whole = !counts});
    }
    return table.Print(screen_);
  }

  [[nodiscard]] std::string AnswerOf(const ScoredItem& item) const {
    switch (item.state()) {
      case model::v1::SCORED_ITEM_STATE_NOT_ASKED:
        return Say(Label::kScoreNotAsked);
      case model::v1::SCORED_ITEM_STATE_CONDITION_NOT_MET:
        return Say(Label::kScoreNoCondition);
      default:
        break;
    }
    std::string answer = item.answer().empty() ? Say(Label::kScoreMissing)
                                               : Clean(item.answer());
    const std::string basis = BasisOf(item);
    if (!basis.empty()) absl::StrAppend(&answer, " (", basis, ")");
    return answer;
  }

  [[nodiscard]] std::string BasisOf(const ScoredItem& item) const {
    switch (item.basis()) {
      case model::v1::ANSWER_BASIS_DOCUMENT:
        return Say(Label::kScoreByDocument);
      case model::v1::ANSWER_BASIS_WORD:
        return Say(Label::kScoreByWord);
      case model::v1::ANSWER_BASIS_OBSERVATION:
        return Say(Label::kScoreObserved);
      default:
        return "";
    }
  }

  std::string Modules() {
    Table table({"", Say(Label::kScoreModule), Say(Label::kScoreSum),
                 Say(Label::kScoreWeighted), Say(Label::kScoreSource)});
    for (const model::v1::ScoredModule& module : score_.modules()) {
      table.Add({.cells = {Clean(module.module()), Clean(module.title()),
                           module.raw().text(), module.points().text(),
                           SourceOf(module.source())}});
    }
    return table.Print(screen_);
  }

  // The act, and how sure it is when that is not "read in it".
  [[nodiscard]] std::string SourceOf(const model::v1::Source& source) const {
    Label sure = Label::kScoreConfirmed;
    switch (source.provenance()) {
      case model::v1::PROVENANCE_SECOND_HAND:
        sure = Label::kScoreSecondHand;
        break;
      case model::v1::PROVENANCE_RECALLED:
        sure = Label::kScoreRecalled;
        break;
      case model::v1::PROVENANCE_REGION:
        sure = Label::kScoreRegion;
        break;
      case model::v1::PROVENANCE_DEMO:
        sure = Label::kScoreInvented;
        break;
      default:
        break;
    }
    return absl::StrCat(Clean(source.act()), " (", Say(sure), ")");
  }

  // What stands at the top of the reasons besides modules and items: age,
  // constellations, the band of the total or the line of the crosswalk.
  [[nodiscard]] std::vector<Labelled> Rules() const {
    std::vector<Labelled> rules;
    for (const Explanation& why : score_.because().because()) {
      if (!why.has_source() || why.message_key() == "score.edition") continue;
      rules.push_back(
          {"", absl::StrCat(Clean(why.text()), "; ", SourceOf(why.source()))});
    }
    return rules;
  }

  std::string Result() {
    std::vector<Labelled> lines;
    if (score_.has_total()) {
      lines.push_back({Say(Label::kScoreTotal), score_.total().text()});
    }
    if (score_.state() == model::v1::SCORE_STATE_NOT_COUNTABLE) {
      lines.push_back({Say(Label::kScoreTotal), Say(Label::kScoreNotCountable),
                       Style::kWarning});
    } else {
      lines.push_back({Say(Label::kScoreLevel),
                       score_.level().empty() ? Say(Label::kScoreNoLevel)
                                              : Clean(score_.level_title()),
                       Style::kTitle});
    }
    for (Labelled& rule : Rules()) lines.push_back(std::move(rule));
    lines.push_back({Say(Label::kScoreSource), SourceOf(score_.source())});
    return PrintLabelled(lines, screen_);
  }

  const AssessmentScore& score_;
  const absl::string_view language_;
  const Screen& screen_;
};

}  // namespace

std::string RenderScore(const AssessmentScore& score,
                        absl::string_view language, const Screen& screen) {
  return ScorePage(score, language, screen).Print();
}

}  // namespace careroute::services
