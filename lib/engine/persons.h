// lib/engine/persons.h: persons: registered once, found, opened, erased.
//
// The record is a stream without the person in it; who the person is stands in
// sealed parts under the person's own key. Opening joins both in memory.
//
//   persons.Open(uid, [](absl::StatusOr<OpenPersonPtr> person) { ... });
//   persons.Resolve({.info = info, .command = register_person}, done);

#ifndef CAREROUTE_LIB_ENGINE_PERSONS_H_
#define CAREROUTE_LIB_ENGINE_PERSONS_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/random.h"
#include "lib/casework/context.h"
#include "lib/engine/handed_event.h"
#include "lib/engine/internal/person_keys.h"
#include "lib/engine/person_traits.h"
#include "lib/engine/request.h"
#include "lib/engine/stream_engine.h"
#include "lib/registry/blind_index.h"
#include "lib/registry/decide_person.h"
#include "lib/registry/decider.h"
#include "lib/registry/duplicates.h"
#include "lib/registry/identity.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/person.h"
#include "lib/registry/sealer.h"

namespace careroute::engine {

// A record with its sealed parts opened. Immutable, shared, in memory only.
struct OpenPerson {
  base::Uid uid;
  int64_t version = 0;  // 0 = not registered
  // Who decides and belongs to the person: of the record that stands for this
  // one.
  std::shared_ptr<const registry::PersonRecord> record;
  // Everything, nothing withheld; only an id and a state once erased. Of a
  // record that was merged: its own name and etag, MERGED, the name of the
  // record that stands for it, and everything else of that one.
  model::v1::Person person;
  // The opened parts it is made of, by version of their event.
  std::map<int64_t, event::v1::PlainPart> parts;
  // Its own, also of a record that was merged: what was sealed under it, in its
  // cases too, opens with it alone. Null = none yet, or destroyed.
  internal::KeyPtr key;
  bool erased = false;
  std::optional<absl::CivilDay> birth_date;
  // Birth dates of representatives who are persons: a parent under 16 keeps
  // her rights and does not decide alone.
  std::vector<registry::RepresentativeAge> ages;
};
using OpenPersonPtr = std::shared_ptr<const OpenPerson>;

// "persons/{person}".
[[nodiscard]] std::string PersonNameOf(const base::Uid& uid);

// The record that stands for the person: another one once it was merged.
[[nodiscard]] base::Uid KeptOf(const OpenPerson& person);

// What the rules of who decides are asked with. Borrows from `person`.
[[nodiscard]] registry::DeciderInput DeciderInputOf(const OpenPerson& person);

// What decisions on cases ask of the person, on a day.
[[nodiscard]] casework::PersonFacts FactsOf(const OpenPerson& person,
                                            absl::CivilDay today);

// Where a message goes that the cases of a person have to hear.
inline constexpr char kToPerson[] = "person";

// Merges make no chain of two; a reader follows this many all the same, and
// never for ever.
inline constexpr int kMergeHopsMax = 8;

// Persons one look-up opens at most: more share a name and a birth date only
// in an attack.
inline constexpr size_t kCandidatesMax = 50;

// A case of a person, and whose record it was opened for.
struct PersonCase {
  base::Uid uid;
  base::Uid person;
  model::v1::CaseRow row;
};

// Thread-safe. Everything handed in must outlive it.
class Persons {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::KeyRing& keys;
    registry::Sealer& sealer;
    size_t cached_max = 10000;
  };
  explicit Persons(const Options& options);

  // The person of the record, as the record that stands for it knows them.
  // NOT_FOUND for a person that was never registered.
  void Open(base::Uid uid, base::Done<OpenPersonPtr> done);
  // As the record itself has them, whatever it was merged into.
  void OpenAsRecorded(base::Uid uid, base::Done<OpenPersonPtr> done);

  // The own key of each, as OpenPerson::key; none for those without.
  void ReadKeys(const std::set<base::Uid>& uids,
                base::Done<std::map<base::Uid, internal::KeyPtr>> done);

  // Every record of the person: the one that stands for all first. One alone
  // for a person of one record, or of none.
  void SameAs(base::Uid uid, base::Done<std::vector<base::Uid>> done);

