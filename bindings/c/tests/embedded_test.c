/* A hub inside a C program: opened, asked, watched, moved in time, closed. */

#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bindings/c/tests/sample.h"

/* What a callback was told; one a call. */
typedef struct told {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int times;
  careroute_result result;
} told;

#define TOLD_NOTHING                                              \
  {                                                               \
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, { 0 } \
  }

static void tell(void* context, careroute_result* result) {
  told* const to = context;
  pthread_mutex_lock(&to->mutex);
  careroute_result_free(&to->result);
  to->result = *result;
  ++to->times;
  pthread_cond_broadcast(&to->changed);
  pthread_mutex_unlock(&to->mutex);
}

static void wait_until_told(told* from) {
  pthread_mutex_lock(&from->mutex);
  while (from->times == 0) pthread_cond_wait(&from->changed, &from->mutex);
  pthread_mutex_unlock(&from->mutex);
}

static void answers_what_is_asked(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_request request = sample_request(SAMPLE_GET_CLOCK);
  careroute_result result;
  wire expected = {{0}, 0};
  wire time = {{0}, 0};
  wire_number(&time, 1, SAMPLE_START_SECONDS);
  wire_message(&expected, 1, &time);
  CHECK(careroute_call(hub, &request, &result) == CAREROUTE_OK);
  CHECK(result.response.size == expected.size);
  CHECK(memcmp(result.response.data, expected.data, expected.size) == 0);
  CHECK(result.message.size == 0 && result.details.size == 0);
  careroute_result_free(&result);
  CHECK(result.response.data == NULL);
  careroute_result_free(&result); /* a second time does nothing */
  CHECK(careroute_hub_close(hub, NULL) == CAREROUTE_OK);
}

static void says_what_is_wrong(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_request request = sample_request("careroute.api.v1.No.Method");
  careroute_result result;
  careroute_call(hub, &request, &result);
  CHECK_CODE(result, CAREROUTE_UNIMPLEMENTED);
  CHECK(says(&result, "careroute.api.v1.No.Method"));
  careroute_result_free(&result);
  request = sample_request(SAMPLE_WATCH_CASES);
  careroute_call(hub, &request, &result);
  CHECK_CODE(result, CAREROUTE_UNIMPLEMENTED);
  CHECK(says(&result, "careroute_watch_open"));
  careroute_result_free(&result);
  request = sample_request(SAMPLE_LIST_PEERS);
  request.metadata_count = 0;
  careroute_call(hub, &request, &result);
  CHECK_CODE(result, CAREROUTE_UNAUTHENTICATED);
  CHECK(result.details.size > 0 && result.response.size == 0);
  careroute_result_free(&result);
  CHECK(careroute_hub_close(hub, NULL) == CAREROUTE_OK);
}

