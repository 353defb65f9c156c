// Records that were merged: what stands for what, and a person read through it.
// The rest of Persons is in persons.cc.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/engine/names.h"
#include "lib/engine/persons.h"

namespace careroute::engine {
namespace {

using registry::PersonRecord;

// `merged` under its own name and with its own key, as `kept` knows the person.
OpenPersonPtr ShownAs(const OpenPerson& merged, const OpenPerson& kept) {
  auto shown = std::make_shared<OpenPerson>(kept);
  shown->uid = merged.uid;
  shown->version = merged.version;
  shown->key = merged.key;
  model::v1::Person& person = shown->person;
  person.set_name(merged.person.name());
  person.set_uid(merged.person.uid());
  person.set_etag(merged.person.etag());
  *person.mutable_create_time() = merged.person.create_time();
  if (!kept.erased) person.set_state(model::v1::PERSON_STATE_MERGED);
  person.set_merged_into(PersonNameOf(kept.uid));
  return shown;
}

}  // namespace

base::Uid KeptOf(const OpenPerson& person) {
  return ParseName("persons/", person.person.merged_into())
      .value_or(person.uid);
}

void Persons::FindKept(base::Uid uid, int hops, base::Done<Kept> done) {
  streams_.Load(uid, [this, uid, hops, done = std::move(done)](
                         absl::StatusOr<Loaded<PersonRecord>> loaded) mutable {
    if (!loaded.ok()) {
      std::move(done)(loaded.status());
      return;
    }
    if (loaded->state->state != model::v1::PERSON_STATE_MERGED) {
      std::move(done)(Kept{.uid = uid, .loaded = *std::move(loaded)});
      return;
    }
    const auto next = ParseName("persons/", loaded->state->merged_into);
    if (!next.ok() || hops >= kMergeHopsMax) {
      std::move(done)(absl::DataLossError(
          absl::StrCat(PersonNameOf(uid), " was merged into no record")));
      return;
    }
    FindKept(*next, hops + 1, std::move(done));
  });
}

void Persons::OpenKept(base::Uid uid, base::Done<OpenPersonPtr> done) {
  FindKept(uid, 0,
           [this, done = std::move(done)](absl::StatusOr<Kept> kept) mutable {
             if (!kept.ok()) {
               std::move(done)(kept.status());
               return;
             }
             OpenLoaded(kept->uid, std::move(kept->loaded), std::move(done));
           });
}

void Persons::Open(base::Uid uid, base::Done<OpenPersonPtr> done) {
  OpenAsRecorded(uid, [this, done = std::move(done)](
                          absl::StatusOr<OpenPersonPtr> person) mutable {
    if (!person.ok() ||
        (*person)->record->state != model::v1::PERSON_STATE_MERGED) {
      std::move(done)(std::move(person));
      return;
    }
    OpenKept((*person)->uid, [merged = *person, done = std::move(done)](
                                 absl::StatusOr<OpenPersonPtr> kept) mutable {
      if (!kept.ok()) {
        std::move(done)(kept.status());
        return;
      }
      std::move(done)(ShownAs(*merged, **kept));
    });
  });
}

// --- Records of one person
// ----------------------------------------------------

struct Persons::Gathering {
  base::Uid asked;
  std::vector<std::string> names;  // that the kept record lists, still to ask
  std::vector<base::Uid> same;     // the kept one first
  base::Done<std::vector<base::Uid>> done;
};

void Persons::SameAs(base::Uid uid, base::Done<std::vector<base::Uid>> done) {
  auto gathering = std::make_shared<Gathering>();
  gathering->asked = uid;
  gathering->done = std::move(done);
  FindKept(uid, 0, [this, gathering](absl::StatusOr<Kept> kept) {
    if (!kept.ok()) {
      std::move(gathering->done)(kept.status());
      return;
    }
    gathering->same = {kept->uid};
    gathering->names = kept->loaded.state->took_over;
    GatherSame(gathering);
  });
}

// A record counts once it says itself that it was merged: the other half may
// be still to come, or have been refused.
void Persons::GatherSame(const std::shared_ptr<Gathering>& gathering) {
  std::vector<base::Uid>& same = gathering->same;
  if (gathering->names.empty()) {
    if (std::find(same.begin(), same.end(), gathering->asked) == same.end()) {
      same.push_back(gathering->asked);
    }
    std::move(gathering->done)(std::move(same));
    return;
  }
  const auto uid = ParseName("persons/", gathering->names.back());
  gathering->names.pop_back();
  if (!uid.ok()) return GatherSame(gathering);
  streams_.Load(*uid, [this, gathering, uid = *uid](
                          absl::StatusOr<Loaded<PersonRecord>> loaded) {
    if (!loaded.ok()) {
      std::move(gathering->done)(loaded.status());
      return;
    }
    if (loaded->state->merged_into == PersonNameOf(gathering->same.front())) {
      gathering->same.push_back(uid);
    }
    GatherSame(gathering);
  });
}

struct Persons::Naming {
  std::vector<std::string> names;  // still to ask
  KeptNameMap kept;
  base::Done<KeptNameMap> done;
};

void Persons::KeptNames(std::vector<std::string> names,
                        base::Done<KeptNameMap> done) {
  auto naming = std::make_shared<Naming>();
  naming->names = std::move(names);
  naming->done = std::move(done);
  NameNext(naming);
}

void Persons::NameNext(const std::shared_ptr<Naming>& naming) {
  if (naming->names.empty()) {
    std::move(naming->done)(std::move(naming->kept));
    return;
  }
  const std::string name = std::move(naming->names.back());
  naming->names.pop_back();
  const auto uid = ParseName("persons/", name);
  if (!uid.ok()) {
    naming->kept[name] = name;
    return NameNext(naming);
  }
  FindKept(*uid, 0, [this, naming, name](absl::StatusOr<Kept> kept) {
    if (!kept.ok()) {
      std::move(naming->done)(kept.status());
      return;
    }
    naming->kept[name] = PersonNameOf(kept->uid);
    NameNext(naming);
  });
}

}  // namespace careroute::engine
