// Two hubs, one of which has forgotten cases: what the other has more of comes
// back, page after page and event after event.

#include "lib/exchange/case_comparison.h"

#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/exchange/testing/fake_cases.h"

namespace careroute::exchange {
namespace {

using ::testing::ElementsAre;
using testing::FakeCases;
using ::testing::IsEmpty;

constexpr base::Uid kFirst{.high = 7, .low = 1};
constexpr base::Uid kSecond{.high = 7, .low = 2};

// Asks the cases of the other hub, without a network.
class Straight final : public Transport {
 public:
  explicit Straight(FakeCases& other) : other_(other) {}

  bool is_of_an_older_release = false;

  void Deliver(absl::string_view /*peer*/,
               const v1::DeliverRequest& /*request*/, absl::Time /*deadline*/,
               base::Done<v1::DeliverResponse> done) override {
    std::move(done)(absl::InternalError("a comparison delivers nothing"));
  }

  void Compare(absl::string_view /*peer*/, const v1::CompareRequest& request,
               absl::Time /*deadline*/,
               base::Done<v1::CompareResponse> done) override {
    EXPECT_TRUE(request.has_cases());
    if (is_of_an_older_release) {
      return std::move(done)(v1::CompareResponse());
    }
    other_.Answer(request.from_hub(), request.cases(),
                  [done = std::move(done)](
                      absl::StatusOr<v1::CaseAnswer> answer) mutable {
                    ASSERT_TRUE(answer.ok());
                    v1::CompareResponse response;
                    *response.mutable_cases() = *std::move(answer);
                    std::move(done)(std::move(response));
                  });
  }

 private:
  FakeCases& other_;
};

struct TwoHubs {
  FakeCases west;
  FakeCases east;
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  Straight transport{east};

  // The west asks; what cannot be given back to it.
  absl::StatusOr<std::vector<base::Uid>> Compare() {
    CaseComparison comparison({.hub_id = "west",
                               .epoch = 2,
                               .clock = clock,
                               .cases = west,
                               .transport = transport});
    std::optional<absl::StatusOr<std::vector<base::Uid>>> answer;
    comparison.Compare("east",
                       [&answer](absl::StatusOr<std::vector<base::Uid>> lost) {
                         answer = std::move(lost);
                       });
    if (!answer.has_value()) return absl::InternalError("it does not end");
    return *std::move(answer);
  }
};

TEST(CaseComparison, GetsBackAllThatTheOtherHubHasMoreOf) {
  TwoHubs hubs;
  for (uint64_t number = 1; number <= 5; ++number) {
    hubs.east.copies[{.high = 7, .low = number}] = static_cast<int64_t>(number);
  }
  hubs.west.copies[{.high = 7, .low = 4}] = 2;
  const auto lost = hubs.Compare();
  ASSERT_TRUE(lost.ok()) << lost.status();
  EXPECT_THAT(*lost, IsEmpty());
  EXPECT_EQ(hubs.west.copies, hubs.east.copies);
}

TEST(CaseComparison, TakesNothingOfACaseItHasMoreOf) {
  TwoHubs hubs;
  hubs.east.copies = {{kFirst, 3}};
  hubs.west.copies = {{kFirst, 9}};
  ASSERT_TRUE(hubs.Compare().ok());
  EXPECT_EQ(hubs.west.copies[kFirst], 9);
}

TEST(CaseComparison, NamesACaseThatWentTwoWaysAndGoesOn) {
  TwoHubs hubs;
  hubs.east.copies = {{kFirst, 3}, {kSecond, 3}};
  hubs.west.parted = {kFirst};
  const auto lost = hubs.Compare();
  ASSERT_TRUE(lost.ok()) << lost.status();
  EXPECT_THAT(*lost, ElementsAre(kFirst));
  EXPECT_EQ(hubs.west.copies[kSecond], 3);
}

// What the other hub has more of came after the case had left this one, which
// does not know that it left: it wrote on beyond that.
TEST(CaseComparison, NamesACaseThatBothHubsWriteTo) {
  TwoHubs hubs;
  hubs.east.copies = {{kFirst, 9}, {kSecond, 9}};
  hubs.east.kept = {kFirst, kSecond};
  hubs.west.copies = {{kFirst, 4}, {kSecond, 4}};
  hubs.west.homes = {kFirst};
  const auto lost = hubs.Compare();
  ASSERT_TRUE(lost.ok()) << lost.status();
  EXPECT_THAT(*lost, ElementsAre(kFirst));
}

TEST(CaseComparison, NamesACaseWhoseCopyIsDamagedAndGoesOn) {
  TwoHubs hubs;
  hubs.east.copies = {{kFirst, 3}, {kSecond, 3}};
  hubs.west.damaged = {kFirst};
  const auto lost = hubs.Compare();
  ASSERT_TRUE(lost.ok()) << lost.status();
  EXPECT_THAT(*lost, ElementsAre(kFirst));
  EXPECT_EQ(hubs.west.copies[kSecond], 3);
}

TEST(CaseComparison, EndsWithAHubThatGivesTheSameBackForEver) {
  TwoHubs hubs;
  hubs.east.copies = {{kFirst, 3}};
  hubs.west.is_stuck = true;
  EXPECT_TRUE(absl::IsInvalidArgument(hubs.Compare().status()));
}

TEST(CaseComparison, TakesNoMoreCasesAtOnceThanAnAnswerHolds) {
  TwoHubs hubs;
  for (uint64_t number = 1; number <= kCasesPerCompareMax + 1; ++number) {
    hubs.east.copies[{.high = 7, .low = number}] = 1;
  }
  hubs.west.copies = hubs.east.copies;
  hubs.east.page = kCasesPerCompareMax + 1;
  EXPECT_TRUE(absl::IsInvalidArgument(hubs.Compare().status()));
  hubs.east.page = kCasesPerCompareMax;
  EXPECT_TRUE(hubs.Compare().ok());
}

TEST(CaseComparison, SaysThatAHubIsOfAReleaseThatIsTooOld) {
  TwoHubs hubs;
  hubs.transport.is_of_an_older_release = true;
  EXPECT_TRUE(absl::IsUnimplemented(hubs.Compare().status()));
}

}  // namespace
}  // namespace careroute::exchange
