/* careroute.h: careroute inside a program of any language.
 *
 * A hub runs in this process, on SQLite or in memory, without a server: what
 * `careroute hub` serves is called here by name, with protobuf bytes in and
 * out. C11; the messages are those of proto/careroute/.
 *
 *   careroute_hub* hub = NULL;
 *   careroute_result result;
 *   if (careroute_hub_open(config, &hub, &result) != CAREROUTE_OK) { ... }
 *   careroute_request request = {
 *       .method = CAREROUTE_TEXT("careroute.api.v1.CaseService.ListCases"),
 *       .metadata = actor, .metadata_count = 4};
 *   careroute_call(hub, &request, &result);   // result.response: the reply
 *   careroute_result_free(&result);
 *   careroute_hub_close(hub, NULL);
 *
 * Errors. Every function that can fail returns a careroute_code, the canonical
 * codes of google.rpc. Where it takes a `result` it fills that too, whatever
 * was in it before: never pass one that still holds something. NULL is allowed:
 * then only the code is told. Nothing throws, aborts or sets errno. Besides
 * what is said at each function, all of them may answer
 *   INVALID_ARGUMENT     a null pointer, text that is not UTF-8, or more bytes
 *                        than a limit below; the message names the argument;
 *                        also a handle that is none, or of another kind;
 *   FAILED_PRECONDITION  a handle that was closed; a handle that was opened
 *                        before this process was forked; a function that waits,
 *                        called from within a callback;
 *   RESOURCE_EXHAUSTED   no memory.
 * A refusal of the hub is FAILED_PRECONDITION or PERMISSION_DENIED as at every
 * door, and `details` carries it: a serialised google.rpc.Status (the same as
 * careroute.api.v1.ErrorStatus) with a careroute.model.v1.Refusal.
 *
 * Ownership. What is passed in is copied before the function returns. Handles
 * are numbers in the shape of pointers and never dereferenced: each belongs to
 * whoever opened it, and is closed once; using it later is an error, not a
 * crash. What a result holds is freed with careroute_result_free, on any
 * thread, also after the hub was closed.
 *
 * Threads. A hub and its watches may be used from any number of threads at
 * once. One watch serves one reader at a time; cancelling is always allowed. A
 * callback runs once, on a thread of the hub or of whoever closes it, never
 * inside the function that started it (hubs of a world differ, see there). It
 * must not block: no function that waits, only the starting and cancelling
 * ones, and careroute_result_free. A world and the hubs in it are for one
 * thread at a time: a second one is answered FAILED_PRECONDITION and changes
 * nothing.
 *
 * Forks. A child of fork() has none of the hub's threads: handles of the parent
 * are refused in it, and it may open hubs of its own, but not the same file.
 *
 * One process. This library holds careroute's generated protobuf code; it must
 * be the only object in its process that does. C++ programs link the C++
 * libraries, never this one beside them. */

#ifndef CAREROUTE_BINDINGS_C_INCLUDE_CAREROUTE_H_
#define CAREROUTE_BINDINGS_C_INCLUDE_CAREROUTE_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CAREROUTE_BUILDING)
#define CAREROUTE_API __attribute__((visibility("default")))
#else
#define CAREROUTE_API
#endif

/* --- Values -------------------------------------------------------------- */

/* As in google.rpc.Code, with the same numbers. */
typedef enum careroute_code {
  CAREROUTE_OK = 0,
  CAREROUTE_CANCELLED = 1,
  CAREROUTE_UNKNOWN = 2,
  CAREROUTE_INVALID_ARGUMENT = 3,
  CAREROUTE_DEADLINE_EXCEEDED = 4,
  CAREROUTE_NOT_FOUND = 5,
  CAREROUTE_ALREADY_EXISTS = 6,
  CAREROUTE_PERMISSION_DENIED = 7,
  CAREROUTE_RESOURCE_EXHAUSTED = 8,
  CAREROUTE_FAILED_PRECONDITION = 9,
  CAREROUTE_ABORTED = 10,
  CAREROUTE_OUT_OF_RANGE = 11,
  CAREROUTE_UNIMPLEMENTED = 12,
  CAREROUTE_INTERNAL = 13,
  CAREROUTE_UNAVAILABLE = 14,
  CAREROUTE_DATA_LOSS = 15,
  CAREROUTE_UNAUTHENTICATED = 16
} careroute_code;

