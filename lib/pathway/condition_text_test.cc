#include "lib/pathway/condition_text.h"

#include "gtest/gtest.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

model::v1::Condition Live(const std::string& step) {
  model::v1::Condition condition;
  condition.mutable_step()->set_live(step);
  return condition;
}

class ConditionTextTest : public ::testing::Test {
 protected:
  const std::shared_ptr<const Edition> edition_ = testing::SmallEdition();
  const std::string step_ = edition_->step(0).id();
};

TEST_F(ConditionTextTest, SaysWhatMustHoldAndNotWhatDoes) {
  const std::string text = ConditionText(Live(step_), *edition_, "en");
  EXPECT_NE(text, "");
  model::v1::Condition not_live;
  *not_live.mutable_not_() = Live(step_);
  EXPECT_EQ(ConditionText(not_live, *edition_, "en"),
            "step \"" + std::string(edition_->Text("step/" + step_, "en")) +
                "\" is not under way");
}

TEST_F(ConditionTextTest, JoinsPartsAndBracketsThemInsideOthers) {
  const std::string one = ConditionText(Live(step_), *edition_, "ru");
  model::v1::Condition any;
  *any.mutable_any()->add_of() = Live(step_);
  *any.mutable_any()->add_of() = Live(step_);
  EXPECT_EQ(ConditionText(any, *edition_, "ru"), one + " или " + one);
  model::v1::Condition all;
  *all.mutable_all()->add_of() = any;
  *all.mutable_all()->add_of() = Live(step_);
  EXPECT_EQ(ConditionText(all, *edition_, "ru"),
            "(" + one + " или " + one + ") и " + one);
}

TEST_F(ConditionTextTest, SaysAValueAsAPersonReadsIt) {
  EXPECT_EQ(FactValueText("urgent", "true", *edition_, "ru"), "да");
  EXPECT_EQ(FactValueText("urgent", "false", *edition_, "en"), "no");
  EXPECT_EQ(FactValueText("no_such_fact", "7", *edition_, "en"), "7");
}

}  // namespace
}  // namespace careroute::pathway
