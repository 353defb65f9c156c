// A hub among callers of every kind: rubbish on its port, a signal to stop,
// personal data that must not come out where anybody may read it.

#include <signal.h>

#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_watch_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/base/random.h"
#include "tests/hub/hub_bench.h"
#include "tests/hub/raw_bytes.h"

namespace careroute::tests {
namespace {

using services::Client;
using ::testing::HasSubstr;

absl::Status Register(const Client& client, int n) {
  return client
      .Call<api::v1::RegisterPersonResponse>(
          "careroute.api.v1.RegistryService.RegisterPerson", RegistrationOf(n))
      .status();
}

TEST(HubServe, RubbishOnThePortHarmsNobody) {
  const HubBench bench;
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  const Client registrar = HubBench::Registrar(*hub);
  base::SeededRandom random(7);
  const std::string preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  for (const std::string& rubbish :
       {std::string("GET / HTTP/1.1\r\nHost: hub\r\n\r\n"), std::string(),
        random.Bytes(65536), preface + random.Bytes(4096),
        preface + std::string(4096, '\0'), preface + std::string(9, '\xff'),
        std::string("\x16\x03\x01\x02\x00\x01", 6)}) {
    SendRaw(hub->port(), rubbish);
  }
  EXPECT_TRUE(Register(registrar, 1).ok());
}

TEST(HubServe, StopsInOrderWhenAskedAndTellsWhoWatches) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  ASSERT_TRUE(HubBench::Registrar(*hub)
                  .Call<api::v1::ReportNeedResponse>(
                      "careroute.api.v1.CaseService.ReportNeed", ReportOf(1))
                  .ok());
  absl::Status ended;
  std::latch watching(1);
  bool told = false;  // touched by the watcher only
  std::thread watcher([&] {
    ended = HubBench::Coordinator(*hub).Watch<api::v1::WatchCasesResponse>(
        "careroute.api.v1.CaseService.WatchCases", api::v1::WatchCasesRequest(),
        [&](const api::v1::WatchCasesResponse&) {
          if (!std::exchange(told, true)) watching.count_down();
          return true;
        });
    if (!told) watching.count_down();
  });
  // A call that reaches a server already shutting down never began: only one
  // that runs is told why it ends.
  watching.wait();
  hub->Signal(SIGTERM);
  EXPECT_EQ(hub->Wait(), 0) << hub->log();
  watcher.join();
  EXPECT_TRUE(absl::IsUnavailable(ended)) << ended;
  EXPECT_THAT(hub->log(), HasSubstr("stopping: no new calls"));
  EXPECT_THAT(hub->log(), HasSubstr("stopped"));
  EXPECT_THAT(bench.Fsck().log, HasSubstr("all is well"));
}

TEST(HubServe, InterruptIsASignalToStopToo) {
  const HubBench bench;
  const std::unique_ptr<Program> hub = bench.Start();
  hub->Signal(SIGINT);
  EXPECT_EQ(hub->Wait(), 0) << hub->log();
}

}  // namespace
}  // namespace careroute::tests
