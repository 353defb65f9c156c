#include "lib/catalogue/check_texts.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/catalogue/walk_message.h"

namespace careroute::catalogue {
namespace {

using model::v1::TextEntry;
using model::v1::TextTable;

// A family never reads that somebody "signalled" about it.
bool NamesASignal(const std::string& text) {
  static constexpr absl::string_view kWords[] = {"сигнал", "Сигнал", "СИГНАЛ",
                                                 "signal", "Signal", "SIGNAL"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&text](absl::string_view word) {
                       return absl::StrContains(text, word);
                     });
}

// "<b>" and "</p>", not "<3".
bool HasMarkup(absl::string_view text) {
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    const auto next = static_cast<unsigned char>(text[at + 1]);
    if (text[at] == '<' &&
        (absl::ascii_isalpha(next) || next == '/' || next == '!') &&
        absl::StrContains(text.substr(at), '>')) {
      return true;
    }
  }
  return false;
}

void CheckTextEntry(const TextEntry& entry, const std::string& path,
                    base::Problems& problems) {
  if (entry.text().empty()) {
    problems.Error(path + ".text", "EMPTY", "the text is empty", "write it");
  }
  if (HasMarkup(entry.text()) || HasMarkup(entry.family())) {
    problems.Error(path, "MARKUP", "is written with markup",
                   "write it as plain text");
  }
  if (NamesASignal(entry.text()) || NamesASignal(entry.family())) {
    problems.Error(path, "FORBIDDEN_WORD", "speaks of a signal about a family",
                   "write «сведения о возможной нуждаемости»");
  }
}

}  // namespace

void CheckTextTable(const TextTable& table, const std::string& path,
                    base::Problems& problems) {
  std::set<std::string> seen;
  for (int i = 0; i < table.entries_size(); ++i) {
    const TextEntry& entry = table.entries(i);
    const std::string at = FieldPath(path, "entries", i);
    if (!seen.insert(entry.key()).second) {
      problems.Error(at + ".key", "DUPLICATE_ID",
                     absl::StrCat(entry.key(), " stands twice in the table"),
                     "remove one");
    }
    CheckTextEntry(entry, at, problems);
  }
}

}  // namespace careroute::catalogue
