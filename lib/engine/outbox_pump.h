// lib/engine/outbox_pump.h: carries messages from one case to others.
//
// A case affects another only by a message that was stored with the event that
// caused it. Delivery is at least once; the receiver drops what it has taken.
//
//   pump.DeliverDue(clock.Now(), done);

#ifndef CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_
#define CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_

#include <memory>

#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/cases.h"
#include "lib/engine/linked_cases.h"
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
    LinkedCases& linked_cases;
  };
  explicit OutboxPump(const Options& options)
      : store_(options.store),
        cases_(options.cases),
        linked_cases_(options.linked_cases) {}

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
  [[nodiscard]] static command::v1::ReceiveMessage MessageOf(
      const Delivery& delivery);
  void Send(const RunPtr& run, const DeliveryPtr& delivery);
  void Settle(const RunPtr& run, const DeliveryPtr& delivery);
  void TryAgain(const RunPtr& run, const DeliveryPtr& delivery);

  store::Store& store_;
  Cases& cases_;
  LinkedCases& linked_cases_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_OUTBOX_PUMP_H_
