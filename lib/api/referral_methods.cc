#include "lib/api/referral_methods.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "lib/api/internal/performed_calls.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/referral_rows.h"
#include "lib/api/page_token.h"
#include "lib/api/referral_view.h"
#include "lib/api/status.h"
#include "lib/casework/view.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/tables.h"

namespace careroute::api {
namespace {

using engine::Engine;

void GetReferral(Engine& engine, const CallPtr& call,
                 const v1::GetReferralRequest& request,
                 base::Done<Served> done) {
  if (internal::IsPerformed(request.name())) {
    return internal::GetPerformed(engine, call, request.name(),
                                  std::move(done));
  }
  const int32_t number = casework::NumberOf(request.name());
  internal::ReadFor(
      engine, call, request.name(),
      [&engine, call, number, done = std::move(done)](
          absl::StatusOr<engine::CaseReading> reading) mutable {
        if (!reading.ok()) {
          std::move(done)(reading.status());
          return;
        }
        const base::Uid uid = reading->uid;
        const casework::Referral* referral =
            casework::FindReferral(*reading->state, number);
        if (referral == nullptr) {
          std::move(done)(internal::NotFound());
          return;
        }
        auto response = std::make_shared<v1::GetReferralResponse>();
        *response->mutable_referral() = ReferralOf(*reading, *referral);
        internal::ReadAllHistory(
            engine, uid,
            [call, number, response, reading = *std::move(reading),
             done = std::move(done)](
                absl::StatusOr<std::vector<engine::CaseHistory>>
                    history) mutable {
              if (!history.ok()) {
                std::move(done)(history.status());
                return;
              }
              AddHistory(*history, number, *response->mutable_referral());
              const Viewer viewer(call->actor, reading);
              std::move(done)(internal::Serve(viewer, *response,
                                              {response->referral().name()}));
            });
      });
}

bool IsOverdue(const model::v1::Referral& referral) {
  return std::any_of(
      referral.deadlines().begin(), referral.deadlines().end(),
      [](const model::v1::Deadline& one) { return one.level() >= 0; });
}

// Puts the rows into the reply, and into what the access log will say of it.
void AddRows(internal::ReferralRows rows, bool overdue_only,
             v1::ListReferralsResponse& response, Served& served) {
  served.classes = rows.classes;
  for (model::v1::Referral& referral : rows.referrals) {
    if (overdue_only && !IsOverdue(referral)) continue;
    served.resources.push_back(referral.name());
    *response.add_referrals() = std::move(referral);
  }
}

// Counts the list, and with that the reply is whole. When the caller may not
// see some, those shown are all that it may know of.
void AddTotal(Engine& engine, const store::IndexList& list, bool hides,
              const std::shared_ptr<v1::ListReferralsResponse>& response,
              const std::shared_ptr<Served>& served, base::Done<Served> done) {
  auto serve = [response, served,
                done = std::move(done)](absl::StatusOr<int64_t> count) mutable {
    if (!count.ok()) {
      std::move(done)(count.status());
      return;
    }
    constexpr int64_t kShownMax = store::kCountMax - 1;
    response->set_total(static_cast<int32_t>(std::min(*count, kShownMax)));
    response->set_more_than_total(*count > kShownMax);
    served->bytes = response->SerializeAsString();
    std::move(done)(std::move(*served));
  };
  if (hides) {
    std::move(serve)(static_cast<int64_t>(response->referrals_size()));
    return;
  }
  engine.store().Count(list, std::move(serve));
}

void ListReferrals(Engine& engine, const CallPtr& call,
                   const v1::ListReferralsRequest& request,
                   base::Done<Served> done) {
  if (request.organisation() != call->actor.organisation()) {
    std::move(done)(internal::NotFound());
    return;
  }
  const std::string scope =
      absl::StrCat(call->method, "|", request.organisation(), "|",
                   request.outgoing(), "|", request.overdue_only());
  auto after = ReadPosition(scope, request.page_token());
  if (!after.ok()) {
    std::move(done)(after.status());
    return;
  }
  const store::IndexList list = engine::ListOf(
      request.outgoing() ? engine::Table::kOutgoing : engine::Table::kQueue,
      request.organisation());
  engine.store().Scan(
      {.list = list,
       .after = *std::move(after),
       .limit = PageSize(request.page_size())},
      [&engine, call, list, scope, overdue_only = request.overdue_only(),
       done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        auto response = std::make_shared<v1::ListReferralsResponse>();
        if (const auto offset = internal::OffsetMinutes(engine, *call)) {
          response->set_utc_offset_minutes(*offset);
        }
        if (page->more) {
          response->set_next_page_token(
              MakeToken(scope, PositionText(page->rows.back())));
        }
        internal::ReadRows(
            engine, call, page->rows,
            [&engine, list, overdue_only, response, done = std::move(done)](
                absl::StatusOr<internal::ReferralRows> rows) mutable {
              if (!rows.ok()) {
                std::move(done)(rows.status());
                return;
              }
              const auto served = std::make_shared<Served>();
              const bool hides = rows->hides;
              AddRows(*std::move(rows), overdue_only, *response, *served);
              AddTotal(engine, list, hides, response, served, std::move(done));
            });
      });
}

}  // namespace

void AddReferralMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::GetReferralRequest>(
      "careroute.api.v1.ReferralService.GetReferral",
      [&engine](const CallPtr& call, const v1::GetReferralRequest& request,
                base::Done<Served> done) {
        GetReferral(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::ListReferralsRequest>(
      "careroute.api.v1.ReferralService.ListReferrals",
      [&engine](const CallPtr& call, const v1::ListReferralsRequest& request,
                base::Done<Served> done) {
        ListReferrals(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
