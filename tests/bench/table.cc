#include "tests/bench/table.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace careroute::bench {
namespace {

constexpr char kLine[] = "%-46s %12s %12s %8s  %-16s %s\n";

// As many digits as a measurement deserves.
std::string Short(double value) {
  if (value >= 1000) return absl::StrFormat("%.0f", value);
  return value >= 100 ? absl::StrFormat("%.0f", value)
                      : absl::StrFormat("%.3g", value);
}

// "60000/s", "3.2 ms".
std::string WithUnit(double value, const std::string& unit) {
  return absl::StrCat(Short(value), unit == "/s" ? "" : " ", unit);
}

std::string GoalOf(const Row& row) {
  const Goal& goal = row.goal;
  return absl::StrCat(goal.bound == Bound::kAtLeast ? ">= " : "<= ",
                      goal.of == Of::kExcess ? "floor + " : "",
                      goal.of == Of::kRatio
                          ? absl::StrFormat("%.2f", goal.limit)
                          : WithUnit(goal.limit, row.unit));
}

std::string LineText(const Line& line) {
  const Row& row = line.row;
  if (!line.measured.ok()) {
    return absl::StrFormat(
        kLine, row.name, "-", "-", "-", GoalOf(row),
        absl::IsNotFound(line.measured.status()) ? "skipped" : "failed");
  }
  const Measured& measured = *line.measured;
  const bool floor = measured.floor > 0;
  return absl::StrFormat(
      kLine, row.name, WithUnit(measured.value, row.unit),
      floor ? WithUnit(measured.floor, row.unit) : "-",
      floor ? absl::StrFormat("%.2f", measured.ratio()) : "-", GoalOf(row),
      Meets(row.goal, measured) ? "met" : "missed");
}

// "missed: NAME: NOTE.".
void AddNotes(const std::vector<Line>& lines, bool missed, std::string& text) {
  for (const Line& line : lines) {
    if (!line.measured.ok()) continue;
    const Measured& measured = *line.measured;
    if (Meets(line.row.goal, measured) == missed) continue;
    if (!missed && measured.note.empty()) continue;
    absl::StrAppend(&text, missed ? "missed: " : "", line.row.name, ": ",
                    measured.note, ".\n");
  }
}

std::string Number(double value) { return absl::StrFormat("%.6g", value); }

std::string ObjectOf(const Line& line) {
  std::string value = "null";
  std::string floor = "null";
  std::string ratio = "null";
  std::string met = "null";
  if (line.measured.ok()) {
    const Measured& measured = *line.measured;
    value = Number(measured.value);
    if (measured.floor > 0) {
      floor = Number(measured.floor);
      ratio = Number(measured.ratio());
    }
    met = Meets(line.row.goal, measured) ? "true" : "false";
  }
  // Names and units are ours: nothing in them needs escaping.
  return absl::StrFormat(
      R"({"row":"%s","value":%s,"unit":"%s","floor":%s,"ratio":%s,)"
      R"("goal":"%s","met":%s})",
      line.row.name, value, line.row.unit, floor, ratio, GoalOf(line.row), met);
}

}  // namespace

std::string TableText(const std::vector<Line>& lines) {
  std::string text =
      absl::StrFormat(kLine, "row", "value", "floor", "ratio", "goal", "met");
  for (const Line& line : lines) absl::StrAppend(&text, LineText(line));
  absl::StrAppend(&text, "\n");
  AddNotes(lines, true, text);
  AddNotes(lines, false, text);
  for (const Line& line : lines) {
    if (line.measured.ok()) continue;
    const absl::Status status = line.measured.status();
    absl::StrAppend(&text, absl::IsNotFound(status) ? "skipped: " : "failed: ",
                    line.row.name, ": ", status.message(), ".\n");
  }
  return text;
}

std::string TableJson(const std::vector<Line>& lines) {
  std::vector<std::string> objects;
  for (const Line& line : lines) objects.push_back(ObjectOf(line));
  return absl::StrCat("[", absl::StrJoin(objects, ",\n "), "]\n");
}

}  // namespace careroute::bench
