// One writing process a database, whoever asks and however it ended.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/test_store.h"

namespace careroute::store {
namespace {

using ::testing::HasSubstr;

// A child process that owns the database until it is killed.
class OwnerProcess {
 public:
  explicit OwnerProcess(const std::string& path) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    process_ = fork();
    if (process_ == 0) {
      Own(path, ends[1]);
    }
    close(ends[1]);
    char byte = 0;
    EXPECT_EQ(read(ends[0], &byte, 1), 1) << "the child could not open it";
    close(ends[0]);
  }
  ~OwnerProcess() { Kill(); }

  void Kill() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
      process_ = 0;
    }
  }

  [[nodiscard]] pid_t process() const { return process_; }

 private:
  [[noreturn]] static void Own(const std::string& path, int ready) {
    TestStore test(path);
    if (!test.Open().ok() || write(ready, "o", 1) != 1) {
      _exit(1);
    }
    while (true) {
      pause();
    }
  }

  pid_t process_ = 0;
};

TEST(SqliteOwner, RefusesASecondOwnerAndNamesTheFirst) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  const OwnerProcess owner(path);
  TestStore test(path);
  const absl::Status status = test.Open();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  const std::string message(status.message());
  EXPECT_THAT(message,
              HasSubstr(absl::StrCat("process ", owner.process(), " since ")));
  EXPECT_THAT(message, HasSubstr("2025-01-01T00:00:00"));
}

TEST(SqliteOwner, LetsReadersInBesideAnotherProcess) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  const OwnerProcess owner(path);
  TestStore test(path);
  EXPECT_TRUE(test.OpenReadOnly().ok());
}

TEST(SqliteOwner, IsFreeAgainOnceItsOwnerWasKilled) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  OwnerProcess owner(path);
  owner.Kill();
  TestStore test(path);
  const absl::Status status = test.Open();
  EXPECT_TRUE(status.ok()) << status;
}

TEST(SqliteOwner, RefusesASecondOwnerByAnotherName) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore first(path);
  ASSERT_TRUE(first.Open().ok());
  const std::string link = scratch.File("link.db");
  ASSERT_EQ(symlink(path.c_str(), link.c_str()), 0);
  TestStore second(link);
  EXPECT_EQ(second.Open().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(SqliteOwner, RefusesASecondOwnerInTheSameProcess) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  TestStore first(path);
  ASSERT_TRUE(first.Open().ok());
  TestStore second(path);
  EXPECT_EQ(second.Open().code(), absl::StatusCode::kFailedPrecondition);
  first.Close();
  EXPECT_TRUE(second.Open().ok());
}

}  // namespace
}  // namespace careroute::store
