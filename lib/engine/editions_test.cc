// Which edition a new case pins, by region and day.

#include "lib/engine/editions.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/pathway/bind.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr absl::CivilDay kDay(2025, 4, 1);

class EditionsTest : public testing::Test {
 protected:
  // An edition of pathway "early-help" that says only where and when it holds.
  void Publish(const std::string& jurisdiction, const std::string& edition,
               const std::string& valid_to = "") {
    model::v1::Pathway pathway;
    pathway.set_id("early-help");
    pathway.set_edition(edition);
    pathway.set_jurisdiction(jurisdiction);
    pathway.set_valid_from("2025-01-01");
    pathway.set_valid_to(valid_to);
    pathway.add_languages("en");
    Editions::PublishRequest request{
        .bound = pathway::SerializeBound(pathway),
        .make_answer = [](const model::v1::PublishedEdition&) {
          return std::string();
        }};
    request.info.actor.set_member("organisations/hub/members/hub");
    absl::Status published = absl::UnknownError("not answered");
    editions_.Publish(std::move(request),
                      [&published](absl::StatusOr<Reply> reply) {
                        published = reply.status();
                      });
    executor_.RunReady();
    ASSERT_TRUE(published.ok()) << published;
  }

  absl::StatusOr<EditionPtr> Choose(const std::string& jurisdiction,
                                    absl::CivilDay day = kDay) {
    absl::StatusOr<EditionPtr> chosen = absl::UnknownError("not answered");
    editions_.Choose(
        {.pathway = "early-help", .jurisdiction = jurisdiction, .day = day},
        [&chosen](absl::StatusOr<EditionPtr> edition) {
          chosen = std::move(edition);
        });
    executor_.RunReady();
    return chosen;
  }

  // The edition's number, or why there is none.
  std::string Chosen(const std::string& jurisdiction) {
    const absl::StatusOr<EditionPtr> edition = Choose(jurisdiction);
    return edition.ok() ? (*edition)->pathway().edition()
                        : std::string(edition.status().message());
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  Editions editions_{{.store = store_, .clock = clock_, .executor = executor_}};
};

TEST_F(EditionsTest, GivesTheNumbersOfARegionToNoOtherRegion) {
  Publish("RU-DEMO", "demo");
  EXPECT_EQ(Chosen("RU-DEMO"), "demo");
  for (const char* other : {"RU-KHA", "RU", "RU-DEMOS", "RU-DEM", ""}) {
    EXPECT_EQ(Choose(other).status().code(), absl::StatusCode::kNotFound)
        << other;
  }
}

TEST_F(EditionsTest, PrefersTheRegionsEditionToTheCountrys) {
  Publish("RU-KHA", "regional");
  Publish("RU", "national");
  EXPECT_EQ(Chosen("RU-KHA"), "regional");
  EXPECT_EQ(Chosen("RU-DEMO"), "national");
}

TEST_F(EditionsTest, SaysWhatWasLookedForAndWhatWouldHelp) {
  Publish("RU-DEMO", "demo");
  EXPECT_THAT(Chosen("RU-KHA"),
              AllOf(HasSubstr("early-help"), HasSubstr("RU-KHA"),
                    HasSubstr("2025-04-01"), HasSubstr("publish")));
}

TEST_F(EditionsTest, HoldsNoLongerThanItIsValid) {
  Publish("RU-DEMO", "demo", "2025-04-01");
  EXPECT_TRUE(Choose("RU-DEMO", kDay).ok());
  EXPECT_THAT(std::string(Choose("RU-DEMO", kDay + 1).status().message()),
              HasSubstr("2025-04-02"));
}

}  // namespace
}  // namespace careroute::engine
