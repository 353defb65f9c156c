#include "tests/bench/process_memory.h"

#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace careroute::bench {
namespace {

// A line of /proc/PID/status in megabytes, which it has in kilobytes.
double MegabytesOf(pid_t process, absl::string_view line) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  std::string read;
  while (std::getline(status, read)) {
    double kib = 0;
    if (absl::StartsWith(read, line) &&
        absl::SimpleAtod(
            read.substr(line.size(), read.find(" kB") - line.size()), &kib)) {
      return kib * 1024 / 1e6;
    }
  }
  return 0;
}

}  // namespace

double ResidentMegabytes(pid_t process) {
  return MegabytesOf(process, "VmRSS:");
}

double HighestMegabytes(pid_t process) {
  return MegabytesOf(process, "VmHWM:");
}

}  // namespace careroute::bench
