#include "lib/store/scratch_directory.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"

namespace careroute::store {

ScratchDirectory::ScratchDirectory() {
  std::error_code error;
  path_ = (std::filesystem::temp_directory_path(error) / "careroute_XXXXXX")
              .string();
  CAREROUTE_CHECK(!error && mkdtemp(path_.data()) != nullptr);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ScratchDirectory::File(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

std::string ScratchDirectory::AllBytes() const {
  std::ostringstream bytes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path_, error)) {
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
  }
  CAREROUTE_CHECK(!error);
  return std::move(bytes).str();
}

}  // namespace careroute::store
