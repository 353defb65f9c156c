// lib/api/internal/reading.h: reads a case for a caller, or says NOT_FOUND.

#ifndef CAREROUTE_LIB_API_INTERNAL_READING_H_
#define CAREROUTE_LIB_API_INTERNAL_READING_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/api/pipeline.h"
#include "lib/api/viewer.h"
#include "lib/base/callback.h"
#include "lib/engine/engine.h"

namespace careroute::api::internal {

// The same words whether the case is missing or not the caller's to see.
[[nodiscard]] absl::Status NotFound();

// The case of "cases/{case}" or a name below it, if the caller takes part.
void ReadFor(engine::Engine& engine, const CallPtr& call,
             const std::string& name, base::Done<engine::CaseReading> done);

// Removes what the viewer may not see, and serialises.
[[nodiscard]] Served Serve(const Viewer& viewer,
                           google::protobuf::Message& response,
                           std::vector<std::string> resources);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_READING_H_
