#include "bindings/nodejs/native/mailbox.h"

#include "bindings/nodejs/native/addon.h"
#include "bindings/nodejs/native/values.h"

namespace careroute::nodejs {

bool Mailbox::Listen(const Napi::Function& listener) {
  if (listening_) return false;
  // The queue stays short: an empty box rings once.
  constexpr size_t kUnbounded = 0;
  bell_ = Bell::New(listener.Env(), listener, "careroute", kUnbounded, 1, this);
  listening_ = true;
  // An idle hub keeps no process alive.
  bell_.Unref(listener.Env());
  return true;
}

void Mailbox::Hold(Napi::Env env, bool hold) {
  if (!listening_) return;
  if (hold) {
    bell_.Ref(env);
  } else {
    bell_.Unref(env);
  }
}

Ending* Mailbox::Begin(uint32_t id, std::atomic<int>& counter) {
  counter.fetch_add(1, std::memory_order_relaxed);
  auto* ending = new Ending;
  ending->id = id;
  ending->mailbox = shared_from_this();
  ending->counter = &counter;
  return ending;
}

void Mailbox::Post(Ending* ending) {
  // Once it is in the box, JavaScript may take it.
  const std::shared_ptr<Mailbox> mailbox = ending->mailbox;
  std::atomic<int>& counter = *ending->counter;
  Ending* before = mailbox->newest_.load(std::memory_order_relaxed);
  do {
    ending->next = before;
  } while (!mailbox->newest_.compare_exchange_weak(
      before, ending, std::memory_order_release, std::memory_order_relaxed));
  if (before == nullptr) mailbox->bell_.NonBlockingCall();
  // Last, since who awaits it lets the bell go.
  counter.fetch_sub(1, std::memory_order_release);
  counter.notify_all();
}

void Mailbox::PostDone(void* context, careroute_result* result) {
  auto* ending = static_cast<Ending*>(context);
  ending->result = *result;  // and what it holds
  Post(ending);
}

void Mailbox::Await(const std::atomic<int>& counter) {
  int count = counter.load(std::memory_order_acquire);
  while (count != 0) {
    counter.wait(count, std::memory_order_acquire);
    count = counter.load(std::memory_order_acquire);
  }
}

Ending* Mailbox::TakeAll() {
  Ending* newest = newest_.exchange(nullptr, std::memory_order_acquire);
  Ending* oldest = nullptr;
  while (newest != nullptr) {
    Ending* const before = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = before;
  }
  return oldest;
}

void Mailbox::Close() {
  for (Ending* one = TakeAll(); one != nullptr;) {
    const std::unique_ptr<Ending> ending(one);
    one = ending->next;
    if (ending->hub != nullptr) careroute_hub_close(ending->hub, nullptr);
    if (ending->world != nullptr) careroute_world_close(ending->world, nullptr);
    careroute_result_free(&ending->result);
  }
  if (listening_) bell_.Abort();
  listening_ = false;
}

void Mailbox::Ring(Napi::Env env, Napi::Function listener, Mailbox* mailbox,
                   void* /*nothing*/) {
  // Without an environment the bell is only being let go.
  if (env != nullptr) mailbox->Deliver(env, listener);
}

void Mailbox::Deliver(Napi::Env env, const Napi::Function& listener) {
  Ending* one = TakeAll();
  if (one == nullptr) return;
  Napi::Array batch = Napi::Array::New(env);
  uint32_t at = 0;
  while (one != nullptr) {
    const std::unique_ptr<Ending> ending(one);
    one = ending->next;
    careroute_result& result = ending->result;
    const bool answered = result.code == CAREROUTE_OK;
    batch.Set(at++, Napi::Number::New(env, ending->id));
    batch.Set(at++, Napi::Number::New(env, result.code));
    batch.Set(at++, CopyOf(env, answered ? result.response : result.details));
    batch.Set(at++, Addon::Of(env).ValueOf(env, *ending));
    careroute_result_free(&result);
  }
  listener.Call({batch});
}

}  // namespace careroute::nodejs
