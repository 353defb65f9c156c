// Claims, the outbox, keys and blobs.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "tests/contract/event_store_contract.h"

namespace careroute::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using store::AppendRequest;
using store::Claim;
using store::OutboxRow;
using store::Store;
using store::WrappedKey;

const char kKey[] = "person and pathway";

TEST_P(EventStoreContract, AClaimHasOneHolder) {
  const absl::Time now = clock_.Now();
  const auto first =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(1), .now = now});
  const auto second =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(2), .now = now});
  const auto again =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(1), .now = now});
  ASSERT_TRUE(first.ok() && second.ok() && again.ok());
  EXPECT_EQ(*first, (Claim{.owner = Case(1), .confirmed = false}));
  EXPECT_EQ(*second, *first);
  EXPECT_EQ(*again, *first);
  const auto found = ask_(&Store::FindClaim, std::string(kKey));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, *first);
  const auto other = ask_(&Store::FindClaim, std::string("another"));
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_FALSE(other->has_value());
}

TEST_P(EventStoreContract, OfTwoContendersAtOnceOneHolds) {
  std::vector<Claim> answers;
  for (const uint64_t number : {1u, 2u}) {
    store_->ClaimUnique(
        {.key = kKey, .owner = Case(number), .now = clock_.Now()},
        [&](absl::StatusOr<Claim> claim) {
          ASSERT_TRUE(claim.ok()) << claim.status();
          answers.push_back(*claim);
        });
  }
  executor_.RunReady();
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0], answers[1]);
}

TEST_P(EventStoreContract, AnUnconfirmedClaimLapses) {
  const absl::Time now = clock_.Now();
  ASSERT_TRUE(
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(1), .now = now})
          .ok());
  const auto early =
      ask_(&Store::ClaimUnique,
           {.key = kKey,
            .owner = Case(2),
            .now = now + store::kClaimLapse - absl::Microseconds(1)});
  ASSERT_TRUE(early.ok()) << early.status();
  EXPECT_EQ(early->owner, Case(1));
  const auto late =
      ask_(&Store::ClaimUnique,
           {.key = kKey, .owner = Case(2), .now = now + store::kClaimLapse});
  ASSERT_TRUE(late.ok()) << late.status();
  EXPECT_EQ(*late, (Claim{.owner = Case(2), .confirmed = false}));

  AppendRequest slow = Next(Case(1), {"slow"});
  slow.confirm_claims = {kKey};
  EXPECT_EQ(Append(slow).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_P(EventStoreContract, AClaimFromTheFutureLapsesToo) {
  const absl::Time now = clock_.Now();
  ASSERT_TRUE(
      ask_(&Store::ClaimUnique,
           {.key = kKey, .owner = Case(1), .now = now + absl::Hours(24)})
          .ok());
  const auto claim =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(2), .now = now});
  ASSERT_TRUE(claim.ok()) << claim.status();
  EXPECT_EQ(claim->owner, Case(2));
}

// A lease: it is as new as its holder's last word, and short for who says so.
TEST_P(EventStoreContract, ARepeatedClaimIsNewAndLapsesWhenTheContenderSays) {
  const absl::Time now = clock_.Now();
  const absl::Duration lapse = absl::Seconds(4);
  const auto claim = [&](uint64_t number, absl::Duration after) {
    const auto held = ask_(&Store::ClaimUnique, {.key = kKey,
                                                 .owner = Case(number),
                                                 .now = now + after,
                                                 .lapse = lapse});
    EXPECT_TRUE(held.ok()) << held.status();
    return held.ok() ? held->owner : store::StreamId();
  };
  ASSERT_EQ(claim(1, absl::ZeroDuration()), Case(1));
  ASSERT_EQ(claim(1, absl::Seconds(3)), Case(1));
  EXPECT_EQ(claim(2, absl::Seconds(7) - absl::Microseconds(1)), Case(1));
  EXPECT_EQ(claim(2, absl::Seconds(7)), Case(2));
  // The other one's clock is behind by as much.
  EXPECT_EQ(claim(1, absl::Seconds(3) + absl::Microseconds(1)), Case(2));
  EXPECT_EQ(claim(1, absl::Seconds(3)), Case(1));
}

