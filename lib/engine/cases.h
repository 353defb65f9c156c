// lib/engine/cases.h: commands to cases, and cases read.
//
// Brings together what a decision needs (the pinned edition, the directory,
// the person's record), decides, seals, folds and writes.
//
//   cases.Execute({.info = info, .case_uid = uid, .command = command,
//                  .authorise = MayDo, .make_answer = Render}, done);
//   cases.Read(uid, [](absl::StatusOr<CaseReading> reading) { ... });

#ifndef CAREROUTE_LIB_ENGINE_CASES_H_
#define CAREROUTE_LIB_ENGINE_CASES_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "careroute/command/v1/case_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/access/data_class_set.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/casework/case.h"
#include "lib/casework/decide.h"
#include "lib/engine/case_fence.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/case_traits.h"
#include "lib/engine/editions.h"
#include "lib/engine/held_lanes.h"
#include "lib/engine/incoming.h"
#include "lib/engine/internal/person_facts.h"
#include "lib/engine/names.h"
#include "lib/engine/organisations.h"
#include "lib/engine/persons.h"
#include "lib/engine/request.h"
#include "lib/engine/sealing.h"
#include "lib/engine/stream_engine.h"
#include "lib/measures/measure_sets.h"
#include "lib/registry/sealer.h"
#include "lib/scoring/instrument_set.h"

namespace careroute::engine {

// A case with what says who may see what of it: nothing in it is sealed.
// Immutable, shared.
struct CaseStanding {
  base::Uid uid;
  int64_t version = 0;
  std::shared_ptr<const casework::Case> state;
  EditionPtr edition;
  DirectoryPtr directory;
  // When it was read: what holds for a while only is judged at it. Nothing such
  // holds any more in a reading that does not say.
  absl::Time now = absl::InfiniteFuture();
};

// The same with whom it is about: all that is needed to speak about it.
struct CaseReading : CaseStanding {
  OpenPersonPtr person;
};

// An event with its place in the chain, its sealed parts opened.
struct CaseHistory {
  event::v1::CaseEvent event;
  std::string hash;
  std::vector<PlainClassPart> opened;
  bool erased = false;
};

struct CaseHistoryPage {
  std::vector<CaseHistory> events;
  bool more = false;
};

// Thread-safe. Everything handed in must outlive it.
class Cases {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    registry::Sealer& sealer;
    const calendar::CalendarSet& calendars;
    const measures::MeasureSets* measures = nullptr;      // null = none
    const scoring::InstrumentSet* instruments = nullptr;  // null = none
    Editions& editions;
    Persons& persons;
    Organisations& organisations;
    const HeldLanes& held_lanes;
    const CaseFence& fence;
    std::string hub_id = {};  // empty = it exchanges with none
    size_t cached_max = 10000;
  };
  explicit Cases(const Options& options);

  // Says why the actor may not; none when it may. Asked on the state the
  // command is decided on.
  using Authorise =
      std::function<std::optional<model::v1::Refusal>(const CaseReading&)>;
  // The serialised response, made of the case after the command. `event` is
  // null when nothing changes.
  using MakeAnswer = std::function<std::string(
      const CaseReading& after, const event::v1::CaseEvent* event)>;

  struct ExecuteRequest {
    RequestInfo info;
    base::Uid case_uid;
    command::v1::CaseCommand command;
    Authorise authorise;     // null = the hub itself
    MakeAnswer make_answer;  // null = an empty answer
    // Of an opening that is only validated: a person who is not registered.
    // Null = the person is looked up.
    OpenPersonPtr draft_person;
    // Claims this command confirms: those of an opening.
    std::vector<std::string> confirm_claims;
  };
  // UNAVAILABLE while the fence is up, but for what was answered before.
  void Execute(ExecuteRequest request, base::Done<Reply> done);

  // The performer's half of a referral grew at its hub.
  struct MirrorRequest {
    base::Uid referral;
    std::string from_hub;  // which says so, as its certificate names it
    int32_t sequence = 0;  // among the envelopes of that half, from 1
    // In the plain; none when the envelope was withheld.
    google::protobuf::RepeatedPtrField<model::v1::ReferralEntry> entries;
  };
  // Refused as "not_yours" where this hub has no such referral, or sent it to
  // another hub. Safe to repeat.
  void Mirror(MirrorRequest request, base::Done<TakeResult> done);

  // An envelope of the request half, which the performer's hub gave back after
  // a restore of this one.
  struct AdoptRequest {
    ReferralRow home;      // of the referral
    std::string from_hub;  // which says so, as its certificate names it
    int32_t envelope = 0;  // the next one of the half
    // In the plain; none when it told of something else.
    google::protobuf::RepeatedPtrField<model::v1::ReferralEntry> entries;
    access::DataClassSet recalled;
  };
  // Refused and safe to repeat as Mirror.
  void Adopt(AdoptRequest request, base::Done<TakeResult> done);

