#include "lib/calendar/explain.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Deadline Compute(const DeadlineRequest& request) {
  DeadlineRequest asked = request;
  asked.calendar = "ru";
  asked.zone = "RU-KHA";
  const absl::StatusOr<Deadline> deadline =
      ComputeDeadline(ShippedCalendars(), asked);
  EXPECT_TRUE(deadline.ok()) << deadline.status();
  return deadline.ok() ? *deadline : Deadline{};
}

std::vector<ExplanationLine> Lines(const Deadline& deadline,
                                   Language language) {
  const auto lines = ExplainDeadline(ShippedCalendars(), deadline, language);
  EXPECT_TRUE(lines.ok()) << lines.status();
  return lines.ok() ? *lines : std::vector<ExplanationLine>{};
}

std::vector<std::string> Texts(const Deadline& deadline, Language language) {
  std::vector<std::string> texts;
  for (const ExplanationLine& line : Lines(deadline, language)) {
    texts.push_back(line.text);
  }
  return texts;
}

TEST(ExplainDeadline, SaysEachStepInRussian) {
  const Deadline deadline = Compute({.limit = Term{5, TimeUnit::kWorkingDays},
                                     .start = At("2025-12-30T10:00:00+10:00"),
                                     .statutory = true});
  EXPECT_THAT(
      Texts(deadline, Language::kRussian),
      ElementsAre(
          "Событие произошло 30.12.2025 в 10:00 (UTC+10:00).",
          "Срок: 5 рабочих дней, счёт со следующего дня. Последний день: "
          "16.01.2026.",
          "Выходных и праздничных дней в срок не вошло: 12.",
          "Срок истекает 17.01.2026 в 00:00 (UTC+10:00), последний день: "
          "16.01.2026."));
}

TEST(ExplainDeadline, SaysWhyTheLastDayMoved) {
  const Deadline holiday = Compute({.limit = Term{10, TimeUnit::kCalendarDays},
                                    .start = At("2025-02-13T10:00:00+10:00"),
                                    .statutory = true});
  EXPECT_THAT(
      absl::StrJoin(Texts(holiday, Language::kEnglish), "\n"),
      HasSubstr("Nobody works on 2025-02-23 (Defender of the Fatherland Day): "
                "the last day moves to 2025-02-24."));
  const Deadline moved = Compute({.limit = Term{1, TimeUnit::kYears},
                                  .start = At("2024-05-08T10:00:00+10:00"),
                                  .statutory = true});
  EXPECT_THAT(absl::StrJoin(Texts(moved, Language::kRussian), "\n"),
              HasSubstr("08.05.2025 — нерабочий день (выходной, перенесённый "
                        "с 23.02.2025): последний день переносится на "
                        "12.05.2025."));
  const Deadline weekend = Compute({.limit = Term{1, TimeUnit::kWeeks},
                                    .start = At("2025-10-11T10:00:00+10:00"),
                                    .statutory = true});
  EXPECT_THAT(absl::StrJoin(Texts(weekend, Language::kRussian), "\n"),
              HasSubstr("18.10.2025 — нерабочий день (суббота)"));
}

TEST(ExplainDeadline, EndsInTheRuleAndItsSource) {
  const Deadline deadline = Compute({.limit = Term{10, TimeUnit::kCalendarDays},
                                     .start = At("2025-02-13T10:00:00+10:00"),
                                     .statutory = true});
  std::vector<std::string> acts;
  for (const ExplanationLine& line : Lines(deadline, Language::kRussian)) {
    acts.push_back(line.source.act());
  }
  EXPECT_THAT(
      acts, ElementsAre("", "ГК РФ ст. 191", "ГК РФ ст. 193", "ГК РФ ст. 194"));
}

TEST(ExplainDeadline, GivesProgramsKeysAndPlainArguments) {
  const std::vector<ExplanationLine> lines =
      Lines(Compute({.limit = Term{2, TimeUnit::kHours},
                     .start = At("2025-12-30T10:00:00+10:00")}),
            Language::kRussian);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].key, "deadline.start");
  EXPECT_THAT(lines[0].arguments,
              ElementsAre("2025-12-30T10:00:00+10:00", "UTC+10:00"));
  EXPECT_EQ(lines[1].key, "deadline.elapsed");
  EXPECT_THAT(lines[1].arguments,
              ElementsAre("2 hours", "2025-12-30T12:00:00+10:00"));
  EXPECT_THAT(lines[1].text, HasSubstr("2 часа"));
}

