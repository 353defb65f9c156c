#include "services/hub/init.h"

#include <climits>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/store/scratch_directory.h"

namespace careroute::services {
namespace {

// The folder can be, but no path of a file in it.
TEST(InitHub, SaysThatAFileCannotBeMade) {
  const store::ScratchDirectory scratch;
  std::string folder = scratch.File("made");
  ASSERT_TRUE(std::filesystem::create_directory(folder));
  while (folder.size() + 4 < PATH_MAX) folder += "/.";
  base::SeededRandom random(1);
  const absl::Status made = InitHub({.random = random,
                                     .now = absl::FromUnixSeconds(1740960000),
                                     .folder = folder,
                                     .hub_id = "khabarovsk",
                                     .grpc_address = "127.0.0.1:7400",
                                     .development = true});
  EXPECT_FALSE(made.ok());
}

}  // namespace
}  // namespace careroute::services
