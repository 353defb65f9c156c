// lib/engine/outbox_pump.h: carries messages to cases, from other cases and
// from the person's record, all within this hub.
//
// A stream affects a case only by a message that was stored with the event that
// caused it. Delivery is at least once; the receiver drops what it has taken.
// It drops by the number of the last message it took of the sender, so each
// receiver is told by one sender in the order in which that one spoke: what it
// refuses holds up what comes after it, for this receiver and for no other.
// A message that is not taken is kept, tried again, and named by fsck.
//
//   pump.DeliverDue(clock.Now(), done);

#ifndef CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_
#define CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_

#include <cstdint>
#include <memory>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/engine/cases.h"
#include "lib/engine/linked_cases.h"
#include "lib/engine/persons.h"
#include "lib/store/store.h"

namespace careroute::engine {

// How soon a message that could not be delivered is tried again: what passes by
// itself, such as a full queue, has passed by then.
inline constexpr absl::Duration kDeliverAgainAfter = absl::Seconds(30);

// What does not pass by itself is tried again after twice as long each time, up
// to this: a message that is refused for ever costs one decision an hour, and
// whoever mends the cause sees the effect within the hour.
inline constexpr absl::Duration kDeliverAgainMax = absl::Hours(1);

// Thread-safe, but one delivery run at a time. Everything handed in must
// outlive it.
class OutboxPump {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
    Persons& persons;
    LinkedCases& linked_cases;
  };
  explicit OutboxPump(const Options& options)
      : store_(options.store),
        cases_(options.cases),
        persons_(options.persons),
        linked_cases_(options.linked_cases) {}

  // Delivers what is due and completes with how many messages went.
  void DeliverDue(absl::Time now, base::Done<int> done);

 private:
  struct Run;
  struct Owed;
  struct Delivery;
  using DeliveryPtr = std::shared_ptr<Delivery>;
  using RunPtr = std::shared_ptr<Run>;

  void Next(const RunPtr& run);
  // What the sender owes to the same receivers and has not delivered yet.
  void CollectOwed(const DeliveryPtr& delivery, store::OutboxKey after);
  void ReadMessages(const DeliveryPtr& delivery, size_t index);
  void OpenLinkedCase(const DeliveryPtr& delivery);
  void FindReceivers(const DeliveryPtr& delivery);
  void FindCasesOfPerson(const DeliveryPtr& delivery, const base::Uid& person);
  // Tells the receivers one after another, each in order.
  void Tell(const DeliveryPtr& delivery);
  void Close(const DeliveryPtr& delivery);

  store::Store& store_;
  Cases& cases_;
  Persons& persons_;
  LinkedCases& linked_cases_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_
