#include "lib/registry/renewals.h"

#include <vector>

#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

PersonRecord Record() {
  PersonRecord record;
  RepresentativeRecord mother;
  mother.number = 1;
  mother.person = "persons/mother";
  mother.basis = model::v1::REPRESENTATIVE_BASIS_PARENT;
  mother.from = kFromBirth;
  RepresentativeRecord attorney;
  attorney.number = 2;
  attorney.person = "persons/attorney";
  attorney.basis = model::v1::REPRESENTATIVE_BASIS_POWER_OF_ATTORNEY;
  attorney.to = absl::CivilDay(2025, 12, 31);
  attorney.document_valid_to = absl::CivilDay(2025, 6, 30);
  record.representatives = {mother, attorney};
  return record;
}

TEST(RenewalsIn, NamesEachDayOnWhichSomebodyGainsOrLosesASay) {
  const PersonRecord record = Record();
  const std::vector<RepresentativeAge> ages = {
      {.person = "persons/mother", .birth_date = absl::CivilDay(2010, 1, 5)}};
  const DeciderInput input = {.record = record,
                              .person = "persons/self",
                              .birth_date = absl::CivilDay(2025, 3, 1),
                              .ages = ages};
  EXPECT_EQ(RenewalsIn(input, {.first = absl::CivilDay(2025, 1, 1),
                               .last = absl::CivilDay(2045, 1, 1)}),
            (std::vector<Renewal>{{.on = absl::CivilDay(2025, 7, 1),
                                   .message_key = "renewal.document_expires",
                                   .argument = 2},
                                  {.on = absl::CivilDay(2026, 1, 1),
                                   .message_key = "renewal.representative_ends",
                                   .argument = 2},
                                  {.on = absl::CivilDay(2026, 1, 5),
                                   .message_key = "renewal.parent_turns_16",
                                   .argument = 1},
                                  {.on = absl::CivilDay(2039, 3, 1),
                                   .message_key = "renewal.birthday",
                                   .argument = 14},
                                  {.on = absl::CivilDay(2040, 3, 1),
                                   .message_key = "renewal.birthday",
                                   .argument = 15},
                                  {.on = absl::CivilDay(2041, 3, 1),
                                   .message_key = "renewal.birthday",
                                   .argument = 16},
                                  {.on = absl::CivilDay(2043, 3, 1),
                                   .message_key = "renewal.birthday",
                                   .argument = 18}}));
}

TEST(RenewalsIn, TakesBothEndsOfTheSpan) {
  const PersonRecord record = Record();
  const DeciderInput input = {.record = record, .person = "persons/self"};
  const absl::CivilDay day(2025, 7, 1);
  EXPECT_EQ(RenewalsIn(input, {.first = day, .last = day}).size(), 1u);
  EXPECT_TRUE(RenewalsIn(input, {.first = day + 1, .last = day + 1}).empty());
  EXPECT_TRUE(RenewalsIn(input, {.first = day - 1, .last = day - 1}).empty());
}

TEST(RenewalsIn, KnowsNoBirthdayOfAPersonWithoutABirthDate) {
  PersonRecord record;
  const DeciderInput input = {.record = record, .person = "persons/self"};
  EXPECT_TRUE(RenewalsIn(input, {.first = absl::CivilDay(1900, 1, 1),
                                 .last = absl::CivilDay(2200, 1, 1)})
                  .empty());
}

}  // namespace
}  // namespace careroute::registry
