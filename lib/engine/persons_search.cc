// Who may be the person described: the blind index names them, their opened
// records are ranked; and who is represented by whom. The rest of Persons is in
// persons.cc.

#include <algorithm>
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
  // The mother's records, the one that stands for all first: a child named
  // with one of them is a child of all.
  std::vector<std::string> mothers;
  std::vector<std::string> tokens;  // still to scan
  std::set<std::string> ids;        // persons found, hexadecimal
  std::vector<base::Uid> to_open;
  // A record that was found, and the one that stands for it.
  struct Opened {
    OpenPersonPtr found;
    OpenPersonPtr kept;
  };
  std::vector<Opened> opened;
  absl::CivilDay today;
  base::Done<std::vector<Found>> done;
};

void Persons::FindCandidates(const model::v1::Identity& identity,
                             absl::CivilDay today,
                             base::Done<std::vector<Found>> done) {
  auto search = std::make_shared<Search>();
  base::Problems problems;
  search->identity = registry::NormaliseIdentity(
      {.identity = identity, .today = today}, problems);
  search->today = today;
  search->done = std::move(done);
  const auto mother = ParseName("persons/", search->identity.mother);
  if (!mother.ok()) {
    search->mothers = {search->identity.mother};
    return LookUp(search);
  }
  SameAs(*mother, [this, search](absl::StatusOr<std::vector<base::Uid>> same) {
    if (!same.ok()) {
      std::move(search->done)(same.status());
      return;
    }
    for (const base::Uid& uid : *same) {
      search->mothers.push_back(PersonNameOf(uid));
    }
    LookUp(search);
  });
}

void Persons::LookUp(const std::shared_ptr<Search>& search) {
  std::set<std::string> tokens;
  for (const std::string& mother : search->mothers) {
    search->identity.mother = mother;
    for (const registry::Term& term : registry::TermsOf(search->identity)) {
      for (std::string& token : index_.LookupTokens(term)) {
        tokens.insert(std::move(token));
      }
    }
  }
  search->identity.mother = search->mothers.front();
  search->tokens.assign(tokens.begin(), tokens.end());
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
  store::ScanManyRequest scan{.limit = static_cast<int32_t>(kCandidatesMax)};
  while (!search->tokens.empty() &&
         scan.lists.size() < store::kListsPerScanMax) {
    scan.lists.push_back(ListOf(Table::kPersonTokens, search->tokens.back()));
    search->tokens.pop_back();
  }
  store_.ScanMany(
      std::move(scan),
      [this, search](absl::StatusOr<std::vector<store::IndexPage>> pages) {
        if (!pages.ok()) {
          std::move(search->done)(pages.status());
          return;
        }
        for (const store::IndexPage& page : *pages) TakeFound(page, *search);
        ScanTokens(search);
      });
}

void Persons::TakeFound(const store::IndexPage& page, Search& search) {
  for (const store::IndexRow& row : page.rows) {
    if (search.ids.size() == kCandidatesMax) return;
    search.ids.insert(row.id);
  }
}

void Persons::OpenFound(const std::shared_ptr<Search>& search) {
  if (search->to_open.empty()) return RankFound(search);
  const base::Uid uid = search->to_open.back();
  search->to_open.pop_back();
  OpenAsRecorded(uid, [this, search](absl::StatusOr<OpenPersonPtr> found) {
    if (!found.ok() || (*found)->erased) return OpenFound(search);
    OpenKept((*found)->uid, [this, search, found = *found](
                                absl::StatusOr<OpenPersonPtr> kept) {
      if (kept.ok() && !(*kept)->erased) {
        search->opened.push_back({.found = found, .kept = *std::move(kept)});
      }
      OpenFound(search);
    });
  });
}

// A record is judged by what it says itself; whoever stands for it is shown.
void Persons::RankFound(const std::shared_ptr<Search>& search) {
  std::vector<registry::KnownPerson> known;
  for (const Search::Opened& one : search->opened) {
    base::Problems problems;
    known.push_back(
        {.person = one.found->person.name(),
         .identity = registry::NormaliseIdentity(
             {.identity = one.found->person.identity(), .today = search->today},
             problems)});
    std::string& mother = known.back().identity.mother;
    if (std::find(search->mothers.begin(), search->mothers.end(), mother) !=
        search->mothers.end()) {
      mother = search->mothers.front();
    }
  }
  std::vector<Found> found;
  std::set<base::Uid> shown;
  for (registry::Candidate& candidate :
       registry::RankCandidates(search->identity, known)) {
    for (const Search::Opened& one : search->opened) {
      if (one.found->person.name() == candidate.person) {
        candidate.person = one.kept->person.name();
        if (shown.insert(one.kept->uid).second) {
          found.push_back(
              {.person = one.kept, .candidate = std::move(candidate)});
        }
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
