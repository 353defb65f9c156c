// States kept in memory: the newest, as many as fit, the least used out first.

#include "lib/engine/state_cache.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;

struct Versioned {
  int64_t version = 0;
  std::shared_ptr<const int> state;
};

constexpr base::Uid kFirst{.high = 1, .low = 1};
constexpr base::Uid kSecond{.high = 2, .low = 2};
constexpr base::Uid kThird{.high = 3, .low = 3};

int64_t VersionIn(StateCache<Versioned>& cache, const base::Uid& id) {
  const std::optional<Versioned> found = cache.Get(id);
  return found.has_value() ? found->version : 0;
}

TEST(StateCache, DropsWhatWasUsedLongestAgo) {
  StateCache<Versioned> cache(2);
  cache.Put(kFirst, {.version = 1});
  cache.Put(kSecond, {.version = 2});
  EXPECT_EQ(VersionIn(cache, kFirst), 1);
  cache.Put(kThird, {.version = 3});
  EXPECT_EQ(VersionIn(cache, kFirst), 1);
  EXPECT_EQ(VersionIn(cache, kSecond), 0);
  EXPECT_EQ(VersionIn(cache, kThird), 3);
}

TEST(StateCache, KeepsTheNewerWhicheverComesFirst) {
  StateCache<Versioned> cache(2);
  cache.Put(kFirst, {.version = 2});
  cache.Put(kFirst, {.version = 1});
  EXPECT_EQ(VersionIn(cache, kFirst), 2);
  cache.Put(kFirst, {.version = 3});
  EXPECT_EQ(VersionIn(cache, kFirst), 3);
  cache.EraseOlder(kFirst, 3);
  EXPECT_EQ(VersionIn(cache, kFirst), 3);
  cache.EraseOlder(kFirst, 4);
  EXPECT_EQ(VersionIn(cache, kFirst), 0);
}

// What a state takes with it may be much, or ask the cache: under its lock this
// would wait for ever.
TEST(StateCache, DestroysWhatGoesOutsideItsLock) {
  StateCache<Versioned> cache(1);
  std::vector<int> gone;
  const auto made = [&](int number) -> Versioned {
    return {.version = number, .state = {new int(number), [&](const int* one) {
                                           gone.push_back(*one);
                                           EXPECT_EQ(VersionIn(cache, kThird),
                                                     0);
                                           delete one;
                                         }}};
  };
  cache.Put(kFirst, made(1));
  cache.Put(kFirst, made(2));
  cache.Put(kSecond, made(3));
  cache.EraseOlder(kSecond, 4);
  cache.Put(kFirst, made(5));
  cache.Erase(kFirst);
  cache.Put(kFirst, made(6));
  cache.Clear();
  EXPECT_THAT(gone, ElementsAre(1, 2, 3, 5, 6));
}

}  // namespace
}  // namespace careroute::engine