  // Which case a referral is in; none for one of no case of this hub.
  void FindHome(base::Uid referral,
                base::Done<std::optional<ReferralRow>> done);
  // What a hub writes that a case is offered to, or has offered it: no command
  // of this one made it.
  struct Handed {
    TakeResult result;
    std::vector<std::string> events;  // as they are stored; none = no effect
    std::vector<std::string> confirm_claims;
  };
  using Hand =
      std::function<absl::StatusOr<Handed>(const Loaded<casework::Case>&)>;
  // Asked on the newest state, again when another writer was faster. The event
  // by which the case moves, or is offered, brings what is to be told from
  // here.
  void AppendHanded(base::Uid case_uid, Hand hand, base::Done<TakeResult> done);
  // Of a commit that watchers are about to hear of.
  void ShowNothingOlder(const store::StreamHead& head) {
    streams_.ShowNothingOlder(head);
  }

  // The state alone, which needs neither edition nor person; version 0 for a
  // case that was never opened.
  void Load(base::Uid case_uid, base::Done<Loaded<casework::Case>> done) {
    streams_.Load(case_uid, std::move(done));
  }

  // NOT_FOUND for a case that was never opened.
  void Read(base::Uid case_uid, base::Done<CaseReading> done);

  struct HistoryRequest {
    base::Uid case_uid;
    int64_t after_version = 0;
    int32_t limit = 100;
  };
  void ReadHistory(HistoryRequest request, base::Done<CaseHistoryPage> done);

  // What a list asks of the cases it shows, without the persons: opening one
  // costs more than the case. At most store::kStreamsPerReadMax; NOT_FOUND when
  // one was never opened.
  using Standings = std::map<base::Uid, CaseStanding>;
  void ReadStandings(const std::set<base::Uid>& uids,
                     base::Done<Standings> done);

  // The event that made a referral of a case.
  struct MakingRequest {
    CaseStanding standing;
    int32_t number = 0;  // of the referral
    // Parts of other classes stay sealed.
    access::DataClassSet classes;
  };
  using Makings = std::vector<std::optional<CaseHistory>>;
  // In the order of the requests, at most store::kStreamsPerReadMax; none for a
  // referral that the case does not have.
  void ReadMakings(std::vector<MakingRequest> requests,
                   base::Done<Makings> done);

  // The claim that keeps a person to one open case a pathway.
  [[nodiscard]] static std::string OpenCaseClaim(
      const std::string& person_bytes, absl::string_view pathway);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  void Gather(const JobPtr& job, const Loaded<casework::Case>& loaded,
              base::Done<Plan<casework::Case>> done);
  void GatherPerson(const JobPtr& job, const Loaded<casework::Case>& loaded,
                    CaseReading reading, base::Done<Plan<casework::Case>> done);
  void GatherLeft(const JobPtr& job, CaseReading reading,
                  base::Done<Plan<casework::Case>> done);
  void GatherWaiting(const JobPtr& job, CaseReading reading,
                     base::Done<Plan<casework::Case>> done);
  [[nodiscard]] absl::StatusOr<Plan<casework::Case>> PlanOfHanded(
      base::Uid case_uid, const Loaded<casework::Case>& before,
      Handed handed) const;
  void MirrorIn(base::Uid case_uid, int32_t number, MirrorRequest request,
                base::Done<TakeResult> done);
  [[nodiscard]] absl::StatusOr<Plan<casework::Case>> DecideOn(
      Job& job, const CaseReading& reading);
  void Answer(const Job& job, const CaseReading& before,
              std::shared_ptr<const casework::Case> after,
              const event::v1::CaseEvent& event,
              Plan<casework::Case>& plan) const;
  void FillIdentity(const CaseReading& reading,
                    command::v1::CaseCommand& command) const;
  void Seal(const CaseReading& reading,
            const std::vector<casework::ClassPart>& parts,
            event::v1::EventHeader& header) const;
  // UNAVAILABLE while a hub may not be told anything.
  [[nodiscard]] absl::Status PutMessages(
      const command::v1::CaseCommand& command,
      const event::v1::CaseEvent& event, store::AppendRequest& write) const;
  // Of the event by which a case moves: the answer is told by who gives it, and
  // the performers are told by the old home.
  void PutHandOverMessages(const event::v1::CaseEvent& event,
                           const casework::Case& before,
                           store::AppendRequest& write) const;
  void PutClaims(const std::vector<std::string>& confirm,
                 const casework::Case& before, const casework::Case& after,
                 store::AppendRequest& write) const;
  [[nodiscard]] absl::StatusOr<CaseHistoryPage> OpenPage(
      const CaseReading& reading, const store::EventPage& page) const;
  void Complete(CaseReading reading, base::Done<CaseReading> done);
  struct Listing;
  void FindEditions(const std::shared_ptr<Listing>& listing);
  struct Search;
  void LookForMakings(const std::shared_ptr<Search>& search);
  [[nodiscard]] absl::Status TakeMakings(
      const std::vector<store::EventPage>& pages, Search& search) const;
  [[nodiscard]] absl::StatusOr<CaseHistory> OpenMaking(
      const MakingRequest& request, const internal::KeyPtr& key,
      event::v1::CaseEvent event) const;

  const base::Clock& clock_;
  base::Random& random_;
  registry::Sealer& sealer_;
  const calendar::CalendarSet& calendars_;
  const measures::MeasureSets* measures_;
  const scoring::InstrumentSet* const instruments_;
  store::Store& store_;
  Editions& editions_;
  Persons& persons_;
  Organisations& organisations_;
  const HeldLanes& held_lanes_;
  const CaseFence& fence_;
  const std::string hub_id_;
  internal::PersonFactsCache person_facts_;
  StreamEngine<CaseTraits> streams_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CASES_H_
