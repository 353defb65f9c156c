// A backup is one moment of a store in use, without its keys; put back, it is
// the store again.

#include "lib/store/sqlite/backup.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/erasure_list.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/test_store.h"

namespace careroute::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSecret[] = "0123456789abcdef0123456789abcdef0123456789abcdef";

StreamId Person(uint64_t number) {
  return {.kind = StreamKind::kPerson, .id = {.high = 3, .low = number}};
}

class BackupTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(test_.Open().ok()); }

  // A person with a key, or with none any more.
  void AppendPerson(uint64_t number, bool destroy) {
    const auto head = test_.ask(&Store::ReadHead, Person(number));
    ASSERT_TRUE(head.ok()) << head.status();
    AppendRequest request =
        OneEvent(*head, destroy ? "erased" : "registered", test_.now());
    if (destroy) {
      request.destroy_key = true;
    } else {
      request.put_key = WrappedKey{.wrapping_key = 1, .wrapped = kSecret};
    }
    const auto appended = test_.ask(&Store::Append, std::move(request));
    ASSERT_TRUE(appended.ok()) << appended.status();
  }

  absl::Status BackUp(const std::string& folder, uint64_t uid = 7) {
    return BackUpSqlite({.database = database_,
                         .folder = scratch_.File(folder),
                         .backup_uid = {.high = 0, .low = uid},
                         .now = test_.now()});
  }

  absl::Status PutBack(const std::string& folder, const std::string& name) {
    return PutBackSqlite(
        {.folder = scratch_.File(folder), .database = scratch_.File(name)});
  }

  static int64_t VersionIn(const TestStore& test, const StreamId& stream) {
    const auto head = test.ask(&Store::ReadHead, stream);
    return head.ok() ? head->version : -1;
  }

  static std::string BytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }

  const ScratchDirectory scratch_;
  const std::string database_ = scratch_.File("hub.db");
  TestStore test_{database_};
};

TEST_F(BackupTest, IsTheStoreOfOneMomentOncePutBack) {
  AppendPerson(1, false);
  ASSERT_TRUE(test_.Append(TestCase(1), "before").ok());
  ASSERT_EQ(BackUp("backup"), absl::OkStatus());
  // The store goes on.
  ASSERT_TRUE(test_.Append(TestCase(1), "after").ok());
  ASSERT_EQ(PutBack("backup", "other.db"), absl::OkStatus());
  TestStore other(scratch_.File("other.db"));
  ASSERT_TRUE(other.Open().ok());
  EXPECT_EQ(VersionIn(other, TestCase(1)), 1);
  const auto keys = other.ask(&Store::GetKeys, {Person(1)});
  ASSERT_TRUE(keys.ok() && keys->size() == 1) << keys.status();
  EXPECT_EQ(keys->front().key.wrapped, kSecret);
  EXPECT_EQ(VersionIn(test_, TestCase(1)), 2);
}

TEST_F(BackupTest, KeepsKeysInAFileOfTheirOwn) {
  AppendPerson(1, false);
  ASSERT_EQ(BackUp("backup"), absl::OkStatus());
  const std::string folder = scratch_.File("backup");
  EXPECT_THAT(BytesOf(folder + "/store.db"), Not(HasSubstr(kSecret)));
  EXPECT_THAT(BytesOf(folder + "/keys.db"), HasSubstr(kSecret));
}

TEST_F(BackupTest, IsServedByNobodyBeforeItIsPutBack) {
  AppendPerson(1, false);
  ASSERT_EQ(BackUp("backup"), absl::OkStatus());
  TestStore backup(scratch_.File("backup") + "/store.db");
  EXPECT_EQ(backup.Open().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(BackupTest, RefusesTheKeysOfAnotherBackup) {
  AppendPerson(1, false);
  ASSERT_EQ(BackUp("one", 1), absl::OkStatus());
  AppendPerson(2, false);
  ASSERT_EQ(BackUp("two", 2), absl::OkStatus());
  std::filesystem::copy_file(scratch_.File("one") + "/keys.db",
                             scratch_.File("two") + "/keys.db",
                             std::filesystem::copy_options::overwrite_existing);
  const absl::Status status = PutBack("two", "other.db");
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_FALSE(std::filesystem::exists(scratch_.File("other.db")));
}

TEST_F(BackupTest, OverwritesNeitherABackupNorAStore) {
  ASSERT_EQ(BackUp("backup"), absl::OkStatus());
  EXPECT_EQ(BackUp("backup").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(PutBack("backup", "hub.db").code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_F(BackupTest, SaysWhatIsNotThere) {
  EXPECT_EQ(BackUpSqlite({.database = scratch_.File("none.db"),
                          .folder = scratch_.File("backup")})
                .code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(PutBack("none", "other.db").code(), absl::StatusCode::kNotFound);
}

TEST_F(BackupTest, SaysWhatCannotBeLookedAt) {
  const std::string too_long(300, 'a');
  EXPECT_EQ(BackUpSqlite({.database = scratch_.File(too_long),
                          .folder = scratch_.File("backup")})
                .code(),
            absl::StatusCode::kPermissionDenied);
  ASSERT_EQ(BackUp("backup"), absl::OkStatus());
  EXPECT_EQ(PutBack("backup", too_long).code(),
            absl::StatusCode::kPermissionDenied);
}

// Whoever was erased stays on the list beside the store, which no backup
// replaces, and on that of every later backup.
TEST_F(BackupTest, CarriesTheErasuresOn) {
  AppendPerson(1, false);
  AppendPerson(2, false);
  AppendPerson(1, true);
  ASSERT_EQ(BackUp("backup"), absl::OkStatus());
  AppendPerson(2, true);
  ASSERT_EQ(PutBack("backup", "other.db"), absl::OkStatus());
  const auto named = [](const std::string& path) {
    std::vector<StreamId> owners;
    const auto read = ReadErasures(path);
    EXPECT_TRUE(read.ok()) << read.status();
    for (const Erasure& one : *read) owners.push_back(one.owner);
    return owners;
  };
  EXPECT_THAT(named(ErasureListOf(database_)),
              ElementsAre(Person(1), Person(2)));
  EXPECT_THAT(named(ErasureListOf(scratch_.File("other.db"))),
              ElementsAre(Person(1)));
}

TEST_F(BackupTest, TellsHowFarItHasCome) {
  ASSERT_TRUE(test_.Append(TestCase(1), std::string(100000, 'x')).ok());
  int64_t copied = 0;
  int64_t pages = 0;
  ASSERT_EQ(BackUpSqlite({.database = database_,
                          .folder = scratch_.File("backup"),
                          .progress =
                              [&](int64_t done, int64_t total) {
                                copied = done;
                                pages = total;
                              }}),
            absl::OkStatus());
  EXPECT_GT(pages, 20);
  EXPECT_EQ(copied, pages);
}

}  // namespace
}  // namespace careroute::store
