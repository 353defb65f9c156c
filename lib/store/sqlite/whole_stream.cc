#include "lib/store/sqlite/whole_stream.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/store/chain.h"

namespace careroute::store {
namespace {

// How many events there are, each linked to the one before.
int64_t ExpectEvents(TestStore& test, uint64_t stream, const StreamHead& head) {
  std::string hash = ChainStart();
  int64_t version = 0;
  bool more = head.version > 0;
  while (more) {
    const auto page = test.ask(&Store::ReadEvents, {.stream = head.stream,
                                                    .after_version = version,
                                                    .limit = kPageRowsMax});
    if (!page.ok()) {
      ADD_FAILURE() << page.status();
      return version;
    }
    for (const StoredEvent& event : page->events) {
      EXPECT_EQ(event.version, ++version);
      EXPECT_EQ(event.bytes, WholeBytes(stream, event.version));
      hash = ChainHash({.previous = hash, .stored = event.bytes});
      EXPECT_EQ(event.chain_hash, hash);
    }
    more = page->more;
  }
  EXPECT_EQ(version, head.version);
  EXPECT_EQ(hash, head.hash);
  return version;
}

// The row tells of the newest event, and each event has its message.
void ExpectRows(TestStore& test, const StreamHead& head) {
  const auto row = test.ask(
      &Store::GetRow, {.stream = head.stream,
                       .row = {.list = kTestList, .id = head.stream.id.Hex()}});
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->has_value() ? (*row)->payload : "0",
            absl::StrCat(head.version));

  int64_t sequence = 0;
  bool more = true;
  while (more) {
    const auto page = test.ask(
        &Store::ListOutbox,
        {.after = OutboxKey{head.stream, sequence}, .limit = kPageRowsMax});
    ASSERT_TRUE(page.ok()) << page.status();
    more = page->more;
    for (const OutboxRow& message : page->rows) {
      if (message.key.stream != head.stream) {
        more = false;
        break;
      }
      EXPECT_EQ(message.key.sequence, ++sequence);
      EXPECT_EQ(message.event_version, sequence);
    }
  }
  EXPECT_EQ(sequence, head.version) << "messages without their event, or less";
}

// Only what is there is remembered, and it is answered as it was.
void ExpectRequests(TestStore& test, uint64_t stream, const StreamHead& head) {
  const auto next =
      test.ask(&Store::FindRequest,
               {.stream = head.stream,
                .key = {.caller_key = "c",
                        .request_id = absl::StrCat(head.version + 1)}});
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_FALSE(next->has_value()) << "a request without its event";
  for (const int64_t version : {int64_t{1}, head.version}) {
    if (head.version == 0) continue;
    const StreamHead before{
        .stream = head.stream, .version = version - 1, .hash = ChainStart()};
    const std::string bytes = WholeBytes(stream, version);
    const auto again =
        test.ask(&Store::Append, OneEvent(before, bytes, test.now()));
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_TRUE(again->duplicate.has_value()) << "taken a second time";
    EXPECT_EQ(again->duplicate->answer, absl::StrCat(version));
    EXPECT_EQ(again->duplicate->body_hash, base::Sha256(bytes));
    EXPECT_EQ(again->duplicate->first_version, version);
  }
}

}  // namespace

std::string WholeBytes(uint64_t stream, int64_t version) {
  return absl::StrCat("event ", version, " of ", stream, std::string(400, 'x'));
}

int64_t ExpectWhole(TestStore& test, const WholeStream& whole) {
  SCOPED_TRACE(
      absl::StrCat("stream ", whole.stream, ", answered ", whole.answered));
  const auto head = test.ask(&Store::ReadHead, TestCase(whole.stream));
  if (!head.ok()) {
    ADD_FAILURE() << head.status();
    return 0;
  }
  EXPECT_GE(head->version, whole.answered) << "an answered write is lost";
  const int64_t events = ExpectEvents(test, whole.stream, *head);
  ExpectRows(test, *head);
  ExpectRequests(test, whole.stream, *head);
  return events;
}

}  // namespace careroute::store
