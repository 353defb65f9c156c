#include "services/core/hub_rules.h"

#include <sys/stat.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/registry/key_ring_file.h"
#include "lib/store/scratch_directory.h"

namespace careroute::services {
namespace {

using store::ScratchDirectory;

config::v1::HubConfig ConfigIn(const ScratchDirectory& scratch) {
  config::v1::HubConfig config;
  config.set_hub_id("hub");
  config.set_grpc_address("127.0.0.1:0");
  const std::string path = scratch.File("hub.db");
  config.set_store(absl::StrCat("sqlite:", path));
  config.set_key_ring(KeyRingBeside(path));
  return config;
}

TEST(MakeMissingKeyRing, MakesOneForANewStoreThatOnlyItsOwnerReads) {
  const ScratchDirectory scratch;
  const config::v1::HubConfig config = ConfigIn(scratch);
  ASSERT_TRUE(MakeMissingKeyRing(config).ok());
  struct stat found {};
  ASSERT_EQ(stat(config.key_ring().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600U);
  EXPECT_TRUE(registry::LoadKeyRingFile(config.key_ring()).ok());
}

TEST(MakeMissingKeyRing, LeavesOneThatIsThere) {
  const ScratchDirectory scratch;
  const config::v1::HubConfig config = ConfigIn(scratch);
  std::ofstream(config.key_ring()) << "as it was";
  ASSERT_TRUE(MakeMissingKeyRing(config).ok());
  std::string text;
  std::getline(std::ifstream(config.key_ring()), text);
  EXPECT_EQ(text, "as it was");
}

TEST(MakeMissingKeyRing, MakesNoneForAStoreThatLostItsOwn) {
  const ScratchDirectory scratch;
  const config::v1::HubConfig config = ConfigIn(scratch);
  std::ofstream(SqlitePathOf(config)) << "a store";
  ASSERT_TRUE(MakeMissingKeyRing(config).ok());
  EXPECT_TRUE(
      absl::IsNotFound(registry::LoadKeyRingFile(config.key_ring()).status()));
}

TEST(MakeMissingKeyRing, SaysThatAFileCannotBeMade) {
  const ScratchDirectory scratch;
  config::v1::HubConfig config = ConfigIn(scratch);
  config.set_key_ring(scratch.File(std::string(300, 'a')));
  EXPECT_FALSE(MakeMissingKeyRing(config).ok());
}

TEST(CheckHubRules, NamesAStoreOfAnUnknownKind) {
  config::v1::HubConfig config;
  config.set_hub_id("hub");
  config.set_grpc_address("127.0.0.1:0");
  config.set_key_ring("hub.keys");
  config.set_store("mysql:hub");
  base::Problems problems;
  CheckHubRules(config, problems);
  ASSERT_TRUE(problems.HasErrors());
  EXPECT_EQ(problems.list().front().path, "store");
}

}  // namespace
}  // namespace careroute::services
