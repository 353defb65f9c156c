// tests/bench/contact_store.h: a SQLite store with cases that talks are
// recorded in.
//
// It is furnished once and closed; whoever is measured gets a copy, so that a
// hub of another program and the floor beside it have the same in it.
//
//   const ContactStore store;
//   TableHub floor(DurableConfig(store.Copy("floor")));

#ifndef CAREROUTE_TESTS_BENCH_CONTACT_STORE_H_
#define CAREROUTE_TESTS_BENCH_CONTACT_STORE_H_

#include <string>
#include <vector>

#include "lib/store/scratch_directory.h"
#include "tests/bench/case_round.h"

namespace careroute::bench {

// Stops the program when anything is refused. Removed with its copies when it
// is destroyed; hubs on them must be closed by then.
class ContactStore {
 public:
  // As many open cases as there are calls in flight, on the shipped pathway of
  // early help, each about a child of its own.
  ContactStore();

  // The file of a copy of that name, with its key-ring beside it.
  [[nodiscard]] std::string Copy(const std::string& name) const;

  [[nodiscard]] const std::vector<NamedCase>& cases() const { return cases_; }
  // "organisations/{organisation}/members/{member}", who coordinates them all.
  [[nodiscard]] const std::string& coordinator() const {
    return cases_.front().coordinator.member();
  }

 private:
  const store::ScratchDirectory scratch_;
  std::vector<NamedCase> cases_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_CONTACT_STORE_H_
