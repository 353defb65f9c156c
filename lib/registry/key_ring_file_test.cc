#include "lib/registry/key_ring_file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::registry {
namespace {

namespace fs = std::filesystem;

class KeyRingFile : public testing::Test {
 protected:
  KeyRingFile() : random_(3) {
    std::string pattern = testing::TempDir() + "key_ring_XXXXXX";
    directory_ = mkdtemp(pattern.data());
    path_ = directory_ + "/hub.keys";
  }
  ~KeyRingFile() override { fs::remove_all(directory_); }

  KeyRing NewRing() {
    return KeyRing::Generate(random_, absl::FromUnixSeconds(1736380800));
  }
  void Write(const std::string& content, mode_t mode) {
    std::ofstream(path_) << content;
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
  }
  // The error of loading, which must name the file and its role.
  absl::Status LoadError() {
    absl::Status status = LoadKeyRingFile(path_).status();
    EXPECT_TRUE(absl::StrContains(status.message(), "key-ring file"));
    EXPECT_TRUE(absl::StrContains(status.message(), path_));
    return status;
  }
  size_t FilesInDirectory() {
    size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         fs::directory_iterator(directory_)) {
      ++count;
    }
    return count;
  }

  base::SeededRandom random_;
  std::string directory_;
  std::string path_;
};

TEST_F(KeyRingFile, IsReadBackAsItWasCreated) {
  const KeyRing ring = NewRing();
  ASSERT_TRUE(CreateKeyRingFile(path_, ring).ok());
  const absl::StatusOr<KeyRing> read = LoadKeyRingFile(path_);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, ring);
  EXPECT_EQ(FilesInDirectory(), 1u);
}

TEST_F(KeyRingFile, HasMode0600WhateverTheUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{0777}}) {
    const mode_t before = umask(mask);
    const absl::Status created = CreateKeyRingFile(path_, NewRing());
    umask(before);
    ASSERT_TRUE(created.ok()) << created;
    struct stat found = {};
    ASSERT_EQ(stat(path_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, mode_t{0600});
    fs::remove(path_);
  }
}

TEST_F(KeyRingFile, IsNeverOverwrittenByANewRing) {
  const KeyRing ring = NewRing();
  ASSERT_TRUE(CreateKeyRingFile(path_, ring).ok());
  EXPECT_EQ(CreateKeyRingFile(path_, NewRing()).code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(*LoadKeyRingFile(path_), ring);
  EXPECT_EQ(FilesInDirectory(), 1u);
}

TEST_F(KeyRingFile, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(CreateKeyRingFile(path_, NewRing()).ok());
  for (const mode_t mode : {0640u, 0604u, 0644u, 0700u, 0400u, 04600u}) {
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
    const absl::Status status = LoadError();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_TRUE(absl::StrContains(status.message(), "chmod 600")) << status;
  }
}

TEST_F(KeyRingFile, IsMissedByName) {
  const absl::Status status = LoadError();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(absl::StrContains(status.message(), "careroute init"));
}

TEST_F(KeyRingFile, IsRefusedWhenCutOff) {
  Write("careroute key-ring 1\nwrapping active ", 0600);
  EXPECT_EQ(LoadError().code(), absl::StatusCode::kDataLoss);
}

TEST_F(KeyRingFile, IsRefusedWhenItIsSomethingElse) {
  Write("hello", 0600);
  EXPECT_EQ(LoadError().code(), absl::StatusCode::kInvalidArgument);
  fs::remove(path_);
  fs::create_directory(path_);
  EXPECT_EQ(LoadError().code(), absl::StatusCode::kFailedPrecondition);
  fs::remove(path_);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);  // must not wait for a writer
  EXPECT_EQ(LoadError().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(KeyRingFile, IsRefusedBehindASymbolicLink) {
  const std::string target = directory_ + "/target.keys";
  ASSERT_TRUE(CreateKeyRingFile(target, NewRing()).ok());
  fs::create_symlink(target, path_);
  EXPECT_EQ(LoadError().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(KeyRingFile, IsReplacedAfterARotation) {
  KeyRing ring = NewRing();
  ASSERT_TRUE(CreateKeyRingFile(path_, ring).ok());
  ASSERT_TRUE(ring.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  ASSERT_TRUE(ReplaceKeyRingFile(path_, ring).ok());
  EXPECT_EQ(*LoadKeyRingFile(path_), ring);
  EXPECT_EQ(FilesInDirectory(), 1u);
}

TEST_F(KeyRingFile, IsNotReplacedByARingThatLacksAKey) {
  KeyRing ours = NewRing();
  KeyRing theirs = ours.Clone();
  ASSERT_TRUE(CreateKeyRingFile(path_, ours).ok());
  ASSERT_TRUE(
      theirs.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  ASSERT_TRUE(ReplaceKeyRingFile(path_, theirs).ok());
  ASSERT_TRUE(ours.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  EXPECT_EQ(ReplaceKeyRingFile(path_, ours).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(*LoadKeyRingFile(path_), theirs);
}

TEST_F(KeyRingFile, SaysWhenItsDirectoryIsMissing) {
  const std::string nowhere = directory_ + "/none/hub.keys";
  const absl::Status status = CreateKeyRingFile(nowhere, NewRing());
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(absl::StrContains(status.message(), "key-ring file"));
}

}  // namespace
}  // namespace careroute::registry
