// lib/api/internal/published.h: finds a published edition by what a request
// says of it.

#ifndef CAREROUTE_LIB_API_INTERNAL_PUBLISHED_H_
#define CAREROUTE_LIB_API_INTERNAL_PUBLISHED_H_

#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/edition.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/editions.h"
#include "lib/engine/engine.h"

namespace careroute::api::internal {

// A published edition and how the list names it.
struct Published {
  model::v1::PublishedEdition name;
  engine::EditionPtr edition;
};

// The newest of those that fit what was said; empty fields fit all. A refusal
// with NOT_FOUND when none does.
void FindPublished(engine::Engine& engine, const model::v1::EditionRef& asked,
                   base::Done<Published> done);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_PUBLISHED_H_
