// bindings/nodejs/native/mailbox.h: what ended on other threads, for
// JavaScript.
//
// A hub answers on its own threads; JavaScript has one. Every ending is put
// into this box, and the first one in an empty box rings: so JavaScript is
// called once for all that has ended meanwhile.
//
//   Ending* ending = mailbox->BeginCall(id);
//   careroute_call_start(hub, &request, Mailbox::PostDone, ending, ...);

#ifndef CAREROUTE_BINDINGS_NODEJS_NATIVE_MAILBOX_H_
#define CAREROUTE_BINDINGS_NODEJS_NATIVE_MAILBOX_H_

#include <careroute/careroute.h>
#include <napi.h>

#include <atomic>
#include <cstdint>
#include <memory>

namespace careroute::nodejs {

class Mailbox;

// What came of one thing that JavaScript knows by `id`.
struct Ending {
  uint32_t id = 0;
  careroute_result result = {};
  // What was opened, if anything: one of them.
  careroute_hub* hub = nullptr;
  careroute_world* world = nullptr;

  std::shared_ptr<Mailbox> mailbox;
  // Counts it while it is under way.
  std::atomic<int>* counter = nullptr;
  Ending* next = nullptr;
};

// One for each thread of JavaScript. Begin and Deliver are for that thread,
// Post for any. Endings belong to the box from Begin to Deliver.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
 public:
  // `listener` gets an array of four elements an ending: see src/native.ts.
  // False when somebody listens already.
  bool Listen(const Napi::Function& listener);
  // Whether waiting for endings keeps the process alive.
  void Hold(Napi::Env env, bool hold);

  // Of what a thread of a hub will end, and of what a thread of our own will.
  [[nodiscard]] Ending* BeginCall(uint32_t id) { return Begin(id, calls_); }
  [[nodiscard]] Ending* BeginErrand(uint32_t id) { return Begin(id, errands_); }

  // Takes the ending. It must not be touched afterwards.
  static void Post(Ending* ending);
  // The same as a careroute_done, whose context is the ending.
  static void PostDone(void* ending, careroute_result* result);

  // For the end of the environment: nobody rings any more when `AwaitCalls` has
  // returned; hubs are closed in between, which ends their calls.
  void AwaitErrands() { Await(errands_); }
  void AwaitCalls() { Await(calls_); }
  // Frees what JavaScript was not told, and lets the bell go.
  void Close();

 private:
  static void Ring(Napi::Env env, Napi::Function listener, Mailbox* mailbox,
                   void* nothing);
  using Bell = Napi::TypedThreadSafeFunction<Mailbox, void, &Mailbox::Ring>;

  Ending* Begin(uint32_t id, std::atomic<int>& counter);
  static void Await(const std::atomic<int>& counter);
  // All that is in the box, oldest first.
  Ending* TakeAll();
  void Deliver(Napi::Env env, const Napi::Function& listener);

  Bell bell_;
  bool listening_ = false;
  std::atomic<int> calls_{0};
  std::atomic<int> errands_{0};
  // Newest first, linked by `next`.
  std::atomic<Ending*> newest_{nullptr};
};

}  // namespace careroute::nodejs

#endif  // CAREROUTE_BINDINGS_NODEJS_NATIVE_MAILBOX_H_
