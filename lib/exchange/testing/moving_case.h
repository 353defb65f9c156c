// lib/exchange/testing/moving_case.h: a case that moves between the hubs of a
// HubNetwork, and which of them writes to it.
//
//   const Referred referred = hubs.Refer();
//   GiveWord(hubs, referred.case_uid);
//   Offer(hubs, referred.case_uid);
//   hubs.Run(absl::Seconds(5));
//   EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("east"));
//
// What must succeed and does not fails the test.

#ifndef CAREROUTE_LIB_EXCHANGE_TESTING_MOVING_CASE_H_
#define CAREROUTE_LIB_EXCHANGE_TESTING_MOVING_CASE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/store/store.h"

namespace careroute::exchange::testing {

// Somebody who is of no hub.
inline constexpr char kNobody[] = "nobody";

struct Moving {
  std::string from = "west";
  std::string to = "east";
  std::string member = "anna";  // of the organisation there
  std::string last_day = {};    // of the consent; empty = it has none
};

// "clinic", "office", "bureau": who coordinates at that hub.
[[nodiscard]] std::string CoordinatesAt(const std::string& hub);

// An office of the host, which offers care, as these hubs have it in their
// directories.
void PutOffice(HubNetwork& hubs, const std::string& id, const std::string& host,
               const std::vector<std::string>& known_at);

// The command of the text, by "anna" of the organisation at that hub.
[[nodiscard]] absl::StatusOr<engine::Reply> AskAt(HubNetwork& hubs,
                                                  const std::string& hub,
                                                  const base::Uid& uid,
                                                  const std::string& command);

// The family says where it moves and that everything may go there.
void GiveWord(HubNetwork& hubs, const base::Uid& uid,
              const Moving& moving = {});
[[nodiscard]] absl::StatusOr<engine::Reply> TryOffer(HubNetwork& hubs,
                                                     const base::Uid& uid,
                                                     const Moving& moving = {});
void Offer(HubNetwork& hubs, const base::Uid& uid, const Moving& moving = {});

// A hub takes what it is told by the other one, and says nothing to it.
void Silence(HubNetwork& hubs, const std::string& hub,
             const std::string& towards);
void Speak(HubNetwork& hubs, const std::string& hub,
           const std::string& towards);

// What a hub says to a command of its own coordinator, which has no effect.
[[nodiscard]] absl::StatusOr<engine::Reply> Probe(HubNetwork& hubs,
                                                  const std::string& hub,
                                                  const base::Uid& uid);
// The hubs that would take it, by id.
[[nodiscard]] std::vector<std::string> Writers(HubNetwork& hubs,
                                               const base::Uid& uid);
[[nodiscard]] std::vector<store::StoredEvent> Stored(HubNetwork& hubs,
                                                     const std::string& hub,
                                                     const base::Uid& uid);
// Byte for byte, hash for hash: all that hubs keep of it goes one way.
void ExpectOneChain(HubNetwork& hubs, const base::Uid& uid);

// As the case knows it there.
[[nodiscard]] casework::Referral ReferralAt(HubNetwork& hubs,
                                            const std::string& hub,
                                            const Referred& referred);

}  // namespace careroute::exchange::testing

#endif  // CAREROUTE_LIB_EXCHANGE_TESTING_MOVING_CASE_H_
