// lib/engine/outbox_pump.h: carries messages from one case to others.
//
// A case affects another only by a message that was stored with the event that
// caused it. Delivery is at least once; the receiver drops what it has taken.
//
//   pump.DeliverDue(clock.Now(), done);

#ifndef CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_
#define CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/editions.h"
#include "lib/engine/persons.h"
#include "lib/store/store.h"

namespace careroute::engine {

// How soon a message that could not be delivered is tried again.
inline constexpr absl::Duration kDeliverAgainAfter = absl::Seconds(30);

// Thread-safe, but one delivery run at a time. Everything handed in must
// outlive it.
class OutboxPump {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
    Editions& editions;
    Persons& persons;
    const calendar::CalendarSet& calendars;
  };
  explicit OutboxPump(const Options& options)
      : store_(options.store),
        cases_(options.cases),
        editions_(options.editions),
        persons_(options.persons),
        calendars_(options.calendars) {}

  // Delivers what is due and completes with how many messages went.
  void DeliverDue(absl::Time now, base::Done<int> done);

 private:
  struct Run;
  struct Delivery;
  using RunPtr = std::shared_ptr<Run>;
  using DeliveryPtr = std::shared_ptr<Delivery>;

  void Next(const RunPtr& run);
  void ReadMessage(const RunPtr& run, const DeliveryPtr& delivery);
  void FindReceivers(const RunPtr& run, const DeliveryPtr& delivery);
  void OpenLinkedCase(const RunPtr& run, const DeliveryPtr& delivery);
  [[nodiscard]] absl::CivilDay LocalDayOf(const CaseReading& reading,
                                          absl::Time time) const;
  // `older` were registered already; ends with the child of the message.
  void RegisterChildren(const RunPtr& run, const DeliveryPtr& delivery,
                        std::vector<std::string> older);
  void ClaimLinkedCase(const RunPtr& run, const DeliveryPtr& delivery,
                       base::Uid person);
  [[nodiscard]] static command::v1::ReceiveMessage MessageOf(
      const Delivery& delivery);
  void Send(const RunPtr& run, const DeliveryPtr& delivery);
  void Settle(const RunPtr& run, const DeliveryPtr& delivery);
  void TryAgain(const RunPtr& run, const DeliveryPtr& delivery);

  store::Store& store_;
  Cases& cases_;
  Editions& editions_;
  Persons& persons_;
  const calendar::CalendarSet& calendars_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_
