#include "lib/catalogue/file_reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace careroute::catalogue {
namespace {

constexpr char kFolder[] = "lib";

TEST(IsFileName, TakesNamesInsideTheCatalogueOnly) {
  for (const char* name : {"a", "a/b.textproto", "A-1_b/c.d"}) {
    EXPECT_TRUE(IsFileName(name)) << name;
  }
  for (const char* name : {"", "/a", "a/", "a//b", "..", "a/../b", "./a", "a b",
                           "a\nb", "a\\b", "~", "a:b"}) {
    EXPECT_FALSE(IsFileName(name)) << name;
  }
  EXPECT_TRUE(IsFileName(std::string(256, 'a')));
  EXPECT_FALSE(IsFileName(std::string(257, 'a')));
}

TEST(MapFileReader, KnowsWhatWasAdded) {
  MapFileReader files;
  files.Add("a", "1");
  files.Add("a", "2");
  EXPECT_EQ(*files.Read("a"), "2");
  EXPECT_TRUE(absl::IsNotFound(files.Read("b").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(files.Read("../a").status()));
  files.Add("large", std::string(kFileBytesMax + 1, 'x'));
  EXPECT_TRUE(absl::IsResourceExhausted(files.Read("large").status()));
}

TEST(DirectoryFileReader, ReadsWholeFilesInsideItsFolder) {
  const DirectoryFileReader files(kFolder);
  const absl::StatusOr<std::string> content = files.Read("catalogue/README.md");
  ASSERT_TRUE(content.ok()) << content.status();
  EXPECT_NE(content->find("# lib/catalogue"), std::string::npos);
  EXPECT_TRUE(absl::IsNotFound(files.Read("nope").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(files.Read("../README.md").status()));
}

TEST(DirectoryFileReader, RefusesAFolderInPlaceOfAFile) {
  EXPECT_TRUE(absl::IsUnavailable(
      DirectoryFileReader(kFolder).Read("catalogue").status()));
}

TEST(DirectoryFileReader, WaitsForNoPipe) {
  const std::string name = absl::StrCat("careroute-pipe-", getpid());
  const std::string path = absl::StrCat(::testing::TempDir(), "/", name);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const absl::Status status =
      DirectoryFileReader(::testing::TempDir()).Read(name).status();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  unlink(path.c_str());
}

}  // namespace
}  // namespace careroute::catalogue
