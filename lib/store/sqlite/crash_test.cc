// kill -9 in the middle of other people's load: whatever was answered is there
// once, whatever was not is there whole or not at all.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/store/chain.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/test_store.h"
#include "lib/store/sqlite/whole_stream.h"

namespace careroute::store {
namespace {

constexpr uint64_t kStreams = 8;
constexpr int kRounds = 6;

// What the child says of each answer it was given; small enough that a pipe
// takes it whole.
struct Answered {
  uint64_t stream = 0;
  int64_t version = 0;
};

// Appends to all streams at once, for ever, telling `answers` of each answer.
[[noreturn]] void WriteUntilKilled(const std::string& path, int answers) {
  TestStore test(path);
  if (!test.Open().ok()) {
    _exit(1);
  }
  std::map<uint64_t, StreamHead> heads;
  for (uint64_t stream = 1; stream <= kStreams; ++stream) {
    const auto head = test.ask(&Store::ReadHead, TestCase(stream));
    if (!head.ok()) {
      _exit(1);
    }
    heads[stream] = *head;
  }
  while (true) {
    for (auto& [stream, head] : heads) {
      const auto on_answer = [&head = head, stream = stream,
                              answers](absl::StatusOr<AppendResult> result) {
        if (!result.ok() || result->duplicate.has_value()) {
          _exit(1);
        }
        head.version = result->version;
        head.hash = result->head_hash;
        const Answered answered{.stream = stream, .version = head.version};
        if (write(answers, &answered, sizeof(answered)) != sizeof(answered)) {
          _exit(1);
        }
      };
      test.store().Append(
          OneEvent(head, WholeBytes(stream, head.version + 1), test.now()),
          on_answer);
    }
    test.executor().RunReady();
  }
}

// Lets a child write until it has had `count` answers, kills it, and returns
// the newest version answered of each stream.
std::map<uint64_t, int64_t> KillAfter(const std::string& path, size_t count) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    WriteUntilKilled(path, ends[1]);
  }
  close(ends[1]);
  std::map<uint64_t, int64_t> newest;
  Answered answered;
  size_t seen = 0;
  // After the kill, what the child had already said is still in the pipe.
  while (read(ends[0], &answered, sizeof(answered)) == sizeof(answered)) {
    newest[answered.stream] = answered.version;
    if (++seen == count) {
      kill(child, SIGKILL);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child failed by itself";
  EXPECT_GE(seen, count);
  return newest;
}

TEST(SqliteCrash, KeepsWhatWasAnsweredAndNoHalfOfTheRest) {
  constexpr uint64_t kSeed = 20250101;
  std::cout << "seed " << kSeed << "\n";
  RecordProperty("seed", absl::StrCat(kSeed));
  base::SeededRandom random(kSeed);
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  std::map<uint64_t, int64_t> newest;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, " round ", round));
    for (const auto& [stream, version] :
         KillAfter(path, 1 + random.Uniform(300))) {
      newest[stream] = version;
    }
    TestStore test(path);
    const absl::Status opened = test.Open();
    ASSERT_TRUE(opened.ok()) << opened;
    for (uint64_t stream = 1; stream <= kStreams; ++stream) {
      ExpectWhole(test, {.stream = stream, .answered = newest[stream]});
    }
  }
}

TEST(SqliteCrash, ARepeatAfterTheCrashIsAnsweredAsBefore) {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("hub.db");
  const std::map<uint64_t, int64_t> newest = KillAfter(path, 50);
  TestStore test(path);
  ASSERT_TRUE(test.Open().ok());
  for (const auto& [stream, version] : newest) {
    const StreamHead before{.stream = TestCase(stream),
                            .version = version - 1,
                            .hash = ChainStart()};
    const auto repeated =
        test.ask(&Store::Append,
                 OneEvent(before, WholeBytes(stream, version), test.now()));
    ASSERT_TRUE(repeated.ok()) << repeated.status();
    ASSERT_TRUE(repeated->duplicate.has_value());
    EXPECT_EQ(repeated->duplicate->answer, absl::StrCat(version));
  }
}

}  // namespace
}  // namespace careroute::store
