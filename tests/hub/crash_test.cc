// kill -9 while commands flow: what was answered is there once and is answered
// the same again, what was not is there whole or not at all.

#include <signal.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "careroute/api/v1/audit_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/mutex.h"
#include "lib/store/sqlite/test_store.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using services::Client;
using ::testing::HasSubstr;

constexpr int kCallers = 4;
// Answers after which the process dies; some more come before it has.
constexpr int kAnswersBeforeDeath = 24;
constexpr int kRounds = 3;

// The n-th request: a report of need or, every second time, a registration.
bool IsReport(int n) { return n % 2 == 0; }

absl::StatusOr<std::string> Send(const Client& client, int n) {
  if (IsReport(n)) {
    const auto reply = client.Call<api::v1::ReportNeedResponse>(
        "careroute.api.v1.CaseService.ReportNeed", ReportOf(n));
    if (!reply.ok()) return reply.status();
    return reply->SerializeAsString();
  }
  const auto reply = client.Call<api::v1::RegisterPersonResponse>(
      "careroute.api.v1.RegistryService.RegisterPerson", RegistrationOf(n));
  if (!reply.ok()) return reply.status();
  return reply->SerializeAsString();
}

// Callers that send one request after another until the hub is gone.
class Load {
 public:
  Load(const Program& hub, std::atomic<int>& next) : next_(next) {
    for (int i = 0; i < kCallers; ++i) {
      threads_.emplace_back([this, client = HubBench::Registrar(hub)] {
        while (SendNext(client)) {
        }
      });
    }
  }

  // Until so many were answered; false when the callers gave up before.
  bool WaitForAnswers() {
    base::MutexLock lock(mutex_);
    while (answers_.size() < kAnswersBeforeDeath && calling_ > 0) {
      changed_.Wait(mutex_);
    }
    return answers_.size() >= kAnswersBeforeDeath;
  }

  std::map<int, std::string> Join() {
    for (std::thread& thread : threads_) thread.join();
    base::MutexLock lock(mutex_);
    return answers_;
  }

 private:
  bool SendNext(const Client& client) {
    const int n = next_++;
    const absl::StatusOr<std::string> answer = Send(client, n);
    base::MutexLock lock(mutex_);
    if (answer.ok()) {
      answers_[n] = *answer;
    } else {
      EXPECT_TRUE(absl::IsUnavailable(answer.status())) << answer.status();
      --calling_;
    }
    changed_.NotifyAll();
    return answer.ok();
  }

  std::atomic<int>& next_;
  base::Mutex mutex_;
  base::CondVar changed_;
  int calling_ CAREROUTE_GUARDED_BY(mutex_) = kCallers;
  std::map<int, std::string> answers_ CAREROUTE_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

// Every stream of a kind, and that each has only what opened it.
int CountStreams(const HubBench& bench, store::StreamKind kind) {
  store::TestStore store(bench.File("hub.db"));
  EXPECT_TRUE(store.OpenReadOnly().ok());
  const auto page = store.ask(&store::Store::ListStreams,
                              {.kind = kind, .limit = store::kPageRowsMax});
  EXPECT_TRUE(page.ok() && !page->more);
  for (const store::StreamHead& head : page->streams) {
    EXPECT_EQ(head.version, 1) << "a request had its effect twice";
  }
  return static_cast<int>(page->streams.size());
}

// Sends every request again, and holds what is answered to what was. Answers
// how many reports there are.
int RepeatAll(const Program& hub, int count,
              const std::map<int, std::string>& answered) {
  const Client registrar = HubBench::Registrar(hub);
  int reports = 0;
  for (int n = 0; n < count; ++n) {
    SCOPED_TRACE(n);
    reports += IsReport(n) ? 1 : 0;
    const absl::StatusOr<std::string> again = Send(registrar, n);
    EXPECT_TRUE(again.ok()) << again.status();
    const auto before = answered.find(n);
    if (again.ok() && before != answered.end()) {
      EXPECT_EQ(*again, before->second);
    }
  }
  return reports;
}

TEST(HubCrash, KeepsEveryAnsweredCommandOnceAndAnswersItAsBefore) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  std::map<int, std::string> answered;
  std::atomic<int> next = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    const std::unique_ptr<Program> hub = bench.Start();
    HubBench::ImportClinic(*hub);
    Load load(*hub, next);
    EXPECT_TRUE(load.WaitForAnswers());
    hub->Signal(SIGKILL);
    answered.merge(load.Join());
    EXPECT_EQ(hub->Wait(), -SIGKILL);
    const Ran looked = bench.Fsck();
    EXPECT_EQ(looked.status, 0) << looked.log;
  }
  ASSERT_GE(answered.size(), size_t{kRounds * kAnswersBeforeDeath});

  const std::unique_ptr<Program> hub = bench.Start();
  const int reports = RepeatAll(*hub, next, answered);
  EXPECT_TRUE(hub->WaitFor("no checkpoint names yet"));
  hub->Signal(SIGTERM);
  EXPECT_EQ(hub->Wait(), 0) << hub->log();
  EXPECT_EQ(CountStreams(bench, store::StreamKind::kPerson), next);
  EXPECT_EQ(CountStreams(bench, store::StreamKind::kCase), reports);
  const Ran looked = bench.Fsck();
  EXPECT_EQ(looked.status, 0) << looked.log;
  EXPECT_THAT(looked.log, HasSubstr("(0 not yet witnessed): all is well"));
}

TEST(HubCrash, VerifiesWholeOverGrpcAfterTheProcessWasKilled) {
  const HubBench bench;
  {
    const std::unique_ptr<Program> hub = bench.Start();
    HubBench::ImportClinic(*hub);
    ASSERT_TRUE(Send(HubBench::Registrar(*hub), 1).ok());
    hub->Signal(SIGKILL);
    hub->Wait();
  }
  const std::unique_ptr<Program> hub = bench.Start();
  const auto reply =
      HubBench::Administrator(*hub).Call<api::v1::VerifyStreamResponse>(
          "careroute.api.v1.AuditService.VerifyStream",
          api::v1::VerifyStreamRequest());
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_TRUE(reply->intact()) << reply->ShortDebugString();
  EXPECT_GT(reply->verified(), 0);
}

}  // namespace
}  // namespace careroute::tests
