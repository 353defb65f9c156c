// A sealed part opens under its person's key, in its event, as its class; and
// nowhere else.

#include "lib/engine/sealing.h"

#include <string>

#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::engine {
namespace {

constexpr base::Uid kCase{.high = 5, .low = 6};
constexpr base::Uid kPerson{.high = 7, .low = 8};
constexpr auto kSocial = model::v1::DATA_CLASS_SOCIAL;
constexpr auto kMedical = model::v1::DATA_CLASS_MEDICAL;

event::v1::PlainPart Part(const std::string& text) {
  event::v1::PlainPart part;
  event::v1::PlainText& one = *part.add_texts();
  one.set_field("note");
  one.set_text(text);
  return part;
}

class SealingTest : public ::testing::Test {
 protected:
  SealUnder Under(const registry::PersonKey& key,
                  const base::Uid& stream = kCase) {
    return {.sealer = sealer_, .key = key, .person = kPerson, .stream = stream};
  }

  // The header of an event that holds a social and a medical part.
  event::v1::EventHeader Sealed() {
    event::v1::EventHeader header;
    header.set_version(3);
    SealPart(Under(key_), kSocial, Part("lives alone"), header);
    SealPart(Under(key_), kMedical, Part("oxygen"), header);
    return header;
  }

  void ExpectLost(const SealUnder& under,
                  const event::v1::EventHeader& header) {
    EXPECT_EQ(OpenParts(under, header).status().code(),
              absl::StatusCode::kDataLoss);
  }

  base::SeededRandom random_{1};
  registry::Sealer sealer_{random_};
  registry::PersonKey key_ = registry::PersonKey::New(random_);
  registry::PersonKey other_key_ = registry::PersonKey::New(random_);
};

TEST_F(SealingTest, OpensWhatItSealed) {
  const auto opened = OpenParts(Under(key_), Sealed());
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_EQ(opened->size(), 2U);
  EXPECT_EQ((*opened)[0].data_class, kSocial);
  EXPECT_EQ((*opened)[0].part.texts(0).text(), "lives alone");
  EXPECT_EQ((*opened)[1].data_class, kMedical);
  EXPECT_EQ((*opened)[1].part.texts(0).text(), "oxygen");
}

TEST_F(SealingTest, OpensNoPartOfAClassThatIsNotAskedFor) {
  event::v1::EventHeader header = Sealed();
  header.mutable_sealed(1)->clear_ciphertext();  // would not open
  const auto opened = OpenPartsOf({kSocial}, Under(key_), header);
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_EQ(opened->size(), 1U);
  EXPECT_EQ((*opened)[0].data_class, kSocial);
  EXPECT_EQ((*opened)[0].part.texts(0).text(), "lives alone");
  EXPECT_EQ(OpenPartsOf({kMedical}, Under(key_), header).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_F(SealingTest, LeavesNothingInClearAndNamesWhoseItIs) {
  const event::v1::EventHeader header = Sealed();
  EXPECT_EQ(header.SerializeAsString().find("lives alone"), std::string::npos);
  EXPECT_EQ(header.sealed(0).person(), kPerson.Bytes());
}

TEST_F(SealingTest, OpensAnEventThatHoldsNone) {
  const auto opened = OpenParts(Under(key_), event::v1::EventHeader());
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_TRUE(opened->empty());
}

TEST_F(SealingTest, SaysDataLossWhereverABitWasChanged) {
  const size_t size = Sealed().sealed(1).ciphertext().size();
  for (size_t i = 0; i < size; ++i) {
    event::v1::EventHeader changed = Sealed();
    (*changed.mutable_sealed(1)->mutable_ciphertext())[i] ^= 1;
    ExpectLost(Under(key_), changed);
  }
  event::v1::EventHeader cut = Sealed();
  cut.mutable_sealed(1)->mutable_ciphertext()->pop_back();
  ExpectLost(Under(key_), cut);
}

TEST_F(SealingTest, OpensForNoOtherPerson) {
  ExpectLost(Under(other_key_), Sealed());
}

TEST_F(SealingTest, OpensInNoOtherEvent) {
  event::v1::EventHeader moved = Sealed();
  moved.set_version(4);
  ExpectLost(Under(key_), moved);
  ExpectLost(Under(key_, {.high = 5, .low = 7}), Sealed());
}

TEST_F(SealingTest, OpensAsNoOtherClass) {
  event::v1::EventHeader relabelled = Sealed();
  relabelled.mutable_sealed(1)->set_data_class(kSocial);
  ExpectLost(Under(key_), relabelled);
}

// It opens, yet is no part: whoever wrote it was no hub.
TEST_F(SealingTest, SaysDataLossOfWhatOpensToNoPart) {
  event::v1::EventHeader header = Sealed();
  header.mutable_sealed(1)->set_ciphertext(
      sealer_.Seal({.key = key_,
                    .part = {.stream = kCase,
                             .version = 3,
                             .data_class = static_cast<int>(kMedical)},
                    .bytes = "\xff"}));
  ExpectLost(Under(key_), header);
}

}  // namespace
}  // namespace careroute::engine
