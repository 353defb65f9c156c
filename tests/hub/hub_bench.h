// tests/hub/hub_bench.h: a hub of the tests, its folder and its callers.
//
//   HubBench bench;                       // careroute init, nothing runs yet
//   std::unique_ptr<Program> hub = bench.Start();
//   const services::Client registrar = bench.Registrar(*hub);
//   bench.ImportClinic(*hub);

#ifndef CAREROUTE_TESTS_HUB_HUB_BENCH_H_
#define CAREROUTE_TESTS_HUB_HUB_BENCH_H_

#include <memory>
#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "lib/store/scratch_directory.h"
#include "services/client/client.h"
#include "tests/hub/program.h"

namespace careroute::tests {

// What nobody but the hub may ever write down: parts of the identity of every
// person these tests make.
inline constexpr char kFamilyName[] = "Канареечкина";
inline constexpr char kStreet[] = "Секретный переулок";

class HubBench {
 public:
  enum class Catalogue { kNothing, kDemoRegion };
  // `store` replaces the file in the bench's folder; it must be migrated.
  explicit HubBench(Catalogue catalogue = Catalogue::kNothing,
                    std::string store = "");

  // Runs a hub and waits until it serves.
  [[nodiscard]] std::unique_ptr<Program> Start() const;

  // Arguments of a hub on the store of this bench, and of `fsck`.
  [[nodiscard]] std::vector<std::string> HubArguments() const;
  [[nodiscard]] Ran Fsck() const;
  [[nodiscard]] Ran Migrate(const std::vector<std::string>& flags) const;

  // Callers; their organisation must have been imported, but the hub's
  // administrator's.
  [[nodiscard]] static services::Client Administrator(const Program& hub);
  [[nodiscard]] static services::Client Registrar(const Program& hub);
  [[nodiscard]] static services::Client Coordinator(const Program& hub);

  // Of an organisation that takes part in no case.
  [[nodiscard]] static services::Client Stranger(const Program& hub);

  // Two organisations, with the members above.
  static void ImportClinic(const Program& hub);

  [[nodiscard]] std::string File(absl::string_view name) const {
    return scratch_.File(name);
  }
  [[nodiscard]] const store::ScratchDirectory& scratch() const {
    return scratch_;
  }

 private:
  // A sub-command on the configuration and the store.
  [[nodiscard]] std::vector<std::string> On(const std::string& command) const;

  store::ScratchDirectory scratch_;
  std::string store_;
};

// The n-th request of a run: another person and another request_id each.
[[nodiscard]] api::v1::RegisterPersonRequest RegistrationOf(int n);
[[nodiscard]] api::v1::ReportNeedRequest ReportOf(int n);

// "00000000-0000-4000-8000-" and the number.
[[nodiscard]] std::string UuidOf(int n);
// The number, a small letter a digit: names have no digits.
[[nodiscard]] std::string InLetters(int n);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_HUB_HUB_BENCH_H_
