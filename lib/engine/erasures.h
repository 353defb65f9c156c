// lib/engine/erasures.h: everything a hub knows of a person, made unreadable.
//
// First the cases of a record are closed, one after another, then its key is
// destroyed. Each step can be repeated: what is erased already is passed over,
// so a sequence that was cut short is simply begun again.
//
//   erasures.Erase(request, done);
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

  // The record the request is about, by its command, and before it every record
  // that was merged into it. A merged record goes alone.
  void Erase(Persons::ExecuteRequest request, base::Done<Reply> done);

  struct AgainRequest {
    base::Uid person;
    absl::CivilDay today;
  };
  // By the hub itself, of a record whose erasure a restored backup does not
  // know. OK also for one that is erased there or was never known.
  void EraseAgain(const AgainRequest& request, base::DoneStatus done);

 private:
  struct Run;
  void EraseNext(const std::shared_ptr<Run>& run);
  // Closes the cases that were opened for the record, and nothing more.
  void EraseCases(base::Uid person, const model::v1::Actor& actor,
                  base::DoneStatus done);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ERASURES_H_
