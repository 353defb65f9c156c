// bindings/nodejs/native/addon.h: what is open in one thread of JavaScript.
//
// The main thread and each worker load the addon by themselves, and each has
// its own hubs. When such a thread ends, also by process.exit(), its hubs are
// closed as if it had closed them.
//
//   Addon& addon = Addon::Of(info.Env());
//   Ending* ending = addon.mailbox().BeginCall(id);

#ifndef CAREROUTE_BINDINGS_NODEJS_NATIVE_ADDON_H_
#define CAREROUTE_BINDINGS_NODEJS_NATIVE_ADDON_H_

#include <careroute/careroute.h>
#include <napi.h>

#include <functional>
#include <memory>
#include <set>

#include "bindings/nodejs/native/mailbox.h"

namespace careroute::nodejs {

// For the thread it belongs to.
class Addon {
 public:
  // The environment keeps it.
  [[nodiscard]] static Addon& Of(Napi::Env env) {
    return *env.GetInstanceData<Addon>();
  }

  // Before anything is started: who hears of endings.
  void Listen(const Napi::Function& listener);
  [[nodiscard]] Mailbox& mailbox() { return *mailbox_; }

  // Does what may wait on a thread of its own: `work` fills the ending, whose
  // id is the first argument. Starts nothing where an argument has thrown.
  static void RunApart(const Napi::CallbackInfo& info,
                       std::function<void(Ending& ending)> work);

  // What JavaScript gets of an ending besides bytes; notes what was opened.
  [[nodiscard]] Napi::Value ValueOf(Napi::Env env, const Ending& ending);
  [[nodiscard]] Napi::Value HandleOf(Napi::Env env, careroute_hub* hub);
  [[nodiscard]] Napi::Value HandleOf(Napi::Env env, careroute_watch* watch);

  // It is closed now, or will be by who forgets it.
  void Forget(careroute_hub* hub) { hubs_.erase(hub); }
  void Forget(careroute_watch* watch) { watches_.erase(watch); }
  void Forget(careroute_world* world) { worlds_.erase(world); }

 private:
  void CloseAll();

  const std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
  std::set<careroute_hub*> hubs_;
  std::set<careroute_watch*> watches_;
  std::set<careroute_world*> worlds_;
};

}  // namespace careroute::nodejs

#endif  // CAREROUTE_BINDINGS_NODEJS_NATIVE_ADDON_H_
