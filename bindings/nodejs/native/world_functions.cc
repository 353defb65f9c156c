// The test kit: worlds, and calls that run one while they wait.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bindings/nodejs/native/addon.h"
#include "bindings/nodejs/native/functions.h"
#include "bindings/nodejs/native/values.h"

namespace careroute::nodejs {
namespace {

void OpenWorld(const Napi::CallbackInfo& info) {
  Addon::RunApart(info, [config = BytesOf(info[1])](Ending& ending) {
    careroute_world_open(View(config), &ending.world, &ending.result);
  });
}

void CloseWorld(const Napi::CallbackInfo& info) {
  auto* const world = HandleIn<careroute_world>(info[1]);
  Addon::Of(info.Env()).Forget(world);
  Addon::RunApart(info, [world](Ending& ending) {
    careroute_world_close(world, &ending.result);
  });
}

Napi::Value WorldHub(const Napi::CallbackInfo& info) {
  const std::string id = TextOf(info[1]);
  if (info.Env().IsExceptionPending()) return info.Env().Undefined();
  careroute_hub* hub = nullptr;
  careroute_result result = {};
  if (careroute_world_hub(HandleIn<careroute_world>(info[0]), View(id), &hub,
                          &result) != CAREROUTE_OK) {
    return Throw(info.Env(), result);
  }
  careroute_result_free(&result);
  return Addon::Of(info.Env()).HandleOf(info.Env(), hub);
}

void RunWorld(const Napi::CallbackInfo& info) {
  auto* const world = HandleIn<careroute_world>(info[1]);
  Addon::RunApart(info, [world, by = MicrosecondsOf(info[2])](Ending& ending) {
    careroute_world_run(world, by, &ending.result);
  });
}

using WorldFunction = careroute_code (*)(careroute_world*, careroute_bytes,
                                         careroute_result*);

void AskWorld(const Napi::CallbackInfo& info, WorldFunction function,
              std::string bytes) {
  auto* const world = HandleIn<careroute_world>(info[1]);
  Addon::RunApart(info,
                  [world, function, bytes = std::move(bytes)](Ending& ending) {
                    function(world, View(bytes), &ending.result);
                  });
}

void CrashHub(const Napi::CallbackInfo& info) {
  AskWorld(info, careroute_world_crash, TextOf(info[2]));
}

void StartHub(const Napi::CallbackInfo& info) {
  AskWorld(info, careroute_world_start, TextOf(info[2]));
}

void SetNetwork(const Napi::CallbackInfo& info) {
  AskWorld(info, careroute_world_set_network, BytesOf(info[2]));
}

void CallWaiting(const Napi::CallbackInfo& info) {
  auto* const hub = HandleIn<careroute_hub>(info[1]);
  Addon::RunApart(info, [hub, own = OwnRequest(info, 2)](Ending& end) {
    const std::vector<careroute_pair> pairs = PairsOf(own.texts);
    const careroute_request request = {.method = View(own.method),
                                       .body = View(own.body),
                                       .metadata = pairs.data(),
                                       .metadata_count = pairs.size(),
                                       .timeout_us = own.timeout_us};
    careroute_call(hub, &request, &end.result);
  });
}

void NextWaiting(const Napi::CallbackInfo& info) {
  auto* const watch = HandleIn<careroute_watch>(info[1]);
  Addon::RunApart(info, [watch](Ending& ending) {
    careroute_watch_next(watch, CAREROUTE_FOREVER, &ending.result);
  });
}

}  // namespace

void AddWorldFunctions(Napi::Object& exports) {
  const Napi::Env env = exports.Env();
  exports["openWorld"] = Napi::Function::New<OpenWorld>(env);
  exports["closeWorld"] = Napi::Function::New<CloseWorld>(env);
  exports["worldHub"] = Napi::Function::New<WorldHub>(env);
  exports["runWorld"] = Napi::Function::New<RunWorld>(env);
  exports["crashHub"] = Napi::Function::New<CrashHub>(env);
  exports["startHub"] = Napi::Function::New<StartHub>(env);
  exports["setNetwork"] = Napi::Function::New<SetNetwork>(env);
  exports["callWaiting"] = Napi::Function::New<CallWaiting>(env);
  exports["nextWaiting"] = Napi::Function::New<NextWaiting>(env);
}

}  // namespace careroute::nodejs
