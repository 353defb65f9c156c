#include "lib/api/internal/published.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/api/status.h"

namespace careroute::api::internal {
namespace {

using model::v1::PublishedEdition;

bool Names(const model::v1::EditionRef& asked,
           const model::v1::EditionRef& known) {
  return asked.pathway() == known.pathway() &&
         (asked.edition().empty() || asked.edition() == known.edition()) &&
         (asked.overlay().empty() || asked.overlay() == known.overlay()) &&
         (asked.hash().empty() || asked.hash() == known.hash());
}

absl::Status NoSuchEdition() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_FOUND);
  refusal.set_message_key("no_edition");
  refusal.set_message("no such edition is published");
  return RefusalStatus(refusal);
}

}  // namespace

void FindPublished(engine::Engine& engine, const model::v1::EditionRef& asked,
                   base::Done<Published> done) {
  engine.editions().List(
      [&engine, asked, done = std::move(done)](
          absl::StatusOr<std::vector<PublishedEdition>> editions) mutable {
        if (!editions.ok()) {
          std::move(done)(editions.status());
          return;
        }
        const auto found = std::find_if(editions->begin(), editions->end(),
                                        [&asked](const PublishedEdition& one) {
                                          return Names(asked, one.edition());
                                        });
        if (found == editions->end()) {
          std::move(done)(NoSuchEdition());
          return;
        }
        engine.editions().Find(
            found->edition().hash(),
            [name = *found, done = std::move(done)](
                absl::StatusOr<engine::EditionPtr> edition) mutable {
              if (!edition.ok()) {
                std::move(done)(edition.status());
                return;
              }
              std::move(done)(Published{.name = std::move(name),
                                        .edition = *std::move(edition)});
            });
      });
}

}  // namespace careroute::api::internal
