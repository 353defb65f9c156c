// services/command/import/columns.h: which column of a file is which field of
// a request.
//
// Columns have the names another system would export; each stands for one
// field, named by its path. Words of enums may be written without their common
// beginning: "in_writing" for WORD_GIVEN_IN_WRITING. Lists are separated by
// semicolons.
//
//   const Column* column = FindColumn(CaseColumns(), "birth_date");
//   SetColumn(*column, "2023-05-06", request, problems);

#ifndef CAREROUTE_SERVICES_COMMAND_IMPORT_COLUMNS_H_
#define CAREROUTE_SERVICES_COMMAND_IMPORT_COLUMNS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::services {

struct Column {
  std::string name;
  // In the request: "person.identity.birth_date", "criteria[0].criterion".
  std::string path;
};

// Of RegisterPersonRequest and of ReportNeedRequest.
[[nodiscard]] const std::vector<Column>& PersonColumns();
[[nodiscard]] const std::vector<Column>& CaseColumns();

// Null when there is none of the name.
[[nodiscard]] const Column* FindColumn(const std::vector<Column>& columns,
                                       absl::string_view name);

// "birth_date" for "person.identity.birth_date" and for the end of it that the
// registry knows, "identity.birth_date"; the path itself when no column stands
// for it.
[[nodiscard]] std::string ColumnOfPath(const std::vector<Column>& columns,
                                       const std::string& path);

// Puts the text into the field. A problem under the field's path when it is
// no such value; the text itself is never repeated.
void SetColumn(const Column& column, const std::string& text,
               google::protobuf::Message& request, base::Problems& problems);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_IMPORT_COLUMNS_H_
