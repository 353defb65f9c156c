#include "lib/picture/internal/route_marks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

  // "► now; whose move: the agency (Other centre); due 8 April".
  [[nodiscard]] Line Mark(const RouteRow& row, bool heads) const {
    const Reached reached = ReachedBy(row);
    std::vector<std::string> parts = {
        absl::StrCat(SignOf(reached), " ",
                     engine::RowStateWords(row.state(), tongue_.language))};
    // A block is called by its first step: any other names itself.
    if (!heads) parts.back() = absl::StrCat(parts.back(), ": ", row.title());
    if (reached == Reached::kDone) {
      AddDone(row, parts);
    } else {
      AddMove(row, parts);
      AddDue(row, reached, parts);
    }
    return {.text = absl::StrJoin(parts, "; "), .face = Face::kBold};
  }

 private:
  [[nodiscard]] std::string Say(Word word, absl::string_view first = {}) const {
    return WordText(word, tongue_.language, first);
  }

  void AddDone(const RouteRow& row, std::vector<std::string>& parts) const {
    if (row.has_time()) {
      parts.back() = absl::StrCat(parts.back(), " ", Day(row.time(), false));
    }
    if (row.count() > 1) {
      parts.back() = absl::StrCat(parts.back(), " ",
                                  Say(Word::kTimes, absl::StrCat(row.count())));
    }
    if (!row.outcome_title().empty()) parts.push_back(row.outcome_title());
  }

  void AddMove(const RouteRow& row, std::vector<std::string>& parts) const {
    const std::string move =
        row.whose_move() == model::v1::WHOSE_MOVE_AGENCY &&
                row.agency() != model::v1::AGENCY_KIND_UNSPECIFIED
            ? engine::AgencyWords(row.agency(), tongue_.language)
            : engine::WhoseMoveWords(row.whose_move(), tongue_.language);
    if (move.empty()) return;
    parts.push_back(Say(Word::kMove, move));
    const std::string& who = row.performer().title();
    if (!who.empty()) parts.back() = absl::StrCat(parts.back(), ", ", who);
  }

  void AddDue(const RouteRow& row, Reached reached,
              std::vector<std::string>& parts) const {
    if (reached == Reached::kNext || reached == Reached::kSuspended) return;
    for (const model::v1::RouteDeadline& one : row.deadlines()) {
      if (!one.deadline().has_due_time()) continue;
      const std::string day = Day(one.deadline().due_time(), true);
      parts.push_back(one.deadline().stopped()
                          ? Say(Word::kClockStopped)
                          : Say(reached == Reached::kOverdue
                                    ? Word::kOverdueSince
                                    : Word::kUntil,
                                day));
      return;
    }
  }

  const Tongue& tongue_;
  const absl::TimeZone zone_;
};

}  // namespace

std::vector<GroupMarks> MarksOf(const Route& route, const Atlas& atlas,
                                const Tongue& tongue) {
  const Marker marker(route, tongue);
  std::vector<GroupMarks> all(atlas.groups().size());
  for (const RouteRow& row : route.rows()) {
    const int place = atlas.Find(row.step());
    if (place < 0) continue;
    GroupMarks& group = all[static_cast<size_t>(place)];
    group.reached = std::max(group.reached, ReachedBy(row));
    if (!row.outcome_title().empty()) {
      group.marks.taken.push_back(row.outcome_title());
    }
    if (group.marks.lines.size() >= kMarksOfBoxMax) continue;
    const Group& known = atlas.groups()[static_cast<size_t>(place)];
    group.marks.lines.push_back(
        marker.Mark(row, known.head().id() == row.step()));
  }
  return all;
}

std::string RouteHeading(const Route& route, const Tongue& tongue) {
  return WordText(Word::kRouteOf, tongue.language, route.case_name(),
                  Marker(route, tongue).Day(route.as_of_time(), false));
}

}  // namespace careroute::picture::internal
