// lib/api/internal/handlers.h: a function of the engine as a method.
//
//   AddHandler(pipeline, "RegistryService.GetPerson", GetPerson);

#ifndef CAREROUTE_LIB_API_INTERNAL_HANDLERS_H_
#define CAREROUTE_LIB_API_INTERNAL_HANDLERS_H_

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/api/pipeline.h"
#include "lib/base/callback.h"
#include "lib/engine/engine.h"

namespace careroute::api::internal {

template <typename Request>
using Handler = void (*)(engine::Engine&, const CallPtr&, const Request&,
                         base::Done<Served>);

// `method` is what follows "careroute.api.v1.". The pipeline's engine must
// outlive its methods, as it does.
template <typename Request>
void AddHandler(Pipeline& pipeline, const char* method,
                Handler<Request> handler) {
  engine::Engine& engine = pipeline.engine();
  pipeline.Unary<Request>(
      absl::StrCat("careroute.api.v1.", method),
      [&engine, handler](const CallPtr& call, const Request& request,
                         base::Done<Served> done) {
        handler(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_HANDLERS_H_
