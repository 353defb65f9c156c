#include "lib/testing/mounted_store.h"

namespace careroute::testing {

void MountedStore::CurrentPosition(base::Done<store::ChangePosition> done) {
  durable_.CurrentPosition(life_->Wrap<store::ChangePosition>(std::move(done)));
}

// The disk outlives whoever listens.
void MountedStore::SetCommitListener(store::CommitListener listener) {
  durable_.SetCommitListener([life = life_, listener = std::move(listener)](
                                 const store::Commit& commit) {
    if (!life->ended() && listener) listener(commit);
  });
}

void MountedStore::Append(store::AppendRequest request,
                          base::Done<store::AppendResult> done) {
  disk_.Write([&disk = disk_, request = std::move(request),
               done = life_->Wrap<store::AppendResult>(
                   std::move(done), kAnswerTakes)]() mutable {
    disk.MayFail();
    disk.durable().Append(std::move(request), std::move(done));
  });
}

}  // namespace careroute::testing
