// Calls and watches.

#include <memory>
#include <string>

#include "bindings/nodejs/native/addon.h"
#include "bindings/nodejs/native/functions.h"
#include "bindings/nodejs/native/values.h"

namespace careroute::nodejs {
namespace {

Napi::Value MakeCaller(const Napi::CallbackInfo& info) {
  auto caller = std::make_unique<Caller>();
  for (size_t i = 0; i < info.Length(); ++i) {
    caller->texts.push_back(TextOf(info[i]));
  }
  caller->pairs = PairsOf(caller->texts);
  return Napi::External<Caller>::New(
      info.Env(), caller.release(),
      [](Napi::Env, Caller* gone) { delete gone; });
}

// Nothing was started: the reason goes the way of every ending.
void PostUnstarted(Ending* ending, const careroute_result& result) {
  ending->result = result;
  Mailbox::Post(ending);
}

Napi::Value Call(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const bool cancellable = info[2].ToBoolean();
  const Request request(info, 3);
  if (env.IsExceptionPending()) return env.Undefined();
  Ending* const ending = Addon::Of(env).mailbox().BeginCall(IdOf(info[0]));
  uint64_t call = 0;
  careroute_result result = {};
  const careroute_code code = careroute_call_start(
      HandleIn<careroute_hub>(info[1]), &request.get(), Mailbox::PostDone,
      ending, cancellable ? &call : nullptr, &result);
  if (code != CAREROUTE_OK) {
    PostUnstarted(ending, result);
    return env.Undefined();
  }
  careroute_result_free(&result);
  if (!cancellable) return env.Undefined();
  return Napi::BigInt::New(env, call);
}

void CancelCall(const Napi::CallbackInfo& info) {
  bool lossless = false;
  const uint64_t call = info[1].As<Napi::BigInt>().Uint64Value(&lossless);
  careroute_call_cancel(HandleIn<careroute_hub>(info[0]), call, nullptr);
}

Napi::Value OpenWatch(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Request request(info, 1);
  if (env.IsExceptionPending()) return env.Undefined();
  careroute_watch* watch = nullptr;
  careroute_result result = {};
  if (careroute_watch_open(HandleIn<careroute_hub>(info[0]), &request.get(),
                           &watch, &result) != CAREROUTE_OK) {
    return Throw(env, result);
  }
  careroute_result_free(&result);
  return Addon::Of(env).HandleOf(env, watch);
}

void Next(const Napi::CallbackInfo& info) {
  Ending* const ending =
      Addon::Of(info.Env()).mailbox().BeginCall(IdOf(info[0]));
  careroute_result result = {};
  if (careroute_watch_next_start(HandleIn<careroute_watch>(info[1]),
                                 Mailbox::PostDone, ending,
                                 &result) != CAREROUTE_OK) {
    return PostUnstarted(ending, result);
  }
  careroute_result_free(&result);
}

void CloseWatch(const Napi::CallbackInfo& info) {
  auto* const watch = HandleIn<careroute_watch>(info[0]);
  Addon::Of(info.Env()).Forget(watch);
  careroute_watch_close(watch, nullptr);
}

}  // namespace

void AddCallFunctions(Napi::Object& exports) {
  const Napi::Env env = exports.Env();
  exports["caller"] = Napi::Function::New<MakeCaller>(env);
  exports["call"] = Napi::Function::New<Call>(env);
  exports["cancelCall"] = Napi::Function::New<CancelCall>(env);
  exports["openWatch"] = Napi::Function::New<OpenWatch>(env);
  exports["next"] = Napi::Function::New<Next>(env);
  exports["closeWatch"] = Napi::Function::New<CloseWatch>(env);
}

}  // namespace careroute::nodejs
