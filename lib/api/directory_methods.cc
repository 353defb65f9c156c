#include "lib/api/directory_methods.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/api/internal/handlers.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/directory/directory.h"
#include "lib/directory/import.h"
#include "lib/directory/merge.h"
#include "lib/engine/matching.h"

namespace careroute::api {
namespace {

using engine::Engine;
using model::v1::Organisation;

// --- Import -----------------------------------------------------------------

struct Import {
  engine::RequestInfo info;
  std::vector<Organisation> rest;  // still to write, last first
  v1::ImportDirectoryResponse response;
  base::Done<Served> done;
};
using ImportPtr = std::shared_ptr<Import>;

bool IsUnchanged(const Organisation& known, Organisation incoming,
                 absl::Time now) {
  incoming = directory::Merged(known, std::move(incoming),
                               absl::ToCivilDay(now, absl::UTCTimeZone()));
  incoming.set_uid(known.uid());
  incoming.set_etag(known.etag());
  return google::protobuf::util::MessageDifferencer::Equals(known, incoming);
}

void ImportNext(Engine& engine, const ImportPtr& import) {
  if (import->rest.empty()) {
    std::move(import->done)(
        Served{.bytes = import->response.SerializeAsString()});
    return;
  }
  Organisation organisation = std::move(import->rest.back());
  import->rest.pop_back();
  const engine::DirectoryPtr picture = engine.organisations().Current();
  const Organisation* known = picture->directory.Find(organisation.name());
  v1::ImportDirectoryResponse& response = import->response;
  if (known != nullptr &&
      IsUnchanged(*known, organisation, engine.clock().Now())) {
    response.set_unchanged(response.unchanged() + 1);
    return ImportNext(engine, import);
  }
  if (known == nullptr) {
    response.set_created(response.created() + 1);
  } else {
    response.set_replaced(response.replaced() + 1);
  }
  engine::Organisations::ExecuteRequest request{
      .info = import->info, .organisation = organisation.name()};
  *request.command.mutable_put()->mutable_organisation() =
      std::move(organisation);
  engine.organisations().Execute(
      std::move(request),
      [&engine, import](absl::StatusOr<engine::Reply> reply) {
        if (!reply.ok()) {
          std::move(import->done)(reply.status());
          return;
        }
        if (reply->refusal.has_value()) {
          std::move(import->done)(RefusalStatus(*reply->refusal));
          return;
        }
        ImportNext(engine, import);
      });
}

void ImportDirectory(Engine& engine, const CallPtr& call,
                     const v1::ImportDirectoryRequest& request,
                     base::Done<Served> done) {
  base::Problems problems;
  {
    const auto scope = problems.Enter("directory");
    directory::CheckOrganisations(
        engine.organisations().Current()->directory, request.directory(),
        [&engine](const std::string& calendar, const std::string& zone) {
          const auto found = engine.calendars().Find(calendar);
          return found.ok() && (*found)->FindZone(zone) != nullptr;
        },
        problems);
  }
  if (problems.HasErrors()) {
    std::move(done)(ProblemsStatus(problems));
    return;
  }
  auto import = std::make_shared<Import>();
  import->info = internal::InfoOf(*call, request);
  for (const base::Problem& problem : problems.list()) {
    *import->response.add_problems() = ToProto(problem);
  }
  if (!request.validate_only()) {
    import->rest.assign(request.directory().organisations().rbegin(),
                        request.directory().organisations().rend());
  }
  import->done = std::move(done);
  ImportNext(engine, import);
}

// --- Reading ----------------------------------------------------------------

bool Offers(const Organisation& organisation, const std::string& service) {
  return std::any_of(organisation.services().begin(),
                     organisation.services().end(),
                     [&service](const model::v1::ServiceOffer& offer) {
                       return offer.service() == service;
                     });
}

bool Wanted(const v1::ListOrganisationsRequest& request,
            const Organisation& organisation) {
  if (request.kind() != model::v1::AGENCY_KIND_UNSPECIFIED &&
      organisation.kind() != request.kind()) {
    return false;
  }
  if (!request.region().empty() && organisation.region() != request.region()) {
    return false;
  }
  return request.service().empty() || Offers(organisation, request.service());
}

void ListOrganisations(Engine& engine, const CallPtr& call,
                       const v1::ListOrganisationsRequest& request,
                       base::Done<Served> done) {
  const std::string scope =
      absl::StrCat(call->method, "|", request.kind(), "|", request.region(),
                   "|", request.service());
  auto token = ReadToken(scope, request.page_token());
  if (!token.ok()) {
    std::move(done)(token.status());
    return;
  }
  const std::string after = token->value_or("");
  const int32_t size = PageSize(request.page_size());
  const engine::DirectoryPtr picture = engine.organisations().Current();
  v1::ListOrganisationsResponse response;
  for (const auto& [name, organisation] : picture->directory.organisations()) {
    if (name <= after || !Wanted(request, *organisation)) continue;
    if (response.organisations_size() == size) {
      response.set_next_page_token(
          MakeToken(scope, response.organisations(size - 1).name()));
      break;
    }
    *response.add_organisations() = *organisation;
  }
  std::move(done)(Served{.bytes = response.SerializeAsString()});
}

void GetOrganisation(Engine& engine, const CallPtr& /*call*/,
                     const v1::GetOrganisationRequest& request,
                     base::Done<Served> done) {
  const engine::DirectoryPtr picture = engine.organisations().Current();
  const Organisation* organisation = picture->directory.Find(request.name());
  if (organisation == nullptr) {
    std::move(done)(internal::NotFound());
    return;
  }
  v1::GetOrganisationResponse response;
  *response.mutable_organisation() = *organisation;
  std::move(done)(Served{.bytes = response.SerializeAsString()});
}

constexpr int32_t kMatchesDefault = 20;
constexpr int32_t kMatchesMax = 100;

void MatchProviders(Engine& engine, const CallPtr& call,
                    const v1::MatchProvidersRequest& request,
                    base::Done<Served> done) {
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, request, done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        const std::string day =
            request.date().empty()
                ? absl::FormatCivilTime(internal::Today(engine, *call))
                : request.date();
        absl::StatusOr<std::vector<model::v1::ProviderMatch>> matches =
            engine::MatchFor(*reading, {.occurrence = request.occurrence(),
                                        .date = day,
                                        .language = request.language(),
                                        .now = engine.clock().Now()});
        if (!matches.ok()) {
          std::move(done)(matches.status());
          return;
        }
        const int32_t asked = request.max_results();
        const size_t size = static_cast<size_t>(
            asked <= 0 ? kMatchesDefault : std::min(asked, kMatchesMax));
        v1::MatchProvidersResponse response;
        for (model::v1::ProviderMatch& match : *matches) {
          if (static_cast<size_t>(response.providers_size()) >= size) break;
          *response.add_providers() = std::move(match);
        }
        std::move(done)(Served{.bytes = response.SerializeAsString(),
                               .resources = {request.name()}});
      });
}

