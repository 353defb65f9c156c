#include "tests/bench/binding_commands.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/base/status_macros.h"

namespace careroute::bench {
namespace {

namespace fs = std::filesystem;

constexpr char kBindings[] = CAREROUTE_BINDINGS;
constexpr char kBuild[] = CAREROUTE_BUILD;

// Of this build.
const fs::path& Library() {
  static const auto* const library = new fs::path(CAREROUTE_SHARED_LIBRARY);
  return *library;
}

// A binding as it was built, and what builds it.
struct Built {
  absl::string_view language;
  fs::path library;  // the libcareroute.so it brings along
  absl::string_view test;
};

bool SameBytes(const fs::path& one, const fs::path& other) {
  std::error_code error;
  if (fs::file_size(one, error) != fs::file_size(other, error)) return false;
  std::ifstream first(one, std::ios::binary);
  std::ifstream second(other, std::ios::binary);
  std::vector<char> a(1 << 16);
  std::vector<char> b(a.size());
  while (first && second) {
    first.read(a.data(), static_cast<std::streamsize>(a.size()));
    second.read(b.data(), static_cast<std::streamsize>(b.size()));
    if (first.gcount() != second.gcount() ||
        std::memcmp(a.data(), b.data(), static_cast<size_t>(first.gcount())) !=
            0) {
      return false;
    }
  }
  return first.eof() && second.eof();
}

absl::Status CheckBuilt(const Built& built) {
  std::error_code error;
  absl::string_view what;
  if (!fs::exists(built.library, error)) {
    what = "was not built";
  } else if (!SameBytes(built.library, Library())) {
    what = "holds another libcareroute.so than this build has";
  } else {
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat(
      "the binding for ", built.language, " ", what, "; ctest --test-dir ",
      kBuild, " -R '^", built.test, "$' builds it"));
}

absl::Status NotOfThisBuild(absl::string_view language) {
  return absl::NotFoundError(
      absl::StrCat("this configuration has no binding for ", language));
}

// Below lib/pythonX.Y of an environment, whatever X.Y is.
fs::path LibraryIn(const fs::path& environment) {
  std::error_code error;
  for (const auto& version :
       fs::directory_iterator(environment / "lib", error)) {
    fs::path library =
        version.path() / "site-packages" / "careroute" / Library().filename();
    if (fs::exists(library, error)) return library;
  }
  return {};
}

}  // namespace

absl::StatusOr<std::vector<std::string>> PythonCommand() {
  const fs::path environment = CAREROUTE_PYTHON_ENVIRONMENT;
  if (environment.empty()) return NotOfThisBuild("Python");
  CAREROUTE_RETURN_IF_ERROR(CheckBuilt({.language = "Python",
                                        .library = LibraryIn(environment),
                                        .test = "python_install"}));
  // Without a cache beside its source.
  return std::vector<std::string>{
      (environment / "bin" / "python").string(), "-B",
      absl::StrCat(kBindings, "/python/bench/measure.py")};
}

absl::StatusOr<std::vector<std::string>> NodeCommand() {
  const fs::path home = CAREROUTE_NODE_PACKAGE;
  if (home.empty()) return NotOfThisBuild("Node.js");
  CAREROUTE_RETURN_IF_ERROR(
      CheckBuilt({.language = "Node.js",
                  .library = home / "dist" / "native" / Library().filename(),
                  .test = "nodejs_build"}));
  return std::vector<std::string>{
      "node", (home / "build" / "test" / "bench.js").string()};
}

}  // namespace careroute::bench
