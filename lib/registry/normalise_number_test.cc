#include "lib/registry/normalise_number.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

struct Row {
  const char* written;
  const char* normal;  // null = refused, for `reason`
  const char* reason = "";
};

using Normalise = std::optional<std::string> (*)(absl::string_view,
                                                 base::Problems&);

void ExpectRow(Normalise normalise, const Row& row) {
  base::Problems problems;
  const std::optional<std::string> normal = normalise(row.written, problems);
  if (row.normal != nullptr) {
    EXPECT_EQ(normal, row.normal) << row.written;
    EXPECT_TRUE(problems.empty());
    return;
  }
  EXPECT_EQ(normal, std::nullopt) << row.written;
  ASSERT_EQ(problems.list().size(), 1u);
  EXPECT_EQ(problems.list()[0].reason, row.reason);
  EXPECT_FALSE(problems.list()[0].mend.empty());
}

TEST(NormaliseSnils, TakesWellFormedNumbersAlone) {
  for (const Row& row : {
           Row{"112-233-445 95", "11223344595"},
           Row{"11223344595", "11223344595"},
           Row{" 112 233 445\u00a095", "11223344595"},
           // Sums of 201 and 202 leave 100 and 0, both written 00.
           Row{"087-654-302 00", "08765430200"},
           Row{"087-654-303 00", "08765430300"},
           Row{"087-654-304 00", nullptr, "SNILS_CHECK"},
           Row{"112-233-445 96", nullptr, "SNILS_CHECK"},
           Row{"121-233-445 95", nullptr, "SNILS_CHECK"},
           // Issued without a check number.
           Row{"001-001-998 77", "00100199877"},
           Row{"001-001-999 77", nullptr, "SNILS_CHECK"},
           Row{"112-233-445 9", nullptr, "SNILS_FORM"},
           Row{"112-233-445 955", nullptr, "SNILS_FORM"},
           Row{"112-233-44O 95", nullptr, "SNILS_FORM"},
           Row{"", nullptr, "SNILS_FORM"},
           Row{"\xff", nullptr, "SNILS_FORM"},
       }) {
    ExpectRow(NormaliseSnils, row);
  }
}

TEST(NormaliseSnils, ReadsASumOf100And101As00) {
  // 7*9 + 4*8 + 0 + ... : 63 + 32 + 5*1 = 100; 63 + 32 + 1*2 + 4*1 = 101.
  ExpectRow(NormaliseSnils, {"740-000-005 00", "74000000500"});
  ExpectRow(NormaliseSnils, {"740-000-014 00", "74000001400"});
  // One more, 102, starts again: 63 + 32 + 1*2 + 5*1.
  ExpectRow(NormaliseSnils, {"740-000-015 01", "74000001501"});
  // 99 is written as it is.
  ExpectRow(NormaliseSnils, {"740-000-004 99", "74000000499"});
}

TEST(NormalisePolicyNumber, TakesSixteenDigits) {
  for (const Row& row : {
           Row{"2748 1234 5678 9012", "2748123456789012"},
           Row{"2748123456789012", "2748123456789012"},
           Row{"274812345678901", nullptr, "POLICY_FORM"},
           Row{"27481234567890123", nullptr, "POLICY_FORM"},
           Row{"2748/1234/5678/90", nullptr, "POLICY_FORM"},
       }) {
    ExpectRow(NormalisePolicyNumber, row);
  }
}

TEST(NormalisePhone, BringsEveryRussianFormToOne) {
  for (const Row& row : {
           Row{"+7 (914) 123-45-67", "+79141234567"},
           Row{"8 914 123 45 67", "+79141234567"},
           Row{"89141234567", "+79141234567"},
           Row{"7 914 123-45-67", "+79141234567"},
           Row{"(4212) 12-34-56", "+74212123456"},
           Row{"+86 10 1234 5678", "+861012345678"},
           Row{"12-34-56", nullptr, "PHONE_FORM"},
           Row{"8 (4212) 12-34-56 доб. 3", nullptr, "PHONE_FORM"},
           Row{"+7 914 123 45 6", nullptr, "PHONE_FORM"},
           Row{"+7 914 123 45 678", nullptr, "PHONE_FORM"},
           Row{"+0123456789", nullptr, "PHONE_FORM"},
           Row{"++79141234567", nullptr, "PHONE_FORM"},
           Row{"9 914 123 45 67", nullptr, "PHONE_FORM"},
           Row{"", nullptr, "PHONE_FORM"},
       }) {
    ExpectRow(NormalisePhone, row);
  }
}

struct DateRow {
  const char* written;
  std::optional<absl::CivilDay> day;
};

TEST(NormaliseDate, TakesDaysOfTheCalendarInTwoForms) {
  for (const DateRow& row : {
           DateRow{"2023-05-31", absl::CivilDay(2023, 5, 31)},
           DateRow{"31.05.2023", absl::CivilDay(2023, 5, 31)},
           DateRow{" 29.02.2024 ", absl::CivilDay(2024, 2, 29)},
           DateRow{"29.02.2023", std::nullopt},
           DateRow{"2023-06-31", std::nullopt},
           DateRow{"2023-00-10", std::nullopt},
           DateRow{"2023-13-10", std::nullopt},
           DateRow{"2023-1-10", std::nullopt},
           DateRow{"23-01-10", std::nullopt},
           DateRow{"05/31/2023", std::nullopt},
           DateRow{"2023-05-31T00:00", std::nullopt},
           DateRow{"2023-05-", std::nullopt},
           DateRow{"", std::nullopt},
       }) {
    base::Problems problems;
    EXPECT_EQ(NormaliseDate(row.written, problems), row.day) << row.written;
    EXPECT_EQ(problems.empty(), row.day.has_value());
  }
}

TEST(NormaliseBirthDate, LiesBetweenTheOldestPersonAndToday) {
  const absl::CivilDay today(2025, 6, 15);
  struct BirthRow {
    const char* written;
    const char* reason;
  };
  for (const BirthRow& row : {
           BirthRow{"2025-06-15", ""},
           BirthRow{"2025-06-16", "BIRTH_IN_FUTURE"},
           BirthRow{"1900-01-01", ""},
           BirthRow{"1899-12-31", "BIRTH_TOO_EARLY"},
           BirthRow{"1899-02-29", "DATE_FORM"},
       }) {
    base::Problems problems;
    const std::optional<absl::CivilDay> day =
        NormaliseBirthDate({.text = row.written, .today = today}, problems);
    EXPECT_EQ(day.has_value(), std::string(row.reason).empty()) << row.written;
    if (!day.has_value()) {
      ASSERT_EQ(problems.list().size(), 1u);
      EXPECT_EQ(problems.list()[0].reason, row.reason);
    }
  }
}

}  // namespace
}  // namespace careroute::registry
