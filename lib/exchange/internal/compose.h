// lib/exchange/internal/compose.h: an event becomes an envelope. Pure.
//
// What the envelope says is taken from the event and from the case as it was
// then, so that it says the same whenever it is composed; what of it may leave
// is asked of the case as it is now.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_COMPOSE_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_COMPOSE_H_

#include <string>

#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/consequences.pb.h"
#include "careroute/exchange/v1/envelope.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/repeated_field.h"
#include "lib/access/data_class_set.h"
#include "lib/calendar/calendar_set.h"
#include "lib/casework/case.h"
#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"
#include "lib/exchange/envelopes.h"

namespace careroute::exchange::internal {

using Entries = google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>;

// The entries of the request half that the event brought, their words as they
// are stored: sealed, not in them.
[[nodiscard]] const Entries& RequestEntries(const event::v1::CaseEvent& event,
                                            int32_t referral);

// What an envelope of the request half is composed of. Borrowed for the call.
struct CaseEnvelope {
  const std::string& hub_id;
  const std::string& peer;
  const event::v1::Message& message;
  const engine::CaseHistory& sent;  // the event the message stands in
  const engine::CaseHistory& made;  // the event that made the referral
  const Entries& entries;           // of the half, up to that event
  const casework::Case& past;       // the case after that event
  const engine::CaseReading& now;
  const casework::Referral& referral;  // as it is now
  absl::Time at;
  const calendar::CalendarSet& calendars;
};
[[nodiscard]] BuiltEnvelope Compose(const CaseEnvelope& from);
// All that the referral tells its performer. The message is not looked at.
[[nodiscard]] v1::ReferralOpened WholeOf(const CaseEnvelope& from);

// What an envelope of the performance half is composed of.
struct PerformerEnvelope {
  const std::string& hub_id;
  const std::string& peer;
  // Of its stream: what was withheld when it came never said its own.
  base::Uid uid;
  int32_t sequence = 0;  // the envelope that tells of the event
  const engine::PerformedEvent& told;
};
[[nodiscard]] BuiltEnvelope Compose(const PerformerEnvelope& from);

// The classes of a person's data in a payload; grounds of a target group are
// of the class that their criterion has, and come with the referral's own.
[[nodiscard]] access::DataClassSet CarriedClasses(
    const v1::ReferralOpened& opened);
[[nodiscard]] access::DataClassSet CarriedClasses(const v1::HalfGrew& grew);

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_COMPOSE_H_
