// The two halves of a merge, and of its end, each in a record of its own.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/registry/person_view.h"
#include "lib/registry/test_record.h"

namespace careroute::registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A newborn's record.
class MergedRecord : public testing::Test {
 protected:
  MergedRecord() {
    record_.Apply(
        "register { identity { birth_date: '2025-06-14' birth_order: 2 "
        "mother: 'persons/2' } }");
  }

  TestRecord record_;
};

TEST_F(MergedRecord, TakesAnotherOverAndGivesItBack) {
  const PersonDecision decision = record_.Apply(
      "take_over { merged: 'persons/9' reason: MERGE_REASON_CIVIL_REGISTRY "
      "note: 'ЗАГС' document { kind: 'birth-record' number: '77' } }");
  EXPECT_THAT(record_->took_over, ElementsAre("persons/9"));
  EXPECT_FALSE(decision.changes_deciders);
  EXPECT_EQ(decision.event.DebugString().find("77"), std::string::npos)
      << "what proves it is sealed";
  event::v1::PlainPart whole;
  for (const PlainClassPart& part : decision.parts) JoinPart(part.part, whole);
  EXPECT_EQ(whole.documents(0).document().number(), "77");
  EXPECT_EQ(whole.texts(0).text(), "ЗАГС");
  // Once more, as the repeat of a merge that was cut.
  record_.Apply(
      "take_over { merged: 'persons/9' reason: MERGE_REASON_SAME_IDENTIFIER "
      "}");
  EXPECT_THAT(record_->took_over, ElementsAre("persons/9"));
  EXPECT_THAT(record_.ProblemsOf("give_back { merged: 'persons/9' }"),
              ElementsAre("reason EMPTY"));
  record_.Apply("give_back { merged: 'persons/9' reason: 'близнецы' }");
  EXPECT_THAT(record_->took_over, IsEmpty());
}

TEST_F(MergedRecord, IsWhatItWasOnceItStandsAloneAgain) {
  PersonRecord before = *record_;
  EXPECT_TRUE(record_
                  .Apply("merge_into { kept: 'persons/9' reason: "
                         "MERGE_REASON_SAME_DOCUMENT }")
                  .changes_deciders);
  const model::v1::Person shown =
      ViewOf({.record = *record_, .name = kSelf, .today = kTestDay});
  EXPECT_EQ(shown.state(), model::v1::PERSON_STATE_MERGED);
  EXPECT_EQ(shown.merged_into(), "persons/9");
  EXPECT_TRUE(record_.Apply("separate { kept: 'persons/9' }").changes_deciders);
  before.version = record_->version;
  EXPECT_EQ(*record_, before);
}

TEST_F(MergedRecord, TakesNothingButItsEndAndItsErasure) {
  record_.Apply(
      "merge_into { kept: 'persons/9' reason: MERGE_REASON_SAME_DOCUMENT }");
  for (const char* command :
       {"set_needs { needs { } }",
        "take_over { merged: 'persons/7' reason: MERGE_REASON_SAME_IDENTIFIER "
        "}",
        "merge_into { kept: 'persons/8' reason: MERGE_REASON_SAME_IDENTIFIER "
        "}",
        "give_back { merged: 'persons/8' reason: 'ошибка' }",
        "separate { kept: 'persons/8' }"}) {
    const PersonDecision decision = record_.Decide(command);
    ASSERT_TRUE(decision.refusal.has_value()) << command;
    EXPECT_EQ(decision.refusal->reason(), model::v1::ERROR_REASON_WRONG_STATE)
        << command;
  }
  EXPECT_FALSE(
      record_.Decide("separate { kept: 'persons/9' }").refusal.has_value());
  record_.Apply("erase { reason: 'on request' }");
  EXPECT_EQ(record_->state, model::v1::PERSON_STATE_ERASED);
  EXPECT_EQ(record_->merged_into, "");
}

TEST_F(MergedRecord, WasNeverMergedAndCannotStandAloneAgain) {
  EXPECT_EQ(
      record_.Decide("separate { kept: 'persons/9' }").refusal->message_key(),
      "person.not_merged");
}

TEST_F(MergedRecord, MergesWithAnotherAloneAndSaysOnWhat) {
  EXPECT_THAT(record_.ProblemsOf("take_over { merged: 'persons/1' }"),
              ElementsAre("merged SAME_RECORD", "reason EMPTY"));
  EXPECT_THAT(record_.ProblemsOf("take_over { merged: 'persons/9' reason: "
                                 "MERGE_REASON_OTHER }"),
              ElementsAre("note EMPTY"));
  EXPECT_THAT(record_.ProblemsOf("merge_into { kept: 'persons/1' }"),
              ElementsAre("kept SAME_RECORD"));
}

// Whoever was merged into this one would be two steps away from the record
// that stands for all.
TEST_F(MergedRecord, IsNotMergedWhileItStandsForOthers) {
  record_.Apply(
      "take_over { merged: 'persons/9' reason: MERGE_REASON_SAME_IDENTIFIER "
      "}");
  EXPECT_THAT(record_.ProblemsOf("merge_into { kept: 'persons/8' reason: "
                                 "MERGE_REASON_SAME_IDENTIFIER }"),
              ElementsAre("kept STANDS_FOR_OTHERS"));
}

TEST_F(MergedRecord, HoldsNoMoreThanARecordMay) {
  for (size_t i = 0; i < kTakenOverMax; ++i) {
    record_.Apply("take_over { merged: 'persons/9" + std::to_string(i) +
                  "' reason: MERGE_REASON_SAME_IDENTIFIER }");
  }
  EXPECT_THAT(record_.ProblemsOf("take_over { merged: 'persons/8' reason: "
                                 "MERGE_REASON_SAME_IDENTIFIER }"),
              ElementsAre("merged TOO_MANY"));
}

}  // namespace
}  // namespace careroute::registry
