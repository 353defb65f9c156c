// tests/hub/peer_bench.h: two hubs of the tests that exchange referrals.
//
// Hub "east" hosts organisations/clinic, which refers on the pathway
// "home-help"; hub "west" hosts organisations/office, which helps. They know
// each other by certificate and signing key, as `careroute certificates` and
// `careroute keys show` hand them out.
//
//   const PeerBench bench({.east_address = "127.0.0.1:7401", ...});
//   std::unique_ptr<Program> west = bench.Start("west");
//   bench.ImportDirectory("west", west->port());

#ifndef CAREROUTE_TESTS_HUB_PEER_BENCH_H_
#define CAREROUTE_TESTS_HUB_PEER_BENCH_H_

#include <memory>
#include <string>

#include "careroute/model/v1/actor.pb.h"
#include "lib/store/scratch_directory.h"
#include "services/client/client.h"
#include "tests/hub/program.h"

namespace careroute::tests {

inline constexpr char kEast[] = "east";
inline constexpr char kWest[] = "west";
inline constexpr char kClinicName[] = "organisations/clinic";
inline constexpr char kOfficeName[] = "organisations/office";

// The other of the two.
[[nodiscard]] std::string OtherHub(const std::string& hub);

// For one thread. What cannot be made fails the test.
class PeerBench {
 public:
  struct Options {
    // Where each is reached by the other.
    std::string east_address;
    std::string west_address;
    // Whether callers without a certificate are whom they say they are.
    bool development = false;
  };
  explicit PeerBench(const Options& options);

  // Runs a hub and waits until it serves; port 0 = it does not.
  [[nodiscard]] std::unique_ptr<Program> Start(const std::string& hub) const;

  // The two organisations, as that hub has to know them. By its administrator.
  void ImportDirectory(const std::string& hub, int port) const;

  // Callers of a hub at this port. Those that have a certificate are whom it
  // names: the hub itself, as its administrator, or whoever it was issued to.
  [[nodiscard]] services::Client Administrator(const std::string& hub,
                                               int port) const;
  struct Identity {
    std::string certificate;  // PEM; empty = none
    std::string key;
    model::v1::Actor actor;
  };
  [[nodiscard]] services::Client Caller(const std::string& hub, int port,
                                        const Identity& identity) const;

  // Of a store that no hub serves; Verify also against what the other hub has
  // been shown of it.
  [[nodiscard]] Ran Fsck(const std::string& hub) const;
  [[nodiscard]] Ran Verify(const std::string& hub) const;

  // "west/hub.keys", "certificates/east.pem".
  [[nodiscard]] std::string File(const std::string& name) const {
    return scratch_.File(name);
  }
  [[nodiscard]] std::string Read(const std::string& name) const;

 private:
  void Init(const std::string& hub, bool development) const;
  [[nodiscard]] std::string SigningKeyOf(const std::string& hub) const;
  void Introduce(const std::string& hub,
                 const std::string& other_address) const;
  void LayOutCatalogue() const;
  [[nodiscard]] std::string ConfigOf(const std::string& hub) const;

  store::ScratchDirectory scratch_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_HUB_PEER_BENCH_H_
