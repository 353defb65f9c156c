#include "services/command/mock/agency.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/referral_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "services/command/mock/script.h"

namespace careroute::services {
namespace {

using model::v1::Referral;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::v1::MockDeed;
using testing::v1::MockScript;

constexpr absl::Duration kHour = absl::Hours(1);

absl::Time Beginning() { return absl::FromUnixSeconds(1'740'960'000); }

Referral ReferralOf(const std::string& name, int64_t made) {
  Referral referral;
  referral.set_name(name);
  referral.set_step("issue_referral");
  referral.mutable_create_time()->set_seconds(made);
  return referral;
}

// A hub whose queue a test fills. Waiting moves its clock; what a test has
// planned happens on the way.
class FakeHub final : public MockHub {
 public:
  void Add(const Referral& referral) { queue_[referral.name()] = referral; }
  void AskCancel(const std::string& name) {
    queue_[name].add_open_loops(model::v1::REFERRAL_LOOP_CANCEL);
  }
  void At(absl::Duration after, std::function<void()> happens) {
    plan_.emplace(Beginning() + after, std::move(happens));
  }
  // From now on it is out of reach.
  void Leave() { gone_ = true; }
  [[nodiscard]] const std::vector<std::string>& request_ids() const {
    return request_ids_;
  }

  absl::StatusOr<absl::Time> Now() override { return now_; }

  absl::StatusOr<std::vector<Referral>> Queue() override {
    if (gone_) return absl::UnavailableError("gone");
    std::vector<Referral> queue;
    for (const auto& [name, referral] : queue_) queue.push_back(referral);
    return queue;
  }

  absl::Status Send(const ActCall& call) override {
    const auto* const type = call.request->GetDescriptor();
    const auto text = [&](const char* field) {
      return call.request->GetReflection()->GetString(
          *call.request, type->FindFieldByName(field));
    };
    request_ids_.push_back(text("request_id"));
    const bool repeated = !seen_.insert(text("request_id")).second;
    if (repeated) return absl::OkStatus();
    // The same act a second time is refused.
    if (!done_.insert(absl::StrCat(call.method, text("name"))).second) {
      model::v1::Refusal refusal;
      refusal.set_reason(model::v1::ERROR_REASON_WRONG_STATE);
      refusal.set_message("it is so already");
      return api::RefusalStatus(refusal);
    }
    for (const char* leaves :
         {"RejectReferral", "CompleteReferral", "AskInformation"}) {
      if (absl::EndsWith(call.method, leaves)) queue_.erase(text("name"));
    }
    return absl::OkStatus();
  }

  absl::Status WaitUntil(absl::Time time) override {
    if (!plan_.empty() && plan_.begin()->first <= time) {
      now_ = std::max(now_, plan_.begin()->first);
      const std::function<void()> happens = std::move(plan_.begin()->second);
      plan_.erase(plan_.begin());
      happens();
      return absl::OkStatus();
    }
    if (time == absl::InfiniteFuture()) return absl::UnavailableError("gone");
    now_ = std::max(now_, time);
    return absl::OkStatus();
  }

 private:
  absl::Time now_ = Beginning();
  bool gone_ = false;
  std::map<std::string, Referral> queue_;
  std::multimap<absl::Time, std::function<void()>> plan_;
  std::vector<std::string> request_ids_;
  std::set<std::string> seen_;
  std::set<std::string> done_;
};

class MockAgencyTest : public ::testing::Test {
 protected:
  // "1h r1 accept", "1h r1 accept again: WRONG_STATE".
  std::vector<std::string> Play(
      const std::string& text,
      MockAgency::Until until = MockAgency::Until::kNothingToDo) {
    base::Problems problems;
    const auto script = ReadMockScript("script.textproto", text, problems);
    EXPECT_TRUE(script.has_value()) << problems.ToStatus();
    if (!script.has_value()) return {};
    std::vector<std::string> told;
    int ids = 0;
    MockAgency agency(
        {.script = *script,
         .hub = hub_,
         .tell =
             [&told](const MockDeed& deed) {
               if (deed.act() != "came") {
                 told.push_back(LineOf(deed));
               }
               return absl::OkStatus();
             },
         .new_request_id = [&ids] { return absl::StrCat(++ids); }});
    ended_ = agency.Run(until);
    return told;
  }

  static std::string LineOf(const MockDeed& deed) {
    const absl::Duration at =
        absl::FromUnixSeconds(deed.time().seconds()) - Beginning();
    std::string line = absl::StrCat(absl::FormatDuration(at), " ",
                                    deed.referral(), " ", deed.act());
    if (deed.sending() == testing::v1::MOCK_SENDING_REPEAT) {
      absl::StrAppend(&line, " repeated");
    }
    if (deed.sending() == testing::v1::MOCK_SENDING_ANEW) {
      absl::StrAppend(&line, " anew");
    }
    if (!deed.refused().empty()) absl::StrAppend(&line, " ", deed.refused());
    return line;
  }

  FakeHub hub_;
  absl::Status ended_;
};

TEST_F(MockAgencyTest, DoesTheActsInOrderEachAfterItsDelay) {
  hub_.Add(ReferralOf("r1", 1));
  EXPECT_THAT(Play(R"(rules { id: "all" courses {
                        acts { after { seconds: 3600 }
                               accept { can_meet_needs: true } }
                        acts { after { seconds: 7200 } begin {} }
                        acts { complete { outcome: "done" } } } })"),
              ElementsAre("1h r1 accept", "3h r1 begin", "3h r1 complete"));
  EXPECT_TRUE(ended_.ok()) << ended_;
}

TEST_F(MockAgencyTest, CallsAgainUnderTheSameIdAndUnderOthers) {
  hub_.Add(ReferralOf("r1", 1));
  EXPECT_THAT(
      Play(R"(rules { id: "all" courses {
                acts { begin {} repeats: 2 anew: 1 } } })"),
      ElementsAre("0 r1 begin", "0 r1 begin repeated", "0 r1 begin repeated",
                  "0 r1 begin anew ERROR_REASON_WRONG_STATE"));
  EXPECT_THAT(hub_.request_ids(), ElementsAre("1", "1", "1", "2"));
}

