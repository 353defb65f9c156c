#include "tests/bench/table.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace careroute::bench {
namespace {

// Commands decided and folded a second on one core.
constexpr double kGoal = 300'000;

// What a row is held against: a number, or another benchmark of the same run.
struct Row {
  const char* name;
  const char* words;
  double goal = 0;
  const char* floor = nullptr;
};

constexpr Row kRows[] = {
    {.name = "decide_fold/accept_complete",
     .words = "decide+fold: accept, complete",
     .goal = kGoal},
    {.name = "decide_fold/accept_complete_to_two",
     .words = "decide+fold: accept, complete to two",
     .goal = kGoal},
    {.name = "decide/accept", .words = "  decide: accept"},
    {.name = "decide/complete", .words = "  decide: complete"},
    {.name = "decide/complete_to_two", .words = "  decide: complete to two"},
    {.name = "event/parse", .words = "  parse its event"},
    {.name = "event/serialise", .words = "  serialise its event"},
    {.name = "event/hash", .words = "  hash its event"},
    {.name = "event/seal", .words = "  seal its event"},
    {.name = "fold/200_events", .words = "  fold, of 200 events"},
    {.name = "load/snapshot/50", .words = "load, 50 events"},
    {.name = "load/snapshot/5050", .words = "load, 5,050 events"},
    {.name = "load/snapshot/50050", .words = "load, 50,050 events"},
    {.name = "load/whole/50", .words = "  of the whole, 50"},
    {.name = "load/whole/5050", .words = "  of the whole, 5,050"},
    {.name = "load/whole/50050", .words = "  of the whole, 50,050"},
    {.name = "command/memory_one", .words = "command, memory, one by one"},
    {.name = "command/memory_64", .words = "command, memory, 64 at once"},
    {.name = "command/sqlite_one",
     .words = "command, SQLite, one by one",
     .floor = "floor/sqlite_one"},
    {.name = "command/sqlite_64",
     .words = "command, SQLite, 64 at once",
     .floor = "floor/sqlite_64"},
    {.name = "floor/sqlite_one", .words = "  bare commit of one row"},
    {.name = "floor/sqlite_64", .words = "  bare commit of 64 rows"},
    {.name = "door/get_case",
     .words = "GetCase over gRPC",
     .floor = "floor/echo"},
    {.name = "floor/echo", .words = "  bare gRPC echo"},
};

struct Line {
  const Row* row = nullptr;
  Measured measured;
  double against = 0;  // a second; 0 = nothing

  [[nodiscard]] double ratio() const {
    return against > 0 ? measured.per_second / against : 0;
  }
};

std::vector<Line> LinesOf(const std::map<std::string, Measured>& measured) {
  std::vector<Line> lines;
  for (const Row& row : kRows) {
    const auto found = measured.find(row.name);
    if (found == measured.end() || found->second.per_second <= 0) {
      continue;
    }
    Line line{.row = &row, .measured = found->second, .against = row.goal};
    if (row.floor != nullptr) {
      const auto floor = measured.find(row.floor);
      line.against = floor == measured.end() ? 0 : floor->second.per_second;
    }
    lines.push_back(line);
  }
  return lines;
}

std::string EachOf(double per_second) {
  const double us = 1e6 / per_second;
  return us < 1000 ? absl::StrFormat("%.2f us", us)
                   : absl::StrFormat("%.2f ms", us / 1000);
}

std::string NoteOf(const Line& line) {
  if (line.measured.rows > 0) {
    return absl::StrFormat("%.0f rows read", line.measured.rows);
  }
  if (line.against <= 0) {
    return "";
  }
  return absl::StrFormat("%.2f of the %s", line.ratio(),
                         line.row->floor == nullptr ? "goal" : "floor");
}

}  // namespace

std::string TableText(const std::map<std::string, Measured>& measured) {
  std::string text = absl::StrFormat("%-38s %12s %12s  %s\n", "what",
                                     "a second", "each", "against");
  for (const Line& line : LinesOf(measured)) {
    std::string printed = absl::StrFormat(
        "%-38s %12.0f %12s  %s", line.row->words, line.measured.per_second,
        EachOf(line.measured.per_second), NoteOf(line));
    printed.erase(printed.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, printed, "\n");
  }
  return text;
}

std::string TableJson(const std::map<std::string, Measured>& measured) {
  std::vector<std::string> objects;
  for (const Line& line : LinesOf(measured)) {
    std::string object =
        absl::StrFormat(R"({"name":"%s","per_second":%.3f)", line.row->name,
                        line.measured.per_second);
    if (line.measured.rows > 0) {
      absl::StrAppendFormat(&object, R"(,"rows_read":%.0f)",
                            line.measured.rows);
    }
    if (line.against > 0) {
      absl::StrAppendFormat(&object, R"(,"%s_per_second":%.3f,"ratio":%.4f)",
                            line.row->floor == nullptr ? "goal" : "floor",
                            line.against, line.ratio());
    }
    objects.push_back(object + "}");
  }
  return absl::StrCat("[", absl::StrJoin(objects, ",\n "), "]\n");
}

}  // namespace careroute::bench