TEST(ExplainDeadline, CountsInRussianForms) {
  const auto term = [](int64_t n, TimeUnit unit) {
    return Texts(Compute({.limit = Term{n, unit},
                          .start = At("2025-10-13T10:00:00+10:00")}),
                 Language::kRussian)[1];
  };
  EXPECT_THAT(term(1, TimeUnit::kCalendarDays),
              HasSubstr("1 календарный день"));
  EXPECT_THAT(term(3, TimeUnit::kMonths), HasSubstr("3 месяца"));
  EXPECT_THAT(term(11, TimeUnit::kWeeks), HasSubstr("11 недель"));
  EXPECT_THAT(term(21, TimeUnit::kYears), HasSubstr("21 год,"));
  EXPECT_THAT(term(22, TimeUnit::kYears), HasSubstr("22 года"));
  EXPECT_THAT(term(14, TimeUnit::kYears), HasSubstr("14 лет"));
  EXPECT_THAT(term(112, TimeUnit::kMinutes), HasSubstr("112 минут "));
  EXPECT_THAT(term(0, TimeUnit::kCalendarDays), HasSubstr("в тот же день"));
  EXPECT_THAT(term(5, TimeUnit::kDayOfNextMonth), HasSubstr("до 5-го числа"));
}

// No sentence keeps a hole, in either language, whatever the steps.
TEST(ExplainDeadline, FillsEverySentence) {
  const absl::Time start = At("2026-12-18T10:00:00+10:00");
  const auto hours = [start](int n) { return start + absl::Hours(n); };
  const std::vector<Stop> stops = {{hours(-48), hours(-24)},
                                   {hours(2), hours(5)},
                                   {hours(30), hours(100)},
                                   {hours(24 * 100), hours(24 * 101)}};
  const std::vector<Stop> running = {{hours(1), std::nullopt}};
  const std::vector<Stop> last_day = {{hours(24 * 10), hours(24 * 12)}};
  std::vector<DeadlineRequest> requests = {
      {.limit = Term{10, TimeUnit::kWorkingDays}, .stops = stops},
      {.limit = Term{10, TimeUnit::kCalendarDays}, .stops = last_day},
      {.limit = Term{10, TimeUnit::kHours}, .stops = stops},
      {.limit = Term{10, TimeUnit::kHours},
       .stops = running,
       .as_of = hours(3)},
      {.limit = Term{31, TimeUnit::kDayOfNextMonth}},
      {.limit = Term{31, TimeUnit::kDayOfNextMonth}},
      {.limit = Term{1, TimeUnit::kMonths}},
      {.limit = Term{0, TimeUnit::kWorkingDays}},
      {.limit = BeforeAge{Day("2024-02-29"), 3, 2}, .stops = stops},
      {.limit = BeforeDate{Day("2010-01-05")}},
  };
  requests[5].start = At("2026-01-31T10:00:00+10:00");
  std::set<DeadlineStep::Kind> kinds;
  for (DeadlineRequest& request : requests) {
    request.start = request.start == absl::UnixEpoch() ? start : request.start;
    request.statutory = true;
    const Deadline deadline = Compute(request);
    for (const DeadlineStep& step : deadline.steps) {
      kinds.insert(step.kind);
    }
    for (const Language language : {Language::kRussian, Language::kEnglish}) {
      for (const ExplanationLine& line : Lines(deadline, language)) {
        EXPECT_THAT(line.text, Not(HasSubstr("$")));
        EXPECT_THAT(line.text, Not(HasSubstr("  ")));
        EXPECT_THAT(line.text, Not(HasSubstr("()")));
        EXPECT_FALSE(line.key.empty());
      }
    }
  }
  EXPECT_EQ(kinds.size(), static_cast<size_t>(DeadlineStep::Kind::kDue) + 1);
}

TEST(ExplainDeadline, NeedsTheEditionItNames) {
  Deadline deadline = Compute({.limit = BeforeDate{Day("2026-01-05")}});
  deadline.zone = "RU-X";
  EXPECT_EQ(ExplainDeadline(ShippedCalendars(), deadline, Language::kEnglish)
                .status()
                .code(),
            absl::StatusCode::kNotFound);
  deadline.calendar_edition = "ru-2030.1";
  EXPECT_EQ(ExplainDeadline(ShippedCalendars(), deadline, Language::kEnglish)
                .status()
                .code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace careroute::calendar