TEST_F(MockAgencyTest, WaitsForTheAnswerToAQuestion) {
  hub_.Add(ReferralOf("r1", 1));
  hub_.At(5 * kHour, [this] { hub_.Add(ReferralOf("r1", 1)); });
  EXPECT_THAT(Play(R"(rules { id: "all" courses {
                        acts { ask_information { question: "?" } }
                        acts { after { seconds: 3600 }
                               accept { can_meet_needs: true } } } })",
                   MockAgency::Until::kHubEnds),
              ElementsAre("0 r1 ask_information", "6h r1 accept"));
  EXPECT_TRUE(absl::IsUnavailable(ended_)) << ended_;
}

TEST_F(MockAgencyTest, ASilentAgencyDoesNothingForAnyReferral) {
  hub_.Add(ReferralOf("r1", 1));
  hub_.Add(ReferralOf("r2", 2));
  hub_.At(kHour, [this] { hub_.AskCancel("r2"); });
  EXPECT_THAT(
      Play(R"(rules { id: "quiet" nth: 1 courses {
                        acts { silence { seconds: 36000 } } } }
                      rules { id: "all" courses {
                        acts { after { seconds: 3600 } begin {} }
                        on_cancel { answer: CANCEL_ANSWER_GOES_ON } } })"),
      ElementsAre("0 r1 silence", "10h r2 answer_cancel", "10h r2 begin"));
}

TEST_F(MockAgencyTest, ForgetsWhatNoRuleFitsAndWhatARuleForgets) {
  hub_.Add(ReferralOf("r1", 1));
  hub_.Add(ReferralOf("r2", 2));
  EXPECT_THAT(Play(R"(rules { id: "second" nth: 2
                              courses { acts { forget {} } } })"),
              IsEmpty());
  EXPECT_TRUE(ended_.ok()) << "and has nothing to wait for: " << ended_;
}

TEST_F(MockAgencyTest, CountsReferralsAsTheyWereMade) {
  hub_.Add(ReferralOf("r1", 30));
  hub_.Add(ReferralOf("r2", 10));
  hub_.Add(ReferralOf("r3", 20));
  EXPECT_THAT(Play(R"(rules { id: "first" nth: 1 courses {
                        acts { reject {
                          reason: REFERRAL_REASON_NO_PLACES } } } }
                      rules { id: "next" nth: 1 courses {
                        acts { begin {} } } })"),
              ElementsAre("0 r2 reject", "0 r3 begin"));
}

TEST_F(MockAgencyTest, AHubOutOfReachEndsIt) {
  hub_.Leave();
  EXPECT_THAT(Play(R"(rules { id: "all" courses { acts { begin {} } } })"),
              IsEmpty());
  EXPECT_TRUE(absl::IsUnavailable(ended_)) << ended_;
}

}  // namespace
}  // namespace careroute::services
