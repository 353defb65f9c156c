/* A program that has only what was installed: the header, the library, and the
 * catalogue, which libcareroute.so finds by itself. */

#include <careroute/careroute.h>
#include <stdio.h>
#include <string.h>

static int fail(const char* what, const careroute_result* result) {
  fprintf(stderr, "%s: code %d: %.*s\n", what, (int)result->code,
          (int)result->message.size, (const char*)result->message.data);
  return 1;
}

/* The fields of a message: a length takes two bytes from 128 on. */
typedef struct message {
  unsigned char data[2048];
  size_t size;
} message;

static void put(message* to, unsigned char tag, const void* data, size_t size) {
  to->data[to->size++] = tag;
  if (size > 127) to->data[to->size++] = (unsigned char)(0x80 | (size & 0x7f));
  to->data[to->size++] = (unsigned char)(size > 127 ? size >> 7 : size);
  memcpy(to->data + to->size, data, size);
  to->size += size;
}

/* consumer [CATALOGUE]: a program with libcareroute.a has no library beside
 * which the catalogue could lie. */
int main(int count, char** words) {
  static const char overlay[] = "overlays/demo-region.early-help.textproto";
  message hub = {{0}, 0};
  message config = {{0}, 0};
  const careroute_pair actor[] = {
      {CAREROUTE_TEXT("careroute-organisation"),
       CAREROUTE_TEXT("organisations/hub")},
      {CAREROUTE_TEXT("careroute-member"),
       CAREROUTE_TEXT("organisations/hub/members/administrator")},
      {CAREROUTE_TEXT("careroute-role"), CAREROUTE_TEXT("administrator")},
      {CAREROUTE_TEXT("careroute-purpose"), CAREROUTE_TEXT("coordination")}};
  const careroute_request request = {
      .method = CAREROUTE_TEXT("careroute.api.v1.PathwayService.ListPathways"),
      .metadata = actor,
      .metadata_count = 4};
  careroute_bytes bytes = {config.data, 0};
  careroute_hub* opened = NULL;
  careroute_result result;
  put(&hub, 0x52, overlay, sizeof(overlay) - 1); /* overlays */
  if (count > 1) {
    if (strlen(words[1]) > 1024) return 2;
    put(&hub, 0x4a, words[1], strlen(words[1])); /* catalogue */
  }
  put(&config, 0x0a, hub.data, hub.size);
  bytes.size = config.size;
  if (careroute_hub_open(bytes, &opened, &result) != CAREROUTE_OK) {
    return fail("open", &result);
  }
  if (careroute_call(opened, &request, &result) != CAREROUTE_OK) {
    return fail("call", &result);
  }
  /* The pathway that the overlay published. */
  if (result.response.size == 0) return fail("no pathway", &result);
  careroute_result_free(&result);
  printf("careroute %s\n", careroute_version());
  return careroute_hub_close(opened, NULL) == CAREROUTE_OK ? 0 : 1;
}
