// The cases of a person. The rest of Persons is in persons.cc.

#include <utility>
#include <vector>

#include "lib/engine/all_rows.h"
#include "lib/engine/persons.h"
#include "lib/engine/tables.h"

namespace careroute::engine {

void Persons::CasesOf(base::Uid person,
                      base::Done<std::vector<PersonCase>> done) {
  ReadAllRows(store_, ListOf(Table::kPersonCases, person.Hex()),
              [person, done = std::move(done)](
                  absl::StatusOr<std::vector<store::IndexRow>> rows) mutable {
                if (!rows.ok()) {
                  std::move(done)(rows.status());
                  return;
                }
                std::vector<PersonCase> cases;
                for (const store::IndexRow& row : *rows) {
                  PersonCase one{.person = person};
                  const auto uid = base::ParseUid(row.id);
                  if (!uid.ok() || !one.row.ParseFromString(row.payload)) {
                    continue;
                  }
                  one.uid = *uid;
                  cases.push_back(std::move(one));
                }
                std::move(done)(std::move(cases));
              });
}

}  // namespace careroute::engine
