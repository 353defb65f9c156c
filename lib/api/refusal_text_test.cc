#include "lib/api/refusal_text.h"

#include <string>

#include "absl/strings/match.h"
#include "careroute/model/v1/plan_violation.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "lib/api/internal/mend_table.h"
#include "lib/api/internal/problem_table.h"
#include "lib/api/internal/refusal_table.h"
#include "lib/registry/explain_text.h"

namespace careroute::api {
namespace {

using ::testing::IsEmpty;

// Letters of the Russian alphabet begin with one of these bytes in UTF-8.
bool IsRussianText(absl::string_view text) {
  return absl::StrContains(text, "\xD0") || absl::StrContains(text, "\xD1");
}

model::v1::Refusal Refused(const std::string& key,
                           model::v1::ErrorReason reason) {
  model::v1::Refusal refusal;
  refusal.set_reason(reason);
  refusal.set_message_key(key);
  refusal.set_message("what the hub said");
  return refusal;
}

model::v1::Problem ProblemOf(const std::string& reason) {
  model::v1::Problem problem;
  problem.set_reason(reason);
  problem.set_message("what the hub said");
  return problem;
}

TEST(RefusalTable, IsOrderedAndRussian) {
  std::string before;
  for (const internal::RefusalRow& row : internal::RefusalTable()) {
    EXPECT_LT(before, std::string(row.key));
    before = std::string(row.key);
    EXPECT_TRUE(IsRussianText(row.ru)) << row.key;
  }
}

TEST(RefusalTable, RepeatsNoSentenceOfTheRegistry) {
  for (const internal::RefusalRow& row : internal::RefusalTable()) {
    EXPECT_THAT(registry::ExplainText({.key = row.key, .language = "ru"}),
                IsEmpty())
        << row.key;
  }
}

TEST(ProblemTable, IsOrderedAndRussian) {
  std::string before;
  for (const internal::ProblemRow& row : internal::ProblemTable()) {
    EXPECT_LT(before, std::string(row.key));
    before = std::string(row.key);
    EXPECT_TRUE(IsRussianText(row.ru)) << row.key;
  }
}

TEST(RefusalText, TellsTheKeyInRussian) {
  const model::v1::Refusal refusal =
      Refused("case_closed", model::v1::ERROR_REASON_CASE_CLOSED);
  EXPECT_EQ(RefusalText(refusal, "ru"), "Случай завершён.");
  EXPECT_EQ(RefusalText(refusal, "ru-RU"), "Случай завершён.");
}

TEST(RefusalText, IsTheMessageInEveryOtherLanguage) {
  const model::v1::Refusal refusal =
      Refused("case_closed", model::v1::ERROR_REASON_CASE_CLOSED);
  for (const char* language : {"en", "fr", ""}) {
    EXPECT_EQ(RefusalText(refusal, language), "what the hub said");
  }
}

TEST(RefusalText, TakesTheSentencesOfTheRegistry) {
  EXPECT_EQ(RefusalText(Refused("person.adoption_cases_open",
                                model::v1::ERROR_REASON_WRONG_STATE),
                        "ru"),
            "У ребёнка есть открытые случаи: сначала завершите их.");
}

TEST(RefusalText, TellsAnUnknownKeyByItsReasonAndTheMessage) {
  EXPECT_EQ(RefusalText(Refused("of_a_later_release",
                                model::v1::ERROR_REASON_WRONG_STATE),
                        "ru"),
            "Сейчас этого сделать нельзя. (what the hub said)");
  EXPECT_EQ(RefusalText(
                Refused("machinery", model::v1::ERROR_REASON_OVERLOADED), "ru"),
            "Узел перегружен: повторите позже. (what the hub said)");
}

TEST(RefusalText, IsTheMessageWhenNothingElseIsKnown) {
  EXPECT_EQ(RefusalText(Refused("of_a_later_release",
                                model::v1::ERROR_REASON_UNSPECIFIED),
                        "ru"),
            "what the hub said");
  EXPECT_EQ(RefusalText(model::v1::Refusal(), "ru"), "");
}

TEST(RefusalText, HasASentenceForEveryReason) {
  const auto& reasons = *model::v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons.value_count(); ++i) {
    if (reasons.value(i)->number() == 0) continue;
    model::v1::Refusal refusal;
    refusal.set_reason(
        static_cast<model::v1::ErrorReason>(reasons.value(i)->number()));
    EXPECT_TRUE(IsRussianText(RefusalText(refusal, "ru")))
        << reasons.value(i)->name();
  }
}

TEST(ProblemText, TellsTheReasonInRussian) {
  EXPECT_EQ(ProblemText(ProblemOf("REQUIRED"), "ru"), "не заполнено");
  EXPECT_EQ(ProblemText(ProblemOf("REQUIRED"), "en"), "what the hub said");
}

TEST(ProblemText, KeepsAMessageThatSaysMoreThanTheReason) {
  EXPECT_EQ(ProblemText(ProblemOf("INVALID"), "ru"),
            "так быть не может (what the hub said)");
}

TEST(ProblemText, IsTheMessageOfAReasonItDoesNotKnow) {
  EXPECT_EQ(ProblemText(ProblemOf("OF_A_LATER_RELEASE"), "ru"),
            "what the hub said");
}

TEST(MendTable, IsOrderedAndRussian) {
  std::string before;
  for (const internal::MendRow& row : internal::MendTable()) {
    EXPECT_LT(before, std::string(row.key));
    before = std::string(row.key);
    EXPECT_TRUE(IsRussianText(row.ru)) << row.key;
  }
}

TEST(MendText, TellsAMendInRussian) {
  EXPECT_EQ(MendText("name the document", "ru"), "назовите документ");
  EXPECT_EQ(MendText("name the document", "en"), "name the document");
}

TEST(MendText, IsTheMendThatNamesSomething) {
  EXPECT_EQ(MendText("send at most 20 bytes", "ru"), "send at most 20 bytes");
  EXPECT_EQ(MendText("", "ru"), "");
}

TEST(ProblemText, TellsEveryFaultOfAPlanInRussian) {
  const auto& faults = *model::v1::PlanFault_descriptor();
  for (int i = 0; i < faults.value_count(); ++i) {
    if (faults.value(i)->number() == 0) continue;
    EXPECT_TRUE(
        IsRussianText(ProblemText(ProblemOf(faults.value(i)->name()), "ru")))
        << faults.value(i)->name();
  }
}

}  // namespace
}  // namespace careroute::api
