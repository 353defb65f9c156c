#include "lib/catalogue/check_texts.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"

namespace careroute::scoring::internal {
namespace {

using catalogue::FieldPath;
using google::protobuf::RepeatedPtrField;
using model::v1::Instrument;
using model::v1::InstrumentOption;
using model::v1::TextTable;

// Where each text is needed: key → path of what it belongs to.
class NeededTexts {
 public:
  explicit NeededTexts(const Instrument& instrument) {
    Need("instrument", "");
    for (int i = 0; i < instrument.scales_size(); ++i) {
      AddOptions(absl::StrCat("scale/", instrument.scales(i).id(), "/"),
                 instrument.scales(i).options(), FieldPath("", "scales", i));
    }
    for (int i = 0; i < instrument.items_size(); ++i) {
      const model::v1::InstrumentItem& item = instrument.items(i);
      const std::string path = FieldPath("", "items", i);
      Need(absl::StrCat("item/", item.id()), path);
      AddOptions(absl::StrCat("option/", item.id(), "/"),
                 item.choice().options(), path + ".choice");
    }
    AddAll("module", "modules", instrument.modules());
    AddAll("level", "levels", instrument.levels());
    AddAll("variant", "age_variants", instrument.age_variants());
    AddAll("override", "overrides", instrument.overrides());
  }

  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& list()
      const {
    return list_;
  }
  [[nodiscard]] bool Has(const std::string& key) const {
    return keys_.find(key) != keys_.end();
  }

 private:
  void Need(std::string key, std::string path) {
    if (keys_.insert(key).second) {
      list_.emplace_back(std::move(key), std::move(path));
    }
  }

  void AddOptions(const std::string& prefix,
                  const RepeatedPtrField<InstrumentOption>& options,
                  const std::string& path) {
    for (int i = 0; i < options.size(); ++i) {
      Need(prefix + options.Get(i).id(), FieldPath(path, "options", i));
    }
  }

  template <typename List>
  void AddAll(absl::string_view kind, absl::string_view field,
              const List& list) {
    for (int i = 0; i < list.size(); ++i) {
      Need(absl::StrCat(kind, "/", list.Get(i).id()), FieldPath("", field, i));
    }
  }

  std::vector<std::pair<std::string, std::string>> list_;
  std::set<std::string> keys_;
};

}  // namespace

void CheckTexts(const Instrument& instrument, base::Problems& problems) {
  const NeededTexts needed(instrument);
  std::map<std::string, std::set<std::string>> known;
  for (int i = 0; i < instrument.texts_size(); ++i) {
    const TextTable& table = instrument.texts(i);
    const std::string path = FieldPath("", "texts", i);
    catalogue::CheckTextTable(table, path, problems);
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
  for (const std::string& language : instrument.languages()) {
    for (const auto& [key, path] : needed.list()) {
      if (known[language].find(key) == known[language].end()) {
        problems.Error(path, "NO_TEXT",
                       absl::StrCat("there is no text ", key, " in ", language),
                       "add it to the table of that language");
      }
    }
  }
}

}  // namespace careroute::scoring::internal
