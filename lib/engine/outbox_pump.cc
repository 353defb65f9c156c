#include "lib/engine/outbox_pump.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "lib/casework/decide.h"
#include "lib/casework/view.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/undelivered.h"
#include "lib/engine/lanes.h"

namespace careroute::engine {
namespace {

using internal::Because;
using internal::Undelivered;

constexpr absl::string_view kToOpener = "opener";

// What a receiver may refuse without the message being lost: it was taken
// before, or the case is over.
bool IsSettledBy(const model::v1::Refusal& refusal) {
  return casework::IsAlreadyApplied(refusal) ||
         refusal.reason() == model::v1::ERROR_REASON_CASE_CLOSED ||
         refusal.reason() == model::v1::ERROR_REASON_ERASED;
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

command::v1::ReceiveMessage CommandOf(const store::OutboxKey& key,
                                      const event::v1::CaseEvent& event,
                                      const event::v1::Message& message) {
  command::v1::ReceiveMessage command;
  command.set_sequence(key.sequence);
  const base::Uid& from = key.stream.id;
  if (key.stream.kind == store::StreamKind::kPerson) {
    command.set_from(PersonNameOf(from));
    command.set_deciders_changed(true);
    return command;
  }
  command.set_from(casework::CaseName(from));
  const std::string& kind = message.kind();
  if (kind == "case_ended") {
    command.set_linked_case_ended(event.consequences().ending().ending());
  } else if (kind == "consent_given") {
    *command.mutable_consent_given()->mutable_consent() =
        event.has_consent_given() ? event.consent_given().consent()
                                  : event.step_completed().consent();
  } else if (kind == "consent_withdrawn") {
    command.set_consent_withdrawn(ConsentOf(from, message));
  } else if (kind == "consent_disputed") {
    command.set_consent_disputed(ConsentOf(from, message));
  } else {
    *command.mutable_facts()->mutable_facts() = message.facts();
  }
  return command;
}

// A case knows the person by the record it was opened for, which is another one
// where records were merged: what the person has said is said by that one.
void CallThePersonAsThere(const base::Uid& here, const base::Uid& there,
                          command::v1::ReceiveMessage& command) {
  if (!command.has_consent_given()) return;
  model::v1::Consent& consent =
      *command.mutable_consent_given()->mutable_consent();
  if (consent.given_by() == PersonNameOf(here)) {
    consent.set_given_by(PersonNameOf(there));
  }
}

// Why the receiver did not take it; none when it is settled there.
std::optional<Undelivered> NotTaken(const absl::StatusOr<Reply>& reply) {
  if (!reply.ok()) return Because(reply.status());
  if (!reply->refusal.has_value() || IsSettledBy(*reply->refusal)) return {};
  return Because(*reply->refusal);
}

}  // namespace

struct OutboxPump::Run {
  std::deque<store::OutboxRow> rows;  // taken, the next first
  absl::Time now;
  int delivered = 0;
  base::Done<int> done;
};

// A message that waits, and what became of it. That of a person's record says
// one thing only: that others may decide.
struct OutboxPump::Owed {
  store::OutboxRow row;
  bool taken = false;  // due, and tried in its own right
  // Of a case.
  event::v1::CaseEvent event;
  event::v1::Message message;
  std::optional<Undelivered> failed;
};

// What one stream owes to the same receivers, in the order in which it spoke.
struct OutboxPump::Delivery {
  RunPtr run;
  store::StreamId from;
  std::string destination;
  std::vector<Owed> owed;
  size_t readable = 0;  // of them, before the first that is not
  base::Uid person;     // whose record the sending case was opened for
  std::vector<PersonCase> receivers;  // still to tell, the next last
  size_t next = 0;                    // of the owed, for this receiver

