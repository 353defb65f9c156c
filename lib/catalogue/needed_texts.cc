#include "lib/catalogue/needed_texts.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/check_texts.h"
#include "lib/catalogue/walk_message.h"

namespace careroute::catalogue {

void NeededTexts::Need(std::string key, std::string path) {
  if (keys_.insert(key).second) {
    list_.emplace_back(std::move(key), std::move(path));
  }
}

void CheckNeededTexts(const NeededTexts& needed, const TextTables& texts,
                      base::Problems& problems) {
  std::map<std::string, std::set<std::string>> known;
  for (int i = 0; i < texts.tables.size(); ++i) {
    const model::v1::TextTable& table = texts.tables.Get(i);
    const std::string path = FieldPath("", "texts", i);
    CheckTextTable(table, path, problems);
    for (int k = 0; k < table.entries_size(); ++k) {
      known[table.language()].insert(table.entries(k).key());
      if (!needed.Has(table.entries(k).key())) {
        problems.Warning(
            FieldPath(path, "entries", k) + ".key", "UNUSED",
            absl::StrCat("nothing has the text ", table.entries(k).key()),
            "correct the key, or remove the text");
      }
    }
  }
  for (const std::string& language : texts.languages) {
    for (const auto& [key, path] : needed.list()) {
      if (known[language].find(key) == known[language].end()) {
        problems.Error(path, "NO_TEXT",
                       absl::StrCat("there is no text ", key, " in ", language),
                       "add it to the table of that language");
      }
    }
  }
}

}  // namespace careroute::catalogue
