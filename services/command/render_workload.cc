#include "services/command/render_workload.h"

#include "absl/strings/str_cat.h"
#include "lib/engine/workloads.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

std::string CountWords(int count) {
  if (count == 0) return "";
  return absl::StrCat(count, count >= engine::kWorkloadMax ? "+" : "");
}

std::string PresenceWords(const api::v1::Workload& row, const Wall& wall) {
  std::vector<std::string> parts;
  if (!row.absent_until().empty()) {
    parts.push_back(LabelText(Label::kAbsentUntil, wall.language(),
                              wall.Day(row.absent_until())));
  }
  if (!row.last_day().empty()) {
    parts.push_back(
        LabelText(Label::kLastDay, wall.language(), wall.Day(row.last_day())));
  }
  return JoinWords(parts, ", ");
}

}  // namespace

std::string RenderWorkload(const api::v1::ListWorkloadResponse& page,
                           const Wall& wall, const Screen& screen) {
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  if (page.members().empty()) return absl::StrCat(label(Label::kNothing), "\n");
  Table table({label(Label::kMember), label(Label::kWho),
               label(Label::kCoordinates), label(Label::kOverdue),
               label(Label::kNextDue), label(Label::kDeputises),
               label(Label::kOffered), label(Label::kPresence)});
  table.KeepWhole(0);  // the name is what a hand-over is given
  for (const api::v1::Workload& row : page.members()) {
    table.Add(
        {.cells = {row.member(), row.display_name(),
                   CountWords(row.coordinates()), CountWords(row.overdue()),
                   row.has_next_due_time() ? wall.Until(row.next_due_time())
                                           : "",
                   CountWords(row.deputises()), CountWords(row.offered()),
                   PresenceWords(row, wall)},
         .style = row.overdue() > 0 ? Style::kError : Style::kPlain});
  }
  return table.Print(screen);
}

}  // namespace careroute::services
