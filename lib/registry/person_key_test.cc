#include "lib/registry/person_key.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::registry {
namespace {

constexpr base::Uid kPerson = {.high = 10, .low = 20};
constexpr base::Uid kOther = {.high = 10, .low = 21};

class PersonKeyTest : public testing::Test {
 protected:
  PersonKeyTest()
      : random_(9),
        ring_(KeyRing::Generate(random_, absl::UnixEpoch())),
        wrapper_(ring_, random_),
        key_(PersonKey::New(random_)) {}

  absl::StatusCode UnwrapCode(const base::Uid& person,
                              const WrappedPersonKey& wrapped) {
    return wrapper_.Unwrap(person, wrapped).status().code();
  }

  base::SeededRandom random_;
  KeyRing ring_;
  PersonKeyWrapper wrapper_;
  PersonKey key_;
};

TEST_F(PersonKeyTest, UnwrapsWhatItWrapped) {
  const WrappedPersonKey wrapped = wrapper_.Wrap(kPerson, key_);
  EXPECT_EQ(wrapped.bytes.size(), 61u);
  EXPECT_FALSE(absl::StrContains(wrapped.bytes, key_.bytes().view()));
  const absl::StatusOr<PersonKey> again = wrapper_.Unwrap(kPerson, wrapped);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, key_);
}

TEST_F(PersonKeyTest, OpensForNoOtherPerson) {
  EXPECT_EQ(UnwrapCode(kOther, wrapper_.Wrap(kPerson, key_)),
            absl::StatusCode::kDataLoss);
}

TEST_F(PersonKeyTest, SaysThatADestroyedKeyIsGone) {
  EXPECT_EQ(UnwrapCode(kPerson, {.wrapping_key = 1}),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(wrapper_.NeedsRewrap({.wrapping_key = 1}));
}

TEST_F(PersonKeyTest, NoticesAnyByteChanged) {
  const WrappedPersonKey wrapped = wrapper_.Wrap(kPerson, key_);
  for (size_t i = 0; i < wrapped.bytes.size(); ++i) {
    WrappedPersonKey changed = wrapped;
    changed.bytes[i] = static_cast<char>(changed.bytes[i] ^ 1);
    EXPECT_EQ(UnwrapCode(kPerson, changed), absl::StatusCode::kDataLoss);
  }
  WrappedPersonKey cut = wrapped;
  cut.bytes.pop_back();
  EXPECT_EQ(UnwrapCode(kPerson, cut), absl::StatusCode::kDataLoss);
}

TEST_F(PersonKeyTest, StillUnwrapsAfterARotationAndAsksToBeRewrapped) {
  const WrappedPersonKey wrapped = wrapper_.Wrap(kPerson, key_);
  EXPECT_FALSE(wrapper_.NeedsRewrap(wrapped));
  ASSERT_TRUE(ring_.Rotate(KeyUse::kWrapping, random_, absl::UnixEpoch()).ok());
  EXPECT_TRUE(wrapper_.NeedsRewrap(wrapped));
  const absl::StatusOr<PersonKey> again = wrapper_.Unwrap(kPerson, wrapped);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, key_);
  EXPECT_FALSE(wrapper_.NeedsRewrap(wrapper_.Wrap(kPerson, *again)));
}

TEST_F(PersonKeyTest, NamesTheMissingKeyWhenTheRingIsAnother) {
  const KeyRing another = KeyRing::Generate(random_, absl::UnixEpoch());
  PersonKeyWrapper wrapper(another, random_);
  const absl::Status status =
      wrapper.Unwrap(kPerson, wrapper_.Wrap(kPerson, key_)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(absl::StrContains(status.message(),
                                KeyIdHex(ring_.Active(KeyUse::kWrapping).id)));
}

TEST_F(PersonKeyTest, HasThirtyTwoBytes) {
  EXPECT_FALSE(PersonKey::FromBytes(std::string(31, 'x')).ok());
  EXPECT_FALSE(PersonKey::FromBytes(std::string(33, 'x')).ok());
  EXPECT_TRUE(PersonKey::FromBytes(std::string(32, 'x')).ok());
}

}  // namespace
}  // namespace careroute::registry
