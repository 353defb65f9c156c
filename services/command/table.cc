#include "services/command/table.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

// Between two columns.
constexpr int kGap = 2;
// Below it a column of words is torn to shreds.
constexpr int kColumnMin = 8;
// Of lines below a row.
constexpr int kNoteIndent = 2;

std::string Spaces(int count) {
  return std::string(static_cast<size_t>(std::max(count, 0)), ' ');
}

void AppendLine(std::string line, std::string& into) {
  absl::StripTrailingAsciiWhitespace(&line);
  absl::StrAppend(&into, line, "\n");
}

// One row of cells, wrapped to their columns.
void PrintCells(const std::vector<std::string>& cells, const TableRow& row,
                const std::vector<int>& widths, const Screen& screen,
                std::string& into) {
  std::vector<std::vector<std::string>> wrapped;
  size_t height = 1;
  for (size_t i = 0; i < widths.size(); ++i) {
    const std::string cell = i < cells.size() ? cells[i] : std::string();
    wrapped.push_back(Wrap(cell, screen.width > 0 ? widths[i] : 0));
    height = std::max(height, wrapped.back().size());
  }
  for (size_t line = 0; line < height; ++line) {
    std::string printed;
    int waiting = 0;  // spaces not printed yet, so that none ends a line
    for (size_t i = 0; i < widths.size(); ++i) {
      const std::string part =
          line < wrapped[i].size() ? wrapped[i][line] : std::string();
      if (!part.empty()) {
        const Style style = i == 0 || row.whole ? row.style : Style::kPlain;
        absl::StrAppend(&printed, Spaces(waiting), Paint(screen, style, part));
        waiting = 0;
      }
      waiting += widths[i] - TextWidth(part) + kGap;
    }
    AppendLine(std::move(printed), into);
  }
}

void PrintNotes(const TableRow& row, int indent, const Screen& screen,
                std::string& into) {
  for (const Note& note : row.notes) {
    std::string lead = Spaces(indent);
    for (const std::string& line :
         Wrap(note.text,
              screen.width > 0 ? screen.width - indent - kNoteIndent : 0)) {
      AppendLine(absl::StrCat(lead, Paint(screen, note.style, line)), into);
      lead = Spaces(indent + kNoteIndent);
    }
  }
}

}  // namespace

std::vector<int> Table::Widths(int width) const {
  std::vector<int> widths(titles_.size(), 0);
  for (size_t i = 0; i < titles_.size(); ++i) {
    widths[i] = TextWidth(titles_[i]);
    for (const TableRow& row : rows_) {
      if (i < row.cells.size()) {
        widths[i] = std::max(widths[i], TextWidth(Clean(row.cells[i])));
      }
    }
  }
  if (width <= 0) return widths;
  const int available = width - kGap * (static_cast<int>(widths.size()) - 1);
  while (std::accumulate(widths.begin(), widths.end(), 0) > available) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kColumnMin) break;
    --*widest;
  }
  return widths;
}

std::string Table::Print(const Screen& screen) const {
  const std::vector<int> widths = Widths(screen.width);
  std::string printed;
  const bool titled =
      std::any_of(titles_.begin(), titles_.end(),
                  [](const std::string& title) { return !title.empty(); });
  if (titled) {
    PrintCells(titles_, {.style = Style::kTitle, .whole = true}, widths, screen,
               printed);
  }
  const int indent = widths.empty() ? 0 : widths[0] + kGap;
  for (const TableRow& row : rows_) {
    PrintCells(row.cells, row, widths, screen, printed);
    PrintNotes(row, indent, screen, printed);
  }
  return printed;
}

std::string PrintLabelled(const std::vector<Labelled>& lines,
                          const Screen& screen) {
  int column = 0;
  for (const Labelled& line : lines) {
    if (!line.value.empty()) column = std::max(column, TextWidth(line.label));
  }
  column += kGap;
  std::string printed;
  for (const Labelled& line : lines) {
    if (line.value.empty()) continue;
    std::string lead = Paint(screen, Style::kDim, Pad(line.label, column));
    for (const std::string& part :
         Wrap(line.value, screen.width > 0 ? screen.width - column : 0)) {
      AppendLine(absl::StrCat(lead, Paint(screen, line.style, part)), printed);
      lead = Spaces(column);
    }
  }
  return printed;
}

}  // namespace careroute::services
