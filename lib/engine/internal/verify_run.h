// lib/engine/internal/verify_run.h: one verification under way.
//
// First the checkpoints themselves; then the entries of every stream and the
// heads that were witnessed, both in the order of the streams, are held against
// each other like two sorted lists. So no more is in memory than a page of
// entries and a window of heads, however large the store is.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_VERIFY_RUN_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_VERIFY_RUN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/engine/internal/checkpoint_check.h"
#include "lib/engine/internal/witnessed_heads.h"
#include "lib/engine/internal/witnessed_kinds.h"
#include "lib/engine/verify.h"

namespace careroute::engine::internal {

// Keeps itself alive until it is done.
class VerifyRun : public std::enable_shared_from_this<VerifyRun> {
 public:
  // `options` must outlive it.
  VerifyRun(const Verifier::Options& options,
            std::optional<store::StreamId> only, base::Done<Verification> done);

  void Start();

 private:
  using Then = std::function<void()>;

  // Adds up what there is to verify, for whoever watches.
  void Count(store::StreamKind kind, std::optional<base::Uid> after);

  void ListCheckpoints();
  void NextCheckpoints();
  void WalkCheckpoints(const store::StreamHead& head, int64_t after,
                       std::string hash);

  void LoadHeads(Then then);
  void ListKind();
  void NextKind();
  void NextStream();
  void WalkFromStart(const store::StreamHead& head);
  void Walk(const store::StreamHead& head, int64_t after, std::string hash);
  // As many entries of the page as the window of heads covers; false when not
  // all, and then how far it came.
  [[nodiscard]] bool TakePage(const store::StreamId& stream,
                              const store::EventPage& page, int64_t& version,
                              std::string& hash);
  void HoldAgainstHeads(const store::StreamId& stream, int64_t version,
                        const std::string& hash);
  // One entry against the hash before it.
  void Link(const store::StreamId& stream, const store::StoredEvent& stored,
            int64_t& version, std::string& hash);
  // The stream may have grown since its head was listed: then the head as it
  // is now is asked.
  void CloseGrown(const store::StreamHead& listed, int64_t version,
                  std::string hash, Then then);
  void CheckHead(const store::StreamHead& head, int64_t version,
                 const std::string& hash);
  // The heads of the stream that are left in the window are beyond its end.
  void NoteCut(const store::StreamId& stream);
  void CloseStream(const store::StreamHead& head, int64_t version,
                   std::string hash);
  // Names the streams before the place that were witnessed and are not there.
  void PassOver(const Place& place, Then then);
  void LookForGone(const store::StreamId& stream, Then retry);

  [[nodiscard]] bool HasHead() const {
    return cursor_ < heads_.window().size();
  }
  [[nodiscard]] const WitnessedAt& Head() const {
    return heads_.window()[cursor_];
  }
  // Passes over the rest of the stream's heads in the window; true when all
  // were told before a restore.
  bool SkipHeadsOf(const store::StreamId& stream);

  void Find(const Damage& damage);
  void Tell() const;
  void Finish(absl::Status status);

  const Verifier::Options& options_;
  const std::optional<store::StreamId> only_;
  base::Done<Verification> done_;
  Verification result_;
  CheckpointCheck checkpoints_;
  WitnessedHeads heads_;
  size_t cursor_ = 0;  // the next head of the window
  int64_t total_ = 0;

  store::StreamKind kind_ = kFirstWitnessed;
  std::optional<base::Uid> listed_;  // the last stream listed
  bool more_ = false;
  std::vector<store::StreamHead> streams_;  // still to walk, the next one last
  // Of the stream walked: the newest entry of it that was witnessed.
  int64_t last_witnessed_ = 0;
  std::optional<DamageKind> cut_;  // more of it was witnessed than there is
  std::optional<store::StreamId> last_gone_;
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_VERIFY_RUN_H_
