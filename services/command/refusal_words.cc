#include "services/command/refusal_words.h"

#include "absl/strings/str_cat.h"
#include "lib/api/refusal_text.h"

namespace careroute::services {

RefusalWords WordsOf(const model::v1::Refusal& refusal,
                     absl::string_view language) {
  RefusalWords words{.why = api::RefusalText(refusal, language)};
  for (const model::v1::Missing& one : refusal.missing()) {
    words.notes.push_back(
        {.text = absl::StrCat(one.what(), ": ",
                              api::MendText(one.mend(), language)),
         .style = Style::kWarning});
  }
  return words;
}

}  // namespace careroute::services
