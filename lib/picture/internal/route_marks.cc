#include "lib/picture/internal/route_marks.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "lib/engine/route_words.h"
#include "lib/picture/internal/signs.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

using model::v1::Route;
using model::v1::RouteRow;

Reached ReachedBy(const RouteRow& row) {
  switch (row.state()) {
    case model::v1::ROW_STATE_DONE:
      return Reached::kDone;
    case model::v1::ROW_STATE_NOW:
      return Reached::kNow;
    case model::v1::ROW_STATE_OVERDUE:
      return Reached::kOverdue;
    case model::v1::ROW_STATE_NEXT:
      return Reached::kNext;
    case model::v1::ROW_STATE_SUSPENDED:
      return Reached::kSuspended;
    default:
      return Reached::kNo;
  }
}

const char* SignOf(Reached reached) {
  switch (reached) {
    case Reached::kDone:
      return kDoneSign;
    case Reached::kNow:
      return kNowSign;
    case Reached::kOverdue:
      return kOverdueSign;
    case Reached::kNext:
      return kNextSign;
    case Reached::kSuspended:
      return kPauseSign;
    case Reached::kNotAsked:
    case Reached::kNo:
      break;
  }
  return "";
}

class Marker {
 public:
  Marker(const Route& route, const Tongue& tongue)
      : tongue_(tongue),
        zone_(absl::FixedTimeZone(route.utc_offset_minutes() * 60)) {}

  // The day of an instant; of an exclusive end, the last day before it.
  [[nodiscard]] std::string Day(const google::protobuf::Timestamp& time,
                                bool exclusive) const {
    absl::Time at = absl::FromUnixSeconds(time.seconds());
    if (exclusive) at -= absl::Seconds(1);
    return engine::DayWords(absl::ToCivilDay(at, zone_), tongue_.language);
  }

  // "✓ done 8 April", "they agreed"; "► now", "whose move: the agency, Other
  // centre", "due 8 April", "rule: 3 working days from the start {1}".
  void Mark(const RouteRow& row, bool heads, RouteMarks& marks) const {
    const Reached reached = ReachedBy(row);
    std::string state =
        absl::StrCat(SignOf(reached), "\u00a0",
                     engine::RowStateWords(row.state(), tongue_.language));
    if (row.has_time() && reached == Reached::kDone) {
      absl::StrAppend(&state, " ", Day(row.time(), false));
    } else if (row.has_time() && reached == Reached::kNext) {
      absl::StrAppend(&state, "; ",
                      Say(Word::kExpected, Day(row.time(), false)));
    }
    if (row.count() > 1) {
      absl::StrAppend(&state, " ",
                      Say(Word::kTimes, absl::StrCat(row.count())));
    }
    // A block is called by its first step: any other names itself.
    if (!heads) absl::StrAppend(&state, ": ", row.title());
    Add(state, Face::kBold, marks);
    if (reached == Reached::kDone) {
      Add(row.outcome_title(), Face::kPlain, marks);
      return;
    }
    AddMove(row, marks);
    if (!row.planned_on().empty()) {
      Add(Say(Word::kPlanned, row.planned_on()), Face::kPlain, marks);
    }
    if (reached == Reached::kNow || reached == Reached::kOverdue) {
      AddDue(row, reached, marks);
    }
    AddObstacles(row, marks);
  }

 private:
  [[nodiscard]] std::string Say(Word word, absl::string_view first = {}) const {
    return WordText(word, tongue_.language, first);
  }

  static void Add(std::string text, Face face, RouteMarks& marks) {
    if (text.empty()) return;
    marks.push_back({.line = {.text = std::move(text), .face = face}});
  }

  void AddMove(const RouteRow& row, RouteMarks& marks) const {
    std::string move =
        row.whose_move() == model::v1::WHOSE_MOVE_AGENCY &&
                row.agency() != model::v1::AGENCY_KIND_UNSPECIFIED
            ? engine::AgencyWords(row.agency(), tongue_.language)
            : engine::WhoseMoveWords(row.whose_move(), tongue_.language);
    if (move.empty()) return;
    const model::v1::RouteContact& who = row.performer();
    if (!who.title().empty() && who.title() != move) {
      absl::StrAppend(&move, ", ", who.title());
    }
    if (!who.phone().empty()) {
      // A number is dialled whole.
      absl::StrAppend(&move, ", ",
                      absl::StrReplaceAll(who.phone(), {{" ", "\u00a0"}}));
    }
    if (ReachedBy(row) == Reached::kNext) {
      Add(Say(Word::kWho, move), Face::kPlain, marks);
    } else {
      Add(Say(Word::kMove, move), Face::kBold, marks);
    }
  }

