// Who may be the person described: the blind index names them, their opened
// records are ranked; and who is represented by whom. The rest of Persons is in
// persons.cc.

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lib/engine/names.h"
#include "lib/engine/persons.h"
#include "lib/engine/tables.h"

namespace careroute::engine {

struct Persons::Search {
  registry::NormalIdentity identity;
  std::vector<std::string> tokens;  // still to scan
  std::set<std::string> ids;        // persons found, hexadecimal
  std::vector<base::Uid> to_open;
  std::vector<OpenPersonPtr> opened;
  absl::CivilDay today;
  base::Done<std::vector<Found>> done;
};

void Persons::FindCandidates(model::v1::Identity identity, absl::CivilDay today,
                             base::Done<std::vector<Found>> done) {
  auto search = std::make_shared<Search>();
  base::Problems problems;
  search->identity = registry::NormaliseIdentity(
      {.identity = identity, .today = today}, problems);
  for (const registry::Term& term : registry::TermsOf(search->identity)) {
    for (std::string& token : index_.LookupTokens(term)) {
      search->tokens.push_back(std::move(token));
    }
  }
  search->today = today;
  search->done = std::move(done);
  ScanTokens(search);
}

void Persons::ScanTokens(const std::shared_ptr<Search>& search) {
  if (search->tokens.empty() || search->ids.size() >= kCandidatesMax) {
    for (const std::string& id : search->ids) {
      if (const auto uid = base::ParseUid(id); uid.ok()) {
        search->to_open.push_back(*uid);
      }
    }
    return OpenFound(search);
  }
  const std::string token = std::move(search->tokens.back());
  search->tokens.pop_back();
  store_.Scan({.list = ListOf(Table::kPersonTokens, token),
               .limit = static_cast<int32_t>(kCandidatesMax)},
              [this, search](absl::StatusOr<store::IndexPage> page) {
                if (!page.ok()) {
                  std::move(search->done)(page.status());
                  return;
                }
                for (const store::IndexRow& row : page->rows) {
                  if (search->ids.size() < kCandidatesMax) {
                    search->ids.insert(row.id);
                  }
                }
                ScanTokens(search);
              });
}

void Persons::OpenFound(const std::shared_ptr<Search>& search) {
  if (!search->to_open.empty()) {
    const base::Uid uid = search->to_open.back();
    search->to_open.pop_back();
    return Open(uid, [this, search](absl::StatusOr<OpenPersonPtr> person) {
      if (person.ok() && !(*person)->erased) {
        search->opened.push_back(*std::move(person));
      }
      OpenFound(search);
    });
  }
  std::vector<registry::KnownPerson> known;
  for (const OpenPersonPtr& person : search->opened) {
    base::Problems problems;
    known.push_back(
        {.person = person->person.name(),
         .identity = registry::NormaliseIdentity(
             {.identity = person->person.identity(), .today = search->today},
             problems)});
  }
  std::vector<Found> found;
  for (registry::Candidate& candidate :
       registry::RankCandidates(search->identity, known)) {
    for (const OpenPersonPtr& person : search->opened) {
      if (person->person.name() == candidate.person) {
        found.push_back({.person = person, .candidate = std::move(candidate)});
        break;
      }
    }
  }
  std::move(search->done)(std::move(found));
}

// Siblings are found from the parent they share, though nobody linked them.
void Persons::PutRepresented(const OpenPerson& before,
                             const registry::PersonRecord& after,
                             store::AppendRequest& write) {
  const std::string id = before.uid.Hex();
  // A number is never used again and keeps its person. Once added it stays, as
  // the record does when a person is erased: it leads to no case but by the
  // list of the person's cases.
  for (const registry::RepresentativeRecord& one : after.representatives) {
    const auto who = ParseName("persons/", one.person);
    if (!who.ok() || before.record->FindRepresentative(one.number) != nullptr) {
      continue;
    }
    write.put_rows.push_back(
        {.list = ListOf(Table::kRepresented, who->Hex()), .id = id});
  }
}

}  // namespace careroute::engine