TEST_P(EventStoreContract, RefusesAClaimThatDoesNotLast) {
  const auto claim = ask_(&Store::ClaimUnique, {.key = kKey,
                                                .owner = Case(1),
                                                .now = clock_.Now(),
                                                .lapse = absl::ZeroDuration()});
  EXPECT_TRUE(absl::IsInvalidArgument(claim.status())) << claim.status();
  const auto found = ask_(&Store::FindClaim, std::string(kKey));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_FALSE(found->has_value());
}

TEST_P(EventStoreContract, AConfirmedClaimStaysUntilReleased) {
  const absl::Time now = clock_.Now();
  const absl::Time later = now + absl::Hours(1);
  ASSERT_TRUE(
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(1), .now = now})
          .ok());
  AppendRequest open = Next(Case(1), {"open"});
  open.confirm_claims = {kKey};
  ASSERT_TRUE(Append(open).ok());
  const auto held =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(2), .now = later});
  ASSERT_TRUE(held.ok()) << held.status();
  EXPECT_EQ(*held, (Claim{.owner = Case(1), .confirmed = true}));
  // The owner asks again, as a repeated command would.
  const auto own =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(1), .now = later});
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_TRUE(own->confirmed);

  AppendRequest close = Next(Case(1), {"close"});
  close.release_claims = {kKey};
  ASSERT_TRUE(Append(close).ok());
  const auto free =
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(2), .now = later});
  ASSERT_TRUE(free.ok()) << free.status();
  EXPECT_EQ(free->owner, Case(2));
}

TEST_P(EventStoreContract, OnlyTheHolderReleasesAClaim) {
  const absl::Time now = clock_.Now();
  ASSERT_TRUE(
      ask_(&Store::ClaimUnique, {.key = kKey, .owner = Case(1), .now = now})
          .ok());
  AppendRequest foreign = Next(Case(2), {"close"});
  foreign.release_claims = {kKey};
  ASSERT_TRUE(Append(foreign).ok());
  ASSERT_TRUE(ask_(&Store::ReleaseClaim, {.key = kKey, .owner = Case(2)}).ok());
  const auto found = ask_(&Store::FindClaim, std::string(kKey));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_TRUE(found->has_value());
  ASSERT_TRUE(ask_(&Store::ReleaseClaim, {.key = kKey, .owner = Case(1)}).ok());
  const auto gone = ask_(&Store::FindClaim, std::string(kKey));
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_FALSE(gone->has_value());
}

// An outbox row as an append brings it.
OutboxRow Owed(int64_t sequence, absl::Time due) {
  return {.key = {.sequence = sequence},
          .destination = "hub",
          .event_version = sequence,
          .due = due};
}

std::vector<int64_t> SequencesOf(const std::vector<OutboxRow>& rows) {
  std::vector<int64_t> sequences;
  sequences.reserve(rows.size());
  for (const OutboxRow& row : rows) {
    sequences.push_back(row.key.sequence);
  }
  return sequences;
}

TEST_P(EventStoreContract, TakesWhatIsDueLongestFirstUnderALease) {
  const absl::Time now = clock_.Now();
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(1, now), Owed(2, now - absl::Hours(1)),
                    Owed(3, now + absl::Hours(1))};
  ASSERT_TRUE(Append(request).ok());
  const auto taken =
      ask_(&Store::TakeDue, {.now = now, .lease = absl::Seconds(30)});
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_THAT(SequencesOf(*taken), ElementsAre(2, 1));
  EXPECT_EQ((*taken)[0].key.stream, Case(1));
  EXPECT_EQ((*taken)[0].destination, "hub");
  EXPECT_EQ((*taken)[0].attempts, 1);
  const auto leased = ask_(&Store::TakeDue, {.now = now});
  ASSERT_TRUE(leased.ok()) << leased.status();
  EXPECT_THAT(*leased, IsEmpty());
  const auto again =
      ask_(&Store::TakeDue, {.now = now + absl::Seconds(30), .limit = 1});
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->size(), 1u);
  EXPECT_EQ((*again)[0].attempts, 2);
}

