// lib/engine/erasures.h: everything a hub knows of a person, made unreadable.
//
// First the cases of the person are closed, one after another, then the
// person's key is destroyed. Each step can be repeated: what is erased already
// is passed over, so a sequence that was cut short is simply begun again.
//
//   erasures.EraseAgain({.person = uid, .today = today}, done);

#ifndef CAREROUTE_LIB_ENGINE_ERASURES_H_
#define CAREROUTE_LIB_ENGINE_ERASURES_H_

#include <memory>

#include "absl/time/civil_time.h"
#include "careroute/model/v1/actor.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/cases.h"
#include "lib/engine/persons.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Thread-safe. Everything handed in must outlive it.
class Erasures {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
    Persons& persons;
  };
  explicit Erasures(const Options& options) : options_(options) {}

  // Closes the person's cases and nothing more.
  void EraseCases(base::Uid person, const model::v1::Actor& actor,
                  base::DoneStatus done);

  struct AgainRequest {
    base::Uid person;
    absl::CivilDay today;
  };
  // Both, by the hub itself, of somebody whose erasure a restored backup does
  // not know. OK also for who is erased there or was never known.
  void EraseAgain(const AgainRequest& request, base::DoneStatus done);

 private:
  struct Run;
  void EraseNext(const std::shared_ptr<Run>& run);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ERASURES_H_
