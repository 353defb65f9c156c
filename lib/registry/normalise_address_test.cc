#include "lib/registry/normalise_address.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

NormalAddress Line(absl::string_view line) {
  base::Problems problems;
  NormalAddress address = NormaliseAddress({.line = line}, problems);
  EXPECT_TRUE(problems.empty());
  return address;
}

struct Pair {
  const char* one;
  const char* two;
  AddressMatch match;
};

TEST(CompareAddresses, SeesTheSamePlaceInManyForms) {
  constexpr auto kSame = AddressMatch::kSame;
  constexpr auto kDifferent = AddressMatch::kDifferent;
  for (const Pair& pair : {
           Pair{"ул. Ленина, д. 5, кв. 3", "Ленина 5-3", kSame},
           Pair{"улица ЛЕНИНА дом 5 квартира 3", "ул Ленина, 5/3", kSame},
           Pair{"680000, Хабаровский край, г. Хабаровск, ул. Ленина, 5, 3",
                "ул. Ленина, д.5, кв.3", kSame},
           Pair{"пр-т Мира, 7", "проспект Мира, д. 7", kSame},
           Pair{"Нанайский р-н, с. Троицкое, Калинина 4",
                "Нанайский район, Троицкое, ул. Калинина, 4", kSame},
           Pair{"Королёва 12", "королева, 12", kSame},
           Pair{"Ленина 5а", "Ленина, д. 5 А", kSame},
           Pair{"Ленина 5к2, кв. 1", "Ленина, 5, корп. 2, кв. 1", kSame},
           Pair{"Комсомольск-на-Амуре, Мира 1", "Комсомольск на Амуре, Мира 1",
                kSame},
           Pair{"ул. 60 лет Октября, 3", "60 лет Октября 3", kSame},
           Pair{"Ленина 5, кв. 3", "Ленина 3, кв. 5", kDifferent},
           Pair{"Ленина 5а", "Ленина 5б", kDifferent},
           Pair{"Ленина 5", "Ленина 5, кв. 3", kDifferent},
           Pair{"Ленина 5", "Мира 5", kDifferent},
           Pair{"", "Мира 5", AddressMatch::kNotKnown},
           Pair{" ,. ", "Мира 5", AddressMatch::kNotKnown},
       }) {
    EXPECT_EQ(CompareAddresses(Line(pair.one), Line(pair.two)), pair.match)
        << pair.one << " | " << pair.two;
    EXPECT_EQ(CompareAddresses(Line(pair.two), Line(pair.one)), pair.match);
  }
}

TEST(CompareAddresses, TakesContradictingSettlementsForDifferent) {
  NormalAddress one = Line("Ленина 5");
  NormalAddress two = Line("Ленина 5");
  one.settlement = "troitskoye";
  EXPECT_EQ(CompareAddresses(one, two), AddressMatch::kSame);
  two.settlement = "khabarovsk";
  EXPECT_EQ(CompareAddresses(one, two), AddressMatch::kDifferent);
}

TEST(NormaliseAddress, ReportsWhatItCannotRead) {
  base::Problems problems;
  EXPECT_TRUE(NormaliseAddress({.line = "\xff"}, problems).IsEmpty());
  EXPECT_TRUE(
      NormaliseAddress({.line = std::string(501, 'a')}, problems).IsEmpty());
  ASSERT_EQ(problems.list().size(), 2u);
  EXPECT_EQ(problems.list()[0].reason, "NOT_UTF8");
  EXPECT_EQ(problems.list()[0].path, "line");
  EXPECT_EQ(problems.list()[1].reason, "TOO_LONG");
}

}  // namespace
}  // namespace careroute::registry
