// kill -9 in the middle of other people's load: whatever was answered is there
// once, whatever was not is there whole or not at all.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/base/random.h"
#include "lib/store/chain.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/test_store.h"

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

std::string BytesOf(uint64_t stream, int64_t version) {
  return absl::StrCat("event ", version, " of ", stream, std::string(400, 'x'));
}

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
          OneEvent(head, BytesOf(stream, head.version + 1), test.now()),
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

// The stream from its first event: linked, complete, and each event with the
// request and the row that were written with it.
void ExpectWhole(TestStore& test, uint64_t stream, int64_t answered) {
  SCOPED_TRACE(absl::StrCat("stream ", stream, ", answered ", answered));
  const auto head = test.ask(&Store::ReadHead, TestCase(stream));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_GE(head->version, answered);
  std::string hash = ChainStart();
  int64_t version = 0;
  bool more = head->version > 0;
  while (more) {
    const auto page = test.ask(&Store::ReadEvents, {.stream = TestCase(stream),
                                                    .after_version = version,
                                                    .limit = kPageRowsMax});
    ASSERT_TRUE(page.ok()) << page.status();
    for (const StoredEvent& event : page->events) {
      ASSERT_EQ(event.version, ++version);
      ASSERT_EQ(event.bytes, BytesOf(stream, version));
      hash = ChainHash({.previous = hash, .stored = event.bytes});
      ASSERT_EQ(event.chain_hash, hash);
    }
    more = page->more;
  }
  EXPECT_EQ(version, head->version);
  EXPECT_EQ(hash, head->hash);
  for (const int64_t last : {head->version, head->version + 1}) {
    const auto request = test.ask(
        &Store::FindRequest,
        {.stream = TestCase(stream),
         .key = {.caller_key = "c", .request_id = absl::StrCat(last)}});
    ASSERT_TRUE(request.ok()) << request.status();
    EXPECT_EQ(request->has_value(), last > 0 && last <= head->version);
  }
  const auto row =
      test.ask(&Store::GetRow,
               {.stream = TestCase(stream),
                .row = {.list = kTestList, .id = TestCase(stream).id.Hex()}});
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->has_value() ? (*row)->payload : "0",
            absl::StrCat(head->version));
}

TEST(SqliteCrash, KeepsWhatWasAnsweredAndNoHalfOfTheRest) {
  constexpr uint64_t kSeed = 20250101;
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
      ExpectWhole(test, stream, newest[stream]);
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
    const auto repeated = test.ask(
        &Store::Append, OneEvent(before, BytesOf(stream, version), test.now()));
    ASSERT_TRUE(repeated.ok()) << repeated.status();
    ASSERT_TRUE(repeated->duplicate.has_value());
    EXPECT_EQ(repeated->duplicate->answer, absl::StrCat(version));
  }
}

}  // namespace
}  // namespace careroute::store
