#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/catalogue/needed_texts.h"
#include "lib/catalogue/walk_message.h"
#include "lib/measures/internal/check_rules.h"

namespace careroute::measures::internal {
namespace {

using catalogue::FieldPath;
using model::v1::SupportMeasures;

catalogue::NeededTexts NeededBy(const SupportMeasures& set) {
  catalogue::NeededTexts needed;
  for (int i = 0; i < set.measures_size(); ++i) {
    const model::v1::SupportMeasure& measure = set.measures(i);
    const std::string path = FieldPath("", "measures", i);
    needed.Need(absl::StrCat("measure/", measure.id()), path);
    for (int k = 0; k < measure.documents_size(); ++k) {
      needed.Need(absl::StrCat("document/", measure.documents(k)),
                  FieldPath(path, "documents", k));
    }
  }
  return needed;
}

}  // namespace

void CheckTexts(const SupportMeasures& set, const Texts& texts,
                base::Problems& problems) {
  catalogue::CheckNeededTexts(
      NeededBy(set), {.tables = texts, .languages = set.languages()}, problems);
  // A title is how a law calls it; the family needs to know what it is.
  for (int i = 0; i < texts.size(); ++i) {
    const model::v1::TextTable& table = texts.Get(i);
    for (int k = 0; k < table.entries_size(); ++k) {
      const model::v1::TextEntry& entry = table.entries(k);
      if (!absl::StartsWith(entry.key(), "measure/") ||
          !entry.family().empty()) {
        continue;
      }
      problems.Error(
          FieldPath(FieldPath("", "texts", i), "entries", k) + ".family",
          "NO_FAMILY_TEXT", "says nothing in the family's words",
          "say plainly what it is and how one gets it");
    }
  }
}

}  // namespace careroute::measures::internal
