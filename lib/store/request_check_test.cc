#include "lib/store/request_check.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::store {
namespace {

using ::testing::HasSubstr;

AppendRequest Valid() {
  AppendRequest request;
  request.events = {{.bytes = "e", .chain_hash = std::string(32, 'h')}};
  request.put_rows = {{.list = {.table = 1, .key = "k"}, .id = "i"}};
  request.request = RequestRecord{.key = {.caller_key = "c", .request_id = "r"},
                                  .body_hash = std::string(32, 'b'),
                                  .answer = "a"};
  request.outbox = {{.key = {.sequence = 1}, .destination = "hub"}};
  request.put_key = WrappedKey{.wrapping_key = 1, .wrapped = "w"};
  return request;
}

TEST(CheckAppend, AcceptsWhatIsInBounds) {
  EXPECT_TRUE(CheckRequest(Valid()).ok());
}

struct Broken {
  std::string path;
  std::function<void(AppendRequest&)> change;
};

TEST(CheckAppend, NamesEachFieldOutOfBounds) {
  const std::vector<Broken> table = {
      {"expected_version", [](auto& r) { r.expected_version = -1; }},
      {"events[0].bytes", [](auto& r) { r.events[0].bytes.clear(); }},
      {"events[0].bytes",
       [](auto& r) { r.events[0].bytes.resize(kEventBytesMax + 1); }},
      {"events[0].chain_hash", [](auto& r) { r.events[0].chain_hash = "x"; }},
      {"events",
       [](auto& r) { r.events.assign(kEventsPerAppendMax + 1, r.events[0]); }},
      {"put_rows[0].list.key",
       [](auto& r) { r.put_rows[0].list.key.resize(kIndexKeyBytesMax + 1); }},
      {"put_rows[0].sort",
       [](auto& r) { r.put_rows[0].sort.resize(kIndexSortBytesMax + 1); }},
      {"put_rows[0].id", [](auto& r) { r.put_rows[0].id.clear(); }},
      {"put_rows[0].payload",
       [](auto& r) {
         r.put_rows[0].payload.resize(kIndexPayloadBytesMax + 1);
       }},
      {"put_rows[1]", [](auto& r) { r.put_rows.push_back(r.put_rows[0]); }},
      {"delete_rows[0]",
       [](auto& r) {
         r.delete_rows = {{r.put_rows[0].list, r.put_rows[0].id}};
       }},
      {"request.key.caller_key",
       [](auto& r) { r.request->key.caller_key.clear(); }},
      {"request.key.request_id",
       [](auto& r) { r.request->key.request_id = std::string(65, 'r'); }},
      {"request.body_hash", [](auto& r) { r.request->body_hash = "short"; }},
      {"request.answer",
       [](auto& r) {
         r.request->answer = std::string(kAnswerBytesMax + 1, 0);
       }},
      {"outbox[0].destination", [](auto& r) { r.outbox[0].destination = ""; }},
      {"outbox[0].lane",
       [](auto& r) { r.outbox[0].lane = std::string(257, 'l'); }},
      {"outbox[1].key.sequence",
       [](auto& r) { r.outbox.push_back(r.outbox[0]); }},
      {"confirm_claims", [](auto& r) { r.confirm_claims = {""}; }},
      {"release_claims",
       [](auto& r) { r.release_claims = {std::string(257, 'c')}; }},
      {"snapshot.bytes", [](auto& r) { r.snapshot = NewSnapshot{}; }},
      {"put_key.wrapped", [](auto& r) { r.put_key->wrapped.clear(); }},
      {"destroy_key", [](auto& r) { r.destroy_key = true; }},
  };
  for (const Broken& broken : table) {
    AppendRequest request = Valid();
    broken.change(request);
    const absl::Status status = CheckRequest(request);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << broken.path;
    EXPECT_THAT(std::string(status.message()), HasSubstr(broken.path));
  }
}

TEST(CheckAppend, RefusesAWholeThatIsTooLarge) {
  AppendRequest request = Valid();
  request.events.assign(9, {.bytes = std::string(kEventBytesMax, 'e'),
                            .chain_hash = std::string(32, 'h')});
  EXPECT_EQ(CheckRequest(request).code(), absl::StatusCode::kInvalidArgument);
}

TEST(CheckAppend, ReportsEveryProblemAtOnce) {
  AppendRequest request = Valid();
  request.events[0].bytes.clear();
  request.put_rows[0].id.clear();
  const absl::Status status = CheckRequest(request);
  EXPECT_THAT(std::string(status.message()), HasSubstr("events[0].bytes"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("put_rows[0].id"));
}

TEST(CheckPages, RefusesALimitBelowOne) {
  EXPECT_FALSE(CheckRequest(ScanRequest{.limit = 0}).ok());
  EXPECT_FALSE(CheckRequest(ScanChangedRequest{.limit = -1}).ok());
  EXPECT_FALSE(CheckRequest(ReadEventsRequest{.limit = 0}).ok());
  EXPECT_FALSE(CheckRequest(PurgeRequest{.limit = 0}).ok());
  EXPECT_FALSE(CheckRequest(ListOutboxRequest{.limit = 0}).ok());
  EXPECT_FALSE(CheckRequest(DueNowRequest{.limit = 0}).ok());
  EXPECT_TRUE(CheckRequest(ScanRequest{.limit = 1}).ok());
  EXPECT_EQ(PageLimit(1 << 30), kPageRowsMax);
}

TEST(CheckLanes, RefusesALaneLongerThanAHubsName) {
  const std::string longer(kDestinationBytesMax + 1, 'l');
  EXPECT_FALSE(CheckRequest(TakeDueRequest{.lane = longer}).ok());
  EXPECT_FALSE(CheckRequest(ListOutboxRequest{.lane = longer}).ok());
  EXPECT_FALSE(CheckRequest(DueNowRequest{.lane = longer}).ok());
  EXPECT_TRUE(CheckRequest(DueNowRequest{.lane = longer.substr(1)}).ok());
}

TEST(PageFill, EndsByRows) {
  PageFill fill(2);
  EXPECT_TRUE(fill.Take(0));
  EXPECT_TRUE(fill.Take(0));
  EXPECT_FALSE(fill.Take(0));
}

TEST(PageFill, EndsByBytesButNeverBeforeTheFirst) {
  PageFill fill(10);
  EXPECT_TRUE(fill.Take(kPageBytesMax + 1));
  EXPECT_FALSE(fill.Take(1));
}

}  // namespace
}  // namespace careroute::store
