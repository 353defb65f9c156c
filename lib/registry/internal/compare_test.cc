#include "lib/registry/internal/compare.h"

#include "gtest/gtest.h"

namespace careroute::registry::internal {
namespace {

struct SlipRow {
  const char32_t* a;
  const char32_t* b;
  bool slip;
};

TEST(OneSlipApart, KnowsTheFourSlips) {
  for (const SlipRow& row : {
           SlipRow{U"иванов", U"иваноф", true},   // changed at the end
           SlipRow{U"иванов", U"еванов", true},   // changed at the start
           SlipRow{U"иванов", U"ивано", true},    // missing at the end
           SlipRow{U"иванов", U"ванов", true},    // missing at the start
           SlipRow{U"иванов", U"ианов", true},    // missing within
           SlipRow{U"иванов", U"иваннов", true},  // added
           SlipRow{U"иванов", U"ивнаов", true},   // neighbours swapped
           SlipRow{U"иванов", U"иванво", true},   // the last two swapped
           SlipRow{U"иванов", U"виавно", false},  // swapped twice
           SlipRow{U"иванов", U"иванов", false},  // no slip
           SlipRow{U"иванов", U"иваны", false},   // two
           SlipRow{U"иванов", U"вианоф", false},  // swapped and changed
           SlipRow{U"иванов", U"ивановвв", false},
           SlipRow{U"", U"а", true},
           SlipRow{U"", U"", false},
       }) {
    EXPECT_EQ(OneSlipApart(row.a, row.b), row.slip);
    EXPECT_EQ(OneSlipApart(row.b, row.a), row.slip);
  }
}

struct NameRow {
  NormalName a;
  NormalName b;
  NameAgree agree;
};

TEST(CompareNames, TellsHowFarTwoNamesAgree) {
  const NormalName full = {"иванов", "петр", "сергеевич"};
  for (const NameRow& row : {
           NameRow{full, full, NameAgree::kSame},
           NameRow{full, {"иванов", "петр", ""}, NameAgree::kPatronymicUnknown},
           NameRow{
               full, {"иванов", "петр", "с"}, NameAgree::kPatronymicUnknown},
           NameRow{
               full, {"петр", "иванов", "сергеевич"}, NameAgree::kTransposed},
           NameRow{full, {"иваноф", "петр", "сергеевич"}, NameAgree::kOneTypo},
           NameRow{full, {"иванов", "петр", "сергевич"}, NameAgree::kOneTypo},
           NameRow{full, {"иваноф", "петр", ""}, NameAgree::kOneTypo},
           NameRow{full,
                   {"иваноф", "перт", "сергеевич"},
                   NameAgree::kDifferent},  // two typos
           NameRow{full,
                   {"сидоров", "петр", "сергеевич"},
                   NameAgree::kSurnameDiffers},
           NameRow{full, {"сидоров", "петр", ""}, NameAgree::kDifferent},
           NameRow{full, {"иванов", "", ""}, NameAgree::kUnnamed},
           NameRow{full, {"иванова", "", ""}, NameAgree::kUnnamed},
           NameRow{full,
                   {"иванова", "анна", "сергеевна"},
                   NameAgree::kGivenDiffers},
           NameRow{full, {"иванов", "петр", "ильич"}, NameAgree::kGivenDiffers},
           NameRow{full, {"", "", ""}, NameAgree::kNotKnown},
           // Too short for a slip.
           NameRow{
               {"ким", "яна", ""}, {"кем", "яна", ""}, NameAgree::kDifferent},
       }) {
    EXPECT_EQ(CompareNames(row.a, row.b), row.agree)
        << row.b.surname << " " << row.b.given << " " << row.b.patronymic;
    EXPECT_EQ(CompareNames(row.b, row.a), row.agree);
  }
}

TEST(SameSurname, SeesTheMaleAndTheFemaleForm) {
  EXPECT_TRUE(SameSurname("иванов", "иванова"));
  EXPECT_TRUE(SameSurname("никитин", "никитина"));
  EXPECT_TRUE(SameSurname("достоевский", "достоевская"));
  EXPECT_TRUE(SameSurname("троицкий", "троицкая"));
  EXPECT_TRUE(SameSurname("толстой", "толстая"));
  EXPECT_FALSE(SameSurname("иванов", "петров"));
  EXPECT_FALSE(SameSurname("толстой", "толстов"));
  EXPECT_FALSE(SameSurname("", ""));
}

TEST(CompareDates, SeesSwappedDaysAndOneWrongDigit) {
  const absl::CivilDay day(2023, 3, 11);
  EXPECT_EQ(CompareDates(day, day), DateAgree::kSame);
  EXPECT_EQ(CompareDates(day, absl::CivilDay(2023, 11, 3)),
            DateAgree::kSwapped);
  EXPECT_EQ(CompareDates(day, absl::CivilDay(2023, 3, 12)),
            DateAgree::kOneDigit);
  EXPECT_EQ(CompareDates(day, absl::CivilDay(2013, 3, 11)),
            DateAgree::kOneDigit);
  EXPECT_EQ(CompareDates(day, absl::CivilDay(2024, 11, 3)),
            DateAgree::kDifferent);
  EXPECT_EQ(CompareDates(day, absl::CivilDay(2023, 3, 22)),
            DateAgree::kDifferent);
  EXPECT_EQ(CompareDates(day, std::nullopt), DateAgree::kNotKnown);
}

}  // namespace
}  // namespace careroute::registry::internal
