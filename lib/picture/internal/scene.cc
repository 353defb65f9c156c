#include "lib/picture/internal/scene.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/picture/internal/atlas.h"
#include "lib/picture/internal/performers.h"
#include "lib/picture/internal/route_marks.h"
#include "lib/picture/internal/signs.h"
#include "lib/picture/internal/step_lines.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

using model::v1::Pathway;

class Builder {
 public:
  Builder(const pathway::Edition& edition, const SceneOptions& options)
      : tongue_{edition, options.language},
        route_(options.route),
        atlas_(edition),
        conditions_(tongue_) {}

  Scene Build() {
    AddHeading();
    AddLanesAndStages();
    AddEntries();
    AddGroups();
    AddEndings();
    AddInterrupts();
    AddLegend();
    scene_.conditions_title = Say(Word::kConditions);
    scene_.conditions = conditions_.texts();
    return std::move(scene_);
  }

 private:
  [[nodiscard]] const Pathway& pathway() const {
    return tongue_.edition.pathway();
  }
  [[nodiscard]] std::string Say(Word word, absl::string_view first = {},
                                absl::string_view second = {}) const {
    return WordText(word, tongue_.language, first, second);
  }

  void AddHeading() {
    scene_.heading = {
        tongue_.Text("pathway"),
        Say(Word::kEdition, pathway().edition(), pathway().jurisdiction())};
    if (IsUnbound()) {
      scene_.heading.back() =
          absl::StrCat(scene_.heading.back(), "; ", Say(Word::kNotBound));
    }
    if (route_ != nullptr) {
      scene_.heading.push_back(RouteHeading(*route_, tongue_));
    }
  }

  [[nodiscard]] bool IsUnbound() const {
    for (const model::v1::Binding& binding : pathway().bindings()) {
      if (binding.value().value_case() ==
          model::v1::ParameterValue::VALUE_NOT_SET) {
        return true;
      }
    }
    return false;
  }

  // Only lanes in which somebody acts.
  void AddLanesAndStages() {
    std::set<int> lanes;
    for (const Group& group : atlas_.groups()) {
      if (group.stage >= 0) lanes.insert(LaneOf(group));
    }
    if (lanes.empty()) lanes.insert(kCoordinatorLane);
    lanes_.assign(lanes.begin(), lanes.end());
    for (const int lane : lanes_) {
      scene_.lanes.push_back(LaneText(lane, tongue_.language));
    }
    for (int i = 0; i < atlas_.stage_count(); ++i) {
      scene_.stages.push_back(
          i < pathway().stages_size()
              ? tongue_.Text(absl::StrCat("stage/", pathway().stages(i).id()))
              : std::string());
    }
    if (atlas_.stage_count() < pathway().stages_size()) {
      scene_.below =
          Say(Word::kAnyDay,
              tongue_.Text(absl::StrCat(
                  "stage/", pathway().stages(atlas_.stage_count()).id())));
    }
  }

  [[nodiscard]] int LaneOf(const Group& group) const {
    return WhoPerforms(group.head(), group.block, tongue_).lane;
  }
  [[nodiscard]] int PlaceOfLane(int lane) const {
    const auto found = std::find(lanes_.begin(), lanes_.end(), lane);
    return found == lanes_.end() ? 0 : static_cast<int>(found - lanes_.begin());
  }

  // The box of the entries goes before the groups, which are then one further.
  void AddEntries() {
    Box box = {.id = "entries", .kind = BoxKind::kList};
    AppendFitted(
        {.text = Say(Word::kEntries), .face = Face::kBold, .title = true},
        box.lines);
    const int own = static_cast<int>(scene_.boxes.size());
    for (const model::v1::Entry& entry : pathway().entries()) {
      const auto launches = tongue_.edition.StartedByEntry(entry.id());
      std::string text = absl::StrCat(
          kOutcomeSign, " ", tongue_.Text(absl::StrCat("entry/", entry.id())));
      std::vector<int> to;
      for (const pathway::Launch& launch : launches) {
        const int group = atlas_.Find(tongue_.edition.step(launch.step).id());
        if (group < 0) continue;
        to.push_back(group);
        absl::StrAppend(&text, " ", kForwardSign, " ", group + 1);
      }
      const size_t line = AppendFitted({.text = text}, box.lines);
      for (const int group : to) {
        scene_.arrows.push_back(
            {.from = own, .line = static_cast<int>(line), .to = group + 1});
        box.lane =
            PlaceOfLane(LaneOf(atlas_.groups()[static_cast<size_t>(group)]));
      }
    }
    scene_.boxes.push_back(std::move(box));
  }

  void AddGroups() {
    std::vector<GroupMarks> marks(atlas_.groups().size());
    if (route_ != nullptr) marks = MarksOf(*route_, atlas_, tongue_);
    const BoxContext context = {
        .tongue = tongue_, .atlas = atlas_, .conditions = conditions_};
    for (size_t i = 0; i < atlas_.groups().size(); ++i) {
      const Group& group = atlas_.groups()[i];
      const int place = static_cast<int>(i);
      BoxText text = group.block ? BlockText(place, context, marks[i].marks)
                                 : StepText(place, context, marks[i].marks);
      AddArrows(place, text.links, marks[i].marks.taken);
      scene_.boxes.push_back(
          {.id = group.id,
           .kind = group.block ? BoxKind::kBlock : BoxKind::kStep,
           .reached = route_ == nullptr ? Reached::kNotAsked : marks[i].reached,
           .number = place + 1,
           .lane = PlaceOfLane(LaneOf(group)),
           .stage = group.stage,
           .lines = std::move(text.lines)});
    }
  }

