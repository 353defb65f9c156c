// That the judge sees what is wrong: or no torture of a hub shows anything.

#include "tests/torture/history.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kOpened[] =
    "header { version: 1 request_id: 'one' } consequences { deadlines_set { "
    "number: 3 level_times { seconds: 100 } level_times { seconds: 200 } } }";

std::string Fired(int version, int level) {
  return absl::StrCat(
      "header { version: ", version,
      " } timer_fired { kind: 'deadline' number: 3 level: ", level, " }");
}

absl::Status Add(const std::string& text, History& history) {
  event::v1::CaseEvent event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event))
      << text;
  return history.Add(event);
}

void ExpectWrong(const absl::Status& status, const std::string& words) {
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(words));
}

TEST(History, TakesWhatMayCome) {
  History history;
  EXPECT_TRUE(Add(kOpened, history).ok());
  EXPECT_TRUE(Add(Fired(2, 0), history).ok());
  EXPECT_TRUE(Add(Fired(3, 1), history).ok());
  EXPECT_EQ(history.version(), 3);
  EXPECT_TRUE(history.Holds("one"));
  EXPECT_FALSE(history.Holds("two"));
}

TEST(History, MissesAVersion) {
  History history;
  EXPECT_TRUE(Add(kOpened, history).ok());
  ExpectWrong(Add(Fired(3, 0), history), "after version 1 comes 3");
}

TEST(History, SeesARequestThatHadItsEffectTwice) {
  History history;
  EXPECT_TRUE(Add(kOpened, history).ok());
  ExpectWrong(Add("header { version: 2 request_id: 'one' }", history),
              "second effect");
}

TEST(History, SeesALevelRaisedTwiceOrOutOfTurn) {
  for (const int level : {0, 2}) {
    History history;
    EXPECT_TRUE(Add(kOpened, history).ok());
    EXPECT_TRUE(Add(Fired(2, 0), history).ok());
    ExpectWrong(Add(Fired(3, level), history), "the next was 1");
  }
}

constexpr char kContactSet[] =
    "header { version: 1 } consequences { timers_set { kind: 'contact' "
    "due_time { seconds: 100 } } }";
constexpr char kContactFired[] =
    "header { version: 2 } timer_fired { kind: 'contact' }";

TEST(History, SeesATimerThatFiresTwice) {
  History history;
  EXPECT_TRUE(Add(kContactSet, history).ok());
  EXPECT_TRUE(Add(kContactFired, history).ok());
  ExpectWrong(
      Add("header { version: 3 } timer_fired { kind: 'contact' }", history),
      "timer contact 0, which is not set");
}

TEST(History, TakesATimerThatIsSetAnewWhenItFires) {
  History history;
  EXPECT_TRUE(Add(kContactSet, history).ok());
  EXPECT_TRUE(Add(absl::StrCat(kContactFired,
                               "consequences { timers_set { kind: "
                               "'contact' due_time { seconds: 300 } } }"),
                  history)
                  .ok());
  EXPECT_FALSE(history.Owes(absl::FromUnixSeconds(299)));
  EXPECT_TRUE(history.Owes(absl::FromUnixSeconds(300)));
}

TEST(History, OwesATimerUntilItFiresOrIsTakenBack) {
  for (const char* end : {kContactFired,
                          "header { version: 2 } consequences { timers_set { "
                          "kind: 'contact' } }"}) {
    History history;
    EXPECT_TRUE(Add(kContactSet, history).ok());
    EXPECT_FALSE(history.Owes(absl::FromUnixSeconds(99)));
    EXPECT_TRUE(history.Owes(absl::FromUnixSeconds(100)));
    EXPECT_TRUE(Add(end, history).ok());
    EXPECT_FALSE(history.Owes(absl::FromUnixSeconds(100)));
  }
}

TEST(History, CountsTheLevelsRaisedThatFellDueLater) {
  History history;
  EXPECT_TRUE(Add(kOpened, history).ok());
  EXPECT_TRUE(Add(Fired(2, 0), history).ok());
  EXPECT_TRUE(Add(Fired(3, 1), history).ok());
  EXPECT_EQ(history.RaisedAfter(absl::FromUnixSeconds(99)), 2u);
  EXPECT_EQ(history.RaisedAfter(absl::FromUnixSeconds(100)), 1u);
  EXPECT_EQ(history.RaisedAfter(absl::FromUnixSeconds(200)), 0u);
}

TEST(History, OwesALevelFromItsInstantUntilItIsRaisedOrTheDeadlineEnds) {
  History history;
  EXPECT_TRUE(Add(kOpened, history).ok());
  EXPECT_FALSE(history.Owes(absl::FromUnixSeconds(99)));
  EXPECT_TRUE(history.Owes(absl::FromUnixSeconds(100)));
  EXPECT_TRUE(Add(Fired(2, 0), history).ok());
  EXPECT_FALSE(history.Owes(absl::FromUnixSeconds(199)));
  EXPECT_TRUE(history.Owes(absl::FromUnixSeconds(200)));
  EXPECT_TRUE(
      Add("header { version: 3 } consequences { deadlines_ended: 3 }", history)
          .ok());
  EXPECT_FALSE(history.Owes(absl::FromUnixSeconds(200)));
}

}  // namespace
}  // namespace careroute::tests
