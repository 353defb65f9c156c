#include "lib/store/memory/internal/registry.h"

#include <set>
#include <utility>

#include "lib/base/hash.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {

bool Registry::Holds(const StreamId& stream, const std::string& key) const {
  const auto found = claims_.find(key);
  return found != claims_.end() && found->second.claim.owner == stream;
}

absl::Status Registry::CheckAppend(const AppendRequest& request) const {
  for (const std::string& key : request.confirm_claims) {
    if (!Holds(request.stream, key)) {
      return ClaimNotHeld();
    }
  }
  const auto key = keys_.find(request.stream);
  if (request.put_key.has_value() && key != keys_.end()) {
    return key->second.destroyed.has_value() ? KeyDestroyed() : KeyExists();
  }
  for (const OutboxRow& row : request.outbox) {
    if (outbox_.Contains(
            {.stream = request.stream, .sequence = row.key.sequence})) {
      return OutboxSequenceTaken();
    }
  }
  return absl::OkStatus();
}

void Registry::Append(const AppendRequest& request) {
  for (const std::string& key : request.confirm_claims) {
    claims_.at(key).claim.confirmed = true;
  }
  for (const std::string& key : request.release_claims) {
    ReleaseClaim({.key = key, .owner = request.stream});
  }
  if (request.put_key.has_value()) {
    keys_[request.stream] = {.owner = request.stream, .key = *request.put_key};
  }
  if (request.destroy_key) {
    DestroyKey({.owner = request.stream, .now = request.recorded_time});
  }
  for (OutboxRow row : request.outbox) {
    row.key.stream = request.stream;
    row.attempts = 0;
    row.problem.clear();
    outbox_.Add(std::move(row));
  }
}

Claim Registry::ClaimUnique(const ClaimRequest& request) {
  const auto [at, is_new] = claims_.try_emplace(
      request.key,
      HeldClaim{.claim = {.owner = request.owner}, .claimed = request.now});
  HeldClaim& held = at->second;
  const bool is_own = held.claim.owner == request.owner;
  const bool lapsed =
      !held.claim.confirmed && ClaimLapsed(held.claimed, request);
  if (!is_new && (is_own || lapsed)) {
    held.claim.owner = request.owner;
    held.claimed = request.now;
  }
  return held.claim;
}

std::optional<Claim> Registry::FindClaim(const std::string& key) const {
  const auto found = claims_.find(key);
  if (found == claims_.end()) {
    return std::nullopt;
  }
  return found->second.claim;
}

void Registry::ReleaseClaim(const ReleaseRequest& request) {
  if (Holds(request.owner, request.key)) {
    claims_.erase(request.key);
  }
}

std::vector<KeyRecord> Registry::GetKeys(
    const std::vector<StreamId>& owners) const {
  std::vector<KeyRecord> records;
  for (const StreamId& owner :
       std::set<StreamId>(owners.begin(), owners.end())) {
    const auto found = keys_.find(owner);
    if (found != keys_.end()) {
      records.push_back(found->second);
    }
  }
  return records;
}

absl::Status Registry::ReplaceKey(const ReplaceKeyRequest& request) {
  const auto found = keys_.find(request.owner);
  if (found == keys_.end()) {
    return KeyMissing();
  }
  if (found->second.destroyed.has_value()) {
    return KeyDestroyed();
  }
  if (found->second.key.wrapping_key != request.expected_wrapping_key) {
    return KeyChanged();
  }
  found->second.key = request.key;
  return absl::OkStatus();
}

void Registry::DestroyKey(const DestroyKeyRequest& request) {
  KeyRecord& record = keys_[request.owner];
  if (!record.destroyed.has_value()) {
    record = {.owner = request.owner, .destroyed = request.now};
  }
}

KeyPage Registry::ListKeys(const ListKeysRequest& request) const {
  KeyPage page;
  auto at = request.after.has_value() ? keys_.upper_bound(*request.after)
                                      : keys_.begin();
  PageFill fill(request.limit);
  for (; at != keys_.end(); ++at) {
    if (!fill.Take(at->second.key.wrapped.size())) {
      page.more = true;
      break;
    }
    page.keys.push_back(at->second);
  }
  return page;
}

std::string Registry::PutBlob(const PutBlobRequest& request) {
  std::string hash = base::Sha256(request.bytes);
  blobs_.try_emplace(
      hash, StoredBlob{.blob = {.kind = request.kind, .bytes = request.bytes},
                       .stored = request.now});
  return hash;
}

std::optional<Blob> Registry::GetBlob(const std::string& hash) const {
  const auto found = blobs_.find(hash);
  if (found == blobs_.end()) {
    return std::nullopt;
  }
  return found->second.blob;
}

BlobPage Registry::ListBlobs(const ListBlobsRequest& request) const {
  BlobPage page;
  PageFill fill(request.limit);
  for (auto at = blobs_.upper_bound(request.after); at != blobs_.end(); ++at) {
    const StoredBlob& stored = at->second;
    if (stored.blob.kind != request.kind) {
      continue;
    }
    if (!fill.Take(0)) {
      page.more = true;
      break;
    }
    page.blobs.push_back(
        {.hash = at->first,
         .kind = stored.blob.kind,
         .size = static_cast<int64_t>(stored.blob.bytes.size()),
         .stored = stored.stored});
  }
  return page;
}

}  // namespace careroute::store::internal
