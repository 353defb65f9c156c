/* sample.h: what the C tests open and whom they call as. */

#ifndef CAREROUTE_BINDINGS_C_TESTS_SAMPLE_H_
#define CAREROUTE_BINDINGS_C_TESTS_SAMPLE_H_

#include "bindings/c/tests/wire.h"

/* Monday, 2 March 2026, 10:00 in Khabarovsk. */
#define SAMPLE_START_SECONDS 1772409600

#define SAMPLE_GET_CLOCK "careroute.testing.v1.ClockService.GetClock"
#define SAMPLE_LIST_PEERS "careroute.api.v1.PeerService.ListPeers"
#define SAMPLE_WATCH_CASES "careroute.api.v1.CaseService.WatchCases"

/* An EmbeddedConfig on a virtual clock; `store` empty = in memory. */
static inline wire sample_config(const char* store) {
  wire hub = {{0}, 0};
  wire start = {{0}, 0};
  wire config = {{0}, 0};
  if (store[0] != '\0') wire_text(&hub, 2, store);
  wire_number(&hub, 6, 2); /* threads */
  wire_number(&start, 1, SAMPLE_START_SECONDS);
  wire_message(&config, 1, &hub);
  wire_message(&config, 2, &start);
  return config;
}

static inline careroute_hub* sample_hub(const char* store) {
  const wire config = sample_config(store);
  careroute_hub* hub = NULL;
  careroute_result result;
  careroute_hub_open(wire_view(&config), &hub, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  CHECK(hub != NULL);
  careroute_result_free(&result);
  return hub;
}

/* The member whom every hub knows. */
static const careroute_pair sample_administrator[] = {
    {CAREROUTE_TEXT("careroute-organisation"),
     CAREROUTE_TEXT("organisations/hub")},
    {CAREROUTE_TEXT("careroute-member"),
     CAREROUTE_TEXT("organisations/hub/members/administrator")},
    {CAREROUTE_TEXT("careroute-role"), CAREROUTE_TEXT("administrator")},
    {CAREROUTE_TEXT("careroute-purpose"), CAREROUTE_TEXT("coordination")}};

/* Asks as a member of the organisation that sample_import makes known. */
static inline void sample_as_coordinator(careroute_request* request) {
  static const careroute_pair coordinator[] = {
      {CAREROUTE_TEXT("careroute-organisation"),
       CAREROUTE_TEXT("organisations/clinic")},
      {CAREROUTE_TEXT("careroute-member"),
       CAREROUTE_TEXT("organisations/clinic/members/coordinator")},
      {CAREROUTE_TEXT("careroute-role"), CAREROUTE_TEXT("coordinator")},
      {CAREROUTE_TEXT("careroute-purpose"), CAREROUTE_TEXT("care")}};
  request->metadata = coordinator;
  request->metadata_count = 4;
}

static inline careroute_request sample_request(const char* method) {
  careroute_request request = {
      text(method), {NULL, 0}, sample_administrator, 4, 0};
  return request;
}

/* An organisation with three members, "coordinator" on duty. */
static inline wire sample_organisation(const char* name) {
  static const char* const posts[] = {"coordinator", "deputy", "head"};
  wire organisation = {{0}, 0};
  wire_text(&organisation, 1, name);
  wire_text(&organisation, 4, "Поликлиника");
  wire_number(&organisation, 6, 1); /* AGENCY_KIND_HEALTH */
  wire_text(&organisation, 8, "RU-KHA");
  wire_text(&organisation, 14, "ru");
  wire_text(&organisation, 15, "RU-KHA");
  for (size_t i = 0; i < 3; ++i) {
    char member_name[128];
    wire member = {{0}, 0};
    snprintf(member_name, sizeof(member_name), "%s/members/%s", name, posts[i]);
    wire_text(&member, 1, member_name);
    wire_number(&member, 2, 1); /* MEMBER_KIND_PERSON */
    wire_number(&member, 3, 2); /* ACTOR_ROLE_COORDINATOR */
    wire_message(&organisation, 17, &member);
    wire_text(&organisation, (uint32_t)(18 + i), member_name);
  }
  return organisation;
}

static inline void sample_import(careroute_hub* hub, const char* name) {
  const wire organisation = sample_organisation(name);
  wire directory = {{0}, 0};
  wire body = {{0}, 0};
  careroute_request request =
      sample_request("careroute.api.v1.DirectoryService.ImportDirectory");
  careroute_result result;
  wire_message(&directory, 1, &organisation);
  wire_text(&body, 2, "00000000-0000-4000-8000-000000000001");
  wire_message(&body, 5, &directory);
  request.body = wire_view(&body);
  careroute_call(hub, &request, &result);
  CHECK_CODE(result, CAREROUTE_OK);
  careroute_result_free(&result);
}

#endif /* CAREROUTE_BINDINGS_C_TESTS_SAMPLE_H_ */
