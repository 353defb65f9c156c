// lib/directory/merge.h: what stays of a known organisation when its
// description is put anew.
//
// A file describes an organisation, not what its members reported since, and
// a member who is no longer listed does not take its cases away.
//
//   const Organisation put = Merged(known, incoming, today);

#ifndef CAREROUTE_LIB_DIRECTORY_MERGE_H_
#define CAREROUTE_LIB_DIRECTORY_MERGE_H_

#include "absl/time/civil_time.h"
#include "careroute/model/v1/directory.pb.h"

namespace careroute::directory {

// Whether a member that was dismissed stays so: the incoming one names no last
// day, and no first day after the known last one.
[[nodiscard]] bool StaysDismissed(const model::v1::Member& known,
                                  const model::v1::Member& incoming);

// The incoming description with the absences and the last days of members that
// it does not name. Who is not listed any more is kept, out of service from
// `today` on.
[[nodiscard]] model::v1::Organisation Merged(
    const model::v1::Organisation& known, model::v1::Organisation incoming,
    absl::CivilDay today);

}  // namespace careroute::directory

#endif  // CAREROUTE_LIB_DIRECTORY_MERGE_H_