static void lists_its_methods(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_result result;
  careroute_methods(hub, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  CHECK(result.response.size > 1000);
  careroute_result_free(&result);
  careroute_hub_close(hub, NULL);
}

static void moves_its_clock(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_result result;
  int64_t now = 0;
  CHECK(careroute_clock_now(hub, &now, NULL) == CAREROUTE_OK);
  CHECK(now == SAMPLE_START_SECONDS * INT64_C(1000000));
  careroute_clock_advance(hub, INT64_C(90000000), &result);
  CHECK_CODE(result, CAREROUTE_OK);
  careroute_result_free(&result);
  CHECK(careroute_clock_now(hub, &now, NULL) == CAREROUTE_OK);
  CHECK(now == (SAMPLE_START_SECONDS + 90) * INT64_C(1000000));
  CHECK(careroute_clock_advance(hub, -1, NULL) == CAREROUTE_INVALID_ARGUMENT);
  CHECK(careroute_clock_advance(hub, CAREROUTE_FOREVER, NULL) ==
        CAREROUTE_INVALID_ARGUMENT);
  careroute_hub_close(hub, NULL);
}

static void a_real_clock_is_not_moved(void) {
  const careroute_bytes defaults = {NULL, 0};
  careroute_hub* hub = NULL;
  careroute_result result;
  CHECK(careroute_hub_open(defaults, &hub, NULL) == CAREROUTE_OK);
  careroute_clock_advance(hub, 1, &result);
  CHECK_CODE(result, CAREROUTE_FAILED_PRECONDITION);
  CHECK(says(&result, "virtual_start_time"));
  careroute_result_free(&result);
  careroute_hub_close(hub, NULL);
}

static void answers_a_callback_once(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_request request = sample_request(SAMPLE_GET_CLOCK);
  told answer = TOLD_NOTHING;
  uint64_t call = 0;
  careroute_result result;
  careroute_call_start(hub, &request, tell, &answer, &call, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  CHECK(call != 0);
  wait_until_told(&answer);
  CHECK_CODE(answer.result, CAREROUTE_OK);
  CHECK(answer.result.response.size > 0);
  /* What is over is cancelled without effect. */
  CHECK(careroute_call_cancel(hub, call, NULL) == CAREROUTE_OK);
  CHECK(careroute_call_cancel(hub, 12345, NULL) == CAREROUTE_OK);
  careroute_hub_close(hub, NULL);
  CHECK(answer.times == 1);
  careroute_result_free(&answer.result);
}

static void starts_nothing_that_it_refuses(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_request request = sample_request("no.such.Method");
  told answer = TOLD_NOTHING;
  CHECK(careroute_call_start(hub, &request, tell, &answer, NULL, NULL) ==
        CAREROUTE_UNIMPLEMENTED);
  request = sample_request(SAMPLE_GET_CLOCK);
  CHECK(careroute_call_start(hub, &request, NULL, &answer, NULL, NULL) ==
        CAREROUTE_INVALID_ARGUMENT);
  careroute_hub_close(hub, NULL);
  CHECK(careroute_call_start(hub, &request, tell, &answer, NULL, NULL) ==
        CAREROUTE_FAILED_PRECONDITION);
  CHECK(answer.times == 0);
}

/* In a callback: waits, which is refused; then tells. */
static careroute_hub* waited_for = NULL;
static careroute_code waited = CAREROUTE_OK;
static void wait_inside(void* context, careroute_result* result) {
  const careroute_request request = sample_request(SAMPLE_GET_CLOCK);
  waited = careroute_call(waited_for, &request, NULL);
  tell(context, result);
}

static void a_callback_must_not_wait(void) {
  careroute_request request = sample_request(SAMPLE_GET_CLOCK);
  told answer = TOLD_NOTHING;
  waited_for = sample_hub("");
  CHECK(careroute_call_start(waited_for, &request, wait_inside, &answer, NULL,
                             NULL) == CAREROUTE_OK);
  wait_until_told(&answer);
  CHECK(waited == CAREROUTE_FAILED_PRECONDITION);
  careroute_hub_close(waited_for, NULL);
  careroute_result_free(&answer.result);
}

static careroute_watch* sample_watch(careroute_hub* hub) {
  careroute_request request = sample_request(SAMPLE_WATCH_CASES);
  careroute_watch* watch = NULL;
  careroute_result result;
  sample_as_coordinator(&request);
  careroute_watch_open(hub, &request, &watch, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  careroute_result_free(&result);
  return watch;
}

static void a_watch_waits_and_is_cancelled(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_watch* watch = NULL;
  careroute_result result;
  told answer = TOLD_NOTHING;
  sample_import(hub, "organisations/clinic");
  watch = sample_watch(hub);
  careroute_watch_next(watch, 1000, &result);
  CHECK_CODE(result, CAREROUTE_DEADLINE_EXCEEDED);
  CHECK(result.ended == 0);
  careroute_result_free(&result);
  CHECK(careroute_watch_next_start(watch, tell, &answer, NULL) == CAREROUTE_OK);
  /* One reader at a time. */
  CHECK(careroute_watch_next(watch, 0, NULL) == CAREROUTE_FAILED_PRECONDITION);
  CHECK(careroute_watch_next_start(watch, tell, &answer, NULL) ==
        CAREROUTE_FAILED_PRECONDITION);
  CHECK(careroute_watch_cancel(watch, NULL) == CAREROUTE_OK);
  wait_until_told(&answer);
  CHECK_CODE(answer.result, CAREROUTE_CANCELLED);
  CHECK(answer.result.ended == 1);
  careroute_watch_next(watch, CAREROUTE_FOREVER, &result);
  CHECK_CODE(result, CAREROUTE_CANCELLED);
  CHECK(result.ended == 1);
  careroute_result_free(&result);
  CHECK(careroute_watch_close(watch, NULL) == CAREROUTE_OK);
  CHECK(careroute_watch_close(watch, NULL) == CAREROUTE_FAILED_PRECONDITION);
  careroute_hub_close(hub, NULL);
  CHECK(answer.times == 1);
  careroute_result_free(&answer.result);
}

static void a_watch_tells_what_is_wrong_with_its_request(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_request request = sample_request(SAMPLE_WATCH_CASES);
  careroute_watch* watch = NULL;
  careroute_result result;
  CHECK(careroute_watch_open(hub, &request, &watch, NULL) == CAREROUTE_OK);
  careroute_watch_next(watch, CAREROUTE_FOREVER, &result);
  CHECK_CODE(result, CAREROUTE_PERMISSION_DENIED); /* an administrator */
  CHECK(result.ended == 1 && result.details.size > 0);
  careroute_result_free(&result);
  careroute_watch_close(watch, NULL);
  careroute_hub_close(hub, NULL);
}

static void closing_the_hub_ends_its_watches(void) {
  careroute_hub* const hub = sample_hub("");
  careroute_watch* watch = NULL;
  careroute_result result;
  told answer = TOLD_NOTHING;
  sample_import(hub, "organisations/clinic");
  watch = sample_watch(hub);
  CHECK(careroute_watch_next_start(watch, tell, &answer, NULL) == CAREROUTE_OK);
  CHECK(careroute_hub_close(hub, NULL) == CAREROUTE_OK);
  wait_until_told(&answer);
  CHECK_CODE(answer.result, CAREROUTE_UNAVAILABLE);
  CHECK(answer.result.ended == 1);
  careroute_watch_next_start(watch, tell, &answer, &result);
  CHECK_CODE(result, CAREROUTE_UNAVAILABLE);
  CHECK(result.ended == 1);
  careroute_result_free(&result);
  CHECK(careroute_watch_close(watch, NULL) == CAREROUTE_OK);
  CHECK(answer.times == 1);
  careroute_result_free(&answer.result);
}

static void handles_are_told_apart(void) {
  careroute_hub* const hub = sample_hub("");
  const careroute_request request = sample_request(SAMPLE_GET_CLOCK);
  careroute_result result;
  careroute_watch_next((careroute_watch*)hub, 0, &result);
  CHECK_CODE(result, CAREROUTE_INVALID_ARGUMENT);
  CHECK(says(&result, "is a handle of hub"));
  careroute_result_free(&result);
  careroute_hub_close(hub, NULL);
  careroute_call(hub, &request, &result);
  CHECK_CODE(result, CAREROUTE_FAILED_PRECONDITION);
  CHECK(says(&result, "hub: is closed"));
  careroute_result_free(&result);
  careroute_call(NULL, &request, &result);
  CHECK_CODE(result, CAREROUTE_INVALID_ARGUMENT);
  CHECK(says(&result, "hub: is null"));
  careroute_result_free(&result);
}

static void a_file_has_one_owner_and_keeps_its_keys(void) {
  char folder[] = "/tmp/careroute-c-XXXXXX";
  char store[128];
  char keys[128];
  struct stat found;
  careroute_request request =
      sample_request("careroute.api.v1.PathwayService.ListPathways");
  careroute_hub* hub = NULL;
  careroute_hub* second = NULL;
  careroute_result result;
  wire config;
  CHECK(mkdtemp(folder) != NULL);
  snprintf(store, sizeof(store), "sqlite:%s/cases.db", folder);
  snprintf(keys, sizeof(keys), "%s/cases.db.keys", folder);
  hub = sample_hub(store);
  CHECK(stat(keys, &found) == 0);
  CHECK((found.st_mode & 07777) == 0600);
  sample_import(hub, "organisations/clinic");
  config = sample_config(store);
  careroute_hub_open(wire_view(&config), &second, &result);
  CHECK_CODE(result, CAREROUTE_FAILED_PRECONDITION);
  CHECK(second == NULL && result.message.size > 0);
  careroute_result_free(&result);
  CHECK(careroute_hub_close(hub, NULL) == CAREROUTE_OK);
  /* Closed is closed: it opens again at once, with what was in it. */
  hub = sample_hub(store);
  sample_as_coordinator(&request);
  CHECK(careroute_call(hub, &request, NULL) == CAREROUTE_OK);
  careroute_hub_close(hub, NULL);
  /* Without its keys nothing of it can be read, and new ones help nobody. */
  CHECK(unlink(keys) == 0);
  careroute_hub_open(wire_view(&config), &second, &result);
  CHECK_CODE(result, CAREROUTE_NOT_FOUND);
  careroute_result_free(&result);
  CHECK(stat(keys, &found) != 0);
}

static void an_embedded_hub_has_no_door(void) {
  wire hub = {{0}, 0};
  wire config = {{0}, 0};
  careroute_hub* opened = NULL;
  careroute_result result;
  wire_text(&hub, 3, "127.0.0.1:7400");
  wire_message(&config, 1, &hub);
  careroute_hub_open(wire_view(&config), &opened, &result);
  CHECK_CODE(result, CAREROUTE_INVALID_ARGUMENT);
  CHECK(says(&result, "hub.grpc_address"));
  CHECK(opened == NULL && result.details.size > 0);
  careroute_result_free(&result);
}

static void errno_is_the_programs_own(void) {
  const wire config = sample_config("sqlite:/no/such/folder/cases.db");
  careroute_hub* hub = NULL;
  careroute_code code = CAREROUTE_OK;
  errno = EXDEV; /* what nothing here has */
  code = careroute_hub_open(wire_view(&config), &hub, NULL);
  CHECK(errno == EXDEV);
  CHECK(code != CAREROUTE_OK && hub == NULL);
}

static void a_child_has_none_of_it(void) {
  careroute_hub* const hub = sample_hub("");
  const careroute_request request = sample_request(SAMPLE_GET_CLOCK);
  int status = 0;
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    if (careroute_call(hub, &request, NULL) != CAREROUTE_FAILED_PRECONDITION) {
      _exit(2);
    }
    _exit(careroute_hub_close(hub, NULL) == CAREROUTE_FAILED_PRECONDITION ? 0
                                                                          : 3);
  }
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  CHECK(careroute_call(hub, &request, NULL) == CAREROUTE_OK);
  careroute_hub_close(hub, NULL);
}

int main(void) {
  CHECK(strlen(careroute_version()) > 0);
  answers_what_is_asked();
  says_what_is_wrong();
  lists_its_methods();
  moves_its_clock();
  a_real_clock_is_not_moved();
  answers_a_callback_once();
  starts_nothing_that_it_refuses();
  a_callback_must_not_wait();
  a_watch_waits_and_is_cancelled();
  a_watch_tells_what_is_wrong_with_its_request();
  closing_the_hub_ends_its_watches();
  handles_are_told_apart();
  a_file_has_one_owner_and_keeps_its_keys();
  an_embedded_hub_has_no_door();
  errno_is_the_programs_own();
  a_child_has_none_of_it();
  return 0;
}
