#include "lib/engine/internal/route_view.h"

#include <vector>

#include "gtest/gtest.h"
#include "lib/casework/folded_case.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/testing/route_sample.h"

namespace careroute::engine::internal {
namespace {

using model::v1::ConsentTest;

ConsentTest Asks(model::v1::DataClass data_class) {
  ConsentTest test;
  test.set_matter(model::v1::CONSENT_MATTER_DATA);
  test.set_purpose("transition");
  test.add_classes(data_class);
  return test;
}

// A talk that can only end so once a consent to pass needs on was given.
model::v1::Outcome ConsentGiven() {
  model::v1::Outcome outcome;
  outcome.set_id("given");
  ConsentTest& test =
      *outcome.mutable_must_hold()->mutable_all()->add_of()->mutable_consent();
  test = Asks(model::v1::DATA_CLASS_NEEDS);
  test.add_classes(model::v1::DATA_CLASS_IDENTITY);
  return outcome;
}

class AssumedViewTest : public ::testing::Test {
 protected:
  [[nodiscard]] bool Holds(const ConsentTest& test) const {
    return AssumedView(folded_.view(), endings_).ConsentInForce(test);
  }

  testing::RouteSample sample_;
  CaseDirectory directory_{{.picture = sample_.reading.directory}};
  casework::FoldedCase folded_{{.state = sample_.state,
                                .edition = *sample_.reading.edition,
                                .now = sample_.options.now,
                                .directory = directory_,
                                .calendars = *sample_.options.calendars}};
  model::v1::Outcome given_ = ConsentGiven();
  std::vector<AssumedEnding> endings_ = {
      {.step = "consent", .outcome = &given_}};
};

TEST_F(AssumedViewTest, HoldsTheConsentAnAssumedOutcomeDemands) {
  EXPECT_TRUE(Holds(Asks(model::v1::DATA_CLASS_NEEDS)));
  endings_.clear();
  EXPECT_FALSE(Holds(Asks(model::v1::DATA_CLASS_NEEDS)));
}

TEST_F(AssumedViewTest, AssumesNoWiderConsent) {
  EXPECT_FALSE(Holds(Asks(model::v1::DATA_CLASS_MEDICAL)));
  ConsentTest other = Asks(model::v1::DATA_CLASS_NEEDS);
  other.set_purpose("another");
  EXPECT_FALSE(Holds(other));
  ConsentTest narrow = Asks(model::v1::DATA_CLASS_NEEDS);
  narrow.set_to_role("centre");
  EXPECT_FALSE(Holds(narrow));
}

}  // namespace
}  // namespace careroute::engine::internal
