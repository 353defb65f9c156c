// tests/bench/hub_world.h: a hub with a few cases on the test route of
// lib/casework, each about a person of its own.
//
//   HubWorld world(64);
//   const TableTarget target(world.hub().table());
//   StepScript script(world.cases());

#ifndef CAREROUTE_TESTS_BENCH_HUB_WORLD_H_
#define CAREROUTE_TESTS_BENCH_HUB_WORLD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "careroute/model/v1/actor.pb.h"
#include "lib/store/scratch_directory.h"
#include "tests/bench/bench_hub.h"

namespace careroute::bench {

struct WorldCase {
  std::string name;  // "cases/{case}"
  model::v1::Actor coordinator;
  // The number its next step will have.
  int32_t next_occurrence = 0;
};

// On SQLite, in a scratch directory, or on a database. Not thread-safe; its hub
// is. Stops the program when anything is refused.
class HubWorld {
 public:
  // `postgres`: the URI of a database with empty tables; none = SQLite.
  explicit HubWorld(size_t cases, const std::string& postgres = "");

  // Of those that share the database. It must not outlive this.
  [[nodiscard]] std::unique_ptr<BenchHub> AnotherHub() const;

  [[nodiscard]] BenchHub& hub() { return hub_; }
  [[nodiscard]] const std::vector<WorldCase>& cases() const { return cases_; }
  // A file of its own beside the store's, on the same disk.
  [[nodiscard]] std::string File(absl::string_view name) const {
    return scratch_.File(name);
  }

 private:
  [[nodiscard]] WorldCase OpenCase(const std::string& edition_hash,
                                   int64_t number);

  const std::string postgres_;
  store::ScratchDirectory scratch_;
  BenchHub hub_;
  std::vector<WorldCase> cases_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_HUB_WORLD_H_
