// Cases as lists show them: several by one call to the store, and nothing
// opened that a row does not show.

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/engine/cases.h"
#include "lib/engine/sealing.h"

namespace careroute::engine {
namespace {

using casework::Case;

// Read at once while the event that made a referral is looked for: it mostly
// follows soon on the one that started its step.
constexpr int32_t kMakingPage = 20;

// Of bytes that name nobody there is no key.
base::Uid PersonOf(const CaseStanding& standing) {
  return base::UidFromBytes(standing.state->person).value_or(base::Uid());
}

// The last event that cannot have made it: what started its step came first.
int64_t BeforeMaking(const CaseStanding& standing, int32_t number) {
  const casework::Referral* referral =
      casework::FindReferral(*standing.state, number);
  if (referral == nullptr) return standing.version;
  const casework::Occurrence* live =
      casework::FindOccurrence(*standing.state, referral->occurrence);
  return live == nullptr ? 0 : std::max<int64_t>(live->version - 1, 0);
}

bool Makes(const event::v1::CaseEvent& event, int32_t number) {
  return event.has_referral_made() && event.referral_made().number() == number;
}

}  // namespace

struct Cases::Listing {
  Standings standings;
  std::map<std::string, EditionPtr> editions;  // by hash
  base::Done<Standings> done;
};

void Cases::ReadStandings(const std::set<base::Uid>& uids,
                          base::Done<Standings> done) {
  std::vector<base::Uid> asked(uids.begin(), uids.end());
  streams_.LoadMany(
      asked, [this, asked, done = std::move(done)](
                 absl::StatusOr<std::vector<Loaded<Case>>> loaded) mutable {
        if (!loaded.ok()) {
          std::move(done)(loaded.status());
          return;
        }
        auto listing = std::make_shared<Listing>();
        listing->done = std::move(done);
        const DirectoryPtr directory = organisations_.Current();
        const absl::Time now = clock_.Now();
        for (size_t i = 0; i < asked.size(); ++i) {
          const Loaded<Case>& one = (*loaded)[i];
          if (one.version == 0) {
            std::move(listing->done)(
                absl::NotFoundError("there is no such case"));
            return;
          }
          listing->standings[asked[i]] = {.uid = asked[i],
                                          .version = one.version,
                                          .state = one.state,
                                          .directory = directory,
                                          .now = now};
        }
        FindEditions(listing);
      });
}

// Editions are few, however many the cases: each is asked for once.
void Cases::FindEditions(const std::shared_ptr<Listing>& listing) {
  for (auto& [uid, standing] : listing->standings) {
    const std::string& hash = standing.state->edition.hash;
    const auto known = listing->editions.find(hash);
    if (known != listing->editions.end()) {
      standing.edition = known->second;
      continue;
    }
    editions_.Find(hash,
                   [this, listing, hash](absl::StatusOr<EditionPtr> edition) {
                     if (!edition.ok()) {
                       std::move(listing->done)(edition.status());
                       return;
                     }
                     listing->editions[hash] = *std::move(edition);
                     FindEditions(listing);
                   });
    return;
  }
  std::move(listing->done)(std::move(listing->standings));
}

struct Cases::Search {
  std::vector<MakingRequest> requests;
  std::vector<int64_t> after;  // of each, the last event looked at
  std::vector<size_t> left;    // requests still looked for
  std::map<base::Uid, internal::KeyPtr> keys;  // of the persons
  Makings found;
  base::Done<Makings> done;
};

void Cases::ReadMakings(std::vector<MakingRequest> requests,
                        base::Done<Makings> done) {
  auto search = std::make_shared<Search>();
  search->done = std::move(done);
  search->found.resize(requests.size());
  std::set<base::Uid> persons;
  for (const MakingRequest& request : requests) {
    persons.insert(PersonOf(request.standing));
    search->left.push_back(search->after.size());
    search->after.push_back(BeforeMaking(request.standing, request.number));
  }
  search->requests = std::move(requests);
  if (persons.empty()) return LookForMakings(search);
  persons_.ReadKeys(
      persons, [this, search](
                   absl::StatusOr<std::map<base::Uid, internal::KeyPtr>> keys) {
        if (!keys.ok()) {
          std::move(search->done)(keys.status());
          return;
        }
        search->keys = *std::move(keys);
        LookForMakings(search);
      });
}

void Cases::LookForMakings(const std::shared_ptr<Search>& search) {
  if (search->left.empty()) {
    std::move(search->done)(std::move(search->found));
    return;
  }
  std::vector<store::ReadEventsRequest> reads;
  for (const size_t index : search->left) {
    reads.push_back({.stream = {.kind = store::StreamKind::kCase,
                                .id = search->requests[index].standing.uid},
                     .after_version = search->after[index],
                     .limit = kMakingPage});
  }
  store_.ReadManyEvents(
      std::move(reads),
      [this, search](absl::StatusOr<std::vector<store::EventPage>> pages) {
        absl::Status taken =
            pages.ok() ? TakeMakings(*pages, *search) : pages.status();
        if (!taken.ok()) {
          std::move(search->done)(std::move(taken));
          return;
        }
        LookForMakings(search);
      });
}

// A page of each that is left; leaves those whose event comes later.
absl::Status Cases::TakeMakings(const std::vector<store::EventPage>& pages,
                                Search& search) const {
  std::vector<size_t> left;
  for (size_t i = 0; i < pages.size(); ++i) {
    const size_t index = search.left[i];
    const MakingRequest& request = search.requests[index];
    std::optional<CaseHistory>& found = search.found[index];
    for (const store::StoredEvent& stored : pages[i].events) {
      event::v1::CaseEvent event;
      if (!event.ParseFromString(stored.bytes)) {
        return absl::DataLossError("an event of a case is damaged");
      }
      search.after[index] = stored.version;
      if (!Makes(event, request.number)) continue;
      const auto key = search.keys.find(PersonOf(request.standing));
      CAREROUTE_ASSIGN_OR_RETURN(
          found,
          OpenMaking(request, key == search.keys.end() ? nullptr : key->second,
                     std::move(event)));
      found->hash = stored.chain_hash;
      break;
    }
    if (!found.has_value() && pages[i].more) left.push_back(index);
  }
  search.left = std::move(left);
  return absl::OkStatus();
}

absl::StatusOr<CaseHistory> Cases::OpenMaking(
    const MakingRequest& request, const internal::KeyPtr& key,
    event::v1::CaseEvent event) const {
  CaseHistory history{.event = std::move(event)};
  event::v1::EventHeader& header = *history.event.mutable_header();
  if (key == nullptr) {
    history.erased = header.sealed_size() > 0;
  } else {
    CAREROUTE_ASSIGN_OR_RETURN(
        history.opened, OpenPartsOf(request.classes,
                                    {.sealer = sealer_,
                                     .key = *key,
                                     .person = PersonOf(request.standing),
                                     .stream = request.standing.uid},
                                    header));
  }
  header.clear_sealed();
  return history;
}

}  // namespace careroute::engine
