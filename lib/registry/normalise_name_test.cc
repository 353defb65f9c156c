#include "lib/registry/normalise_name.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

NormalName Surname(absl::string_view surname) {
  base::Problems problems;
  NormalName name = NormaliseName({.surname = surname}, problems);
  EXPECT_FALSE(problems.HasErrors()) << problems.ToStatus();
  return name;
}

struct SameName {
  const char* what;
  const char* one;
  const char* two;
};

class NamesThatCompareEqual : public testing::TestWithParam<SameName> {};

TEST_P(NamesThatCompareEqual, HaveOneNormalForm) {
  const SameName& names = GetParam();
  EXPECT_FALSE(Surname(names.one).surname.empty());
  EXPECT_EQ(Surname(names.one), Surname(names.two));
}

INSTANTIATE_TEST_SUITE_P(
    Table, NamesThatCompareEqual,
    testing::Values(SameName{"yo", "Королёва", "КОРОЛЕВА"},
                    SameName{"yo_decomposed", "Королёва", "Королева"},
                    SameName{"yo_of_two_marks", "Короле\u0308ва", "королева"},
                    SameName{"short_i_decomposed", "Андрей", "Андреи\u0306"},
                    SameName{"stress", "Ива\u0301нов", "Иванов"},
                    SameName{"hyphen", "Салтыков-Щедрин", "Салтыков Щедрин"},
                    SameName{"hyphen_left_out", "Салтыков-Щедрин",
                             "Салтыковщедрин"},
                    SameName{"long_dash", "Салтыков—Щедрин", "Салтыков-Щедрин"},
                    SameName{"no_break_space", "Мамед\u00a0оглы", "Мамед оглы"},
                    SameName{"soft_hyphen", "Ива\u00adнов", "Иванов"},
                    SameName{"apostrophe", "О'Нил", "О’Нил"},
                    SameName{"modifier_apostrophe", "О\u02bcНил", "Онил"},
                    SameName{"latin_capital", "Kузнецов", "Кузнецов"},
                    SameName{"latin_small", "Ивaнoв", "Иванов"},
                    SameName{"latin_word", "MÜLLER", "müller"},
                    SameName{"sharp_s", "Weiß", "WEISS"},
                    SameName{"full_width", "Ｌｅｅ", "lee"},
                    SameName{"spaces_around", "  Иванов ", "Иванов"}),
    [](const auto& tested) { return tested.param.what; });

TEST(NormaliseName, KeepsDifferentNamesApart) {
  const std::vector<const char*> names = {"Иванов", "Иванова", "Ивонов",
                                          "Ivanov", "Андрей",  "Андреи",
                                          "Оюн",    "Өюн",     "Нгуен"};
  for (size_t i = 0; i < names.size(); ++i) {
    for (size_t j = i + 1; j < names.size(); ++j) {
      EXPECT_NE(Surname(names[i]), Surname(names[j]))
          << names[i] << " " << names[j];
    }
  }
}

TEST(NormaliseName, ReportsEveryBadPartWithItsFieldAndWithoutTheName) {
  base::Problems problems;
  const NormalName name = NormaliseName(
      {.surname = "Иванов2", .given = "\xff", .patronymic = "--"}, problems);
  EXPECT_TRUE(name.IsEmpty());
  ASSERT_EQ(problems.list().size(), 3u);
  EXPECT_EQ(problems.list()[0].path, "surname");
  EXPECT_EQ(problems.list()[0].reason, "NOT_A_NAME");
  EXPECT_EQ(problems.list()[1].path, "given");
  EXPECT_EQ(problems.list()[1].reason, "NOT_UTF8");
  EXPECT_EQ(problems.list()[2].path, "patronymic");
  for (const base::Problem& problem : problems.list()) {
    EXPECT_EQ(problem.message.find("Иванов"), std::string::npos);
    EXPECT_FALSE(problem.mend.empty());
  }
}

TEST(NormaliseName, RefusesATextTooLongToBeAName) {
  base::Problems problems;
  (void)NormaliseName({.surname = std::string(201, 'a')}, problems);
  ASSERT_EQ(problems.list().size(), 1u);
  EXPECT_EQ(problems.list()[0].reason, "TOO_LONG");
}

TEST(NormaliseName, WarnsOfTwoAlphabetsInOneWord) {
  base::Problems problems;
  const NormalName name = NormaliseName({.surname = "Kузнецов"}, problems);
  EXPECT_EQ(name.surname, "кузнецов");
  ASSERT_EQ(problems.list().size(), 1u);
  EXPECT_EQ(problems.list()[0].grade, base::Grade::kWarning);
  EXPECT_EQ(problems.list()[0].reason, "MIXED_ALPHABETS");
}

TEST(NormaliseName, LeavesAMixedWordAloneWhenALetterLooksLikeNone) {
  base::Problems problems;
  EXPECT_EQ(NormaliseName({.surname = "Wальтер"}, problems).surname, "wальтер");
}

TEST(NormaliseName, TakesAnEmptyNameForNotKnown) {
  base::Problems problems;
  EXPECT_TRUE(NormaliseName({}, problems).IsEmpty());
  EXPECT_TRUE(problems.empty());
}

TEST(NormalName, ComparesTransposedPartsAsOneSet) {
  const NormalName one = {.surname = "ким", .given = "александр"};
  const NormalName two = {.surname = "александр", .given = "ким"};
  EXPECT_NE(one, two);
  EXPECT_EQ(one.SortedParts(), two.SortedParts());
}

}  // namespace
}  // namespace careroute::registry