  // Back and below there are numbers only: arrows there would hide the map.
  void AddArrows(int from, const std::vector<Link>& links,
                 const std::vector<std::string>& taken) {
    const Group& source = atlas_.groups()[static_cast<size_t>(from)];
    for (const Link& link : links) {
      const Group& target = atlas_.groups()[static_cast<size_t>(link.to)];
      if (link.to == from || source.stage < 0 || target.stage < source.stage) {
        continue;
      }
      scene_.arrows.push_back(
          {.from = from + 1,
           .line = static_cast<int>(link.line),
           .to = link.to + 1,
           .dashed = link.dashed,
           .guarded = !target.block && target.head().guards_size() > 0,
           .taken = std::find(taken.begin(), taken.end(), link.outcome) !=
                    taken.end()});
    }
  }

  void AddEndings() {
    Box box = {.id = "endings",
               .kind = BoxKind::kList,
               .lane = static_cast<int>(lanes_.size()) - 1,
               .stage = atlas_.stage_count() - 1};
    AppendFitted(
        {.text = Say(Word::kEndings), .face = Face::kBold, .title = true},
        box.lines);
    for (const model::v1::Ending& ending : pathway().endings()) {
      std::string text = absl::StrCat(
          kEndingSign, " ", tongue_.Text(absl::StrCat("ending/", ending.id())));
      if (ending.by_coordinator()) {
        absl::StrAppend(&text, " (", Say(Word::kByCoordinator), ")");
      }
      AppendFitted({.text = text}, box.lines);
    }
    scene_.boxes.push_back(std::move(box));
  }

  void AddInterrupts() {
    if (pathway().interrupts_size() == 0) return;
    Box box = {.id = "interrupts", .kind = BoxKind::kList, .stage = -1};
    AppendFitted(
        {.text = Say(Word::kInterrupts), .face = Face::kBold, .title = true},
        box.lines);
    for (const model::v1::Interrupt& one : pathway().interrupts()) {
      std::string text = absl::StrCat(
          kPauseSign, " ", tongue_.Text(absl::StrCat("interrupt/", one.id())));
      if (one.suspends_size() > 0) {
        absl::StrAppend(
            &text, ": ",
            Say(Word::kSuspends, absl::StrCat(one.suspends_size())));
      }
      AppendFitted({.text = text}, box.lines);
    }
    scene_.boxes.push_back(std::move(box));
  }

  void AddLegend() {
    scene_.legend_title = Say(Word::kLegend);
    const auto add = [this](const char* sign, Word word,
                            Face face = Face::kPlain) {
      scene_.legend.push_back(
          {.text = absl::StrCat(sign, *sign == 0 ? "" : " ", Say(word)),
           .face = face});
    };
    add(kConfirmedSign, Word::kSignConfirmed, Face::kBold);
    add(kSecondHandSign, Word::kSignSecondHand);
    add(kRecalledSign, Word::kSignRecalled, Face::kItalic);
    add(kRegionSign, Word::kSignRegion, Face::kBold);
    add(kDemoSign, Word::kSignDemo, Face::kItalic);
    add(kStatutorySign, Word::kSignStatutory);
    add(kStopsSign, Word::kSignStops);
    for (const model::v1::Track& track : pathway().tracks()) {
      scene_.legend.push_back(
          {.text = absl::StrCat(
               TrackSign(track.id(), tongue_), " ",
               Say(Word::kOnTrack,
                   tongue_.Text(absl::StrCat("track/", track.id()))))});
    }
    add(kGuardSign, Word::kSignGuard, Face::kBold);
    add(kStartSign, Word::kSignStart);
    add(kRecursSign, Word::kSignRecurs);
    add(kSilenceSign, Word::kSignSilence);
    add(kContinuesSign, Word::kSignContinues);
    add(kEndingSign, Word::kSignEnding);
    add("", Word::kSignArrow);
    add("", Word::kSignBack);
    add("", Word::kSignConditional);
    add("", Word::kSignGuarded);
    add("", Word::kSignBlock);
    if (route_ != nullptr) AddRouteLegend();
  }

  void AddRouteLegend() {
    const auto add = [this](const char* sign, Word word) {
      scene_.legend.push_back(
          {.text = absl::StrCat(sign, *sign == 0 ? "" : " ", Say(word)),
           .face = Face::kBold});
    };
    add(kDoneSign, Word::kSignDone);
    add(kNowSign, Word::kSignNow);
    add(kOverdueSign, Word::kSignOverdue);
    add(kPauseSign, Word::kSignSuspended);
    add(kNextSign, Word::kSignNext);
    add("", Word::kSignNotReached);
  }

  const Tongue tongue_;
  const model::v1::Route* const route_;
  const Atlas atlas_;
  Conditions conditions_;
  std::vector<int> lanes_;
  Scene scene_;
};

}  // namespace

Scene BuildScene(const pathway::Edition& edition, const SceneOptions& options) {
  return Builder(edition, options).Build();
}

}  // namespace careroute::picture::internal
