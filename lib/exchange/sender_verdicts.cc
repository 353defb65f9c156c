// What becomes of each envelope, by the receipt of its batch.

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "lib/engine/hub_actor.h"
#include "lib/exchange/internal/send_run.h"
#include "lib/exchange/retry.h"
#include "lib/exchange/sender.h"

namespace careroute::exchange {
namespace {

// The message key a peer gave, if it is one: it is shown in clear.
std::string KeyOf(absl::string_view why) {
  constexpr size_t kKeyBytesMax = 64;
  const bool is_key =
      !why.empty() && why.size() <= kKeyBytesMax &&
      std::all_of(why.begin(), why.end(), [](char one) {
        return absl::ascii_islower(static_cast<unsigned char>(one)) ||
               one == '_';
      });
  return is_key ? std::string(why) : "without a reason";
}

// What was said of an envelope that nothing takes back.
bool StaysSaid(absl::string_view why) {
  return why == "withheld" || why == "not_understood";
}

}  // namespace

void Sender::Conclude(const RunPtr& run, size_t index) {
  if (index == run->items.size()) return SettleAll(run);
  const Item& item = run->items[index];
  const v1::EnvelopeVerdict& verdict =
      run->receipt.verdicts(static_cast<int>(index));
  auto next = [self = shared_from_this(), run, index](absl::Status) {
    self->Conclude(run, index + 1);
  };
  switch (verdict.fate()) {
    case v1::ENVELOPE_FATE_TAKEN:
      return Taken(run, item, std::move(next));
    case v1::ENVELOPE_FATE_NOT_UNDERSTOOD:
      return SettleTold(run, item, "not_understood", std::move(next));
    case v1::ENVELOPE_FATE_GAP:
      return Gap(run, item, verdict.expected(), std::move(next));
    case v1::ENVELOPE_FATE_REFUSED:
      return Refuse(run, item, KeyOf(verdict.why()), std::move(next));
    default:
      return Hold(run, item, Later(item, "the hub could not take it now"),
                  std::move(next));
  }
}

// In one write, and nobody waits for it: other looks leave the rows alone, and
// one that stays for a failure here is due again by itself.
void Sender::SettleAll(const RunPtr& run) {
  if (!run->settled.empty()) {
    options_.store.Settle(std::exchange(run->settled, {}), [](absl::Status) {});
  }
  NextBatch(run);
}

void Sender::NextBatch(const RunPtr& run) {
  run->items.clear();
  // What did not fit any more is judged again when it leaves.
  for (Item& item : run->queue) item.built.reset();
  run->bytes = 0;
  run->refilled.clear();
  run->queue.insert(run->queue.begin(),
                    std::make_move_iterator(run->again.begin()),
                    std::make_move_iterator(run->again.end()));
  run->again.clear();
  Fill(run);
}

void Sender::Taken(const RunPtr& run, const Item& item, base::DoneStatus next) {
  const BuiltEnvelope& built = *item.built;
  const bool is_news = built.undelivered != 0 &&
                       built.sequence >= built.undelivered &&
                       !StaysSaid(built.undelivered_why);
  if (!built.withheld && !is_news) {
    return Settle(run, item, std::move(next));
  }
  SettleTold(run, item, built.withheld ? "withheld" : "arrived",
             std::move(next));
}

// Settled only once the coordinator has it: sent again, it is told.
void Sender::SettleTold(const RunPtr& run, const Item& item,
                        absl::string_view why, base::DoneStatus next) {
  Tell(item, why,
       [self = shared_from_this(), run, copy = item,
        next = std::move(next)](absl::Status told) mutable {
         if (told.ok()) return self->Settle(run, copy, std::move(next));
         self->PutOff(run, copy,
                      self->Later(copy, "its coordinator could not be told"),
                      std::move(next));
       });
}

void Sender::Refuse(const RunPtr& run, const Item& item, absl::string_view why,
                    base::DoneStatus next) {
  const std::string problem =
      absl::StrCat("envelope ", item.built->sequence, " is refused: ", why);
  // Nobody writes to a case that is offered, and nobody may take the offer back
  // but the hub it went to: what keeps it is mended there, some time.
  if (item.built->side == v1::REFERRAL_SIDE_OFFER ||
      item.built->side == v1::REFERRAL_SIDE_ANSWER) {
    return Hold(run, item, Later(item, problem), std::move(next));
  }
  const Delay delay{.due = store::OnlyWhenAsked(), .problem = problem};
  Tell(item, "refused",
       [self = shared_from_this(), run, copy = item, delay,
        next = std::move(next)](absl::Status told) mutable {
         // Not for ever before the coordinator has it: nobody would look again.
         self->Hold(run, copy,
                    told.ok() ? delay : self->Later(copy, delay.problem),
                    std::move(next));
       });
}

void Sender::Gap(const RunPtr& run, const Item& item, int32_t expected,
                 base::DoneStatus next) {
  const auto held = run->held.find(item.key());
  if (held != run->held.end()) {
    return PutOff(run, item, held->second, std::move(next));
  }
  if (expected > item.built->sequence) {
    return Taken(run, item, std::move(next));
  }
  Item resent = item;
  resent.built.reset();  // judged again
  ++resent.gaps;
  if (run->refilled.contains(item.key())) {
    run->again.push_back(std::move(resent));
    return std::move(next)(absl::OkStatus());
  }
  if (expected < 1 || expected == item.built->sequence ||
      item.gaps >= kGapRoundsMax) {
    return Hold(run, item, Later(item, "the hub misses what it was sent"),
                std::move(next));
  }
  run->refilled.insert(item.key());
  options_.envelopes.FindBefore(
      {.row = item.row, .built = *item.built, .expected = expected},
      [self = shared_from_this(), run, resent = std::move(resent), copy = item,
       next = std::move(next)](
          absl::StatusOr<std::vector<store::OutboxRow>> rows) mutable {
        if (!rows.ok() || rows->empty()) {
          return self->Hold(
              run, copy, self->Later(copy, "what the hub misses is not found"),
              std::move(next));
        }
        for (store::OutboxRow& row : *rows) {
          // Whatever was tried of it: it is not for the first time.
          row.attempts = std::max(row.attempts, 2);
          run->again.push_back({.row = std::move(row), .is_row = false});
        }
        run->again.push_back(std::move(resent));
        std::move(next)(absl::OkStatus());
      });
}

// --- Rows -------------------------------------------------------------------

Sender::Delay Sender::Later(const Item& item, std::string problem) const {
  return {.due = options_.clock.Now() +
                 RetryAfter(item.row.attempts, options_.random),
          .problem = std::move(problem)};
}

bool Sender::IsLate(const BuiltEnvelope& built) const {
  const absl::Time limit = built.first_due < absl::InfiniteFuture()
                               ? built.first_due
                               : built.recorded + options_.undelivered_after;
  return options_.clock.Now() >= limit && built.undelivered < built.sequence;
}

void Sender::PutOff(const RunPtr& run, const Item& item, const Delay& delay,
                    base::DoneStatus next) {
  if (!item.is_row) return std::move(next)(absl::OkStatus());
  if (delay.due < store::OnlyWhenAsked()) {
    run->next_due = std::min(run->next_due, delay.due);
  }
  // A row whose lease is lost in a failure here is due again by itself.
  options_.store.Reschedule(
      {.key = item.row.key, .due = delay.due, .problem = delay.problem},
      [self = shared_from_this(), copy = item,
       next = std::move(next)](absl::Status) mutable {
        if (!copy.built.has_value() || !self->IsLate(*copy.built)) {
          return std::move(next)(absl::OkStatus());
        }
        self->Tell(copy, "peer_silent", std::move(next));
      });
}

void Sender::Hold(const RunPtr& run, const Item& item, const Delay& delay,
                  base::DoneStatus next) {
  run->held.emplace(item.key(), delay);
  PutOff(run, item, delay, std::move(next));
}

void Sender::PutOffAll(const RunPtr& run, size_t index, const Delay& delay) {
  if (index == run->items.size()) return Finish(run);
  PutOff(run, run->items[index], delay,
         [self = shared_from_this(), run, index, delay](absl::Status) {
           self->PutOffAll(run, index + 1, delay);
         });
}

void Sender::Settle(const RunPtr& run, const Item& item,
                    base::DoneStatus next) {
  if (item.is_row) run->settled.push_back(item.row.key);
  std::move(next)(absl::OkStatus());
}

// The case says no to what it knows already.
void Sender::Tell(const Item& item, absl::string_view why,
                  base::DoneStatus next) {
  if (!item.built.has_value() || !item.built->home.has_value()) {
    return std::move(next)(absl::OkStatus());
  }
  engine::Cases::ExecuteRequest request{.case_uid = item.built->home->case_uid};
  request.info.actor = engine::HubActor();
  command::v1::NoteUndelivered& note =
      *request.command.mutable_note_undelivered();
  note.set_referral(item.built->home->number);
  note.set_envelope(item.built->sequence);
  note.set_why(std::string(why));
  options_.cases.Execute(
      std::move(request),
      [next = std::move(next)](absl::StatusOr<engine::Reply> reply) mutable {
        std::move(next)(reply.status());
      });
}

}  // namespace careroute::exchange
