// services/command/refusal_words.h: why one case of many was refused.
//
// In the language of the page, as far as lib/api has words in it.
//
//   const RefusalWords words = WordsOf(row.refusal(), "ru");
//   table.Add({.cells = {row.name(), words.why}, .notes = words.notes});

#ifndef CAREROUTE_SERVICES_COMMAND_REFUSAL_WORDS_H_
#define CAREROUTE_SERVICES_COMMAND_REFUSAL_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/refusal.pb.h"
#include "services/command/table.h"

namespace careroute::services {

struct RefusalWords {
  std::string why;
  // What is missing, and what would mend it.
  std::vector<Note> notes;
};

[[nodiscard]] RefusalWords WordsOf(const model::v1::Refusal& refusal,
                                   absl::string_view language);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_REFUSAL_WORDS_H_
