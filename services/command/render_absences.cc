#include "services/command/render_absences.h"

#include "absl/strings/str_cat.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"
#include "services/command/table.h"
#include "services/command/text_width.h"

namespace careroute::services {

std::string RenderAbsences(const model::v1::Member& member, const Wall& wall,
                           const Screen& screen) {
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  const std::string heading = absl::StrCat(
      Paint(screen, Style::kTitle,
            Clean(JoinWords({member.name(), member.display_name()}, ", "))),
      "\n");
  if (member.absences().empty()) {
    return absl::StrCat(heading, label(Label::kNoAbsences), "\n");
  }
  Table table({label(Label::kFirstDayTitle), label(Label::kLastDayTitle)});
  for (const model::v1::Absence& one : member.absences()) {
    table.Add({.cells = {wall.Day(one.from()), wall.Day(one.to())}});
  }
  return absl::StrCat(heading, table.Print(screen));
}

}  // namespace careroute::services
