#include "lib/api/consent_methods.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "lib/api/internal/reading.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/casework/view.h"
#include "lib/engine/disclosures.h"

namespace careroute::api {
namespace {

using engine::Engine;

void ListConsents(Engine& engine, const CallPtr& call,
                  const v1::ListConsentsRequest& request,
                  base::Done<Served> done) {
  const std::string scope = absl::StrCat(call->method, "|", request.name());
  auto token = ReadToken(scope, request.page_token());
  if (!token.ok()) {
    std::move(done)(token.status());
    return;
  }
  int32_t after = 0;
  if (token->has_value() && !absl::SimpleAtoi(**token, &after)) after = 0;
  internal::ReadFor(
      engine, call, request.name(),
      [call, scope, after, size = PageSize(request.page_size()),
       done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        v1::ListConsentsResponse response;
        int32_t last = 0;
        for (const casework::ConsentRecord& consent :
             reading->state->consents) {
          if (consent.number <= after) continue;
          if (response.consents_size() == size) {
            response.set_next_page_token(MakeToken(scope, absl::StrCat(last)));
            break;
          }
          last = consent.number;
          *response.add_consents() = casework::ToModel(consent, reading->uid);
        }
        const Viewer viewer(call->actor, *reading);
        std::move(done)(internal::Serve(viewer, response,
                                        {casework::CaseName(reading->uid)}));
      });
}

void ExplainVerdict(Engine& engine, const CallPtr& call,
                    const v1::ExplainVerdictRequest& request,
                    base::Done<Served> done) {
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, request, done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        absl::StatusOr<model::v1::Verdict> verdict = engine::ExplainDisclosure(
            *reading,
            {.step = request.step(),
             .receiver = request.receiver(),
             .classes = access::DataClassSet::Of(request.classes()),
             .language = request.language(),
             .now = engine.clock().Now()},
            engine.calendars());
        if (!verdict.ok()) {
          std::move(done)(verdict.status());
          return;
        }
        v1::ExplainVerdictResponse response;
        *response.mutable_verdict() = *std::move(verdict);
        const Viewer viewer(call->actor, *reading);
        std::move(done)(internal::Serve(viewer, response, {request.name()}));
      });
}

}  // namespace

void AddConsentMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::ListConsentsRequest>(
      "careroute.api.v1.ConsentService.ListConsents",
      [&engine](const CallPtr& call, const v1::ListConsentsRequest& request,
                base::Done<Served> done) {
        ListConsents(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::ExplainVerdictRequest>(
      "careroute.api.v1.ConsentService.ExplainVerdict",
      [&engine](const CallPtr& call, const v1::ExplainVerdictRequest& request,
                base::Done<Served> done) {
        ExplainVerdict(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
