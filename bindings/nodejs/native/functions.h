// bindings/nodejs/native/functions.h: the functions JavaScript calls, as
// src/native.ts declares them.
//
//   AddHubFunctions(exports);

#ifndef CAREROUTE_BINDINGS_NODEJS_NATIVE_FUNCTIONS_H_
#define CAREROUTE_BINDINGS_NODEJS_NATIVE_FUNCTIONS_H_

#include <napi.h>

namespace careroute::nodejs {

// The library, hubs and their time.
void AddHubFunctions(Napi::Object& exports);
// Calls and watches.
void AddCallFunctions(Napi::Object& exports);
// The test kit.
void AddWorldFunctions(Napi::Object& exports);

}  // namespace careroute::nodejs

#endif  // CAREROUTE_BINDINGS_NODEJS_NATIVE_FUNCTIONS_H_