/* Limits of what is passed in. A request may have as many bytes as at the gRPC
 * door, a configuration as many as its file; the others are far beyond use. */
#define CAREROUTE_REQUEST_BYTES_MAX (16u << 20)
#define CAREROUTE_CONFIG_BYTES_MAX (1u << 20)
#define CAREROUTE_NAME_BYTES_MAX 256u
#define CAREROUTE_METADATA_PAIRS_MAX 64u
#define CAREROUTE_METADATA_BYTES_MAX (8u << 10) /* keys and values together */

/* Wait, however long it takes. Spans are microseconds of a monotonic clock;
 * below zero is INVALID_ARGUMENT. */
#define CAREROUTE_FOREVER INT64_MAX

/* Bytes somewhere: borrowed in arguments, owned by the result in results.
 * `data` may be NULL when `size` is 0. Text has no ending zero. */
typedef struct careroute_bytes {
  const void* data;
  size_t size;
} careroute_bytes;

/* The bytes of a string literal. */
#define CAREROUTE_TEXT(literal) \
  { (literal), sizeof(literal) - 1 }

/* A pair of request metadata; both UTF-8. */
typedef struct careroute_pair {
  careroute_bytes key;
  careroute_bytes value;
} careroute_pair;

/* What is asked of a hub. Fields that are zero have their default.
 *
 * In process nobody can prove who calls: this program holds the store and its
 * keys. So it names the actor itself, with the metadata that a hub in
 * development mode takes, which the directory must know:
 *   careroute-organisation  organisations/polyclinic-1
 *   careroute-member        organisations/polyclinic-1/members/ivanova
 *   careroute-role          coordinator
 *   careroute-purpose       care
 * Keys in lower case; pairs with another prefix are ignored. */
typedef struct careroute_request {
  /* Full name, such as "careroute.api.v1.CaseService.GetCase". */
  careroute_bytes method;
  careroute_bytes body; /* the serialised request message */
  const careroute_pair* metadata;
  size_t metadata_count;
  int64_t timeout_us; /* until nobody waits any more; 0 = CAREROUTE_FOREVER */
} careroute_request;

/* What came of it. Filled by the library; read it, then free it. */
typedef struct careroute_result {
  int32_t code;  /* a careroute_code */
  int32_t ended; /* of a watch: 1 = nothing comes any more, `code` says why */
  careroute_bytes response; /* serialised message; empty unless code is OK */
  careroute_bytes message;  /* what went wrong, in English; empty when OK */
  careroute_bytes details;  /* serialised google.rpc.Status; empty when OK */
  void* held;               /* of the library */
} careroute_result;

/* Called once, with what the context was when it was started. `result` itself
 * is gone when the callback returns; what it holds belongs to the callback,
 * which copies the struct to keep it, and frees it now or later. */
typedef void (*careroute_done)(void* context, careroute_result* result);

typedef struct careroute_hub careroute_hub;
typedef struct careroute_watch careroute_watch;
typedef struct careroute_world careroute_world;

/* --- The library --------------------------------------------------------- */

/* "0.1.0". Static, ends with a zero, never fails. */
CAREROUTE_API const char* careroute_version(void);

/* Frees what a result holds and makes it empty: a second time does nothing, as
 * does NULL. Never fails. */
CAREROUTE_API void careroute_result_free(careroute_result* result);

/* --- A hub --------------------------------------------------------------- */

