// lib/engine/verify.h: are the records whole?
//
// Walks the chain of every stream and holds it against its head and against
// what the signed checkpoints witnessed: finds any entry changed, swapped or
// removed, and any cut before the last checkpoint. Others may write meanwhile;
// what they add is verified as far as it is seen.
//
//   Verifier verifier({.store = store, .signer = signer});
//   verifier.VerifyAll(done);

#ifndef CAREROUTE_LIB_ENGINE_VERIFY_H_
#define CAREROUTE_LIB_ENGINE_VERIFY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/callback.h"
#include "lib/registry/signer.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Damages named at most: the first ones tell where to look.
inline constexpr size_t kDamagesMax = 100;

struct Verification {
  int64_t verified = 0;           // entries
  int64_t not_yet_witnessed = 0;  // of them, newer than the last checkpoint
  std::vector<model::v1::Damage> damages;
};

// "cases/{case}", "access_logs/{process}", ...
[[nodiscard]] std::string NameOf(const store::StreamId& stream);

// Thread-safe. Everything handed in must outlive it.
class Verifier {
 public:
  struct Options {
    store::Store& store;
    const registry::Signer& signer;
  };
  explicit Verifier(const Options& options)
      : store_(options.store), signer_(options.signer) {}

  void VerifyStream(store::StreamId stream, base::Done<Verification> done);
  void VerifyAll(base::Done<Verification> done);

 private:
  struct Walk;
  using WalkPtr = std::shared_ptr<Walk>;

  void ListKind(const WalkPtr& walk);
  void NextStream(const WalkPtr& walk);
  void WalkStream(const WalkPtr& walk, const store::StreamHead& head,
                  int64_t after, std::string hash);
  void TakeCheckpoint(const WalkPtr& walk, const store::StreamId& stream,
                      const store::StoredEvent& stored);
  void CheckGrown(const WalkPtr& walk, const store::StreamHead& listed,
                  int64_t version, std::string hash);
  static void CloseStream(const WalkPtr& walk, const store::StreamHead& head,
                          int64_t version, const std::string& hash);
  void Finish(const WalkPtr& walk, absl::Status status);

  store::Store& store_;
  const registry::Signer& signer_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_VERIFY_H_
