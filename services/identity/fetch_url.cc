#include "services/identity/fetch_url.h"

#include <curl/curl.h>

#include <cstddef>
#include <memory>

#include "absl/strings/str_cat.h"
#include "services/identity/key_set.h"

namespace careroute::services {
namespace {

struct CurlDeleter {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

// Taking less than was given makes curl give up.
size_t Append(const char* bytes, size_t /*one*/, size_t count, void* into) {
  auto& text = *static_cast<std::string*>(into);
  if (text.size() + count > kKeySetBytesMax) return 0;
  text.append(bytes, count);
  return count;
}

bool Prepare(CURL* curl, const std::string& url, std::string& text) {
  // Once a process, also with several threads.
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  return ready == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_URL, url.c_str()) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_TIMEOUT,
                          static_cast<long>(kFetchSecondsMax)) == CURLE_OK &&
         // No signals in a process with threads.
         curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Append) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_WRITEDATA, &text) == CURLE_OK;
}

}  // namespace

absl::StatusOr<std::string> FetchHttps(const std::string& url) {
  const std::unique_ptr<CURL, CurlDeleter> curl(curl_easy_init());
  std::string text;
  if (curl == nullptr || !Prepare(curl.get(), url, text)) {
    return absl::UnavailableError("cannot be asked");
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) {
    return absl::UnavailableError(
        absl::StrCat("answered with ", status, ", which is no set of keys"));
  }
  return text;
}

}  // namespace careroute::services
