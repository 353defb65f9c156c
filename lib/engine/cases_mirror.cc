// What the performer's hub tells a case: of its half of a referral, and after a
// restore of the case's own.

#include <optional>
#include <utility>

#include "lib/engine/case_rows.h"
#include "lib/engine/cases.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr absl::string_view kNotYours = "not_yours";

TakeResult NotYours() {
  return {.fate = Fate::kRefused, .why = std::string(kNotYours)};
}

// Only the hub it was sent to may speak for the performer.
std::optional<model::v1::Refusal> CheckHub(const CaseReading& reading,
                                           int32_t number,
                                           const std::string& hub) {
  const casework::Referral* referral =
      casework::FindReferral(*reading.state, number);
  if (referral != nullptr && !hub.empty() && referral->hub == hub) return {};
  return internal::MakeRefusal(
      {.reason = model::v1::ERROR_REASON_NOT_YOUR_MOVE,
       .message_key = kNotYours,
       .message = "another hub keeps the performer's half of this referral"});
}

absl::StatusOr<TakeResult> ResultOf(const absl::StatusOr<Reply>& reply) {
  if (!reply.ok()) return reply.status();
  if (!reply->refusal.has_value()) return TakeResult{};
  const model::v1::Refusal& refusal = *reply->refusal;
  if (casework::IsAlreadyApplied(refusal)) return TakeResult{};
  if (const auto expected = casework::ExpectedEnvelope(refusal)) {
    return TakeResult{.fate = Fate::kGap, .expected = *expected};
  }
  // What is told of a case that is on its way, or gone, waits until its old
  // home has told the performer's hub where it is. A newer release of this hub,
  // or a mended directory, will take it.
  if (casework::IsFrozen(refusal) || casework::IsMoved(refusal) ||
      refusal.reason() == model::v1::ERROR_REASON_AHEAD ||
      refusal.reason() == model::v1::ERROR_REASON_UNKNOWN_REFERENCE ||
      refusal.reason() == model::v1::ERROR_REASON_CONFLICT) {
    return absl::UnavailableError(refusal.message());
  }
  return TakeResult{.fate = Fate::kRefused, .why = refusal.message_key()};
}

}  // namespace

void Cases::FindHome(base::Uid referral,
                     base::Done<std::optional<ReferralRow>> done) {
  store_.Scan(
      {.list = ListOf(Table::kReferralHomes, referral.Hex()), .limit = 1},
      [done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) return std::move(done)(page.status());
        std::optional<ReferralRow> home;
        if (!page->rows.empty()) home = ReadReferralRow(page->rows.front());
        std::move(done)(home);
      });
}

void Cases::Mirror(MirrorRequest request, base::Done<TakeResult> done) {
  // It may be of a case that is about to come back.
  absl::Status open = fence_.Check();
  if (!open.ok()) return std::move(done)(std::move(open));
  FindHome(request.referral,
           [this, request = std::move(request), done = std::move(done)](
               absl::StatusOr<std::optional<ReferralRow>> home) mutable {
             if (!home.ok()) return std::move(done)(home.status());
             if (!home->has_value()) return std::move(done)(NotYours());
             MirrorIn((*home)->case_uid, (*home)->number, std::move(request),
                      std::move(done));
           });
}

void Cases::MirrorIn(base::Uid case_uid, int32_t number, MirrorRequest request,
                     base::Done<TakeResult> done) {
  ExecuteRequest execute{.case_uid = case_uid};
  execute.info.actor = HubActor();
  command::v1::MirrorPerformance& command =
      *execute.command.mutable_mirror_performance();
  command.set_referral(number);
  command.set_envelope(request.sequence);
  *command.mutable_entries() = std::move(request.entries);
  // What a newer release added may be about the person, and nothing says that
  // it is to be sealed.
  command.DiscardUnknownFields();
  execute.authorise =
      [number, hub = std::move(request.from_hub)](const CaseReading& reading) {
        return CheckHub(reading, number, hub);
      };
  Execute(std::move(execute),
          [done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
            std::move(done)(ResultOf(reply));
          });
}

void Cases::Adopt(AdoptRequest request, base::Done<TakeResult> done) {
  ExecuteRequest execute{.case_uid = request.home.case_uid};
  execute.info.actor = HubActor();
  command::v1::AdoptRequest& command = *execute.command.mutable_adopt_request();
  command.set_referral(request.home.number);
  command.set_envelope(request.envelope);
  *command.mutable_entries() = std::move(request.entries);
  request.recalled.ForEach(
      [&command](model::v1::DataClass one) { command.add_recalled(one); });
  command.DiscardUnknownFields();
  execute.authorise =
      [number = request.home.number,
       hub = std::move(request.from_hub)](const CaseReading& reading) {
        return CheckHub(reading, number, hub);
      };
  Execute(std::move(execute),
          [done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
            std::move(done)(ResultOf(reply));
          });
}

}  // namespace careroute::engine
