// services/command/table.h: rows in columns.
//
// Columns are as wide as their cells need. Where the screen is narrower, the
// widest give way and their cells are wrapped. A row may have notes, lines
// below it that run over all columns after the first. A column of names that
// people copy is kept whole: where it leaves too little for the others, each of
// its cells stands on a line of its own below the row instead.
//
//   Table table({"", "Step", "Until"});
//   table.Add({.cells = {"now", "Referral", "2025-04-08"},
//              .style = Style::kNow, .notes = {{.text = "bring: slip"}}});
//   out << table.Print(screen);

#ifndef CAREROUTE_SERVICES_COMMAND_TABLE_H_
#define CAREROUTE_SERVICES_COMMAND_TABLE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/command/screen.h"

namespace careroute::services {

// A line below a row.
struct Note {
  std::string text;
  Style style = Style::kDim;
  // True when it is never wrapped, however narrow the screen.
  bool whole = false;
};

struct TableRow {
  // One a column; missing ones are empty.
  std::vector<std::string> cells;
  // Of the first cell, and of the others when `whole` is set.
  Style style = Style::kPlain;
  bool whole = false;
  std::vector<Note> notes;
};

// Not thread-safe.
class Table {
 public:
  // Titles may be empty; when all are, no line of titles is printed.
  explicit Table(std::vector<std::string> titles)
      : titles_(std::move(titles)) {}

  // At most one column, by its number.
  void KeepWhole(size_t column) { whole_ = column; }

  void Add(TableRow row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  // With a line end after each line, no spaces before it. Width 0: nothing is
  // wrapped, each row is one line and its notes one each.
  [[nodiscard]] std::string Print(const Screen& screen) const;

 private:
  [[nodiscard]] std::vector<int> NaturalWidths() const;
  [[nodiscard]] std::vector<int> Widths(int width) const;
  // Whether the column kept whole leaves the others room on a screen.
  [[nodiscard]] bool HasRoomForWhole(int width) const;
  // The same with the cells of that column below their rows.
  [[nodiscard]] Table WholeBelow() const;

  std::vector<std::string> titles_;
  std::vector<TableRow> rows_;
  std::optional<size_t> whole_;
};

// "label  value", the values aligned and wrapped; empty values are left out.
struct Labelled {
  std::string label;
  std::string value;
  Style style = Style::kPlain;
};
[[nodiscard]] std::string PrintLabelled(const std::vector<Labelled>& lines,
                                        const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_TABLE_H_
