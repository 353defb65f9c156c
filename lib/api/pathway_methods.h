// lib/api/pathway_methods.h: PathwayService.

#ifndef CAREROUTE_LIB_API_PATHWAY_METHODS_H_
#define CAREROUTE_LIB_API_PATHWAY_METHODS_H_

#include <optional>
#include <string>
#include <vector>

#include "careroute/api/v1/pathway_service.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "lib/api/pipeline.h"
#include "lib/base/problems.h"

namespace careroute::api {

void AddPathwayMethods(Pipeline& pipeline);

// Loads, checks and binds the files of a pathway. Adds every problem; the
// bytes to publish when there is no error. A file below "blocks/" is a block,
// one below "overlays/" an overlay, one with ".texts." in its name a text
// table; the one that is left is the pathway. Also used by a hub that
// publishes its catalogue at start.
[[nodiscard]] std::optional<std::string> BindFiles(
    const google::protobuf::RepeatedPtrField<v1::PathwayFile>& files,
    base::Problems& problems);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_PATHWAY_METHODS_H_
