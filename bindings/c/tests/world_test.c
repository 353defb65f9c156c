/* Several hubs and their troubles, from C. */

#include "bindings/c/tests/sample.h"

static wire sample_world(void) {
  static const char* const ids[] = {"east", "west"};
  static const char* const hosted[] = {"organisations/office",
                                       "organisations/clinic"};
  wire config = {{0}, 0};
  wire_number(&config, 1, 7); /* seed */
  for (size_t i = 0; i < 2; ++i) {
    const wire organisation = sample_organisation(hosted[i]);
    wire hub = {{0}, 0};
    wire_text(&hub, 1, ids[i]);
    wire_message(&hub, 2, &organisation);
    wire_message(&config, 5, &hub);
  }
  return config;
}

static careroute_world* open_world(void) {
  const wire config = sample_world();
  careroute_world* world = NULL;
  careroute_result result;
  careroute_world_open(wire_view(&config), &world, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  careroute_result_free(&result);
  return world;
}

static careroute_hub* hub_of(careroute_world* world, const char* id) {
  careroute_hub* hub = NULL;
  careroute_result result;
  careroute_world_hub(world, text(id), &hub, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  careroute_result_free(&result);
  return hub;
}

static void its_hubs_are_hubs(void) {
  careroute_world* const world = open_world();
  careroute_hub* const west = hub_of(world, "west");
  const careroute_request request = sample_request(SAMPLE_LIST_PEERS);
  careroute_result result;
  int64_t before = 0;
  int64_t after = 0;
  careroute_call(west, &request, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  CHECK(result.response.size > 0); /* it knows the other one */
  careroute_result_free(&result);
  CHECK(careroute_clock_now(west, &before, NULL) == CAREROUTE_OK);
  CHECK(careroute_world_run(world, INT64_C(7200000000), NULL) == CAREROUTE_OK);
  CHECK(careroute_clock_now(west, &after, NULL) == CAREROUTE_OK);
  CHECK(after - before == INT64_C(7200000000));
  CHECK(careroute_hub_close(west, NULL) == CAREROUTE_OK); /* let go */
  careroute_world_close(world, NULL);
}

static void a_clock_may_be_behind(void) {
  wire span = {{0}, 0};
  wire east = {{0}, 0};
  wire west = {{0}, 0};
  wire config = {{0}, 0};
  careroute_world* world = NULL;
  careroute_result result;
  int64_t right = 0;
  int64_t behind = 0;
  wire_number(&span, 1, (uint64_t)INT64_C(-3600)); /* seconds */
  wire_text(&east, 1, "east");
  wire_text(&west, 1, "west");
  wire_message(&west, 3, &span); /* ahead */
  wire_message(&config, 5, &east);
  wire_message(&config, 5, &west);
  careroute_world_open(wire_view(&config), &world, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  careroute_result_free(&result);
  CHECK(careroute_clock_now(hub_of(world, "east"), &right, NULL) ==
        CAREROUTE_OK);
  CHECK(careroute_clock_now(hub_of(world, "west"), &behind, NULL) ==
        CAREROUTE_OK);
  CHECK(right - behind == INT64_C(3600000000));
  careroute_world_close(world, NULL);
}

static void a_crashed_hub_is_down_until_it_is_started(void) {
  careroute_world* const world = open_world();
  careroute_hub* const east = hub_of(world, "east");
  const careroute_request request = sample_request(SAMPLE_LIST_PEERS);
  careroute_result result;
  CHECK(careroute_world_crash(world, text("east"), NULL) == CAREROUTE_OK);
  CHECK(careroute_world_crash(world, text("east"), NULL) ==
        CAREROUTE_FAILED_PRECONDITION);
  careroute_call(east, &request, &result);
  CHECK_CODE(result, CAREROUTE_UNAVAILABLE);
  CHECK(says(&result, "hub east is down"));
  careroute_result_free(&result);
  CHECK(careroute_world_start(world, text("east"), NULL) == CAREROUTE_OK);
  CHECK(careroute_world_start(world, text("east"), NULL) ==
        CAREROUTE_FAILED_PRECONDITION);
  CHECK(careroute_call(east, &request, NULL) == CAREROUTE_OK);
  CHECK(careroute_world_crash(world, text("north"), NULL) ==
        CAREROUTE_NOT_FOUND);
  careroute_world_close(world, NULL);
}

static void the_network_does_as_it_is_told(void) {
  careroute_world* const world = open_world();
  wire way = {{0}, 0};
  wire faults = {{0}, 0};
  wire wrong = {{0}, 0};
  careroute_result result;
  wire_text(&way, 1, "west");
  wire_text(&way, 2, "east");
  wire_number(&faults, 1, 10);
  wire_message(&faults, 5, &way);
  CHECK(careroute_world_set_network(world, wire_view(&faults), NULL) ==
        CAREROUTE_OK);
  CHECK(careroute_world_run(world, INT64_C(60000000), NULL) == CAREROUTE_OK);
  CHECK(careroute_world_set_network(world, text(""), NULL) == CAREROUTE_OK);
  way.size = 0;
  wire_text(&way, 1, "west");
  wire_text(&way, 2, "nowhere");
  wire_message(&wrong, 5, &way);
  careroute_world_set_network(world, wire_view(&wrong), &result);
  CHECK_CODE(result, CAREROUTE_INVALID_ARGUMENT);
  CHECK(says(&result, "cut[0].to_hub"));
  careroute_result_free(&result);
  careroute_world_close(world, NULL);
}

static int answered = 0;
static careroute_code inside = CAREROUTE_OK;
static void count(void* context, careroute_result* result) {
  CHECK(result->code == CAREROUTE_OK);
  careroute_result_free(result);
  ++answered;
  /* Time belongs to the function that is running. */
  inside = careroute_world_run(context, 1, NULL);
}

static void a_callback_has_run_when_its_start_returns(void) {
  careroute_world* const world = open_world();
  careroute_hub* const west = hub_of(world, "west");
  const careroute_request request = sample_request(SAMPLE_LIST_PEERS);
  CHECK(careroute_call_start(west, &request, count, world, NULL, NULL) ==
        CAREROUTE_OK);
  CHECK(answered == 1);
  CHECK(inside == CAREROUTE_FAILED_PRECONDITION);
  careroute_world_close(world, NULL);
}

static void what_belongs_to_a_closed_world_is_closed(void) {
  careroute_world* const world = open_world();
  careroute_hub* const west = hub_of(world, "west");
  const careroute_request request = sample_request(SAMPLE_LIST_PEERS);
  CHECK(careroute_world_close(world, NULL) == CAREROUTE_OK);
  CHECK(careroute_call(west, &request, NULL) == CAREROUTE_FAILED_PRECONDITION);
  CHECK(careroute_world_close(world, NULL) == CAREROUTE_FAILED_PRECONDITION);
}

static void a_wrong_plan_is_told_whole(void) {
  wire hub = {{0}, 0};
  wire config = {{0}, 0};
  careroute_world* world = NULL;
  careroute_result result;
  wire_text(&hub, 1, "west");
  wire_message(&config, 5, &hub);
  wire_message(&config, 5, &hub);
  careroute_world_open(wire_view(&config), &world, &result);
  CHECK_CODE(result, CAREROUTE_INVALID_ARGUMENT);
  CHECK(says(&result, "hubs[1].id"));
  CHECK(world == NULL);
  careroute_result_free(&result);
}

int main(void) {
  its_hubs_are_hubs();
  a_clock_may_be_behind();
  a_crashed_hub_is_down_until_it_is_started();
  the_network_does_as_it_is_told();
  a_callback_has_run_when_its_start_returns();
  what_belongs_to_a_closed_world_is_closed();
  a_wrong_plan_is_told_whole();
  return 0;
}
