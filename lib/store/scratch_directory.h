// lib/store/scratch_directory.h: a directory that goes with its object.
//
// For tests only, which need a place for a database of their own.
//
//   const store::ScratchDirectory scratch;
//   const std::string path = scratch.File("hub.db");

#ifndef CAREROUTE_LIB_STORE_SCRATCH_DIRECTORY_H_
#define CAREROUTE_LIB_STORE_SCRATCH_DIRECTORY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace careroute::store {

// Made below the machine's directory for temporary files; removed, with all
// that is in it, when destroyed. Stops the test when it cannot be made.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  [[nodiscard]] std::string File(absl::string_view name) const;

  // The bytes of every file in it, one after the other: to show that
  // something is in none of them.
  [[nodiscard]] std::string AllBytes() const;

 private:
  std::string path_;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SCRATCH_DIRECTORY_H_