  // From there on nothing can be delivered now.
  void FailFrom(size_t index, const Undelivered& why) {
    for (size_t i = index; i < owed.size(); ++i) {
      if (!owed[i].failed.has_value()) owed[i].failed = why;
    }
  }
};

void OutboxPump::DeliverDue(absl::Time now, base::Done<int> done) {
  auto run = std::make_shared<Run>();
  run->now = now;
  run->done = std::move(done);
  store_.TakeDue({.lane = std::string(kOwnLane), .now = now},
                 [this, run](absl::StatusOr<std::vector<store::OutboxRow>> r) {
                   if (!r.ok()) {
                     std::move(run->done)(r.status());
                     return;
                   }
                   run->rows.assign(std::make_move_iterator(r->begin()),
                                    std::make_move_iterator(r->end()));
                   Next(run);
                 });
}

void OutboxPump::Next(const RunPtr& run) {
  if (run->rows.empty()) {
    std::move(run->done)(run->delivered);
    return;
  }
  auto delivery = std::make_shared<Delivery>();
  delivery->run = run;
  delivery->from = run->rows.front().key.stream;
  delivery->destination = run->rows.front().destination;
  if (absl::StartsWith(delivery->destination, kToPathway)) {
    // Each asks for a case of its own: none waits for another.
    delivery->owed = {{.row = std::move(run->rows.front()), .taken = true}};
    run->rows.pop_front();
    return ReadMessages(delivery, 0);
  }
  CollectOwed(delivery, {.stream = delivery->from});
}

void OutboxPump::CollectOwed(const DeliveryPtr& delivery,
                             store::OutboxKey after) {
  store_.ListOutbox(
      {.lane = std::string(kOwnLane), .after = after},
      [this, delivery, after](absl::StatusOr<store::OutboxPage> page) mutable {
        Run& run = *delivery->run;
        if (!page.ok()) {
          // The lease brings them back.
          std::move(run.done)(page.status());
          return;
        }
        bool more = page->more;
        for (store::OutboxRow& row : page->rows) {
          after = row.key;
          if (row.key.stream != delivery->from) more = false;
          if (row.key.stream == delivery->from &&
              row.destination == delivery->destination) {
            delivery->owed.push_back({.row = std::move(row)});
          }
        }
        if (more) return CollectOwed(delivery, after);
        std::erase_if(run.rows, [&](const store::OutboxRow& row) {
          const auto owed = std::find_if(
              delivery->owed.begin(), delivery->owed.end(),
              [&row](const Owed& one) { return one.row.key == row.key; });
          if (owed != delivery->owed.end()) owed->taken = true;
          return owed != delivery->owed.end() ||
                 (row.key.stream == delivery->from &&
                  row.destination == delivery->destination);
        });
        ReadMessages(delivery, 0);
      });
}

void OutboxPump::ReadMessages(const DeliveryPtr& delivery, size_t index) {
  const bool of_person = delivery->from.kind == store::StreamKind::kPerson;
  if (of_person) index = delivery->owed.size();  // nothing to read
  delivery->readable = index;
  if (index == delivery->owed.size()) {
    return absl::StartsWith(delivery->destination, kToPathway)
               ? OpenLinkedCase(delivery)
               : FindReceivers(delivery);
  }
  cases_.ReadHistory(
      {.case_uid = delivery->from.id,
       .after_version = delivery->owed[index].row.event_version - 1,
       .limit = 1},
      [this, delivery, index](absl::StatusOr<CaseHistoryPage> page) {
        Owed& owed = delivery->owed[index];
        const event::v1::Message* message = nullptr;
        if (page.ok() && !page->events.empty()) {
          owed.event = std::move(page->events.front().event);
          message = FindMessage(owed.event, owed.row.key.sequence);
        }
        if (message != nullptr) {
          owed.message = *message;
          return ReadMessages(delivery, index + 1);
        }
        delivery->FailFrom(
            index, Because(page.ok() ? absl::DataLossError(
                                           "the event holds no such message; "
                                           "restore the case from a backup")
                                     : page.status()));
        if (index == 0) return Close(delivery);
        FindReceivers(delivery);
      });
}

void OutboxPump::OpenLinkedCase(const DeliveryPtr& delivery) {
  const Owed& owed = delivery->owed.front();
  linked_cases_.Open(
      {.opener = delivery->from.id,
       .event = owed.event,
       .message = owed.message,
       .now = delivery->run->now},
      [this,
       delivery](absl::StatusOr<std::optional<model::v1::Refusal>> refusal) {
        if (!refusal.ok()) {
          delivery->FailFrom(0, Because(refusal.status()));
        } else if (refusal->has_value()) {
          delivery->FailFrom(0, Because(**refusal));
        }
        Close(delivery);
      });
}

void OutboxPump::FindReceivers(const DeliveryPtr& delivery) {
  if (delivery->from.kind == store::StreamKind::kPerson) {
    return FindCasesOfPerson(delivery, delivery->from.id);
  }
  cases_.Read(delivery->from.id, [this,
                                  delivery](absl::StatusOr<CaseReading> from) {
    if (!from.ok()) {
      delivery->FailFrom(0, Because(from.status()));
      return Close(delivery);
    }
    if (delivery->destination == kToPerson) {
      return FindCasesOfPerson(delivery, from->person->uid);
    }
    if (delivery->destination == kToOpener) {
      const auto opener = ParseName("cases/", from->state->opened_by_case);
      if (opener.ok()) delivery->receivers.push_back({.uid = *opener});
      return Tell(delivery);
    }
    delivery->FailFrom(0, Because(absl::UnimplementedError(absl::StrCat(
                              "this release knows no receiver called ",
                              delivery->destination, "; use a newer one"))));
    Close(delivery);
  });
}

void OutboxPump::FindCasesOfPerson(const DeliveryPtr& delivery,
                                   const base::Uid& person) {
  delivery->person = person;
  persons_.CasesOf(
      person, [this, delivery](absl::StatusOr<std::vector<PersonCase>> cases) {
        if (!cases.ok()) {
          delivery->FailFrom(0, Because(cases.status()));
          return Close(delivery);
        }
        for (const PersonCase& one : *cases) {
          if (one.uid != delivery->from.id) {
            delivery->receivers.push_back(one);
          }
        }
        Tell(delivery);
      });
}

void OutboxPump::Tell(const DeliveryPtr& delivery) {
  if (delivery->receivers.empty()) return Close(delivery);
  if (delivery->next == delivery->readable) {
    delivery->receivers.pop_back();
    delivery->next = 0;
    return Tell(delivery);
  }
  const base::Uid receiver = delivery->receivers.back().uid;
  const Owed& owed = delivery->owed[delivery->next];
  Cases::ExecuteRequest request{.case_uid = receiver};
  request.info.actor = HubActor();
  *request.command.mutable_receive_message() =
      CommandOf(owed.row.key, owed.event, owed.message);
  CallThePersonAsThere(delivery->person, delivery->receivers.back().person,
                       *request.command.mutable_receive_message());
  cases_.Execute(std::move(request), [this, delivery,
                                      receiver](absl::StatusOr<Reply> reply) {
    std::optional<Undelivered> failed = NotTaken(reply);
    if (failed.has_value()) {
      failed->why =
          absl::StrCat(casework::CaseName(receiver), ": ", failed->why);
      delivery->FailFrom(delivery->next, *failed);
      delivery->next = delivery->readable;  // no more to this one
    } else {
      ++delivery->next;
    }
    Tell(delivery);
  });
}

// Settles what all receivers took, and puts off the rest.
void OutboxPump::Close(const DeliveryPtr& delivery) {
  Run& run = *delivery->run;
  if (delivery->owed.empty()) return Next(delivery->run);
  const Owed owed = std::move(delivery->owed.back());
  delivery->owed.pop_back();
  auto go_on = [this, delivery](absl::Status) { Close(delivery); };
  if (!owed.failed.has_value()) {
    ++run.delivered;
    return store_.Settle({owed.row.key}, std::move(go_on));
  }
  if (!owed.taken) return Close(delivery);  // it keeps its own time
  store_.Reschedule({.key = owed.row.key,
                     .due = run.now + internal::TryAgainAfter(
                                          *owed.failed, owed.row.attempts),
                     .problem = owed.failed->why},
                    std::move(go_on));
}

}  // namespace careroute::engine
