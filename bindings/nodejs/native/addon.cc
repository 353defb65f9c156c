#include "bindings/nodejs/native/addon.h"

#include <system_error>
#include <thread>
#include <utility>

#include "bindings/nodejs/native/functions.h"
#include "bindings/nodejs/native/values.h"

namespace careroute::nodejs {

void Addon::Listen(const Napi::Function& listener) {
  if (!mailbox_->Listen(listener)) return;
  // After the bell was made: the newest hook runs first, and this one must run
  // before the environment takes the bell away.
  listener.Env().AddCleanupHook([](Addon* addon) { addon->CloseAll(); }, this);
}

void Addon::RunApart(const Napi::CallbackInfo& info,
                     std::function<void(Ending&)> work) {
  // JavaScript hears of what was thrown, and of no ending besides.
  if (info.Env().IsExceptionPending()) return;
  Ending* const ending = Of(info.Env()).mailbox().BeginErrand(IdOf(info[0]));
  try {
    std::thread([ending, work = std::move(work)] {
      work(*ending);
      Mailbox::Post(ending);
    }).detach();
  } catch (const std::system_error&) {
    ending->result.code = CAREROUTE_RESOURCE_EXHAUSTED;
    Mailbox::Post(ending);
  }
}

Napi::Value Addon::HandleOf(Napi::Env env, careroute_hub* hub) {
  hubs_.insert(hub);
  return Napi::External<careroute_hub>::New(env, hub);
}

Napi::Value Addon::HandleOf(Napi::Env env, careroute_watch* watch) {
  watches_.insert(watch);
  return Napi::External<careroute_watch>::New(env, watch);
}

Napi::Value Addon::ValueOf(Napi::Env env, const Ending& ending) {
  if (ending.hub != nullptr) return HandleOf(env, ending.hub);
  if (ending.world != nullptr) {
    worlds_.insert(ending.world);
    return Napi::External<careroute_world>::New(env, ending.world);
  }
  return Napi::Boolean::New(env, ending.result.ended != 0);
}

void Addon::CloseAll() {
  // A world is for one thread at a time, and a hub being closed has its calls.
  mailbox_->AwaitErrands();
  for (careroute_watch* const watch : watches_) {
    careroute_watch_close(watch, nullptr);
  }
  for (careroute_hub* const hub : hubs_) careroute_hub_close(hub, nullptr);
  for (careroute_world* const world : worlds_) {
    careroute_world_close(world, nullptr);
  }
  mailbox_->AwaitCalls();
  mailbox_->Close();
}

namespace {

Napi::Object Load(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Addon);
  AddHubFunctions(exports);
  AddCallFunctions(exports);
  AddWorldFunctions(exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(careroute_node, Load)

}  // namespace careroute::nodejs
