// The cases of a person. The rest of Persons is in persons.cc.

#include <memory>
#include <utility>
#include <vector>

#include "lib/engine/all_rows.h"
#include "lib/engine/persons.h"
#include "lib/engine/tables.h"

namespace careroute::engine {

struct Persons::Listing {
  std::vector<base::Uid> records;  // still to read
  std::vector<PersonCase> cases;
  base::Done<std::vector<PersonCase>> done;
};

void Persons::CasesOf(base::Uid person,
                      base::Done<std::vector<PersonCase>> done) {
  auto listing = std::make_shared<Listing>();
  listing->done = std::move(done);
  SameAs(person, [this, listing](absl::StatusOr<std::vector<base::Uid>> same) {
    if (!same.ok()) {
      std::move(listing->done)(same.status());
      return;
    }
    listing->records = *std::move(same);
    ListNext(listing);
  });
}

void Persons::ListNext(const std::shared_ptr<Listing>& listing) {
  if (listing->records.empty()) {
    std::move(listing->done)(std::move(listing->cases));
    return;
  }
  const base::Uid person = listing->records.back();
  listing->records.pop_back();
  ReadAllRows(store_, ListOf(Table::kPersonCases, person.Hex()),
              [this, listing,
               person](absl::StatusOr<std::vector<store::IndexRow>> rows) {
                if (!rows.ok()) {
                  std::move(listing->done)(rows.status());
                  return;
                }
                for (const store::IndexRow& row : *rows) {
                  PersonCase one{.person = person};
                  const auto uid = base::ParseUid(row.id);
                  if (!uid.ok() || !one.row.ParseFromString(row.payload)) {
                    continue;
                  }
                  one.uid = *uid;
                  listing->cases.push_back(std::move(one));
                }
                ListNext(listing);
              });
}

}  // namespace careroute::engine
