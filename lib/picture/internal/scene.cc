#include "lib/picture/internal/scene.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/picture/internal/atlas.h"
#include "lib/picture/internal/fit_line.h"
#include "lib/picture/internal/legend.h"
#include "lib/picture/internal/letters.h"
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
        atlas_(edition) {}

  Scene Build() {
    scene_.language = tongue_.language;
    AddHeading();
    if (route_ != nullptr) marks_ = MarksOf(*route_, atlas_, tongue_);
    AddLanesAndStages();
    if (route_ == nullptr) {
      AddEntries();
      AddGroups();
      AddEndings();
      AddInterrupts();
      scene_.legend = PathwayLegend(tongue_);
    } else {
      AddRouteGroups();
      scene_.legend = RouteLegend(tongue_);
    }
    scene_.conditions = WithNumbers(conditions_, "[", "]");
    scene_.sources = WithNumbers(sources_, "{", "}");
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

  static std::vector<std::string> WithNumbers(const Numbered& texts,
                                              absl::string_view open,
                                              absl::string_view close) {
    std::vector<std::string> lines;
    for (const std::string& text : texts.texts()) {
      lines.push_back(
          absl::StrCat(open, lines.size() + 1, close, "\u00a0", text));
    }
    return lines;
  }

  void AddHeading() {
    scene_.heading = {tongue_.Text("pathway")};
    if (route_ != nullptr) {
      for (std::string& line : RouteHeading(*route_, tongue_)) {
        scene_.heading.push_back(std::move(line));
      }
      return;
    }
    scene_.heading.push_back(
        Say(Word::kEdition, pathway().edition(), pathway().jurisdiction()));
    if (IsUnbound()) {
      scene_.heading.back() =
          absl::StrCat(scene_.heading.back(), "; ", Say(Word::kNotBound));
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
    for (size_t i = 0; i < atlas_.groups().size(); ++i) {
      const Group& group = atlas_.groups()[i];
      if (group.stage >= 0 && IsShown(i)) lanes.insert(LaneOf(group));
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
      const std::string stage = tongue_.Text(
          absl::StrCat("stage/", pathway().stages(atlas_.stage_count()).id()));
      // On a route boxes have no numbers.
      scene_.below = route_ == nullptr ? Say(Word::kAnyDay, stage) : stage;
    }
  }

  // A family's picture leaves out what the route does not speak of.
  [[nodiscard]] bool IsShown(size_t group) const {
    return marks_.empty() || marks_[group].reached != Reached::kNo;
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
        kInBox, box.lines);
    const int own = static_cast<int>(scene_.boxes.size());
    for (const model::v1::Entry& entry : pathway().entries()) {
      const auto launches = tongue_.edition.StartedByEntry(entry.id());
      std::string text =
          absl::StrCat(kOutcomeSign, "\u00a0",
                       tongue_.Text(absl::StrCat("entry/", entry.id())));
      std::vector<int> to;
      for (const pathway::Launch& launch : launches) {
        const int group = atlas_.Find(tongue_.edition.step(launch.step).id());
        if (group < 0) continue;
        to.push_back(group);
        absl::StrAppend(&text, " ", kForwardSign, "\u00a0", group + 1,
                        kSheetMarkText);
      }
      const size_t line = AppendFitted({.text = text}, kInBox, box.lines);
      for (const int group : to) {
        scene_.arrows.push_back(
            {.from = own, .line = static_cast<int>(line), .to = group + 1});
        box.lane =
            PlaceOfLane(LaneOf(atlas_.groups()[static_cast<size_t>(group)]));
      }
    }
    scene_.boxes.push_back(std::move(box));
  }

  [[nodiscard]] BoxContext Context() {
    return {.tongue = tongue_,
            .atlas = atlas_,
            .conditions = conditions_,
            .sources = sources_};
  }

  void AddGroups() {
    for (size_t i = 0; i < atlas_.groups().size(); ++i) {
      const Group& group = atlas_.groups()[i];
      const int place = static_cast<int>(i);
      BoxText text = group.block ? BlockText(place, Context())
                                 : StepText(place, Context());
      for (const Link& link : text.links) {
        // The box of the entries is the first.
        AddArrow(place, link, {.from = place + 1, .to = link.to + 1});
      }
      AddBox(place, Reached::kNotAsked, std::move(text));
    }
  }

  void AddBox(int place, Reached reached, BoxText text) {
    const Group& group = atlas_.groups()[static_cast<size_t>(place)];
    scene_.boxes.push_back(
        {.id = group.id,
         .kind = group.block ? BoxKind::kBlock : BoxKind::kStep,
         .reached = reached,
         .number = place + 1,
         .lane = PlaceOfLane(LaneOf(group)),
         .stage = group.stage,
         .lines = std::move(text.lines),
         .conditions = std::move(text.conditions),
         .sources = std::move(text.sources)});
  }

  // Back and below there are numbers only: arrows there would hide the map.
  void AddArrow(int from, const Link& link, Arrow arrow) {
    const Group& source = atlas_.groups()[static_cast<size_t>(from)];
    const Group& target = atlas_.groups()[static_cast<size_t>(link.to)];
    if (link.to == from || source.stage < 0 || target.stage < source.stage) {
      return;
    }
    arrow.line = static_cast<int>(link.line);
    if (!arrow.taken) arrow.dashed = arrow.dashed || link.dashed;
    arrow.guarded =
        route_ == nullptr && !target.block && target.head().guards_size() > 0;
    scene_.arrows.push_back(arrow);
  }

  void AddRouteGroups() {
    std::vector<int> boxes(atlas_.groups().size(), -1);
    std::vector<std::vector<Link>> links(boxes.size());
    for (size_t i = 0; i < boxes.size(); ++i) {
      if (!IsShown(i)) continue;
      boxes[i] = static_cast<int>(scene_.boxes.size());
      BoxText text = RouteText(static_cast<int>(i), Context(), marks_[i].marks);
      links[i] = std::move(text.links);
      AddBox(static_cast<int>(i), marks_[i].reached, std::move(text));
    }
    for (size_t i = 0; i < boxes.size(); ++i) {
      std::set<int> joined;
      AddRouteArrows(i, links[i], boxes, /*taken=*/true, joined);
      AddRouteArrows(i, links[i], boxes, /*taken=*/false, joined);
    }
  }

  // The ways gone, then those that may follow; one arrow between two boxes.
  void AddRouteArrows(size_t from, const std::vector<Link>& links,
                      const std::vector<int>& boxes, bool taken,
                      std::set<int>& joined) {
    const GroupMarks& marks = marks_[from];
    for (const Link& link : links) {
      const int to = boxes[static_cast<size_t>(link.to)];
      if (to < 0) continue;
      const bool gone = std::find(marks.taken.begin(), marks.taken.end(),
                                  link.outcome) != marks.taken.end();
      const bool ahead =
          marks.reached != Reached::kDone &&
          marks_[static_cast<size_t>(link.to)].reached == Reached::kNext;
      if (!(taken ? gone : ahead) || !joined.insert(to).second) continue;
      AddArrow(
          static_cast<int>(from), link,
          {.from = boxes[from], .to = to, .dashed = !taken, .taken = taken});
    }
  }

  void AddEndings() {
    Box box = {.id = "endings",
               .kind = BoxKind::kList,
               .lane = static_cast<int>(lanes_.size()) - 1,
               .stage = atlas_.stage_count() - 1};
    AppendFitted(
        {.text = Say(Word::kEndings), .face = Face::kBold, .title = true},
        kInBox, box.lines);
    for (const model::v1::Ending& ending : pathway().endings()) {
      std::string text =
          absl::StrCat(kEndingSign, "\u00a0",
                       tongue_.Text(absl::StrCat("ending/", ending.id())));
      if (ending.by_coordinator()) {
        absl::StrAppend(&text, " (", Say(Word::kByCoordinator), ")");
      }
      AppendFitted({.text = text}, kInBox, box.lines);
    }
    scene_.boxes.push_back(std::move(box));
  }

  void AddInterrupts() {
    if (pathway().interrupts_size() == 0) return;
    Box box = {.id = "interrupts", .kind = BoxKind::kList, .stage = -1};
    AppendFitted(
        {.text = Say(Word::kInterrupts), .face = Face::kBold, .title = true},
        kInBox, box.lines);
    for (const model::v1::Interrupt& one : pathway().interrupts()) {
      std::string text =
          absl::StrCat(kOutcomeSign, "\u00a0",
                       tongue_.Text(absl::StrCat("interrupt/", one.id())));
      if (one.suspends_size() > 0) {
        absl::StrAppend(
            &text, ": ",
            Say(Word::kSuspends, absl::StrCat(one.suspends_size())));
      }
      AppendFitted({.text = text}, kInBox, box.lines);
    }
    scene_.boxes.push_back(std::move(box));
  }

  const Tongue tongue_;
  const model::v1::Route* const route_;
  const Atlas atlas_;
  Numbered conditions_;
  Numbered sources_;
  std::vector<GroupMarks> marks_;  // by group; none without a route
  std::vector<int> lanes_;
  Scene scene_;
};

}  // namespace

Scene BuildScene(const pathway::Edition& edition, const SceneOptions& options) {
  return Builder(edition, options).Build();
}

}  // namespace careroute::picture::internal
