// lib/exchange/testing/scripted_hub.h: a hub that answers as a test says.
//
// Stands in the network in place of a real one and signs with its key.
//
//   ScriptedHub east(hubs, "east", [](const v1::Envelope& envelope) {
//     return Fate(v1::ENVELOPE_FATE_LATER);
//   });
//   hubs.Run(absl::Seconds(5));
//   EXPECT_EQ(east.seen().size(), 1);

#ifndef CAREROUTE_LIB_EXCHANGE_TESTING_SCRIPTED_HUB_H_
#define CAREROUTE_LIB_EXCHANGE_TESTING_SCRIPTED_HUB_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "careroute/exchange/v1/envelope.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/exchange/testing/hub_network.h"

namespace careroute::exchange::testing {

[[nodiscard]] v1::EnvelopeVerdict Fate(v1::EnvelopeFate fate);
[[nodiscard]] v1::EnvelopeVerdict GapAt(int32_t expected);
[[nodiscard]] v1::EnvelopeVerdict RefusedAs(const std::string& why);

// A batch of these envelopes, signed by the first hub for the second.
struct Posting {
  std::string from;
  std::string to;
  int64_t batch = 1;
  std::vector<std::string> envelopes;
};
[[nodiscard]] v1::DeliverRequest SignedBatch(HubNetwork& hubs,
                                             const Posting& posting);

// Must outlive the network's traffic. Not thread-safe.
class ScriptedHub {
 public:
  using Script = std::function<v1::EnvelopeVerdict(const v1::Envelope&)>;
  ScriptedHub(HubNetwork& hubs, std::string hub, Script script);

  void set_script(Script script) { script_ = std::move(script); }

  // Every envelope that came, read and as it came.
  [[nodiscard]] const std::vector<v1::Envelope>& seen() const { return seen_; }
  [[nodiscard]] const std::vector<std::string>& bytes() const { return bytes_; }
  [[nodiscard]] int batches() const { return batches_; }

 private:
  void Answer(const v1::DeliverRequest& request,
              base::Done<v1::DeliverResponse> done);

  HubNetwork& hubs_;
  const std::string hub_;
  Script script_;
  std::vector<v1::Envelope> seen_;
  std::vector<std::string> bytes_;
  int batches_ = 0;
};

}  // namespace careroute::exchange::testing

#endif  // CAREROUTE_LIB_EXCHANGE_TESTING_SCRIPTED_HUB_H_