TEST_P(EventStoreContract, SettlesAndReschedulesOutboxRows) {
  const absl::Time now = clock_.Now();
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(1, now), Owed(2, now)};
  ASSERT_TRUE(Append(request).ok());
  ASSERT_TRUE(ask_(&Store::Settle, {{.stream = Case(1), .sequence = 1}}).ok());
  ASSERT_TRUE(ask_(&Store::Settle, {{.stream = Case(1), .sequence = 1}}).ok());
  ASSERT_TRUE(
      ask_(&Store::Reschedule, {.key = {.stream = Case(1), .sequence = 2},
                                .due = now + absl::Hours(1)})
          .ok());
  EXPECT_EQ(ask_(&Store::Reschedule,
                 {.key = {.stream = Case(1), .sequence = 1}, .due = now})
                .code(),
            absl::StatusCode::kNotFound);
  const auto soon = ask_(&Store::TakeDue, {.now = now});
  ASSERT_TRUE(soon.ok()) << soon.status();
  EXPECT_THAT(*soon, IsEmpty());
  const auto later = ask_(&Store::TakeDue, {.now = now + absl::Hours(1)});
  ASSERT_TRUE(later.ok()) << later.status();
  EXPECT_THAT(SequencesOf(*later), ElementsAre(2));
}

// Also out of order, of several streams, and with one that is gone between
// others that are not.
TEST_P(EventStoreContract, SettlesManyOutboxRowsAtOnce) {
  const absl::Time now = clock_.Now();
  for (const uint64_t number : {1U, 2U}) {
    AppendRequest request = Next(Case(number), {"a"});
    request.outbox = {Owed(1, now), Owed(2, now), Owed(3, now)};
    ASSERT_TRUE(Append(request).ok());
  }
  ASSERT_TRUE(ask_(&Store::Settle, {{.stream = Case(2), .sequence = 3},
                                    {.stream = Case(1), .sequence = 9},
                                    {.stream = Case(1), .sequence = 1},
                                    {.stream = Case(2), .sequence = 1}})
                  .ok());
  const auto left = ask_(&Store::ListOutbox, {});
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_THAT(SequencesOf(left->rows), ElementsAre(2, 3, 2));
}

TEST_P(EventStoreContract, SettlesAtMostWhatOneTakeGives) {
  EXPECT_EQ(ask_(&Store::Settle, {}).code(),
            absl::StatusCode::kInvalidArgument);
  std::vector<store::OutboxKey> many(size_t{store::kOutboxTakeMax} + 1,
                                     {.stream = Case(1), .sequence = 1});
  EXPECT_EQ(ask_(&Store::Settle, many).code(),
            absl::StatusCode::kInvalidArgument);
  many.pop_back();
  EXPECT_TRUE(ask_(&Store::Settle, many).ok());
}

// Nothing is taken by looking: what is listed is due as it was.
TEST_P(EventStoreContract, ListsWhatWaitsInTheOutboxWithItsProblem) {
  const absl::Time now = clock_.Now();
  for (const uint64_t number : {2U, 1U}) {
    AppendRequest request = Next(Case(number), {"a"});
    request.outbox = {Owed(2, now), Owed(1, now + absl::Hours(1))};
    request.outbox[0].problem = "no append says so";
    ASSERT_TRUE(Append(request).ok());
  }
  const auto taken = ask_(&Store::TakeDue, {.now = now, .limit = 1});
  ASSERT_TRUE(taken.ok() && taken->size() == 1u) << taken.status();
  ASSERT_TRUE(ask_(&Store::Reschedule, {.key = (*taken)[0].key,
                                        .due = now + absl::Minutes(5),
                                        .problem = "nobody is there"})
                  .ok());
  const auto first = ask_(&Store::ListOutbox, {.limit = 3});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(SequencesOf(first->rows), ElementsAre(1, 2, 1));
  EXPECT_TRUE(first->more);
  OutboxRow tried = Owed(2, now + absl::Minutes(5));
  tried.key.stream = Case(1);
  tried.attempts = 1;
  tried.problem = "nobody is there";
  EXPECT_EQ(first->rows[1], tried);
  const auto rest = ask_(&Store::ListOutbox, {.after = first->rows[2].key});
  ASSERT_TRUE(rest.ok()) << rest.status();
  ASSERT_EQ(rest->rows.size(), 1u);
  OutboxRow untried = Owed(2, now);
  untried.key.stream = Case(2);
  EXPECT_EQ(rest->rows[0], untried);
  EXPECT_FALSE(rest->more);
}

