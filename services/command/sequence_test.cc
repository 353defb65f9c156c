#include "services/command/sequence.h"

#include <sstream>
#include <utility>
#include <vector>

#include "careroute/api/v1/case_post_messages.pb.h"
#include "gmock/gmock.h"
#include "lib/api/status.h"

namespace careroute::services {
namespace {

using api::v1::AcceptPostsRequest;
using api::v1::AcceptPostsResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kId[] = "6e3a1c52-7f0d-4b7e-9c1a-2d5b8f4e0a13";

AcceptPostsResponse MakePage(const char* name, const char* next) {
  AcceptPostsResponse page;
  page.add_posts()->set_name(name);
  page.set_next_page_token(next);
  return page;
}

// A hub that answers one reply after the other.
class FakeHub {
 public:
  explicit FakeHub(std::vector<absl::StatusOr<AcceptPostsResponse>> replies)
      : replies_(std::move(replies)) {}

  Sequence<AcceptPostsResponse> Run() {
    AcceptPostsRequest request;
    SequenceFlags{.request_id = kId, .apply = true}.Fill(request);
    return CallInSequence<AcceptPostsResponse>(
        request, [this](const AcceptPostsRequest& page) {
          asked_.push_back(page);
          return replies_[asked_.size() - 1];
        });
  }

  [[nodiscard]] std::vector<std::string> tokens() const {
    std::vector<std::string> tokens;
    for (const AcceptPostsRequest& one : asked_) {
      tokens.push_back(one.page_token());
    }
    return tokens;
  }
  [[nodiscard]] const std::vector<AcceptPostsRequest>& asked() const {
    return asked_;
  }

 private:
  std::vector<absl::StatusOr<AcceptPostsResponse>> replies_;
  std::vector<AcceptPostsRequest> asked_;
};

TEST(SequenceFlags, AskForATrialUnlessTold) {
  AcceptPostsRequest request;
  SequenceFlags().Fill(request);
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(request.request_id().size(), sizeof(kId) - 1);
  SequenceFlags{.request_id = kId, .apply = true}.Fill(request);
  EXPECT_FALSE(request.validate_only());
  EXPECT_EQ(request.request_id(), kId);
}

TEST(CallInSequence, AsksForEveryPageUnderOneRequestId) {
  FakeHub hub({MakePage("cases/1", "a"), MakePage("cases/2", "b"),
               MakePage("cases/3", "")});
  const Sequence<AcceptPostsResponse> done = hub.Run();
  EXPECT_TRUE(done.status.ok()) << done.status;
  EXPECT_EQ(done.pages, 3);
  EXPECT_EQ(done.all.posts_size(), 3);
  EXPECT_EQ(done.all.next_page_token(), "");
  EXPECT_THAT(hub.tokens(), ElementsAre("", "a", "b"));
  for (const AcceptPostsRequest& one : hub.asked()) {
    EXPECT_EQ(one.request_id(), kId);
  }
}

TEST(CallInSequence, KeepsWhatWasDoneBeforeACallFailed) {
  FakeHub hub({MakePage("cases/1", "a"), absl::UnavailableError("gone")});
  const Sequence<AcceptPostsResponse> done = hub.Run();
  EXPECT_TRUE(absl::IsUnavailable(done.status));
  EXPECT_EQ(done.pages, 1);
  ASSERT_EQ(done.all.posts_size(), 1);
  EXPECT_EQ(done.all.posts(0).name(), "cases/1");
}

TEST(CallInSequence, StopsWhenTheHubDoesNotGetOn) {
  FakeHub hub({MakePage("cases/1", "a"), MakePage("cases/1", "a")});
  EXPECT_TRUE(absl::IsInternal(hub.Run().status));
}

TEST(CountRefused, CountsRowsWithARefusal) {
  AcceptPostsResponse all = MakePage("cases/1", "");
  EXPECT_EQ(CountRefused(all), 0);
  all.mutable_posts(0)->mutable_refusal()->set_message("no");
  EXPECT_EQ(CountRefused(all), 1);
}

struct Finished {
  int status = -1;
  std::string out;
  std::string err;
};

Finished Finish(const SequenceEnd& end) {
  std::ostringstream out;
  std::ostringstream err;
  Finished finished;
  finished.status = FinishSequence(CommandRun({.out = out, .err = err}), end);
  finished.out = out.str();
  finished.err = err.str();
  return finished;
}

TEST(FinishSequence, PrintsThePage) {
  const Finished finished =
      Finish({.page = std::string("page\n"), .pages = 1, .request_id = kId});
  EXPECT_EQ(finished.status, kExitDone);
  EXPECT_EQ(finished.out, "page\n");
  EXPECT_EQ(finished.err, "");
}

TEST(FinishSequence, TellsRowsThatWereRefusedFromSuccess) {
  EXPECT_EQ(Finish({.page = std::string(), .pages = 1, .refused = 2}).status,
            kExitWarnings);
}

TEST(FinishSequence, ShowsWhatWasDoneAndHowToGoOn) {
  const Finished finished = Finish({.page = std::string("page\n"),
                                    .pages = 1,
                                    .status = absl::AbortedError("broken off"),
                                    .request_id = kId});
  EXPECT_EQ(finished.status, kExitFailed);
  EXPECT_EQ(finished.out, "page\n");
  EXPECT_THAT(finished.err, HasSubstr(std::string("--request-id ") + kId));
}

TEST(FinishSequence, HasNothingToGoOnWithWhenTheHubRefusedTheFirstCall) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  refusal.set_message("only who leads the organisation dismisses");
  const Finished finished = Finish({.page = std::string("page\n"),
                                    .status = api::RefusalStatus(refusal),
                                    .request_id = kId});
  EXPECT_EQ(finished.status, kExitFailed);
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(finished.err,
            "careroute: only who leads the organisation dismisses\n");
}

}  // namespace
}  // namespace careroute::services
