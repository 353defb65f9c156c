#include "services/hub/rewrap_keys.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/registry/person_key.h"

namespace careroute::services {
namespace {

using registry::KeyRing;
using registry::KeyUse;
using registry::PersonKey;
using registry::PersonKeyWrapper;
using store::KeyRecord;
using store::StreamId;

// A store of keys alone; answers at once.
class MapKeyStore final : public store::KeyStore {
 public:
  void GetKeys(std::vector<StreamId> owners,
               base::Done<std::vector<KeyRecord>> done) override {
    std::vector<KeyRecord> found;
    for (const StreamId& owner : owners) {
      const auto it = records.find(owner);
      if (it != records.end()) found.push_back(it->second);
    }
    std::move(done)(std::move(found));
  }
  void ReplaceKey(store::ReplaceKeyRequest request,
                  base::DoneStatus done) override {
    if (replaced == fail_at) {
      return std::move(done)(absl::UnavailableError("the disk is full"));
    }
    ++replaced;
    KeyRecord& record = records.at(request.owner);
    if (record.key.wrapping_key != request.expected_wrapping_key) {
      return std::move(done)(absl::AbortedError("locked anew by another"));
    }
    record.key = std::move(request.key);
    std::move(done)(absl::OkStatus());
  }
  void DestroyKey(store::DestroyKeyRequest request,
                  base::DoneStatus done) override {
    records[request.owner] = {.owner = request.owner, .destroyed = request.now};
    std::move(done)(absl::OkStatus());
  }
  void ListKeys(store::ListKeysRequest request,
                base::Done<store::KeyPage> done) override {
    ++pages;
    store::KeyPage page;
    auto it = request.after.has_value() ? records.upper_bound(*request.after)
                                        : records.begin();
    for (; it != records.end() && page.keys.size() < 2; ++it) {
      page.keys.push_back(it->second);
    }
    page.more = it != records.end();
    std::move(done)(std::move(page));
  }

  std::map<StreamId, KeyRecord> records;
  int pages = 0;
  int replaced = 0;
  int fail_at = -1;  // which replacement fails; -1 = none
};

class RewrapKeysTest : public testing::Test {
 protected:
  static StreamId Person(uint64_t n) {
    return {.kind = store::StreamKind::kPerson, .id = {.high = n, .low = n}};
  }

  void Add(uint64_t n) {
    const PersonKey key = PersonKey::New(random_);
    plain_[n] = std::string(key.bytes().view().data(), key.bytes().size());
    registry::WrappedPersonKey wrapped =
        PersonKeyWrapper(ring_, random_).Wrap(Person(n).id, key);
    store_.records[Person(n)] = {.owner = Person(n),
                                 .key = {.wrapping_key = wrapped.wrapping_key,
                                         .wrapped = std::move(wrapped.bytes)}};
  }

  absl::StatusOr<Rewrapped> Rewrap() {
    return RewrapKeys({.keys = store_, .ring = ring_, .random = random_});
  }

  // Every key still is what it was, and the active wrapping key locks it.
  void ExpectAllLockedAnew() {
    PersonKeyWrapper wrapper(ring_, random_);
    for (const auto& [n, plain] : plain_) {
      const store::WrappedKey& key = store_.records[Person(n)].key;
      EXPECT_EQ(key.wrapping_key, ring_.Active(KeyUse::kWrapping).id);
      const auto opened = wrapper.Unwrap(
          Person(n).id,
          {.wrapping_key = key.wrapping_key, .bytes = key.wrapped});
      ASSERT_TRUE(opened.ok()) << opened.status();
      EXPECT_EQ(opened->bytes().view(), plain);
    }
  }

  base::SeededRandom random_{11};
  KeyRing ring_ = KeyRing::Generate(random_, absl::UnixEpoch());
  MapKeyStore store_;
  std::map<uint64_t, std::string> plain_;
};

TEST_F(RewrapKeysTest, LocksEveryKeyOfEveryPageWithTheNewOne) {
  for (uint64_t n = 1; n <= 5; ++n) Add(n);
  ASSERT_TRUE(ring_.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  const auto done = Rewrap();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(*done, (Rewrapped{.looked_at = 5, .rewrapped = 5}));
  EXPECT_EQ(store_.pages, 3);
  ExpectAllLockedAnew();
}

TEST_F(RewrapKeysTest, GoesOnWhereItWasCutShort) {
  for (uint64_t n = 1; n <= 5; ++n) Add(n);
  ASSERT_TRUE(ring_.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  store_.fail_at = 3;
  EXPECT_TRUE(absl::IsUnavailable(Rewrap().status()));
  store_.fail_at = -1;
  const auto done = Rewrap();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(*done, (Rewrapped{.looked_at = 5, .rewrapped = 2}));
  ExpectAllLockedAnew();
  EXPECT_EQ(Rewrap()->rewrapped, 0);
}

TEST_F(RewrapKeysTest, LeavesTheErasedErased) {
  Add(1);
  store_.DestroyKey({.owner = Person(2), .now = absl::UnixEpoch()},
                    [](absl::Status) {});
  ASSERT_TRUE(ring_.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  const auto done = Rewrap();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(*done, (Rewrapped{.looked_at = 2, .rewrapped = 1}));
  EXPECT_TRUE(store_.records[Person(2)].key.wrapped.empty());
}

TEST_F(RewrapKeysTest, StopsAtAKeyThatDoesNotOpen) {
  Add(1);
  Add(2);
  store_.records[Person(2)].key.wrapped[20] ^= 1;
  ASSERT_TRUE(ring_.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  EXPECT_TRUE(absl::IsDataLoss(Rewrap().status()));
}

}  // namespace
}  // namespace careroute::services
