// lib/base/loopback.h: can an address only be reached from this machine?
//
// What is not to be read on the way, a token or whatever a hub in development
// mode answers to anybody, goes to such an address only, unless it is
// encrypted.
//
//   if (!base::IsLoopback("127.0.0.1:7400")) return AskForCertificates();

#ifndef CAREROUTE_LIB_BASE_LOOPBACK_H_
#define CAREROUTE_LIB_BASE_LOOPBACK_H_

#include <string>

namespace careroute::base {

// Of a host and port: localhost, [::1] or four numbers that begin with 127. A
// name that merely looks like one may lead anywhere. Asks nobody: pure.
[[nodiscard]] bool IsLoopback(const std::string& address);

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_LOOPBACK_H_
