#include "services/command/table.h"

#include <algorithm>
#include <cstddef>
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
// What a column of words wants to be read with ease.
constexpr int kColumnEasy = 14;
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
    const bool wraps = screen.width > 0 && !note.whole;
    for (const std::string& line :
         Wrap(note.text, wraps ? screen.width - indent - kNoteIndent : 0)) {
      AppendLine(absl::StrCat(lead, Paint(screen, note.style, line)), into);
      lead = Spaces(indent + kNoteIndent);
    }
  }
}

}  // namespace

std::vector<int> Table::NaturalWidths() const {
  std::vector<int> widths(titles_.size(), 0);
  for (size_t i = 0; i < titles_.size(); ++i) {
    widths[i] = TextWidth(titles_[i]);
    for (const TableRow& row : rows_) {
      if (i < row.cells.size()) {
        widths[i] = std::max(widths[i], TextWidth(Clean(row.cells[i])));
      }
    }
  }
  return widths;
}

std::vector<int> Table::Widths(int width) const {
  std::vector<int> widths = NaturalWidths();
  if (width <= 0) return widths;
  int excess = std::accumulate(widths.begin(), widths.end(), 0) +
               kGap * (static_cast<int>(widths.size()) - 1) - width;
  for (; excess > 0; --excess) {
    size_t widest = whole_ == size_t{0} ? 1 : 0;
    for (size_t i = 0; i < widths.size(); ++i) {
      if (i != whole_ && widths[i] > widths[widest]) widest = i;
    }
    if (widest >= widths.size() || widths[widest] <= kColumnMin) break;
    --widths[widest];
  }
  return widths;
}

bool Table::HasRoomForWhole(int width) const {
  if (titles_.size() < 2) return true;
  const std::vector<int> widths = NaturalWidths();
  int needed = kGap * (static_cast<int>(widths.size()) - 1);
  for (size_t i = 0; i < widths.size(); ++i) {
    needed += i == whole_ ? widths[i] : std::min(widths[i], kColumnEasy);
  }
  return needed <= width;
}

Table Table::WholeBelow() const {
  const auto at = static_cast<std::ptrdiff_t>(*whole_);
  Table table(titles_);
  table.titles_.erase(table.titles_.begin() + at);
  for (TableRow row : rows_) {
    if (*whole_ < row.cells.size()) {
      row.notes.insert(
          row.notes.begin(),
          {.text = row.cells[*whole_], .style = Style::kPlain, .whole = true});
      row.cells.erase(row.cells.begin() + at);
    }
    table.Add(std::move(row));
  }
  return table;
}

std::string Table::Print(const Screen& screen) const {
  if (whole_.has_value() && screen.width > 0 &&
      !HasRoomForWhole(screen.width)) {
    return WholeBelow().Print(screen);
  }
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
