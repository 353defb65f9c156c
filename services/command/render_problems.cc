#include "services/command/render_problems.h"

#include "absl/strings/str_cat.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

using base::Grade;
using base::Problem;

std::string PlaceOf(const Problem& problem) {
  std::string place = Clean(problem.file);
  if (problem.line > 0) absl::StrAppend(&place, ":", problem.line);
  if (problem.line > 0 && problem.column > 0) {
    absl::StrAppend(&place, ":", problem.column);
  }
  return place.empty() ? place : absl::StrCat(place, ": ");
}

std::string Render(const Problem& problem, const Screen& screen) {
  const bool error = problem.grade == Grade::kError;
  std::string text =
      absl::StrCat(PlaceOf(problem),
                   Paint(screen, error ? Style::kError : Style::kWarning,
                         error ? "error" : "warning"),
                   ": ");
  if (!problem.path.empty()) {
    absl::StrAppend(&text, Clean(problem.path), ": ");
  }
  absl::StrAppend(&text, Clean(problem.message), "\n");
  std::string mend = Clean(problem.mend);
  if (!problem.reason.empty()) {
    absl::StrAppend(&mend, mend.empty() ? "" : " ", "[", problem.reason, "]");
  }
  if (!mend.empty()) {
    absl::StrAppend(&text, "  ", Paint(screen, Style::kDim, mend), "\n");
  }
  return text;
}

std::string Amount(size_t count, absl::string_view what) {
  return absl::StrCat(count, " ", what, count == 1 ? "" : "s");
}

}  // namespace

std::string RenderProblems(const base::Problems& problems,
                           const Screen& screen) {
  std::string text;
  size_t errors = 0;
  for (const Problem& problem : problems.list()) {
    absl::StrAppend(&text, Render(problem, screen));
    if (problem.grade == Grade::kError) ++errors;
  }
  if (problems.empty()) return text;
  const size_t warnings = problems.list().size() - errors;
  absl::StrAppend(&text, Amount(errors, "error"), ", ",
                  Amount(warnings, "warning"), "\n");
  return text;
}

}  // namespace careroute::services