absl::Status OtherOrganisation() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  refusal.set_message_key("own_organisation_only");
  refusal.set_message("only a member reports the places of an organisation");
  return RefusalStatus(refusal);
}

void ReportCapacity(Engine& engine, const CallPtr& call,
                    const v1::ReportCapacityRequest& request,
                    base::Done<Served> done) {
  if (request.name() != call->actor.organisation() &&
      call->actor.role() != model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    std::move(done)(OtherOrganisation());
    return;
  }
  engine::Organisations::ExecuteRequest execute{
      .info = internal::InfoOfOneCommand(call, request),
      .organisation = request.name(),
      .make_answer = [](const Organisation& after) {
        v1::ReportCapacityResponse response;
        *response.mutable_organisation() = after;
        return response.SerializeAsString();
      }};
  *execute.command.mutable_report_capacity() = request.command();
  engine.organisations().Execute(
      std::move(execute), [name = request.name(), done = std::move(done)](
                              absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(internal::ServedOf(std::move(reply), {name},
                                           access::DataClassSet()));
      });
}

}  // namespace

void AddDirectoryMethods(Pipeline& pipeline) {
  internal::AddHandler(pipeline, "DirectoryService.ImportDirectory",
                       ImportDirectory);
  internal::AddHandler(pipeline, "DirectoryService.ListOrganisations",
                       ListOrganisations);
  internal::AddHandler(pipeline, "DirectoryService.GetOrganisation",
                       GetOrganisation);
  internal::AddHandler(pipeline, "DirectoryService.MatchProviders",
                       MatchProviders);
  internal::AddHandler(pipeline, "DirectoryService.ReportCapacity",
                       ReportCapacity);
}

}  // namespace careroute::api