TEST_P(EventStoreContract, RefusesAProblemOfMoreThanASentenceOrTwo) {
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(1, clock_.Now())};
  ASSERT_TRUE(Append(request).ok());
  const store::RescheduleRequest longer{
      .key = {.stream = Case(1), .sequence = 1},
      .due = clock_.Now(),
      .problem = std::string(store::kProblemBytesMax + 1, 'x')};
  EXPECT_EQ(ask_(&Store::Reschedule, longer).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_P(EventStoreContract, RefusesAnOutboxSequenceStillWaiting) {
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(1, clock_.Now())};
  ASSERT_TRUE(Append(request).ok());
  AppendRequest same = Next(Case(1), {"b"});
  same.outbox = {Owed(1, clock_.Now())};
  EXPECT_EQ(Append(same).status().code(), absl::StatusCode::kAlreadyExists);
  AppendRequest other = Next(Case(2), {"b"});
  other.outbox = {Owed(1, clock_.Now())};
  EXPECT_TRUE(Append(other).ok());
}

TEST_P(EventStoreContract, RefusesALeaseThatDoesNotLast) {
  EXPECT_EQ(ask_(&Store::TakeDue,
                 {.now = clock_.Now(), .lease = absl::ZeroDuration()})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

AppendRequest WithKey(AppendRequest request, const std::string& wrapped) {
  // Above 2^63, because key ids are drawn from all 64 bits.
  request.put_key =
      WrappedKey{.wrapping_key = 0xfedcba9876543210, .wrapped = wrapped};
  return request;
}

TEST_P(EventStoreContract, KeepsOneKeyAStream) {
  ASSERT_TRUE(Append(WithKey(Next(Person(1), {"a"}), "k1")).ok());
  ASSERT_TRUE(Append(WithKey(Next(Person(2), {"a"}), "k2")).ok());
  const auto keys =
      ask_(&Store::GetKeys, {Person(3), Person(2), Person(1), Person(2)});
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_EQ(keys->size(), 2u);
  EXPECT_EQ((*keys)[0].owner, Person(1));
  EXPECT_EQ((*keys)[0].key,
            (WrappedKey{.wrapping_key = 0xfedcba9876543210, .wrapped = "k1"}));
  EXPECT_FALSE((*keys)[0].destroyed.has_value());
  EXPECT_EQ((*keys)[1].key.wrapped, "k2");
  EXPECT_EQ(Append(WithKey(Next(Person(1), {"b"}), "other")).status().code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_P(EventStoreContract, ReplacesAKeyOnlyFromTheWrappingItKnows) {
  ASSERT_TRUE(Append(WithKey(Next(Person(1), {"a"}), "old")).ok());
  const WrappedKey rewrapped{.wrapping_key = 2, .wrapped = "new"};
  EXPECT_EQ(
      ask_(&Store::ReplaceKey,
           {.owner = Person(1), .expected_wrapping_key = 1, .key = rewrapped})
          .code(),
      absl::StatusCode::kAborted);
  EXPECT_TRUE(
      ask_(&Store::ReplaceKey, {.owner = Person(1),
                                .expected_wrapping_key = 0xfedcba9876543210,
                                .key = rewrapped})
          .ok());
  const auto keys = ask_(&Store::GetKeys, {Person(1)});
  ASSERT_TRUE(keys.ok() && keys->size() == 1) << keys.status();
  EXPECT_EQ((*keys)[0].key, rewrapped);
  EXPECT_EQ(
      ask_(&Store::ReplaceKey, {.owner = Person(2), .key = rewrapped}).code(),
      absl::StatusCode::kNotFound);
}

TEST_P(EventStoreContract, ADestroyedKeyNeverComesBack) {
  ASSERT_TRUE(Append(WithKey(Next(Person(1), {"a"}), "key")).ok());
  const absl::Time when = clock_.Now();
  AppendRequest erase = Next(Person(1), {"erased"});
  erase.destroy_key = true;
  ASSERT_TRUE(Append(erase).ok());
  // Repeats, as a restore does, leave the first time standing.
  ASSERT_TRUE(ask_(&Store::DestroyKey,
                   {.owner = Person(1), .now = when + absl::Hours(1)})
                  .ok());
  const auto keys = ask_(&Store::GetKeys, {Person(1)});
  ASSERT_TRUE(keys.ok() && keys->size() == 1) << keys.status();
  EXPECT_EQ((*keys)[0].key.wrapped, "");
  EXPECT_EQ((*keys)[0].destroyed, when);
  EXPECT_EQ(Append(WithKey(Next(Person(1), {"b"}), "again")).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ask_(&Store::ReplaceKey,
                 {.owner = Person(1), .key = {.wrapped = "again"}})
                .code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_P(EventStoreContract, DestroysAKeyItNeverHad) {
  ASSERT_TRUE(
      ask_(&Store::DestroyKey, {.owner = Person(1), .now = clock_.Now()}).ok());
  EXPECT_EQ(Append(WithKey(Next(Person(1), {"a"}), "restored")).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_P(EventStoreContract, ListsKeysAndTombstones) {
  for (const uint64_t number : {1u, 2u, 3u}) {
    ASSERT_TRUE(Append(WithKey(Next(Person(number), {"a"}), "key")).ok());
  }
  ASSERT_TRUE(
      ask_(&Store::DestroyKey, {.owner = Person(2), .now = clock_.Now()}).ok());
  const auto first = ask_(&Store::ListKeys, {.limit = 2});
  ASSERT_TRUE(first.ok() && first->keys.size() == 2) << first.status();
  EXPECT_TRUE(first->more);
  EXPECT_TRUE(first->keys[1].destroyed.has_value());
  const auto last =
      ask_(&Store::ListKeys, {.after = first->keys[1].owner, .limit = 2});
  ASSERT_TRUE(last.ok() && last->keys.size() == 1) << last.status();
  EXPECT_EQ(last->keys[0].owner, Person(3));
  EXPECT_FALSE(last->more);
}

TEST_P(EventStoreContract, KeepsBlobsUnderTheirHash) {
  const std::string bytes("edition\0text", 12);
  const auto hash =
      ask_(&Store::PutBlob, {.kind = 1, .bytes = bytes, .now = clock_.Now()});
  ASSERT_TRUE(hash.ok()) << hash.status();
  EXPECT_EQ(*hash, base::Sha256(bytes));
  const auto blob = ask_(&Store::GetBlob, *hash);
  ASSERT_TRUE(blob.ok() && blob->has_value()) << blob.status();
  EXPECT_EQ(**blob, (store::Blob{.kind = 1, .bytes = bytes}));
  const auto none = ask_(&Store::GetBlob, std::string(32, 'x'));
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_FALSE(none->has_value());
}

TEST_P(EventStoreContract, PuttingABlobTwiceChangesNothing) {
  const absl::Time now = clock_.Now();
  ASSERT_TRUE(
      ask_(&Store::PutBlob, {.kind = 1, .bytes = "same", .now = now}).ok());
  ASSERT_TRUE(ask_(&Store::PutBlob,
                   {.kind = 2, .bytes = "same", .now = now + absl::Hours(1)})
                  .ok());
  const auto page = ask_(&Store::ListBlobs, {.kind = 1});
  ASSERT_TRUE(page.ok() && page->blobs.size() == 1) << page.status();
  EXPECT_EQ(
      page->blobs[0],
      (store::BlobInfo{
          .hash = base::Sha256("same"), .kind = 1, .size = 4, .stored = now}));
}

TEST_P(EventStoreContract, ListsBlobsOfOneKind) {
  for (const std::string bytes : {"a", "b", "c"}) {
    ASSERT_TRUE(ask_(&Store::PutBlob, {.kind = 1, .bytes = bytes}).ok());
  }
  ASSERT_TRUE(ask_(&Store::PutBlob, {.kind = 2, .bytes = "other"}).ok());
  const auto first = ask_(&Store::ListBlobs, {.kind = 1, .limit = 2});
  ASSERT_TRUE(first.ok() && first->blobs.size() == 2) << first.status();
  EXPECT_TRUE(first->more);
  EXPECT_LT(first->blobs[0].hash, first->blobs[1].hash);
  const auto last =
      ask_(&Store::ListBlobs,
           {.kind = 1, .after = first->blobs[1].hash, .limit = 2});
  ASSERT_TRUE(last.ok() && last->blobs.size() == 1) << last.status();
  EXPECT_FALSE(last->more);
}

}  // namespace
}  // namespace careroute::tests
