#include "lib/engine/outbox_pump.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "careroute/model/v1/case.pb.h"
#include "lib/casework/decide.h"
#include "lib/casework/view.h"
#include "lib/engine/all_rows.h"
#include "lib/engine/internal/hub_actor.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr absl::string_view kToPerson = "person";
constexpr absl::string_view kToOpener = "opener";

// What a receiver may refuse without the message being lost: it was taken
// before, or the case is over.
bool IsSettledBy(const model::v1::Refusal& refusal) {
  return casework::IsAlreadyApplied(refusal) ||
         refusal.reason() == model::v1::ERROR_REASON_CASE_CLOSED ||
         refusal.reason() == model::v1::ERROR_REASON_ERASED ||
         refusal.reason() == model::v1::ERROR_REASON_NOT_DECLARED;
}

const event::v1::Message* FindMessage(const event::v1::CaseEvent& event,
                                      int64_t sequence) {
  for (const event::v1::Message& message : event.consequences().messages()) {
    if (message.sequence() == sequence) return &message;
  }
  return nullptr;
}

// The name by which the person's cases know the consent the message is about.
std::string ConsentOf(const base::Uid& from,
                      const event::v1::Message& message) {
  return message.consent_name().empty()
             ? casework::ConsentName(from, message.consent())
             : message.consent_name();
}

}  // namespace

struct OutboxPump::Run {
  std::vector<store::OutboxRow> rows;
  absl::Time now;
  int delivered = 0;
  base::Done<int> done;
};

struct OutboxPump::Delivery {
  store::OutboxRow row;
  event::v1::CaseEvent event;
  event::v1::Message message;
  std::vector<base::Uid> receivers;
};

command::v1::ReceiveMessage OutboxPump::MessageOf(const Delivery& delivery) {
  const base::Uid& from = delivery.row.key.stream.id;
  command::v1::ReceiveMessage message;
  message.set_from(casework::CaseName(from));
  message.set_sequence(delivery.message.sequence());
  const std::string& kind = delivery.message.kind();
  if (kind == "case_ended") {
    message.set_linked_case_ended(
        delivery.event.consequences().ending().ending());
  } else if (kind == "consent_given") {
    *message.mutable_consent_given()->mutable_consent() =
        delivery.event.has_consent_given()
            ? delivery.event.consent_given().consent()
            : delivery.event.step_completed().consent();
  } else if (kind == "consent_withdrawn") {
    message.set_consent_withdrawn(ConsentOf(from, delivery.message));
  } else if (kind == "consent_disputed") {
    message.set_consent_disputed(ConsentOf(from, delivery.message));
  } else {
    *message.mutable_facts()->mutable_facts() = delivery.message.facts();
  }
  return message;
}

void OutboxPump::DeliverDue(absl::Time now, base::Done<int> done) {
  auto run = std::make_shared<Run>();
  run->now = now;
  run->done = std::move(done);
  store_.TakeDue({.now = now},
                 [this, run](absl::StatusOr<std::vector<store::OutboxRow>> r) {
                   if (!r.ok()) {
                     std::move(run->done)(r.status());
                     return;
                   }
                   run->rows = *std::move(r);
                   Next(run);
                 });
}

void OutboxPump::Next(const RunPtr& run) {
  if (run->rows.empty()) {
    std::move(run->done)(run->delivered);
    return;
  }
  auto delivery = std::make_shared<Delivery>();
  delivery->row = std::move(run->rows.back());
  run->rows.pop_back();
  ReadMessage(run, delivery);
}

void OutboxPump::ReadMessage(const RunPtr& run, const DeliveryPtr& delivery) {
  cases_.ReadHistory(
      {.case_uid = delivery->row.key.stream.id,
       .after_version = delivery->row.event_version - 1,
       .limit = 1},
      [this, run, delivery](absl::StatusOr<CaseHistoryPage> page) {
        if (!page.ok() || page->events.empty()) return TryAgain(run, delivery);
        delivery->event = std::move(page->events.front().event);
        const event::v1::Message* message =
            FindMessage(delivery->event, delivery->row.key.sequence);
        if (message == nullptr) return Settle(run, delivery);
        delivery->message = *message;
        FindReceivers(run, delivery);
      });
}

void OutboxPump::FindReceivers(const RunPtr& run, const DeliveryPtr& delivery) {
  const std::string& to = delivery->message.to();
  if (absl::StartsWith(to, kToPathway)) return OpenLinkedCase(run, delivery);
  cases_.Read(
      delivery->row.key.stream.id,
      [this, run, delivery, to](absl::StatusOr<CaseReading> from) {
        if (!from.ok()) return TryAgain(run, delivery);
        if (to == kToOpener) {
          const auto opener = ParseName("cases/", from->state->opened_by_case);
          if (opener.ok()) delivery->receivers.push_back(*opener);
          return Send(run, delivery);
        }
        if (to != kToPerson) return Settle(run, delivery);
        ReadAllRows(store_,
                    ListOf(Table::kPersonCases,
                           absl::BytesToHexString(from->state->person)),
                    [this, run, delivery](
                        absl::StatusOr<std::vector<store::IndexRow>> rows) {
                      if (!rows.ok()) return TryAgain(run, delivery);
                      for (const store::IndexRow& row : *rows) {
                        const auto uid = base::ParseUid(row.id);
                        if (uid.ok() && *uid != delivery->row.key.stream.id) {
                          delivery->receivers.push_back(*uid);
                        }
                      }
                      Send(run, delivery);
                    });
      });
}

void OutboxPump::OpenLinkedCase(const RunPtr& run,
                                const DeliveryPtr& delivery) {
  linked_cases_.Open(
      {.opener = delivery->row.key.stream.id,
       .event = delivery->event,
       .message = delivery->message,
       .now = run->now},
      [this, run,
       delivery](absl::StatusOr<std::optional<model::v1::Refusal>> refusal) {
        if (!refusal.ok() ||
            (refusal->has_value() && !IsSettledBy(**refusal))) {
          return TryAgain(run, delivery);
        }
        Settle(run, delivery);
      });
}

void OutboxPump::Send(const RunPtr& run, const DeliveryPtr& delivery) {
  if (delivery->receivers.empty()) return Settle(run, delivery);
  const base::Uid receiver = delivery->receivers.back();
  Cases::ExecuteRequest request{.case_uid = receiver};
  request.info.actor = internal::HubActor();
  *request.command.mutable_receive_message() = MessageOf(*delivery);
  cases_.Execute(
      std::move(request), [this, run, delivery](absl::StatusOr<Reply> reply) {
        if (!reply.ok()) return TryAgain(run, delivery);
        if (reply->refusal.has_value() && !IsSettledBy(*reply->refusal)) {
          return TryAgain(run, delivery);
        }
        delivery->receivers.pop_back();
        Send(run, delivery);
      });
}

void OutboxPump::Settle(const RunPtr& run, const DeliveryPtr& delivery) {
  ++run->delivered;
  store_.Settle(delivery->row.key, [this, run](absl::Status) { Next(run); });
}

void OutboxPump::TryAgain(const RunPtr& run, const DeliveryPtr& delivery) {
  store_.Reschedule(
      {.key = delivery->row.key, .due = run->now + kDeliverAgainAfter},
      [this, run](absl::Status) { Next(run); });
}

}  // namespace careroute::engine
