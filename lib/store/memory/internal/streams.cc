#include "lib/store/memory/internal/streams.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/store/chain.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {

StreamHead Streams::Head(const StreamId& stream) const {
  StreamHead head{.stream = stream, .hash = ChainStart()};
  const auto found = streams_.find(stream);
  if (found != streams_.end() && !found->second.events.empty()) {
    head.version = found->second.events.back().version;
    head.hash = found->second.events.back().chain_hash;
  }
  return head;
}

std::optional<RequestRecord> Streams::FindRequest(
    const FindRequestRequest& request) const {
  const auto stream = streams_.find(request.stream);
  if (stream == streams_.end()) {
    return std::nullopt;
  }
  const auto record = stream->second.requests.find(request.key);
  if (record == stream->second.requests.end()) {
    return std::nullopt;
  }
  return record->second;
}

EventPage Streams::Read(const ReadEventsRequest& request) const {
  EventPage page;
  const auto found = streams_.find(request.stream);
  if (found == streams_.end()) {
    return page;
  }
  const std::vector<StoredEvent>& events = found->second.events;
  PageFill fill(request.limit);
  for (auto place = static_cast<size_t>(request.after_version);
       place < events.size(); ++place) {
    if (!fill.Take(events[place].bytes.size())) {
      page.more = true;
      break;
    }
    page.events.push_back(events[place]);
  }
  return page;
}

LoadResult Streams::Load(const LoadRequest& request) const {
  LoadResult result{.head = Head(request.stream)};
  int64_t after = request.known_version;
  const auto found = streams_.find(request.stream);
  if (found != streams_.end() && request.known_version == 0 &&
      found->second.snapshot.has_value() &&
      found->second.snapshot->fold_version == request.fold_version) {
    result.snapshot = found->second.snapshot;
    after = result.snapshot->version;
  }
  EventPage page = Read({.stream = request.stream,
                         .after_version = after,
                         .limit = kPageRowsMax});
  result.events = std::move(page.events);
  result.more = page.more;
  if (request.request.has_value()) {
    result.request =
        FindRequest({.stream = request.stream, .key = *request.request});
  }
  return result;
}

StreamPage Streams::List(const ListStreamsRequest& request) const {
  StreamPage page;
  const StreamId from{.kind = request.kind,
                      .id = request.after.value_or(base::Uid{})};
  auto at = request.after.has_value() ? streams_.upper_bound(from)
                                      : streams_.lower_bound(from);
  PageFill fill(request.limit);
  for (; at != streams_.end() && at->first.kind == request.kind; ++at) {
    if (at->second.events.empty()) {
      continue;
    }
    if (!fill.Take(0)) {
      page.more = true;
      break;
    }
    page.streams.push_back(Head(at->first));
  }
  return page;
}

absl::Status Streams::CheckAppend(const AppendRequest& request) const {
  const StreamHead head = Head(request.stream);
  if (head.version != request.expected_version) {
    return VersionConflict(head.version);
  }
  std::string previous = head.hash;
  for (const NewEvent& event : request.events) {
    previous = ChainHash({.previous = previous, .stored = event.bytes});
    if (previous != event.chain_hash) {
      return BrokenChain();
    }
  }
  return absl::OkStatus();
}

void Streams::Append(const AppendRequest& request) {
  Stream& stream = streams_[request.stream];
  int64_t version = request.expected_version;
  for (const NewEvent& event : request.events) {
    stream.events.push_back({.version = ++version,
                             .bytes = event.bytes,
                             .chain_hash = event.chain_hash});
  }
  if (request.snapshot.has_value()) {
    stream.snapshot = Snapshot{.version = version,
                               .head_hash = Head(request.stream).hash,
                               .fold_version = request.snapshot->fold_version,
                               .bytes = request.snapshot->bytes};
  }
  if (request.request.has_value()) {
    RequestRecord record = *request.request;
    record.recorded_time = request.recorded_time;
    record.first_version = FirstVersion(request);
    stream.requests[record.key] = std::move(record);
  }
}

int64_t Streams::PurgeAnswers(const PurgeRequest& request) {
  int64_t purged = 0;
  for (auto& [id, stream] : streams_) {
    for (auto& [key, record] : stream.requests) {
      if (purged == PageLimit(request.limit)) {
        return purged;
      }
      if (record.answer.has_value() && record.recorded_time < request.before) {
        record.answer.reset();
        ++purged;
      }
    }
  }
  return purged;
}

}  // namespace careroute::store::internal
