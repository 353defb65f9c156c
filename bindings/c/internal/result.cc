#include "bindings/c/internal/result.h"

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/api/status.h"

namespace careroute::bindings {
namespace {

// What a result holds; the views in the result lead into it.
struct Held {
  std::string response;
  std::string message;
  std::string details;
};

careroute_bytes ViewOf(absl::string_view bytes) {
  return {.data = bytes.empty() ? nullptr : bytes.data(), .size = bytes.size()};
}

careroute_code CodeOf(const absl::Status& status) {
  return static_cast<careroute_code>(status.code());
}

void Put(std::unique_ptr<Held> held, careroute_result& result) {
  result.response = ViewOf(held->response);
  result.message = ViewOf(held->message);
  result.details = ViewOf(held->details);
  result.held = held.release();
}

void FillOrThrow(Answered answered, careroute_result& result) {
  const absl::Status& status = answered.reply.status();
  result.code = CodeOf(status);
  result.ended = answered.ended ? 1 : 0;
  if (status.ok() && answered.reply->empty()) return;
  auto held = std::make_unique<Held>();
  if (status.ok()) {
    held->response = *std::move(answered.reply);
  } else {
    held->message = std::string(status.message());
    held->details = api::StatusDetails(status);
  }
  Put(std::move(held), result);
}

// With a text that is there for good.
careroute_code FillPlain(careroute_code code, absl::string_view text,
                         careroute_result* result) {
  if (result == nullptr) return code;
  *result = careroute_result{};
  result->code = code;
  result->message = ViewOf(text);
  return code;
}

}  // namespace

careroute_code FillResult(Answered answered,
                          careroute_result* result) noexcept {
  const careroute_code code = CodeOf(answered.reply.status());
  if (result == nullptr) return code;
  *result = careroute_result{};
  try {
    FillOrThrow(std::move(answered), *result);
    return code;
  } catch (...) {
    return FillNoMemory(result);
  }
}

careroute_code FillResult(absl::Status status,
                          careroute_result* result) noexcept {
  if (status.ok()) return FillResult(Answered{.reply = ""}, result);
  return FillResult(Answered{.reply = std::move(status)}, result);
}

void FreeHeld(void* held) noexcept { delete static_cast<Held*>(held); }

careroute_code FillNoMemory(careroute_result* result) noexcept {
  return FillPlain(CAREROUTE_RESOURCE_EXHAUSTED, "there is no memory left",
                   result);
}

careroute_code FillBroken(careroute_result* result) noexcept {
  return FillPlain(CAREROUTE_INTERNAL, "the library made a mistake", result);
}

}  // namespace careroute::bindings

void careroute_result_free(careroute_result* result) {
  if (result == nullptr) return;
  careroute::bindings::FreeHeld(result->held);
  *result = careroute_result{};
}