  // By name, the name of the record that stands for the person; names of
  // organisations stand for themselves.
  using KeptNameMap = std::map<std::string, std::string>;
  void KeptNames(std::vector<std::string> names, base::Done<KeptNameMap> done);

  using MakeAnswer = std::function<std::string(const OpenPerson& after)>;
  using Authorise =
      std::function<std::optional<model::v1::Refusal>(const OpenPerson&)>;
  struct ExecuteRequest {
    RequestInfo info;
    base::Uid uid;
    absl::CivilDay today;  // in the caller's region
    command::v1::PersonCommand command;
    Authorise authorise;     // null = the hub itself
    MakeAnswer make_answer;  // null = an empty answer
    // Whoever asks has looked for the request id: it had no effect yet.
    bool is_first = false;
  };
  // Registering: use Resolve. Claims what only one person can have; refused
  // when another person has it.
  void Execute(ExecuteRequest request, base::Done<Reply> done);

  struct ResolveRequest {
    RequestInfo info;
    absl::CivilDay today;
    command::v1::RegisterPerson command;
  };
  struct Resolved {
    std::optional<model::v1::Refusal> refusal;
    // Null under validate_only, when the person would be new.
    OpenPersonPtr person;
    // By this request, now or when it was first made.
    bool registered_now = false;
    // Of a registration: the record as it was made, also for a repeat.
    model::v1::Person as_registered;
  };
  // The person who is the same beyond doubt, else a new one. Twins and likely
  // candidates are never taken for the same.
  void Resolve(ResolveRequest request, base::Done<Resolved> done);

  // The person as a registration would make it, whether or not it is known:
  // nothing is looked up or stored.
  [[nodiscard]] absl::StatusOr<Resolved> Draft(ResolveRequest request);

  struct Found {
    OpenPersonPtr person;
    registry::Candidate candidate;
  };
  // Every case of the person, closed ones too, whichever of the person's
  // records it was opened for.
  void CasesOf(base::Uid person, base::Done<std::vector<PersonCase>> done);

  // Who may be the described person, best first, each once. What a merged
  // record is found by leads to the record that stands for it.
  void FindCandidates(const model::v1::Identity& identity, absl::CivilDay today,
                      base::Done<std::vector<Found>> done);

  // A record as it goes to another hub with a case: everything that was
  // stored, and the key that opens it.
  struct HandedPerson {
    base::Uid uid;
    std::string key;  // 32 bytes
    std::vector<HandedEvent> events;
  };
  // FAILED_PRECONDITION for a person who was erased.
  void ReadHanded(base::Uid uid, base::Done<HandedPerson> done);
  // Who it is, before anything is kept of it; INVALID_ARGUMENT as TakeHanded.
  [[nodiscard]] absl::StatusOr<model::v1::Identity> IdentityOf(
      const HandedPerson& handed);
  // Adds what is new where the person is known already. FAILED_PRECONDITION
  // where the person was erased here, which is for ever; INVALID_ARGUMENT for a
  // record that its key does not open. Safe to repeat.
  void TakeHanded(HandedPerson handed, base::DoneStatus done);

 private:
  struct Search;
  struct Arriving;
  [[nodiscard]] absl::StatusOr<Arriving> OpenHanded(const HandedPerson& handed);
  void ClaimHanded(const std::shared_ptr<Arriving>& arriving);
  void AppendHanded(const std::shared_ptr<Arriving>& arriving,
                    std::vector<std::string> claims);
  [[nodiscard]] Plan<registry::PersonRecord> PlanOfHanded(
      const Arriving& arriving, const OpenPerson& before,
      const std::string& head, const std::vector<std::string>& claims) const;
  // What is claimed for the identity: of what only one person can have.
  [[nodiscard]] std::vector<std::string> ClaimsOf(
      const model::v1::Identity& identity, absl::CivilDay today) const;

