#include "bindings/c/internal/border.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/base/utf8.h"

namespace careroute::bindings {
namespace {

static_assert(CAREROUTE_REQUEST_BYTES_MAX == api::kRequestBytesMax,
              "a request may be as long as at every other door");

constexpr absl::string_view kMetadataPrefix = "careroute-";
constexpr BytesLimit kMethod = {.name = "request.method",
                                .max = CAREROUTE_NAME_BYTES_MAX};
constexpr BytesLimit kBody = {.name = "request.body",
                              .max = CAREROUTE_REQUEST_BYTES_MAX};
constexpr BytesLimit kKey = {.name = "request.metadata key",
                             .max = CAREROUTE_NAME_BYTES_MAX};
constexpr BytesLimit kValue = {.name = "request.metadata value",
                               .max = CAREROUTE_METADATA_BYTES_MAX};

absl::Status Wrong(const char* name, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(name, ": ", what));
}

absl::Status CheckUtf8(const std::string& text, const char* name) {
  if (base::IsValidUtf8(text)) return absl::OkStatus();
  return Wrong(name, "is not UTF-8");
}

absl::Status TakeMetadata(const careroute_request& from, api::Call& call) {
  if (from.metadata_count == 0) return absl::OkStatus();
  if (from.metadata_count > CAREROUTE_METADATA_PAIRS_MAX) {
    return Wrong("request.metadata_count",
                 absl::StrCat("is more than ", CAREROUTE_METADATA_PAIRS_MAX));
  }
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(from.metadata, "request.metadata"));
  size_t bytes = 0;
  for (size_t i = 0; i < from.metadata_count; ++i) {
    const careroute_pair& pair = from.metadata[i];
    CAREROUTE_ASSIGN_OR_RETURN(std::string key, TextOf(pair.key, kKey));
    CAREROUTE_ASSIGN_OR_RETURN(std::string value, BytesOf(pair.value, kValue));
    CAREROUTE_RETURN_IF_ERROR(CheckUtf8(value, kValue.name));
    bytes += key.size() + value.size();
    if (bytes > CAREROUTE_METADATA_BYTES_MAX) {
      return Wrong("request.metadata",
                   absl::StrCat("is longer than ", CAREROUTE_METADATA_BYTES_MAX,
                                " bytes"));
    }
    if (!absl::StartsWith(key, kMetadataPrefix)) continue;
    call.metadata.emplace_back(std::move(key), std::move(value));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNotNull(const void* argument, const char* name) {
  if (argument != nullptr) return absl::OkStatus();
  return Wrong(name, "is null");
}

absl::StatusOr<std::string> BytesOf(careroute_bytes bytes,
                                    const BytesLimit& limit) {
  if (bytes.size > limit.max) {
    return Wrong(limit.name,
                 absl::StrCat("is longer than ", limit.max, " bytes"));
  }
  if (bytes.size == 0) return std::string();
  if (bytes.data == nullptr) {
    return Wrong(limit.name, "is null and has a size");
  }
  return std::string(static_cast<const char*>(bytes.data), bytes.size);
}

absl::StatusOr<std::string> TextOf(careroute_bytes bytes,
                                   const BytesLimit& limit) {
  CAREROUTE_ASSIGN_OR_RETURN(std::string text, BytesOf(bytes, limit));
  if (text.empty()) return Wrong(limit.name, "is empty");
  CAREROUTE_RETURN_IF_ERROR(CheckUtf8(text, limit.name));
  return text;
}

absl::StatusOr<absl::Duration> SpanOf(int64_t microseconds, const char* name) {
  if (microseconds < 0) return Wrong(name, "is below zero");
  if (microseconds == CAREROUTE_FOREVER) return absl::InfiniteDuration();
  return absl::Microseconds(microseconds);
}

absl::StatusOr<Request> RequestOf(const careroute_request* request) {
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(request, "request"));
  Request taken;
  taken.call = std::make_shared<api::Call>();
  CAREROUTE_ASSIGN_OR_RETURN(taken.call->method,
                             TextOf(request->method, kMethod));
  CAREROUTE_ASSIGN_OR_RETURN(taken.body, BytesOf(request->body, kBody));
  CAREROUTE_RETURN_IF_ERROR(TakeMetadata(*request, *taken.call));
  CAREROUTE_ASSIGN_OR_RETURN(taken.timeout,
                             SpanOf(request->timeout_us, "request.timeout_us"));
  if (request->timeout_us == 0) taken.timeout = absl::InfiniteDuration();
  return taken;
}

}  // namespace careroute::bindings
