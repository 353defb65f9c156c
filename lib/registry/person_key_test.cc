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
                              absl::string_view wrapped) {
    return wrapper_.Unwrap(person, wrapped).status().code();
  }

  base::SeededRandom random_;
  KeyRing ring_;
  PersonKeyWrapper wrapper_;
  PersonKey key_;
};

TEST_F(PersonKeyTest, UnwrapsWhatItWrapped) {
  const std::string wrapped = wrapper_.Wrap(kPerson, key_);
  EXPECT_EQ(wrapped.size(), 69u);
  EXPECT_FALSE(absl::StrContains(wrapped, key_.bytes().view()));
  const absl::StatusOr<PersonKey> again = wrapper_.Unwrap(kPerson, wrapped);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, key_);
}

TEST_F(PersonKeyTest, OpensForNoOtherPerson) {
  EXPECT_EQ(UnwrapCode(kOther, wrapper_.Wrap(kPerson, key_)),
            absl::StatusCode::kDataLoss);
}

TEST_F(PersonKeyTest, SaysThatADestroyedKeyIsGone) {
  EXPECT_EQ(UnwrapCode(kPerson, ""), absl::StatusCode::kNotFound);
  EXPECT_FALSE(wrapper_.NeedsRewrap(""));
}

TEST_F(PersonKeyTest, NoticesAnyByteChanged) {
  const std::string wrapped = wrapper_.Wrap(kPerson, key_);
  for (size_t i = 0; i < wrapped.size(); ++i) {
    std::string changed = wrapped;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    // The first eight bytes name the wrapping key.
    EXPECT_EQ(UnwrapCode(kPerson, changed),
              i < 8 ? absl::StatusCode::kFailedPrecondition
                    : absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(UnwrapCode(kPerson, wrapped.substr(0, 68)),
            absl::StatusCode::kDataLoss);
}

TEST_F(PersonKeyTest, StillUnwrapsAfterARotationAndAsksToBeRewrapped) {
  const std::string wrapped = wrapper_.Wrap(kPerson, key_);
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
