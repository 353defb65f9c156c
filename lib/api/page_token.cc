#include "lib/api/page_token.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/api/status.h"
#include "lib/base/hash.h"

namespace careroute::api {
namespace {

constexpr size_t kScopeBytes = 8;

// The field of a list's request that holds a token.
constexpr absl::string_view kPageToken = "page_token";

std::string ScopeMark(absl::string_view scope) {
  return base::Sha256(scope).substr(0, kScopeBytes);
}

absl::Status BadToken(absl::string_view field) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_BAD_TOKEN);
  refusal.set_message_key("bad_token");
  refusal.set_message(
      "the token was not made by this method with these filters; begin again "
      "without a token");
  model::v1::Problem& problem = *refusal.add_problems();
  problem.set_grade(model::v1::PROBLEM_GRADE_ERROR);
  problem.set_path(std::string(field));
  problem.set_reason("BAD_TOKEN");
  problem.set_message("was not made by this method with these filters");
  problem.set_mend("begin again without a token");
  return RefusalStatus(refusal);
}

absl::StatusOr<std::optional<std::string>> Read(absl::string_view field,
                                                absl::string_view scope,
                                                absl::string_view token) {
  if (token.empty()) return std::nullopt;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < kScopeBytes ||
      bytes.substr(0, kScopeBytes) != ScopeMark(scope)) {
    return BadToken(field);
  }
  return bytes.substr(kScopeBytes);
}

}  // namespace

int32_t PageSize(int32_t asked) {
  return asked <= 0 ? kPageSizeDefault : std::min(asked, kPageSizeMax);
}

std::string MakeToken(absl::string_view scope, absl::string_view position) {
  return absl::WebSafeBase64Escape(absl::StrCat(ScopeMark(scope), position));
}

absl::StatusOr<std::optional<std::string>> ReadToken(absl::string_view scope,
                                                     absl::string_view token) {
  return Read(kPageToken, scope, token);
}

absl::StatusOr<std::optional<std::string>> ReadResumeToken(
    absl::string_view scope, absl::string_view token) {
  return Read("resume_token", scope, token);
}

absl::StatusOr<ListPage> PageOf(const ListPageRequest& request) {
  const auto token = ReadToken(request.scope, request.page_token);
  if (!token.ok()) return token.status();
  size_t skip = 0;
  if (token->has_value() && !absl::SimpleAtoi(**token, &skip)) skip = 0;
  ListPage page;
  page.begin = std::min(skip, request.rows);
  page.end =
      page.begin + std::min(static_cast<size_t>(PageSize(request.page_size)),
                            request.rows - page.begin);
  if (page.end < request.rows) {
    page.next_token = MakeToken(request.scope, absl::StrCat(page.end));
  }
  return page;
}

std::string PositionText(const store::IndexRow& row) {
  return absl::StrCat(absl::BytesToHexString(row.sort), ":",
                      absl::BytesToHexString(row.id), ":",
                      absl::BytesToHexString(row.stream.Bytes()));
}

absl::StatusOr<std::optional<store::ScanPosition>> ReadPosition(
    absl::string_view scope, absl::string_view token) {
  absl::StatusOr<std::optional<std::string>> text = ReadToken(scope, token);
  if (!text.ok()) return text.status();
  if (!text->has_value()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(**text, ':');
  if (parts.size() != 3) return BadToken(kPageToken);
  const absl::StatusOr<store::StreamId> stream =
      store::StreamIdFromBytes(absl::HexStringToBytes(parts[2]));
  if (!stream.ok()) return BadToken(kPageToken);
  return store::ScanPosition{.sort = absl::HexStringToBytes(parts[0]),
                             .id = absl::HexStringToBytes(parts[1]),
                             .stream = *stream};
}

std::string PositionText(const store::OutboxKey& key) {
  return absl::StrCat(absl::BytesToHexString(key.stream.Bytes()), ":",
                      key.sequence);
}

absl::StatusOr<std::optional<store::OutboxKey>> ReadOutboxPosition(
    absl::string_view scope, absl::string_view token) {
  absl::StatusOr<std::optional<std::string>> text = ReadToken(scope, token);
  if (!text.ok()) return text.status();
  if (!text->has_value()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(**text, ':');
  if (parts.size() != 2) return BadToken(kPageToken);
  const absl::StatusOr<store::StreamId> stream =
      store::StreamIdFromBytes(absl::HexStringToBytes(parts[0]));
  int64_t sequence = 0;
  if (!stream.ok() || !absl::SimpleAtoi(parts[1], &sequence)) {
    return BadToken(kPageToken);
  }
  return store::OutboxKey{.stream = *stream, .sequence = sequence};
}

}  // namespace careroute::api
