// services/command/row_words.h: what is wrong with one row of a file, in
// words.
//
//   row 3 (line 4): snils: is not 11 digits; write it as 123-456-789 01

#ifndef CAREROUTE_SERVICES_COMMAND_ROW_WORDS_H_
#define CAREROUTE_SERVICES_COMMAND_ROW_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/command/import/columns.h"
#include "services/command/row_import.h"

namespace careroute::services {

struct RowWordsOptions {
  // Whose names stand for paths; null = paths are told as they are.
  const std::vector<Column>* columns = nullptr;
  absl::string_view language = "en";
};

// One line for each thing that is wrong; empty for a row that was taken. Holds
// nothing of what the row says.
[[nodiscard]] std::string WordsOfRow(const RowFate& fate,
                                     const RowWordsOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_ROW_WORDS_H_