/* Opens a hub from a serialised careroute.config.v1.EmbeddedConfig. Waits for
 * the store. Close `*hub` with careroute_hub_close.
 * INVALID_ARGUMENT lists in its details every field that is wrong, among them
 * those of a door (peers, tls, issuers, grpc_address): an embedded hub has
 * none. FAILED_PRECONDITION for a file that another process has open, and for
 * one with the other kind of clock; NOT_FOUND for a file whose key-ring is
 * gone. */
CAREROUTE_API careroute_code careroute_hub_open(careroute_bytes config,
                                                careroute_hub** hub,
                                                careroute_result* result);

/* Closes a hub. Takes no new calls; lets running ones end, for ten seconds at
 * most, and ends watches with UNAVAILABLE; makes the access log and a last
 * checkpoint durable; waits for all of it. The hub's watches stay to be closed.
 * The hub of a world is only let go: the world keeps it. */
CAREROUTE_API careroute_code careroute_hub_close(careroute_hub* hub,
                                                 careroute_result* result);

/* The methods this hub has: `response` is a serialised
 * careroute.config.v1.MethodList, by name. */
CAREROUTE_API careroute_code careroute_methods(careroute_hub* hub,
                                               careroute_result* result);

/* Calls a method and waits for its answer, in `response`. Whatever the hub
 * answers is the code: see the method. UNIMPLEMENTED for a name it does not
 * have, and for one that streams. DEADLINE_EXCEEDED when timeout_us is over:
 * the call may still have its effect, and a repeat with the same request_id
 * tells. UNAVAILABLE once the hub closes. */
CAREROUTE_API careroute_code careroute_call(careroute_hub* hub,
                                            const careroute_request* request,
                                            careroute_result* result);

/* The same without waiting. Unless OK is returned nothing was started, and
 * `done` is not called; otherwise it is called once. `*call` names the call for
 * careroute_call_cancel; NULL when nobody wants to cancel it. The callback may
 * come on its thread before this returns on yours. There is nothing
 * to close. */
CAREROUTE_API careroute_code careroute_call_start(
    careroute_hub* hub, const careroute_request* request, careroute_done done,
    void* context, uint64_t* call, careroute_result* result);

/* Nobody waits for that call any more: its callback gets CANCELLED soon. What
 * is durable by then stays. A call that is over, or never was, is no error. */
CAREROUTE_API careroute_code careroute_call_cancel(careroute_hub* hub,
                                                   uint64_t call,
                                                   careroute_result* result);

/* --- Watches ------------------------------------------------------------- */

/* Opens a method that streams. Does not wait: what is wrong with the request is
 * told by the first message. timeout_us of the request bounds the whole watch.
 * A reader that is slow holds up its own watch only. Close `*watch` with
 * careroute_watch_close. UNIMPLEMENTED for a name the hub does not have, and
 * for one that does not stream; RESOURCE_EXHAUSTED with 10,000 open. */
CAREROUTE_API careroute_code
careroute_watch_open(careroute_hub* hub, const careroute_request* request,
                     careroute_watch** watch, careroute_result* result);

/* Waits for the next message, in `response`. timeout_us: 0 = take what is
 * there; CAREROUTE_FOREVER. DEADLINE_EXCEEDED with `ended` 0 when none came in
 * time: ask again. With `ended` 1 the watch is over, OK or not, and every
 * further call says the same. FAILED_PRECONDITION while another reader waits.
 */
CAREROUTE_API careroute_code careroute_watch_next(careroute_watch* watch,
                                                  int64_t timeout_us,
                                                  careroute_result* result);

/* The same without waiting, and without a limit: cancel the watch to end it.
 * Unless OK is returned `done` is not called; otherwise it is called once. */
CAREROUTE_API careroute_code
careroute_watch_next_start(careroute_watch* watch, careroute_done done,
                           void* context, careroute_result* result);

/* Ends a watch from any thread: who waits for it gets CANCELLED with `ended` 1.
 * It stays open until it is closed. A second time does nothing. */
CAREROUTE_API careroute_code careroute_watch_cancel(careroute_watch* watch,
                                                    careroute_result* result);

