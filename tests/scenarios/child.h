// tests/scenarios/child.h: a process that is asked and answers.
//
//   Child child({"node", "door.js"});
//   absl::StatusOr<std::vector<std::string>> answer =
//       child.Ask({"clock", "0"});

#ifndef CAREROUTE_TESTS_SCENARIOS_CHILD_H_
#define CAREROUTE_TESTS_SCENARIOS_CHILD_H_

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace careroute::scenarios {

// Blocking; for one thread. Ends with its standard input, and is waited for by
// the destructor.
class Child {
 public:
  using Parts = std::vector<std::string>;

  // What it says on standard error goes to that of the test.
  explicit Child(const std::vector<std::string>& command);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  // Sends one message and waits for one: see child_transport.h.
  [[nodiscard]] absl::StatusOr<Parts> Ask(const Parts& parts);

 private:
  absl::Status Write(const std::string& bytes) const;
  absl::StatusOr<std::string> Read(size_t size) const;
  absl::StatusOr<size_t> ReadNumber() const;

  pid_t child_ = 0;
  int to_ = -1;
  int from_ = -1;
};

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_CHILD_H_
