/* Nothing that comes in may crash, hang or stop the program: random bytes, text
 * that is none, sizes and pointers that lie, handles that were never given.
 *
 *   hostile_test [SEED [ROUNDS]]     a seed plays the same again */

#include <inttypes.h>

#include "bindings/c/tests/sample.h"

static uint64_t state = 0;

/* SplitMix64: the same on every machine. */
static uint64_t draw(void) {
  uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static uint64_t below(uint64_t bound) { return draw() % bound; }

/* Bytes of some length up to `max`, now and then with a size that is far too
 * large for anything to read it. */
static unsigned char junk[8192];
static careroute_bytes some_bytes(size_t max) {
  careroute_bytes bytes = {junk, below(max + 1)};
  switch (below(8)) {
    case 0:
      bytes.data = NULL;
      break;
    case 1:
      bytes.size = (size_t)1 << (30 + below(33));
      break;
    case 2:
      for (size_t i = 0; i < bytes.size; ++i) junk[i] = (unsigned char)draw();
      break;
    case 3: /* text that ends in the middle of a letter */
      memset(junk, 'x', sizeof(junk));
      if (bytes.size > 0) junk[bytes.size - 1] = 0xd0;
      break;
    default: /* what might be fields */
      for (size_t i = 0; i < bytes.size; ++i) {
        junk[i] = (unsigned char)(below(4) == 0 ? below(256) : below(24));
      }
  }
  return bytes;
}

static const char* const methods[] = {
    SAMPLE_GET_CLOCK,
    SAMPLE_LIST_PEERS,
    SAMPLE_WATCH_CASES,
    "careroute.api.v1.CaseService.ReportNeed",
    "careroute.api.v1.CaseService.GetCase",
    "careroute.api.v1.CaseService.WatchCase",
    "careroute.api.v1.DirectoryService.ImportDirectory",
    "careroute.api.v1.PathwayService.ListPathways",
    "careroute.api.v1.ReferralService.WatchReferrals",
    "careroute.api.v1.RegistryService.FindPersons",
    "careroute.exchange.v1.ExchangeService.Deliver",
    "",
    "\xff\xfe",
    "a.method.that.nobody.has"};
#define METHODS (sizeof(methods) / sizeof(methods[0]))

static careroute_pair pairs[80];
static careroute_request some_request(void) {
  careroute_request request = sample_request(methods[below(METHODS)]);
  request.body = some_bytes(512);
  /* Never below zero alone: a watch that nobody ends would wait. */
  request.timeout_us =
      below(4) == 0 ? -(int64_t)below(100) : (int64_t)below(2000) + 1;
  switch (below(6)) {
    case 0:
      request.metadata = NULL;
      break;
    case 1:
      request.metadata = pairs;
      request.metadata_count = below(80);
      for (size_t i = 0; i < request.metadata_count; ++i) {
        pairs[i].key = text("careroute-role");
        pairs[i].value = some_bytes(16);
      }
      break;
    case 2:
      request.metadata_count = (size_t)1 << (8 + below(50));
      break;
    default:
      break;
  }
  if (below(16) == 0) request.method = some_bytes(300);
  return request;
}

/* Every answer has the shape that the header promises. */
static void hold(careroute_code code, careroute_result* result) {
  CHECK(code >= CAREROUTE_OK && code <= CAREROUTE_UNAUTHENTICATED);
  CHECK(result->code == (int32_t)code);
  CHECK(code == CAREROUTE_OK || result->response.size == 0);
  CHECK(code != CAREROUTE_OK || result->message.size == 0);
  CHECK(code == CAREROUTE_OK || result->message.size > 0);
  CHECK(result->message.size == 0 || result->message.data != NULL);
  CHECK(result->response.size == 0 || result->response.data != NULL);
  careroute_result_free(result);
  CHECK(result->held == NULL);
}

static void* some_handle(void* good) {
  switch (below(5)) {
    case 0:
      return NULL;
    case 1:
      return (void*)(uintptr_t)draw();
    case 2:
      return (void*)(uintptr_t)below(64);
    default:
      return good;
  }
}

static void ask(careroute_hub* good) {
  careroute_result result;
  careroute_hub* const hub = some_handle(good);
  const careroute_request request = some_request();
  memset(&result, (int)below(256), sizeof(result)); /* whatever was in it */
  hold(careroute_call(hub, below(10) == 0 ? NULL : &request, &result), &result);
}

static void drop(void* context, careroute_result* result) {
  (void)context;
  careroute_result_free(result);
}

static void start(careroute_hub* good) {
  careroute_result result;
  uint64_t call = 0;
  const careroute_request request = some_request();
  const careroute_code code = careroute_call_start(
      some_handle(good), &request, below(8) == 0 ? NULL : drop, NULL,
      below(2) == 0 ? NULL : &call, &result);
  hold(code, &result);
  hold(careroute_call_cancel(good, below(2) == 0 ? call : draw(), &result),
       &result);
}

static void watch(careroute_hub* good) {
  careroute_watch* opened = NULL;
  careroute_result result;
  const careroute_request request = some_request();
  hold(careroute_watch_open(some_handle(good), &request,
                            below(8) == 0 ? NULL : &opened, &result),
       &result);
  hold(
      careroute_watch_next(some_handle(opened), (int64_t)below(3) - 1, &result),
      &result);
  if (below(2) == 0) {
    hold(careroute_watch_next_start(opened, drop, NULL, &result), &result);
  }
  if (below(2) == 0) {
    hold(careroute_watch_cancel(some_handle(opened), &result), &result);
  }
  hold(careroute_watch_close(opened, &result), &result);
}

static void open_nonsense(void) {
  careroute_hub* hub = NULL;
  careroute_world* world = NULL;
  careroute_result result;
  careroute_code code = careroute_hub_open(some_bytes(200), &hub, &result);
  hold(code, &result);
  if (code == CAREROUTE_OK) hold(careroute_hub_close(hub, &result), &result);
  code = careroute_world_open(some_bytes(200), &world, &result);
  hold(code, &result);
  if (code == CAREROUTE_OK) {
    hold(careroute_world_close(world, &result), &result);
  }
}

static void trouble(careroute_world* good) {
  careroute_result result;
  careroute_hub* hub = NULL;
  careroute_world* const world = some_handle(good);
  hold(careroute_world_hub(world, some_bytes(8), &hub, &result), &result);
  hold(careroute_world_set_network(world, some_bytes(64), &result), &result);
  hold(careroute_world_run(world, (int64_t)below(2000) - 100, &result),
       &result);
  hold(careroute_world_crash(world, some_bytes(8), &result), &result);
  hold(careroute_world_start(world, some_bytes(8), &result), &result);
}

static careroute_world* some_world(void) {
  wire hub = {{0}, 0};
  wire config = {{0}, 0};
  careroute_world* world = NULL;
  wire_text(&hub, 1, "west");
  wire_message(&config, 5, &hub);
  CHECK(careroute_world_open(wire_view(&config), &world, NULL) == CAREROUTE_OK);
  return world;
}

int main(int count, char** words) {
  const uint64_t seed =
      count > 1 ? strtoull(words[1], NULL, 10) : 1;
  const uint64_t rounds = count > 2 ? strtoull(words[2], NULL, 10) : 2000;
  careroute_hub* const hub = sample_hub("");
  careroute_world* const world = some_world();
  printf("seed %" PRIu64 ", %" PRIu64 " rounds\n", seed, rounds);
  fflush(stdout);
  state = seed;
  careroute_result_free(NULL);
  for (uint64_t round = 0; round < rounds; ++round) {
    ask(hub);
    start(hub);
    watch(hub);
    trouble(world);
    if (round % 50 == 0) open_nonsense();
  }
  CHECK(careroute_clock_now(hub, NULL, NULL) == CAREROUTE_INVALID_ARGUMENT);
  CHECK(careroute_hub_open(text(""), NULL, NULL) == CAREROUTE_INVALID_ARGUMENT);
  CHECK(careroute_world_close(world, NULL) == CAREROUTE_OK);
  CHECK(careroute_hub_close(hub, NULL) == CAREROUTE_OK);
  return 0;
}
