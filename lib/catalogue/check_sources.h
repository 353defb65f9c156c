// lib/catalogue/check_sources.h: does every source say where it comes from?
//
//   base::Problems problems;
//   CheckSourcesOf(instrument, problems);

#ifndef CAREROUTE_LIB_CATALOGUE_CHECK_SOURCES_H_
#define CAREROUTE_LIB_CATALOGUE_CHECK_SOURCES_H_

#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::catalogue {

// Each model.v1.Source inside `root`: a provenance, an act where one was read,
// a confidence where one was recalled, dates in order. Texts are passed over.
void CheckSourcesOf(const google::protobuf::Message& root,
                    base::Problems& problems);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_CHECK_SOURCES_H_