/* Cancels it and lets it go. Does not wait; a callback that was started still
 * comes. Also after its hub was closed: that ends a watch and leaves it to be
 * closed, and whoever asks for its next message is answered UNAVAILABLE with
 * `ended` 1 at once. */
CAREROUTE_API careroute_code careroute_watch_close(careroute_watch* watch,
                                                   careroute_result* result);

/* --- Time ---------------------------------------------------------------- */

/* The hub's time, in microseconds since 1970 in UTC. */
CAREROUTE_API careroute_code careroute_clock_now(careroute_hub* hub,
                                                 int64_t* now_us,
                                                 careroute_result* result);

/* Moves a virtual clock on by that much, at most 100 years; what falls due on
 * the way has happened, each at its own time, when it returns. By nothing it
 * delivers what waits between cases: between moves nothing happens by itself.
 * Waits. In a world it is careroute_world_run. FAILED_PRECONDITION for a hub on
 * a real clock. */
CAREROUTE_API careroute_code careroute_clock_advance(careroute_hub* hub,
                                                     int64_t by_us,
                                                     careroute_result* result);

/* --- The test kit: several hubs and their troubles ------------------------ */

/* Hubs of production code with a simulated network and simulated disks, on one
 * virtual clock, from a serialised careroute.testing.v1.WorldConfig. The same
 * seed and the same calls give the same course. Its hubs know each other and
 * hold the configured organisations and pathways. Nothing happens between two
 * functions: a call and a watch's next run the world until they are answered,
 * and spans are its time: after a minute at most DEADLINE_EXCEEDED tells that
 * nobody answered. The starting functions do so as well: their callback has run
 * when they return. Close with careroute_world_close.
 * INVALID_ARGUMENT lists every field that is wrong. */
CAREROUTE_API careroute_code careroute_world_open(careroute_bytes config,
                                                  careroute_world** world,
                                                  careroute_result* result);

/* The world and all its hubs are gone; handles of its hubs and their watches
 * are refused from then on. */
CAREROUTE_API careroute_code careroute_world_close(careroute_world* world,
                                                   careroute_result* result);

/* A hub of the world by its id, to be used as any other hub, also while it is
 * down (UNAVAILABLE) and after it was started again. Let it go with
 * careroute_hub_close, or with the world. NOT_FOUND for another id. */
CAREROUTE_API careroute_code careroute_world_hub(careroute_world* world,
                                                 careroute_bytes id,
                                                 careroute_hub** hub,
                                                 careroute_result* result);

/* Lets time pass in the whole world, at most ten years: timers fire, batches
 * travel. */
CAREROUTE_API careroute_code careroute_world_run(careroute_world* world,
                                                 int64_t by_us,
                                                 careroute_result* result);

/* kill -9 and a power loss: what the hub had not synced is lost, its watches
 * end with UNAVAILABLE. NOT_FOUND for another id; FAILED_PRECONDITION when it
 * is down already. */
CAREROUTE_API careroute_code careroute_world_crash(careroute_world* world,
                                                   careroute_bytes id,
                                                   careroute_result* result);

/* Starts a hub that crashed, from what its disk has. NOT_FOUND for another id;
 * FAILED_PRECONDITION when it runs. */
CAREROUTE_API careroute_code careroute_world_start(careroute_world* world,
                                                   careroute_bytes id,
                                                   careroute_result* result);

/* What the network does to messages from now on: a serialised
 * careroute.testing.v1.NetworkFaults, which replaces the one before. Empty
 * bytes mend it all. INVALID_ARGUMENT lists every field that is wrong, and
 * names hubs that the world does not have. */
CAREROUTE_API careroute_code careroute_world_set_network(
    careroute_world* world, careroute_bytes faults, careroute_result* result);

#ifdef __cplusplus
}
#endif

#endif /* CAREROUTE_BINDINGS_C_INCLUDE_CAREROUTE_H_ */
