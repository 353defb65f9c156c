#include "services/hub/sandbox_config.h"

#include <string>

#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"

namespace careroute::services {
namespace {

TEST(MakeMissingKeyRing, MakesOneBesideAStoreInAFile) {
  const store::ScratchDirectory scratch;
  config::v1::HubConfig config;
  config.set_store("sqlite:" + scratch.File("hub.db"));
  config.set_key_ring(scratch.File("hub.db.keys"));
  EXPECT_TRUE(MakeMissingKeyRing(config).ok());
  const absl::Status again = MakeMissingKeyRing(config);
  EXPECT_TRUE(again.ok()) << again;
}

TEST(MakeMissingKeyRing, SaysThatAFileCannotBeMade) {
  const store::ScratchDirectory scratch;
  config::v1::HubConfig config;
  config.set_store("sqlite:" + scratch.File("hub.db"));
  config.set_key_ring(scratch.File(std::string(300, 'a')));
  EXPECT_FALSE(MakeMissingKeyRing(config).ok());
}

}  // namespace
}  // namespace careroute::services
