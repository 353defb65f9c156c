// lib/base/check.h: stops the process when the program itself is wrong.
//
// For what only a mistake in our own code, or a machine without memory or
// entropy, can make false. Input from outside never reaches a check: it is
// answered with a Status or with Problems. The text names the condition and
// the place, never a value, so that no person's data reaches a log.
//
//   CAREROUTE_CHECK(bound > 0);

#ifndef CAREROUTE_LIB_BASE_CHECK_H_
#define CAREROUTE_LIB_BASE_CHECK_H_

#include <cstdio>
#include <cstdlib>

// Always on, in release builds too: a wrong program must not go on writing.
#define CAREROUTE_CHECK(condition)                                          \
  do {                                                                      \
    if (!(condition)) {                                                     \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, \
                   #condition);                                             \
      std::abort();                                                         \
    }                                                                       \
  } while (false)

#endif  // CAREROUTE_LIB_BASE_CHECK_H_
