#include "services/core/clock_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace careroute::services {
namespace {

constexpr absl::string_view kTitle = "careroute sandbox clock 1";

std::string Text(absl::Time time) {
  return absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone());
}

bool ParseMove(absl::string_view line, ClockMove& move) {
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  if (parts.size() != 3) return false;
  move.request_id = parts[0];
  return absl::ParseTime(absl::RFC3339_full, parts[1], &move.target, nullptr) &&
         absl::SimpleAtoi(parts[2], &move.fired);
}

absl::Status NoClockFile(const std::string& path) {
  return absl::DataLossError(absl::StrCat(
      path,
      " is not the clock of a sandbox; put back the file that stood "
      "there, or remove it to begin at --start"));
}

}  // namespace

absl::StatusOr<ClockState> LoadClockFile(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) return absl::NotFoundError(absl::StrCat("no file ", path));
  ClockState state;
  std::string line;
  if (!std::getline(stream, line) || line != std::string(kTitle) ||
      !std::getline(stream, line) ||
      !absl::ParseTime(absl::RFC3339_full, line, &state.now, nullptr)) {
    return NoClockFile(path);
  }
  while (std::getline(stream, line) && state.moves.size() < kMovesKeptMax) {
    ClockMove move;
    if (!ParseMove(line, move)) return NoClockFile(path);
    state.moves.push_back(std::move(move));
  }
  return state;
}

absl::Status SaveClockFile(const std::string& path, const ClockState& state) {
  const std::string beside = absl::StrCat(path, ".new");
  {
    std::ofstream stream(beside, std::ios::trunc);
    stream << kTitle << '\n' << Text(state.now) << '\n';
    for (const ClockMove& move : state.moves) {
      stream << move.request_id << ' ' << Text(move.target) << ' ' << move.fired
             << '\n';
    }
    if (!stream.flush()) {
      return absl::UnavailableError(
          absl::StrCat("the sandbox's clock cannot be written to ", beside));
    }
  }
  std::error_code error;
  std::filesystem::rename(beside, path, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("the sandbox's clock cannot be put at ", path));
  }
  return absl::OkStatus();
}

}  // namespace careroute::services
