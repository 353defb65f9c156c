#include "services/command/row_words.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;

RowFate Bad(const std::string& path, const std::string& reason) {
  RowFate fate{.number = 3, .line = 4};
  fate.problems.Error(path, reason, "is wrong", "mend it");
  return fate;
}

TEST(WordsOfRow, NamesTheRowTheColumnAndTheMend) {
  EXPECT_EQ(WordsOfRow(Bad("person.identity.snils", "SNILS_FORM"),
                       {.columns = &CaseColumns()}),
            "row 3 (line 4): snils: is wrong; mend it\n");
  EXPECT_EQ(WordsOfRow(Bad("", "NOT_CSV"), {.columns = &CaseColumns()}),
            "row 3 (line 4): is wrong; mend it\n");
}

TEST(WordsOfRow, NamesThePathWhereThereAreNoColumns) {
  EXPECT_EQ(WordsOfRow(Bad("person.identity.snils", "SNILS_FORM"), {}),
            "row 3 (line 4): person.identity.snils: is wrong; mend it\n");
}

TEST(WordsOfRow, SpeaksRussian) {
  EXPECT_EQ(WordsOfRow(Bad("", "INVALID_UTF8"), {.language = "ru"}),
            "запись 3 (строка 4): текст не в кодировке UTF-8; сохраните файл "
            "в UTF-8\n");
}

TEST(WordsOfRow, TellsWhatTheHubHadToSay) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_DECLARED);
  refusal.set_message_key("no_edition");
  refusal.set_message("no edition applies");
  RowFate fate{.number = 1, .line = 2};
  fate.status = api::RefusalStatus(refusal);
  EXPECT_EQ(WordsOfRow(fate, {}), "row 1 (line 2): no edition applies\n");

  model::v1::Problem& problem = *refusal.add_problems();
  problem.set_path("identity.birth_date");
  problem.set_reason("BIRTH_IN_FUTURE");
  problem.set_message("lies after today");
  problem.set_mend("correct the date");
  fate.status = api::RefusalStatus(refusal);
  EXPECT_EQ(WordsOfRow(fate, {.columns = &CaseColumns()}),
            "row 1 (line 2): birth_date: lies after today; correct the date\n");
  fate.status = absl::AbortedError("try again");
  EXPECT_THAT(WordsOfRow(fate, {}), HasSubstr("try again"));
}

TEST(WordsOfRow, SaysNothingOfARowThatWasTaken) {
  EXPECT_EQ(WordsOfRow(RowFate{.number = 1, .line = 2}, {}), "");
}

}  // namespace
}  // namespace careroute::services
