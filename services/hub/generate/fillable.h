// services/hub/generate/fillable.h: may a caseload be written into this store?
//
// Invented people among those of a region could never be taken out again. A
// file has an owner who named it; a database is shared, so a caseload goes only
// into an empty one, or on where it was begun.
//
//   AwaitStatus([&](base::DoneStatus done) {
//     CheckFillable(engine, caseload, std::move(done));
//   });

#ifndef CAREROUTE_SERVICES_HUB_GENERATE_FILLABLE_H_
#define CAREROUTE_SERVICES_HUB_GENERATE_FILLABLE_H_

#include "lib/base/callback.h"
#include "lib/engine/engine.h"
#include "services/hub/generate/caseload.h"

namespace careroute::services {

// FAILED_PRECONDITION when the store holds persons and not the organisations of
// the caseload, which come before its first person. The engine must outlive it.
void CheckFillable(engine::Engine& engine, const Caseload& caseload,
                   base::DoneStatus done);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_GENERATE_FILLABLE_H_
