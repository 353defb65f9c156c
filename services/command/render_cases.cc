#include "services/command/render_cases.h"

#include "absl/strings/str_cat.h"
#include "lib/engine/route_words.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"
#include "services/command/table.h"

namespace careroute::services {

std::string TotalWords(int total, bool more, absl::string_view language) {
  return absl::StrCat(LabelText(more ? Label::kMoreCases : Label::kCasesTotal,
                                language, absl::StrCat(total)),
                      "\n");
}

std::string RenderCases(const api::v1::ListCasesResponse& page,
                        const Wall& wall, const Screen& screen) {
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  if (page.cases().empty()) return absl::StrCat(label(Label::kNothing), "\n");
  Table table({label(Label::kCase), label(Label::kPathway),
               label(Label::kState), label(Label::kOverdue),
               label(Label::kNextDue), label(Label::kContact),
               label(Label::kSteps)});
  table.KeepWhole(0);  // the name is what `careroute route` is given
  for (const model::v1::CaseRow& row : page.cases()) {
    table.Add(
        {.cells = {row.name(), row.pathway(),
                   engine::CaseStateWords(row.state(), wall.language()),
                   row.overdue() > 0 ? absl::StrCat(row.overdue()) : "",
                   row.has_next_due_time() ? wall.Until(row.next_due_time())
                                           : "",
                   wall.Day(row.next_contact_date()),
                   JoinWords({row.live_steps().begin(), row.live_steps().end()},
                             ", ")},
         .style = row.overdue() > 0 ? Style::kError : Style::kPlain});
  }
  return absl::StrCat(table.Print(screen),
                      // The hub counts what the filters leave out too.
                      TotalWords(page.cases_size(), false, wall.language()));
}

}  // namespace careroute::services
