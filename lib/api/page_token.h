// lib/api/page_token.h: opaque tokens of pages and watches.
//
// A token names the method and what it was asked, so that one made by another
// call is refused instead of giving a wrong page.

#ifndef CAREROUTE_LIB_API_PAGE_TOKEN_H_
#define CAREROUTE_LIB_API_PAGE_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/store/index_store.h"
#include "lib/store/outbox_store.h"

namespace careroute::api {

// Rows a page holds unless asked otherwise, and at most.
inline constexpr int32_t kPageSizeDefault = 50;
inline constexpr int32_t kPageSizeMax = 200;

[[nodiscard]] int32_t PageSize(int32_t asked);

// `scope` is what must be the same on the next call: the method and filters.
[[nodiscard]] std::string MakeToken(absl::string_view scope,
                                    absl::string_view position);

// The position; none for the empty token. BAD_TOKEN for a token that was not
// made for this scope.
[[nodiscard]] absl::StatusOr<std::optional<std::string>> ReadToken(
    absl::string_view scope, absl::string_view token);
// The same for the resume_token of a watch.
[[nodiscard]] absl::StatusOr<std::optional<std::string>> ReadResumeToken(
    absl::string_view scope, absl::string_view token);

// A page of a list that the hub holds whole in memory.
struct ListPage {
  size_t begin = 0;
  size_t end = 0;          // after its last row
  std::string next_token;  // empty = it is the last
};
struct ListPageRequest {
  absl::string_view scope;  // of the token
  int32_t page_size = 0;    // as it was asked
  absl::string_view page_token;
  size_t rows = 0;  // of the whole list
};
[[nodiscard]] absl::StatusOr<ListPage> PageOf(const ListPageRequest& request);

// Positions of index pages as text.
[[nodiscard]] std::string PositionText(const store::IndexRow& row);
[[nodiscard]] absl::StatusOr<std::optional<store::ScanPosition>> ReadPosition(
    absl::string_view scope, absl::string_view token);

// The same of pages of the outbox.
[[nodiscard]] std::string PositionText(const store::OutboxKey& key);
[[nodiscard]] absl::StatusOr<std::optional<store::OutboxKey>>
ReadOutboxPosition(absl::string_view scope, absl::string_view token);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_PAGE_TOKEN_H_
