#include "lib/store/erasure_list.h"

#include <sys/stat.h>

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"

namespace careroute::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Erasure Of(uint64_t number) {
  return {
      .owner = {.kind = StreamKind::kPerson, .id = {.high = 1, .low = number}},
      .time = absl::FromUnixSeconds(1735689600)};
}

void AppendText(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::app) << text;
}

TEST(ErasureList, KeepsWhatWasAppendedEachOwnerOnce) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db.erased");
  for (const uint64_t number : {1U, 2U, 1U}) {
    ASSERT_TRUE(AppendErasure(path, Of(number)).ok());
  }
  const auto read = ReadErasures(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(*read, ElementsAre(Of(1), Of(2)));
}

TEST(ErasureList, IsEmptyWhereNobodyWasErased) {
  const ScratchDirectory scratch;
  const auto read = ReadErasures(scratch.File("hub.db.erased"));
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(*read, IsEmpty());
}

TEST(ErasureList, IsForItsOwnersEyesOnly) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db.erased");
  ASSERT_TRUE(AppendErasure(path, Of(1)).ok());
  struct stat status;
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

// The power went while the line was written: the key was still there.
TEST(ErasureList, LeavesOutALineThatWasCutShort) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db.erased");
  ASSERT_TRUE(AppendErasure(path, Of(1)).ok());
  AppendText(path, "0200000000");
  const auto read = ReadErasures(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(*read, ElementsAre(Of(1)));
}

TEST(ErasureList, NamesALineThatIsNoErasure) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db.erased");
  ASSERT_TRUE(AppendErasure(path, Of(1)).ok());
  AppendText(path, "nonsense\n");
  const auto read = ReadErasures(path);
  EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("line 2"));
}

TEST(ErasureList, SaysWhenItCannotBeWritten) {
  const ScratchDirectory scratch;
  EXPECT_FALSE(AppendErasure(scratch.File("no/such/folder"), Of(1)).ok());
}

}  // namespace
}  // namespace careroute::store
