// services/command/refusal_words.h: why one case of many was refused.
//
// A hub says so in English. What it says of posts that change hands has words
// in Russian here; anything else is shown as the hub says it.
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
  // What is missing and what would mend it, unless `why` says so.
  std::vector<Note> notes;
};

[[nodiscard]] RefusalWords WordsOf(const model::v1::Refusal& refusal,
                                   absl::string_view language);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_REFUSAL_WORDS_H_
