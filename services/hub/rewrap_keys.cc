#include "services/hub/rewrap_keys.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "lib/base/mutex.h"
#include "lib/base/status_macros.h"
#include "lib/registry/person_key.h"
#include "services/core/await.h"

namespace careroute::services {
namespace {

using store::KeyPage;
using store::KeyRecord;
using store::ReplaceKeyRequest;

// Erased meanwhile, or locked anew by somebody else: there is nothing to do.
bool IsSettled(const absl::Status& replaced) {
  return replaced.ok() || absl::IsAborted(replaced) ||
         absl::IsNotFound(replaced) || absl::IsFailedPrecondition(replaced);
}

absl::StatusOr<std::vector<ReplaceKeyRequest>> Lock(
    const KeyPage& page, registry::PersonKeyWrapper& wrapper) {
  std::vector<ReplaceKeyRequest> requests;
  for (const KeyRecord& record : page.keys) {
    const registry::WrappedPersonKey old{
        .wrapping_key = record.key.wrapping_key, .bytes = record.key.wrapped};
    if (record.destroyed.has_value() || !wrapper.NeedsRewrap(old)) continue;
    CAREROUTE_ASSIGN_OR_RETURN(const registry::PersonKey key,
                               wrapper.Unwrap(record.owner.id, old));
    registry::WrappedPersonKey locked = wrapper.Wrap(record.owner.id, key);
    requests.push_back({.owner = record.owner,
                        .expected_wrapping_key = old.wrapping_key,
                        .key = {.wrapping_key = locked.wrapping_key,
                                .wrapped = std::move(locked.bytes)}});
  }
  return requests;
}

// All at once, so that the store writes them in few groups.
absl::Status Replace(store::KeyStore& keys,
                     std::vector<ReplaceKeyRequest> requests) {
  if (requests.empty()) return absl::OkStatus();
  struct Waiting {
    base::Mutex mutex;
    size_t left = 0;
    absl::Status failed;
    base::DoneStatus done;
  };
  auto waiting = std::make_shared<Waiting>();
  waiting->left = requests.size();
  return AwaitStatus([&](base::DoneStatus done) {
    waiting->done = std::move(done);
    for (ReplaceKeyRequest& request : requests) {
      keys.ReplaceKey(std::move(request), [waiting](absl::Status replaced) {
        base::DoneStatus finished;
        absl::Status status;
        {
          base::MutexLock lock(waiting->mutex);
          if (!IsSettled(replaced)) waiting->failed = std::move(replaced);
          if (--waiting->left > 0) return;
          finished = std::move(waiting->done);
          status = waiting->failed;
        }
        std::move(finished)(std::move(status));
      });
    }
  });
}

}  // namespace

absl::StatusOr<Rewrapped> RewrapKeys(const RewrapOptions& options) {
  registry::PersonKeyWrapper wrapper(options.ring, options.random);
  Rewrapped so_far;
  std::optional<store::StreamId> last;
  bool more = true;
  while (more) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const KeyPage page, Await<KeyPage>([&](base::Done<KeyPage> done) {
          options.keys.ListKeys({.after = last}, std::move(done));
        }));
    CAREROUTE_ASSIGN_OR_RETURN(std::vector<ReplaceKeyRequest> requests,
                               Lock(page, wrapper));
    const auto count = static_cast<int64_t>(requests.size());
    CAREROUTE_RETURN_IF_ERROR(Replace(options.keys, std::move(requests)));
    so_far.looked_at += static_cast<int64_t>(page.keys.size());
    so_far.rewrapped += count;
    if (options.progress) options.progress(so_far);
    more = page.more && !page.keys.empty();
    if (!page.keys.empty()) last = page.keys.back().owner;
  }
  return so_far;
}

}  // namespace careroute::services