  // Why it takes long: who would not or did not answer, why, and when.
  void AddObstacles(const RouteRow& row, RouteMarks& marks) const {
    for (const model::v1::RouteObstacle& one : row.obstacles()) {
      std::vector<std::string> parts = {one.by().title(), one.reason()};
      if (one.has_time()) parts.push_back(Day(one.time(), false));
      std::erase(parts, "");
      Add(Say(Word::kObstacle, absl::StrJoin(parts, ", ")), Face::kPlain,
          marks);
    }
  }

  // The nearest deadline, with the rule and the act it rests on.
  void AddDue(const RouteRow& row, Reached reached, RouteMarks& marks) const {
    for (const model::v1::RouteDeadline& one : row.deadlines()) {
      if (!one.deadline().has_due_time()) continue;
      const std::string day = Day(one.deadline().due_time(), true);
      Add(one.deadline().stopped()
              ? Say(Word::kClockStopped)
              : Say(reached == Reached::kOverdue ? Word::kOverdueSince
                                                 : Word::kUntil,
                    day),
          Face::kBold, marks);
      if (one.rule().empty()) return;
      marks.push_back({.line = {.text = Say(Word::kByRule, one.rule())},
                       .source = one.source()});
      return;
    }
  }

  const Tongue& tongue_;
  const absl::TimeZone zone_;
};

}  // namespace

std::vector<GroupMarks> MarksOf(const Route& route, const Atlas& atlas,
                                const Tongue& tongue) {
  std::vector<std::vector<const RouteRow*>> rows(atlas.groups().size());
  for (const RouteRow& row : route.rows()) {
    const int place = atlas.Find(row.step());
    if (place >= 0) rows[static_cast<size_t>(place)].push_back(&row);
  }
  const Marker marker(route, tongue);
  std::vector<GroupMarks> all(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    // Rows that press alike stay in the order of life.
    std::stable_sort(rows[i].begin(), rows[i].end(),
                     [](const RouteRow* a, const RouteRow* b) {
                       return ReachedBy(*a) > ReachedBy(*b);
                     });
    GroupMarks& group = all[i];
    if (!rows[i].empty()) group.reached = ReachedBy(*rows[i].front());
    for (size_t k = 0; k < rows[i].size(); ++k) {
      const RouteRow& row = *rows[i][k];
      if (!row.outcome_title().empty()) {
        group.taken.push_back(row.outcome_title());
      }
      if (k >= kRowsOfBoxMax) continue;
      marker.Mark(row, atlas.groups()[i].head().id() == row.step(),
                  group.marks);
    }
    if (rows[i].size() > kRowsOfBoxMax) {
      group.marks.push_back(
          {.line = {.text = WordText(
                        Word::kMoreRows, tongue.language,
                        absl::StrCat(rows[i].size() - kRowsOfBoxMax))}});
    }
  }
  return all;
}

std::vector<std::string> RouteHeading(const Route& route,
                                      const Tongue& tongue) {
  const model::v1::RouteHeader& header = route.header();
  std::vector<std::string> heading = {
      WordText(Word::kRouteOf, tongue.language, route.case_name(),
               Marker(route, tongue).Day(route.as_of_time(), false))};
  std::string coordinator = header.coordinator().title();
  if (!header.coordinator().phone().empty()) {
    absl::StrAppend(&coordinator, ", ", header.coordinator().phone());
  }
  if (!coordinator.empty()) {
    heading.push_back(
        WordText(Word::kCoordinatedBy, tongue.language, coordinator));
  }
  if (header.interrupt_titles_size() > 0) {
    heading.push_back(WordText(Word::kOnPauseFor, tongue.language,
                               absl::StrJoin(header.interrupt_titles(), "; ")));
  }
  if (!header.ending_title().empty()) {
    heading.push_back(
        WordText(Word::kEnded, tongue.language, header.ending_title()));
  }
  return heading;
}

}  // namespace careroute::picture::internal