  void OpenLoaded(base::Uid uid, Loaded<registry::PersonRecord> loaded,
                  base::Done<OpenPersonPtr> done);
  // The record that stands for the person.
  struct Kept {
    base::Uid uid;
    Loaded<registry::PersonRecord> loaded;
  };
  void FindKept(base::Uid uid, int hops, base::Done<Kept> done);
  void OpenKept(base::Uid uid, base::Done<OpenPersonPtr> done);
  struct Gathering;
  void GatherSame(const std::shared_ptr<Gathering>& gathering);
  struct Naming;
  void NameNext(const std::shared_ptr<Naming>& naming);
  struct Listing;
  void ListNext(const std::shared_ptr<Listing>& listing);
  // What a record is opened with: its key, and its events.
  struct Opening {
    internal::KeyPtr key;
    std::vector<store::StoredEvent> events;
  };
  [[nodiscard]] absl::StatusOr<std::shared_ptr<OpenPerson>> Join(
      base::Uid uid, const Loaded<registry::PersonRecord>& loaded,
      const Opening& opening);
  // Reads the events from the last one read on, then joins.
  void ReadParts(base::Uid uid, Loaded<registry::PersonRecord> loaded,
                 Opening opening, base::Done<std::shared_ptr<OpenPerson>> done);
  // Adds the birth dates of the representatives from the `index`-th on.
  void AddAges(std::shared_ptr<OpenPerson> person, size_t index,
               base::Done<OpenPersonPtr> done);
  void FetchAndJoin(base::Uid uid, Loaded<registry::PersonRecord> loaded,
                    base::Done<std::shared_ptr<OpenPerson>> done);
  // Fills in the view from record and parts.
  void Compose(OpenPerson& person) const;
  void FindOrRegister(ResolveRequest request, base::Done<Resolved> done);
  // `is_first`: as in ExecuteRequest.
  void Register(ResolveRequest request, bool is_first,
                base::Done<Resolved> done);
  void ClaimAndRun(const std::shared_ptr<ExecuteRequest>& request,
                   const std::shared_ptr<std::vector<std::string>>& claims,
                   base::Done<Reply> done);
  void Run(const std::shared_ptr<ExecuteRequest>& request,
           const std::vector<std::string>& claims, base::Done<Reply> done);
  struct Claiming {
    base::Uid owner;
    std::vector<std::string> keys;  // still to claim
    std::vector<std::string> held;
    bool skips_held = false;  // what another person holds; else it fails
    base::Done<std::vector<std::string>> done;
  };
  void ClaimNext(const std::shared_ptr<Claiming>& claiming);
  void Decide(const std::shared_ptr<ExecuteRequest>& request,
              const std::vector<std::string>& claims,
              const Loaded<registry::PersonRecord>& loaded,
              base::Done<Plan<registry::PersonRecord>> done);
  [[nodiscard]] absl::StatusOr<Plan<registry::PersonRecord>> PlanOf(
      const ExecuteRequest& request, const std::vector<std::string>& claims,
      const OpenPerson& before);
  void SealDecision(const OpenPerson& before,
                    registry::PersonDecision& decision,
                    Plan<registry::PersonRecord>& plan, OpenPerson& after);
  void PutTokens(const OpenPerson& before, absl::CivilDay today,
                 const registry::PersonDecision& decision,
                 store::AppendRequest& write) const;
  static void PutRepresented(const OpenPerson& before,
                             const registry::PersonRecord& after,
                             store::AppendRequest& write);
  void ReleaseClaims(const OpenPerson& before, const ExecuteRequest& request,
                     const registry::PersonDecision& decision,
                     store::AppendRequest& write) const;
  [[nodiscard]] std::vector<store::IndexRow> TokenRows(
      const base::Uid& uid, const std::vector<registry::Term>& terms) const;
  void LookUp(const std::shared_ptr<Search>& search);
  void ScanTokens(const std::shared_ptr<Search>& search);
  static void TakeFound(const store::IndexPage& page, Search& search);
  void OpenFound(const std::shared_ptr<Search>& search);
  void RankFound(const std::shared_ptr<Search>& search);

  store::Store& store_;
  const base::Clock& clock_;
  base::Random& random_;
  const registry::KeyRing& keys_;
  registry::Sealer& sealer_;
  registry::BlindIndex index_;
  StreamEngine<PersonTraits> streams_;
  // By uid; dropped when the version is not the newest.
  struct CachedPerson {
    OpenPersonPtr person;
    int64_t version = 0;
  };
  StateCache<CachedPerson> opened_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PERSONS_H_
