// lib/directory/import.h: whether organisations may enter the directory.
//
//   base::Problems problems;
//   CheckOrganisations(directory, incoming, known_zone, problems);

#ifndef CAREROUTE_LIB_DIRECTORY_IMPORT_H_
#define CAREROUTE_LIB_DIRECTORY_IMPORT_H_

#include "absl/functional/function_ref.h"
#include "careroute/model/v1/directory.pb.h"
#include "lib/base/problems.h"
#include "lib/directory/directory.h"

namespace careroute::directory {

// Whether a calendar has a zone.
using KnowsZone = absl::FunctionRef<bool(const std::string& calendar,
                                         const std::string& zone)>;

// Adds every problem of the organisations as a whole: names twice, members
// that belong elsewhere, duty coordinator, deputy or head who is no member,
// unknown parents, calendars and zones, impossible ages, months, dates and
// capacities. A duty post held by no coordinator is a warning, as are members
// no longer listed and dismissals that stay (merge.h).
void CheckOrganisations(const Directory& known,
                        const model::v1::Directory& incoming,
                        KnowsZone knows_zone, base::Problems& problems);

}  // namespace careroute::directory

#endif  // CAREROUTE_LIB_DIRECTORY_IMPORT_H_
