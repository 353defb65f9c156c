#include "lib/registry/explain_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "lib/registry/internal/text_table.h"

namespace careroute::registry {
namespace {

const internal::TextRow* FindRow(absl::string_view key) {
  const auto rows = internal::TextTable();
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), key,
      [](const internal::TextRow& row, absl::string_view wanted) {
        return row.key < wanted;
      });
  return found == rows.end() || found->key != key ? nullptr : &*found;
}

}  // namespace

std::string ExplainText(const TextQuery& query) {
  const internal::TextRow* row = FindRow(query.key);
  if (row == nullptr) {
    return "";
  }
  std::vector<std::pair<std::string, absl::string_view>> arguments;
  for (const absl::string_view argument : query.arguments) {
    arguments.emplace_back(absl::StrCat("{", arguments.size(), "}"), argument);
  }
  return absl::StrReplaceAll(query.language == "en" ? row->en : row->ru,
                             arguments);
}

void FillTexts(absl::string_view language, model::v1::Explanation& because) {
  std::string text = ExplainText(
      {.key = because.message_key(),
       .arguments = {because.arguments().begin(), because.arguments().end()},
       .language = language});
  if (!text.empty()) {
    because.set_text(std::move(text));
  }
  // Trees of the registry are three nodes deep.
  for (model::v1::Explanation& part : *because.mutable_because()) {
    FillTexts(language, part);
  }
}

}  // namespace careroute::registry
