/* check.h: what the C tests assert with, also in a build without assertions. */

#ifndef CAREROUTE_BINDINGS_C_TESTS_CHECK_H_
#define CAREROUTE_BINDINGS_C_TESTS_CHECK_H_

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "careroute/careroute.h"

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                        \
    }                                                                 \
  } while (0)

/* The code, and on failure what the result says. */
#define CHECK_CODE(result, expected)                                          \
  do {                                                                        \
    if ((result).code != (int32_t)(expected)) {                               \
      fprintf(stderr, "%s:%d: code %d is not %s: %.*s\n", __FILE__, __LINE__, \
              (int)(result).code, #expected, (int)(result).message.size,      \
              (const char*)(result).message.data);                            \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

static inline careroute_bytes text(const char* word) {
  careroute_bytes bytes = {word, strlen(word)};
  return bytes;
}

/* Whether the message of the result has those words. */
static inline int says(const careroute_result* result, const char* words) {
  const size_t length = strlen(words);
  const char* const message = result->message.data;
  for (size_t i = 0; i + length <= result->message.size; ++i) {
    if (memcmp(message + i, words, length) == 0) return 1;
  }
  return 0;
}

#endif /* CAREROUTE_BINDINGS_C_TESTS_CHECK_H_ */
