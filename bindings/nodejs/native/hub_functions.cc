// The library, hubs and their time.

#include <string>
#include <utility>

#include "bindings/nodejs/native/addon.h"
#include "bindings/nodejs/native/functions.h"
#include "bindings/nodejs/native/values.h"

namespace careroute::nodejs {
namespace {

Napi::Value Version(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), careroute_version());
}

void Listen(const Napi::CallbackInfo& info) {
  Addon::Of(info.Env()).Listen(info[0].As<Napi::Function>());
}

void Hold(const Napi::CallbackInfo& info) {
  Addon::Of(info.Env()).mailbox().Hold(info.Env(), true);
}

void Release(const Napi::CallbackInfo& info) {
  Addon::Of(info.Env()).mailbox().Hold(info.Env(), false);
}

void OpenHub(const Napi::CallbackInfo& info) {
  Addon::RunApart(info, [config = BytesOf(info[1])](Ending& ending) {
    careroute_hub_open(View(config), &ending.hub, &ending.result);
  });
}

void CloseHub(const Napi::CallbackInfo& info) {
  auto* const hub = HandleIn<careroute_hub>(info[1]);
  Addon::Of(info.Env()).Forget(hub);
  Addon::RunApart(info, [hub](Ending& ending) {
    careroute_hub_close(hub, &ending.result);
  });
}

Napi::Value ClockNow(const Napi::CallbackInfo& info) {
  int64_t now_us = 0;
  careroute_result result = {};
  if (careroute_clock_now(HandleIn<careroute_hub>(info[0]), &now_us, &result) !=
      CAREROUTE_OK) {
    return Throw(info.Env(), result);
  }
  careroute_result_free(&result);
  return Napi::Number::New(info.Env(), static_cast<double>(now_us));
}

void AdvanceClock(const Napi::CallbackInfo& info) {
  auto* const hub = HandleIn<careroute_hub>(info[1]);
  Addon::RunApart(info, [hub, by = MicrosecondsOf(info[2])](Ending& ending) {
    careroute_clock_advance(hub, by, &ending.result);
  });
}

}  // namespace

void AddHubFunctions(Napi::Object& exports) {
  const Napi::Env env = exports.Env();
  exports["version"] = Napi::Function::New<Version>(env);
  exports["listen"] = Napi::Function::New<Listen>(env);
  exports["hold"] = Napi::Function::New<Hold>(env);
  exports["release"] = Napi::Function::New<Release>(env);
  exports["openHub"] = Napi::Function::New<OpenHub>(env);
  exports["closeHub"] = Napi::Function::New<CloseHub>(env);
  exports["clockNow"] = Napi::Function::New<ClockNow>(env);
  exports["advanceClock"] = Napi::Function::New<AdvanceClock>(env);
}

}  // namespace careroute::nodejs
