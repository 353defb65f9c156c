// tests/bench/process_memory.h: how much memory a process holds.
//
//   const double before = ResidentMegabytes(getpid());

#ifndef CAREROUTE_TESTS_BENCH_PROCESS_MEMORY_H_
#define CAREROUTE_TESTS_BENCH_PROCESS_MEMORY_H_

#include <sys/types.h>

namespace careroute::bench {

// Now; 0 when there is no such process.
[[nodiscard]] double ResidentMegabytes(pid_t process);

// The most it ever held.
[[nodiscard]] double HighestMegabytes(pid_t process);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_PROCESS_MEMORY_H_
