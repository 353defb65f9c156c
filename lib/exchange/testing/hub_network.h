// lib/exchange/testing/hub_network.h: several hubs that exchange referrals.
//
// Hub "west" hosts the clinic, hub "east" the office, which offers care; each
// is a whole engine over a store in memory that knows the other's organisations
// and keys. A referral of the clinic to the office leaves through the outbox.
//
//   HubNetwork hubs(kSeed);
//   const Referred referred = hubs.Refer();
//   hubs.Run(absl::Minutes(1));
//   hubs.Perform(referred.uid, "accept { can_meet_needs: true }");
//   hubs.Run(absl::Minutes(1));
//   EXPECT_EQ(hubs.AtHome(referred), model::v1::REFERRAL_STATE_ACCEPTED);

#ifndef CAREROUTE_LIB_EXCHANGE_TESTING_HUB_NETWORK_H_
#define CAREROUTE_LIB_EXCHANGE_TESTING_HUB_NETWORK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "careroute/model/v1/referral.pb.h"
#include "lib/engine/testing/engine_bench.h"
#include "lib/exchange/exchange.h"
#include "lib/exchange/testing/faulty_network.h"
#include "lib/registry/signer.h"

namespace careroute::exchange::testing {

// A referral, by its case and by itself.
struct Referred {
  base::Uid case_uid;
  int32_t number = 0;
  base::Uid uid;
};

// Who is referred, and with which words.
struct Referring {
  std::string snils = "00000000101";
  std::string given_name = "Вера";
  bool consented = true;
  bool send = true;  // false: a draft
  std::string performer = "office";
  std::string pathway = "test-route";
};

// Not thread-safe. What must succeed and does not fails the test.
class HubNetwork {
 public:
  // The third hub, "north", hosts an office of its own, "bureau".
  explicit HubNetwork(uint64_t seed, int count = 2);
  ~HubNetwork();

  [[nodiscard]] std::vector<std::string> ids() const;
  [[nodiscard]] engine::testing::EngineBench& bench(const std::string& hub);
  // That hub falls silent for three minutes, then begins again with nothing but
  // its store. Whatever others await of it, they await in vain.
  void Restart(const std::string& hub);
  [[nodiscard]] Exchange& exchange(const std::string& hub);
  [[nodiscard]] FaultyNetwork& network() { return network_; }
  // "hub" as the others have it configured.
  [[nodiscard]] Peer Describe(const std::string& hub);
  [[nodiscard]] const registry::Signer& signer(const std::string& hub);

  // A case at the west whose step "help" is asked of the office of the east.
  // The person is of age and has consented to pass on who she is.
  Referred Refer(const Referring& referring = {});
  // The command of the text to the referral, by the clinic's coordinator.
  void Ask(const Referred& referred, const std::string& command);
  // ...and by the performer, at the east.
  engine::Reply Perform(const base::Uid& referral, const std::string& command);
  // ...of another hub, by "anna" of that organisation.
  struct Performing {
    std::string hub = "east";
    std::string organisation = "office";
  };
  engine::Reply PerformAt(const Performing& performing,
                          const base::Uid& referral,
                          const std::string& command);

  // Sends and takes what is due, timers and messages too.
  void Run(absl::Duration within);

  // Where it stands, by either hub. UNSPECIFIED = it has not arrived.
  [[nodiscard]] model::v1::ReferralState AtHome(const Referred& referred);
  [[nodiscard]] model::v1::ReferralState There(const base::Uid& referral);
  [[nodiscard]] casework::Referral Read(const Referred& referred);

 private:
  struct Hub;

  [[nodiscard]] Hub& Find(const std::string& hub) { return *hubs_.at(hub); }
  void PutOrganisations(Hub& hub);
  void Connect(Hub& hub);

  std::shared_ptr<engine::testing::BenchTime> time_;
  base::SeededRandom random_;
  FaultyNetwork network_;
  std::map<std::string, std::unique_ptr<Hub>> hubs_;
};

// Whether the words have crossed between any two hubs.
[[nodiscard]] bool Crossed(HubNetwork& hubs, const std::string& words);

}  // namespace careroute::exchange::testing

#endif  // CAREROUTE_LIB_EXCHANGE_TESTING_HUB_NETWORK_H_
