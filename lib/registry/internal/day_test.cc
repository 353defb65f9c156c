#include "lib/registry/internal/day.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::registry::internal {
namespace {

TEST(ReadDay, TakesOnlyTheWrittenForm) {
  EXPECT_EQ(ReadDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(ReadDay("1900-01-01"), absl::CivilDay(1900, 1, 1));
  EXPECT_EQ(ReadDay("2200-12-31"), absl::CivilDay(2200, 12, 31));
  for (const char* text :
       {"", "2023-02-29", "1899-12-31", "2201-01-01", "2024-2-29",
        "2024-02-29 ", "29.02.2024", "2024-02-2x", "2024/02/29"}) {
    EXPECT_EQ(ReadDay(text), std::nullopt) << text;
  }
}

TEST(WriteDay, IsReadBack) {
  const absl::CivilDay day(2024, 2, 9);
  EXPECT_EQ(WriteDay(day), "2024-02-09");
  EXPECT_EQ(ReadDay(WriteDay(day)), day);
}

TEST(Birthday, ClampsThe29thOfFebruary) {
  EXPECT_EQ(Birthday(absl::CivilDay(2010, 6, 15), 14),
            absl::CivilDay(2024, 6, 15));
  EXPECT_EQ(Birthday(absl::CivilDay(2008, 2, 29), 14),
            absl::CivilDay(2022, 2, 28));
  EXPECT_EQ(Birthday(absl::CivilDay(2008, 2, 29), 16),
            absl::CivilDay(2024, 2, 29));
}

}  // namespace
}  // namespace careroute::registry::internal
