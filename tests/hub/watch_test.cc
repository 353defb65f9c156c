// What a list, a reading and a watch show is the same, and a watch that is
// resumed misses nothing.

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_watch_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using services::Client;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kService[] = "careroute.api.v1.CaseService.";
constexpr int kCases = 5;

void Report(const Program& hub, int n) {
  const auto reply = HubBench::Registrar(hub).Call<api::v1::ReportNeedResponse>(
      absl::StrCat(kService, "ReportNeed"), ReportOf(n));
  ASSERT_TRUE(reply.ok()) << reply.status();
}

std::set<std::string> Listed(const Client& client) {
  const auto reply = client.Call<api::v1::ListCasesResponse>(
      absl::StrCat(kService, "ListCases"), api::v1::ListCasesRequest());
  EXPECT_TRUE(reply.ok()) << reply.status();
  std::set<std::string> names;
  if (!reply.ok()) return names;
  EXPECT_EQ(reply->total(), reply->cases_size());
  for (const model::v1::CaseRow& row : reply->cases()) {
    names.insert(row.name());
  }
  return names;
}

bool Sees(const Client& client, const std::string& name) {
  api::v1::GetCaseRequest get;
  get.set_name(name);
  const auto reply = client.Call<api::v1::GetCaseResponse>(
      absl::StrCat(kService, "GetCase"), get);
  EXPECT_TRUE(reply.ok() || absl::IsNotFound(reply.status())) << reply.status();
  return reply.ok();
}

// Messages of WatchCases from a token on, as (case, token): up to one that
// moves the token.
std::vector<std::pair<std::string, std::string>> Watched(
    const Client& client, const std::string& token) {
  api::v1::WatchCasesRequest watch;
  watch.set_resume_token(token);
  std::vector<std::pair<std::string, std::string>> messages;
  const absl::Status status = client.Watch<api::v1::WatchCasesResponse>(
      absl::StrCat(kService, "WatchCases"), watch,
      [&messages](const api::v1::WatchCasesResponse& message) {
        messages.emplace_back(message.case_().name(), message.resume_token());
        return message.resume_token().empty();
      });
  EXPECT_TRUE(status.ok()) << status;
  return messages;
}

std::vector<int64_t> Events(const Client& client, const std::string& name,
                            int64_t after, size_t count) {
  api::v1::WatchCaseRequest watch;
  watch.set_name(name);
  watch.set_after_version(after);
  std::vector<int64_t> versions;
  const absl::Status status = client.Watch<api::v1::WatchCaseResponse>(
      absl::StrCat(kService, "WatchCase"), watch,
      [&](const api::v1::WatchCaseResponse& message) {
        versions.push_back(message.event().event().header().version());
        return versions.size() < count;
      });
  EXPECT_TRUE(status.ok()) << status;
  return versions;
}

Client For(const Client& client, const std::string& purpose) {
  model::v1::Actor actor = client.actor();
  actor.set_purpose(purpose);
  return client.As(actor);
}

TEST(HubWatch, ListReadingAndWatchAgreeOnWhatACallerSees) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  for (int n = 0; n < kCases; ++n) Report(*hub, n);
  const Client coordinator = HubBench::Coordinator(*hub);
  const std::set<std::string> all = Listed(coordinator);
  ASSERT_EQ(all.size(), size_t{kCases});
  for (const Client& client :
       {coordinator, HubBench::Registrar(*hub),
        For(coordinator, "coordination"), For(coordinator, "audit"),
        HubBench::Stranger(*hub)}) {
    SCOPED_TRACE(client.actor().ShortDebugString());
    const std::set<std::string> listed = Listed(client);
    std::set<std::string> seen;
    for (const std::string& name : all) {
      if (Sees(client, name)) seen.insert(name);
    }
    EXPECT_EQ(listed, seen);
    // A watch of an empty list has nothing to say.
    if (client.actor().organisation() != coordinator.actor().organisation()) {
      EXPECT_THAT(listed, IsEmpty());
      continue;
    }
    std::set<std::string> watched;
    for (const auto& [name, token] : Watched(client, "")) {
      if (!name.empty()) watched.insert(name);
    }
    EXPECT_EQ(watched, listed);
  }
}

TEST(HubWatch, WhoResumesMissesNothing) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  std::string token;
  std::string name;
  {
    const std::unique_ptr<Program> hub = bench.Start();
    HubBench::ImportClinic(*hub);
    for (int n = 0; n < kCases; ++n) Report(*hub, n);
    const Client coordinator = HubBench::Coordinator(*hub);
    const std::set<std::string> all = Listed(coordinator);
    const auto first = Watched(coordinator, "");
    ASSERT_FALSE(first.empty());
    // Wherever the caller stops, what it has and what it is sent again is all.
    for (size_t stop = 0; stop <= first.size(); ++stop) {
      std::set<std::string> had;
      std::string from;
      for (size_t i = 0; i < stop; ++i) {
        had.insert(first[i].first);
        if (!first[i].second.empty()) from = first[i].second;
      }
      if (had == all) continue;
      for (const auto& [again, next] : Watched(coordinator, from)) {
        had.insert(again);
      }
      EXPECT_EQ(had, all) << "stopped after " << stop;
    }
    token = first.back().second;
    name = first.back().first;
    EXPECT_THAT(Events(coordinator, name, 0, 1), ElementsAre(1));
  }
  // Also by a process that has only the store.
  const std::unique_ptr<Program> hub = bench.Start();
  Report(*hub, kCases);
  const Client coordinator = HubBench::Coordinator(*hub);
  const auto later = Watched(coordinator, token);
  ASSERT_EQ(later.size(), 1U);
  EXPECT_NE(later[0].first, name);
  api::v1::ReportNeedRequest joins = ReportOf(kCases);
  joins.set_request_id(UuidOf(500));
  ASSERT_TRUE(HubBench::Registrar(*hub)
                  .Call<api::v1::ReportNeedResponse>(
                      absl::StrCat(kService, "ReportNeed"), joins)
                  .ok());
  EXPECT_THAT(Events(coordinator, later[0].first, 0, 2), ElementsAre(1, 2));
  EXPECT_THAT(Events(coordinator, later[0].first, 1, 1), ElementsAre(2));
}

}  // namespace
}  // namespace careroute::tests
