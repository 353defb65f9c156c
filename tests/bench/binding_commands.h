// tests/bench/binding_commands.h: the measured scripts of the bindings.
//
//   CAREROUTE_ASSIGN_OR_RETURN(std::vector<std::string> command,
//                              PythonCommand());
//   command.push_back("no-op");

#ifndef CAREROUTE_TESTS_BENCH_BINDING_COMMANDS_H_
#define CAREROUTE_TESTS_BENCH_BINDING_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace careroute::bench {

// A program and its script, to be given what it is to call. NOT_FOUND, with
// what to do, where this configuration has no such binding, it was not built,
// or it was built around another libcareroute.so than the one of this build:
// what is compared must be one code, compiled alike.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> PythonCommand();
[[nodiscard]] absl::StatusOr<std::vector<std::string>> NodeCommand();

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_BINDING_COMMANDS_H_
