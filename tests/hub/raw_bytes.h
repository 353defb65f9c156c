// tests/hub/raw_bytes.h: bytes on a hub's port that no client would send.
//
//   SendRaw(hub->port(), "GET / HTTP/1.1\r\n\r\n");

#ifndef CAREROUTE_TESTS_HUB_RAW_BYTES_H_
#define CAREROUTE_TESTS_HUB_RAW_BYTES_H_

#include <string>

namespace careroute::tests {

// Sends them and hangs up; what the hub answers does not matter. A hub that
// takes no connection fails the test.
void SendRaw(int port, const std::string& bytes);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_HUB_RAW_BYTES_H_
