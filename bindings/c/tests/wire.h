/* wire.h: as much of the protobuf wire format as the C tests write. */

#ifndef CAREROUTE_BINDINGS_C_TESTS_WIRE_H_
#define CAREROUTE_BINDINGS_C_TESTS_WIRE_H_

#include <stdint.h>

#include "bindings/c/tests/check.h"

/* A message being written. Starts as {0}. */
typedef struct wire {
  unsigned char data[4096];
  size_t size;
} wire;

static inline void wire_varint(wire* to, uint64_t value) {
  do {
    CHECK(to->size < sizeof(to->data));
    to->data[to->size++] =
        (unsigned char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>= 7;
  } while (value != 0);
}

static inline void wire_number(wire* to, uint32_t field, uint64_t value) {
  wire_varint(to, (uint64_t)field << 3);
  wire_varint(to, value);
}

static inline void wire_bytes(wire* to, uint32_t field, careroute_bytes bytes) {
  wire_varint(to, ((uint64_t)field << 3) | 2);
  wire_varint(to, bytes.size);
  CHECK(bytes.size <= sizeof(to->data) - to->size);
  if (bytes.size > 0) memcpy(to->data + to->size, bytes.data, bytes.size);
  to->size += bytes.size;
}

static inline void wire_text(wire* to, uint32_t field, const char* word) {
  wire_bytes(to, field, text(word));
}

static inline careroute_bytes wire_view(const wire* from) {
  careroute_bytes bytes = {from->data, from->size};
  return bytes;
}

static inline void wire_message(wire* to, uint32_t field, const wire* inner) {
  wire_bytes(to, field, wire_view(inner));
}

#endif /* CAREROUTE_BINDINGS_C_TESTS_WIRE_H_ */
