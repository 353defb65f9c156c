// lib/exchange/stored_halves.h: the halves of shared referrals, where a hub
// keeps them.
//
// The request half lies in its case, the performance half in a stream of the
// referral's own; of each the other hub's records hold a mirror.
//
//   StoredHalves halves({.store = store, .engine = engine});
//   CompareDesk desk({..., .halves = halves});

#ifndef CAREROUTE_LIB_EXCHANGE_STORED_HALVES_H_
#define CAREROUTE_LIB_EXCHANGE_STORED_HALVES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/engine/engine.h"
#include "lib/exchange/halves.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// Thread-safe. Everything handed in must outlive it.
class StoredHalves final : public Halves {
 public:
  struct Options {
    store::Store& store;
    engine::Engine& engine;
  };
  explicit StoredHalves(const Options& options) : options_(options) {}

  void SendAgain(SharedHalf own, int32_t last, base::DoneStatus done) override;
  void ReadMirror(SharedHalf lost, Stretch stretch,
                  base::Done<std::vector<v1::Envelope>> done) override;
  void Adopt(SharedHalf lost, std::vector<v1::Envelope> envelopes,
             base::DoneStatus done) override;

 private:
  struct Sending;
  using SendingPtr = std::shared_ptr<Sending>;
  struct Mirror;
  using MirrorPtr = std::shared_ptr<Mirror>;
  struct Adoption;
  using AdoptionPtr = std::shared_ptr<Adoption>;

  // Where the row of the envelope was, and the row put there again.
  void FindRow(const SendingPtr& sending, int64_t after_version);
  void PutRow(const SendingPtr& sending);

  void ReadCase(const MirrorPtr& mirror, int64_t after_version);
  void ReadPerformed(const MirrorPtr& mirror, int64_t version);

  void AdoptNext(const AdoptionPtr& adoption);
  void AdoptRequest(const AdoptionPtr& adoption, const v1::Envelope& envelope);
  void AdoptPerformance(const AdoptionPtr& adoption,
                        const v1::Envelope& envelope);

  const Options options_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_STORED_HALVES_H_
