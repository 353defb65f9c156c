// services/command/render_queue.h: the work queue of an organisation.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_QUEUE_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_QUEUE_H_

#include <string>

#include "careroute/api/v1/referral_service.pb.h"
#include "services/command/screen.h"
#include "services/command/wall.h"

namespace careroute::services {

struct QueueOptions {
  Wall wall;
  Screen screen;
  // What the organisation asked of others: names whom instead of who asks.
  bool outgoing = false;
};

// In the order of the reply: nearest deadline first. What is asked and not
// answered stands below each referral.
[[nodiscard]] std::string RenderQueue(
    const api::v1::ListReferralsResponse& page, const QueueOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_QUEUE_H_
