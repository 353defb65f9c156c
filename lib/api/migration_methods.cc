#include "lib/api/migration_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "lib/api/internal/published.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/casework/view.h"

namespace careroute::api {
namespace {

using engine::Engine;
using internal::FindPublished;
using internal::Published;

// What must be the same on every page of a migration.
std::string ScopeOf(const CallPtr& call,
                    const v1::MigrateCasesRequest& request) {
  return absl::StrCat(call->method, "|", request.from().SerializeAsString(),
                      "|", request.to().SerializeAsString(), "|",
                      request.undo());
}

Served Serve(const std::string& scope, engine::MovedPage page) {
  v1::MigrateCasesResponse response;
  std::vector<std::string> names;
  for (engine::MovedCase& one : page.cases) {
    v1::MigratedCase& row = *response.add_cases();
    row.set_name(casework::CaseName(one.uid));
    row.set_moved(!one.refusal.has_value());
    if (one.refusal.has_value()) {
      *row.mutable_refusal() = *std::move(one.refusal);
    }
    names.push_back(row.name());
  }
  if (page.last.has_value()) {
    response.set_next_page_token(MakeToken(scope, PositionText(*page.last)));
  }
  return Served{.bytes = response.SerializeAsString(),
                .resources = std::move(names)};
}

void Move(Engine& engine, engine::Migrations::MoveRequest move,
          const std::string& scope, base::Done<Served> done) {
  engine.migrations().Move(std::move(move),
                           [scope, done = std::move(done)](
                               absl::StatusOr<engine::MovedPage> page) mutable {
                             if (!page.ok()) {
                               std::move(done)(page.status());
                               return;
                             }
                             std::move(done)(Serve(scope, *std::move(page)));
                           });
}

void Migrate(Engine& engine, const CallPtr& call,
             const v1::MigrateCasesRequest& request, base::Done<Served> done) {
  const std::string scope = ScopeOf(call, request);
  auto after = ReadPosition(scope, request.page_token());
  if (!after.ok()) {
    std::move(done)(after.status());
    return;
  }
  engine::Migrations::MoveRequest move{.info = internal::InfoOf(*call, request),
                                       .undo = request.undo(),
                                       .note = request.note(),
                                       .limit = PageSize(request.page_size()),
                                       .after = *std::move(after)};
  FindPublished(
      engine, request.from(),
      [&engine, scope, move = std::move(move), to = request.to(),
       done = std::move(done)](absl::StatusOr<Published> from) mutable {
        if (!from.ok()) {
          std::move(done)(from.status());
          return;
        }
        move.from_hash = from->name.edition().hash();
        FindPublished(
            engine, to,
            [&engine, scope, move = std::move(move),
             done = std::move(done)](absl::StatusOr<Published> found) mutable {
              if (!found.ok()) {
                std::move(done)(found.status());
                return;
              }
              move.to = found->name.edition();
              Move(engine, std::move(move), scope, std::move(done));
            });
      });
}

}  // namespace

void AddMigrationMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::MigrateCasesRequest>(
      "careroute.api.v1.PathwayService.MigrateCases",
      [&engine](const CallPtr& call, const v1::MigrateCasesRequest& request,
                base::Done<Served> done) {
        Migrate(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
