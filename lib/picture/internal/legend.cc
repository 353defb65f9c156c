#include "lib/picture/internal/legend.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "lib/picture/internal/signs.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

struct SignWord {
  absl::string_view sign;
  Word word;
  Face face = Face::kPlain;
};

constexpr SignWord kLimitSigns[] = {
    {kConfirmedSign, Word::kSignConfirmed, Face::kBold},
    {kSecondHandSign, Word::kSignSecondHand},
    {kRecalledSign, Word::kSignRecalled, Face::kItalic},
    {kRegionSign, Word::kSignRegion, Face::kBold},
    {kDemoSign, Word::kSignDemo, Face::kItalic},
    {kStatutorySign, Word::kSignStatutory},
    {kStopsSign, Word::kSignStops},
};
constexpr SignWord kStepSigns[] = {
    {kGuardSign, Word::kSignGuard, Face::kBold},
    {kStartSign, Word::kSignStart},
    {kRecursSign, Word::kSignRecurs},
    {kSilenceSign, Word::kSignSilence},
    {kContinuesSign, Word::kSignContinues},
    {kEndingSign, Word::kSignEnding},
};
constexpr SignWord kRouteSigns[] = {
    {kDoneSign, Word::kSignDone, Face::kBold},
    {kNowSign, Word::kSignNow, Face::kBold},
    {kOverdueSign, Word::kSignOverdue, Face::kBold},
    {kPauseSign, Word::kSignSuspended, Face::kBold},
    {kNextSign, Word::kSignNext, Face::kBold},
};
// What has no sign of its own stands where the text it explains does.
constexpr SignWord kPathwayWords[] = {
    {"{", Word::kSignSource},           {"[", Word::kSignCondition},
    {kForwardSign, Word::kSignArrow},   {kBackSign, Word::kSignBack},
    {kForwardSign, Word::kSignStub},    {kForwardSign, Word::kSignConditional},
    {kForwardSign, Word::kSignGuarded}, {"", Word::kSignBlock},
};

void AddSigns(absl::Span<const SignWord> signs, const Tongue& tongue,
              std::vector<LegendRow>& legend) {
  for (const SignWord& one : signs) {
    legend.push_back(
        {.sign = std::string(one.sign),
         .line = {.text = absl::StrCat(one.sign, "\u00a0",
                                       WordText(one.word, tongue.language)),
                  .face = one.face}});
  }
}

void AddWords(absl::Span<const SignWord> words, const Tongue& tongue,
              std::vector<LegendRow>& legend) {
  for (const SignWord& one : words) {
    legend.push_back({.sign = std::string(one.sign),
                      .line = {.text = WordText(one.word, tongue.language)}});
  }
}

}  // namespace

std::vector<LegendRow> PathwayLegend(const Tongue& tongue) {
  std::vector<LegendRow> legend;
  AddSigns(kLimitSigns, tongue, legend);
  for (const model::v1::Track& track : tongue.edition.pathway().tracks()) {
    const std::string sign = TrackSign(track.id(), tongue);
    legend.push_back(
        {.sign = sign,
         .line = {.text = absl::StrCat(sign, "\u00a0",
                                       WordText(Word::kOnTrack, tongue.language,
                                                tongue.Text(absl::StrCat(
                                                    "track/", track.id()))))}});
  }
  AddSigns(kStepSigns, tongue, legend);
  AddWords(kPathwayWords, tongue, legend);
  return legend;
}

std::vector<LegendRow> RouteLegend(const Tongue& tongue) {
  constexpr SignWord kRouteWords[] = {{"{", Word::kSignSource},
                                      {"", Word::kSignTaken},
                                      {"", Word::kSignMayFollow}};
  std::vector<LegendRow> legend;
  AddSigns(kRouteSigns, tongue, legend);
  AddWords(kRouteWords, tongue, legend);
  return legend;
}

}  // namespace careroute::picture::internal
