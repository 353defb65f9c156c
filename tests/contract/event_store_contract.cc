#include "tests/contract/event_store_contract.h"

#include "lib/store/chain.h"

namespace careroute::tests {

using store::AppendRequest;
using store::AppendResult;
using store::Store;
using store::StreamId;
using store::StreamKind;

std::string BackendName(const testing::TestParamInfo<StoreBackendParam>& info) {
  return info.param.name;
}

void EventStoreContract::SetUp() {
  backend_ = GetParam().make();
  const absl::Status opened = Reopen(Opening());
  ASSERT_TRUE(opened.ok()) << opened;
}

void EventStoreContract::TearDown() {
  store_.reset();
  executor_.RunReady();
}

absl::Status EventStoreContract::Reopen(const StoreOpening& opening) {
  store_.reset();
  executor_.RunReady();
  absl::StatusOr<std::unique_ptr<Store>> opened = backend_->Open(opening);
  if (!opened.ok()) {
    return std::move(opened).status();
  }
  store_ = *std::move(opened);
  return absl::OkStatus();
}

StreamId EventStoreContract::Case(uint64_t number) {
  return {.kind = StreamKind::kCase, .id = {.low = number}};
}

StreamId EventStoreContract::Person(uint64_t number) {
  return {.kind = StreamKind::kPerson, .id = {.low = number}};
}

std::string EventStoreContract::Body() { return std::string(32, 'b'); }

AppendRequest EventStoreContract::Next(const StreamId& stream,
                                       const std::vector<std::string>& events) {
  const auto head = ask_(&Store::ReadHead, stream);
  EXPECT_TRUE(head.ok()) << head.status();
  AppendRequest request{.stream = stream,
                        .expected_version = head->version,
                        .recorded_time = clock_.Now()};
  std::string previous = head->hash;
  for (const std::string& bytes : events) {
    previous = store::ChainHash({.previous = previous, .stored = bytes});
    request.events.push_back({.bytes = bytes, .chain_hash = previous});
  }
  return request;
}

absl::StatusOr<AppendResult> EventStoreContract::Append(AppendRequest request) {
  return ask_(&Store::Append, std::move(request));
}

AppendResult EventStoreContract::Append(
    const StreamId& stream, const std::vector<std::string>& events) {
  absl::StatusOr<AppendResult> result = Append(Next(stream, events));
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : AppendResult{};
}

std::vector<absl::StatusOr<AppendResult>> EventStoreContract::AppendTogether(
    std::vector<AppendRequest> requests) {
  std::vector<absl::StatusOr<AppendResult>> answers(
      requests.size(), absl::InternalError("never answered"));
  for (size_t i = 0; i < requests.size(); ++i) {
    store_->Append(std::move(requests[i]),
                   [&answers, i](absl::StatusOr<AppendResult> result) {
                     answers[i] = std::move(result);
                   });
  }
  executor_.RunReady();
  return answers;
}

std::vector<std::string> EventStoreContract::EventsOf(const StreamId& stream) {
  const auto page = ask_(&Store::ReadEvents,
                         {.stream = stream, .limit = store::kPageRowsMax});
  EXPECT_TRUE(page.ok()) << page.status();
  std::vector<std::string> events;
  for (const store::StoredEvent& event : page->events) {
    events.push_back(event.bytes);
  }
  return events;
}

std::vector<std::string> EventStoreContract::IdsOf(
    const store::IndexList& list) {
  const auto page =
      ask_(&Store::Scan, {.list = list, .limit = store::kPageRowsMax});
  EXPECT_TRUE(page.ok()) << page.status();
  std::vector<std::string> ids;
  for (const store::IndexRow& row : page->rows) {
    ids.push_back(row.id);
  }
  return ids;
}

}  // namespace careroute::tests
