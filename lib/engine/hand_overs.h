// lib/engine/hand_overs.h: cases that come from another hub, or go to one.
//
// Who writes to a case is said by its chain alone. The old home freezes it; the
// next event is written by the hub it is offered to, and by nobody else: it
// takes the case, or refuses it. The old home appends that very event, so that
// its copy stays the beginning of the new home's. Until then nobody writes.
//
//   hand_overs.TakePage({.case_uid = uid, .from_hub = "west",
//                        .first_version = 1, .events = events}, done);
//   hand_overs.TakeOffer(offer, done);    // at the new home
//   hand_overs.TakeAnswer(answer, done);  // at the old one
//
// The history comes before the offer and opens nothing by itself; the key of
// the person comes with the offer. The old home keeps its copy and its key: it
// reads the case as it was, writes no more to it, and says where it is. So the
// family may come back, and a new home that loses its store loses nothing that
// was its only copy. A hub that was put back from a backup may have forgotten
// that a case moved: it writes to none until it was given back what the others
// know of it (case_fence.h).

#ifndef CAREROUTE_LIB_ENGINE_HAND_OVERS_H_
#define CAREROUTE_LIB_ENGINE_HAND_OVERS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/editions.h"
#include "lib/engine/handed_event.h"
#include "lib/engine/incoming.h"
#include "lib/engine/organisations.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/persons.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Thread-safe. Everything handed in must outlive it.
class HandOvers {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    const calendar::CalendarSet& calendars;
    Cases& cases;
    Persons& persons;
    PerformedReferrals& performed;
    Editions& editions;
    Organisations& organisations;
    std::string hub_id;  // this hub
  };
  explicit HandOvers(Options options) : options_(std::move(options)) {}

  // A part of the history of a case that is going to be offered.
  struct Page {
    base::Uid case_uid;
    std::string from_hub;
    int64_t first_version = 1;
    std::vector<HandedEvent> events;
  };
  // GAP, by version, where something before it is missing. Refused as
  // "case_is_here" where this hub writes to the case, and as "chain_broken"
  // where it does not go on from what came before.
  void TakePage(Page page, base::Done<TakeResult> done);

  struct Offer {
    base::Uid case_uid;
    std::string from_hub;
    int64_t answer_version = 0;  // of the event that will answer it
    base::Uid hand_over;
    std::string head_hash;  // of the event before
    std::string person_key;
    std::vector<HandedEvent> person;
    std::vector<std::string> editions;  // whole
  };
  // Taken once it is answered, one way or the other; the answer goes by itself.
  void TakeOffer(Offer offer, base::Done<TakeResult> done);

  struct Answer {
    base::Uid case_uid;
    std::string from_hub;
    int64_t version = 0;
    HandedEvent event;
    // Referrals that members of this hub perform for the case: from now on for
    // another hub. In the plain, with both halves.
    std::vector<Adoption> adoptions;
  };
  void TakeAnswer(Answer answer, base::Done<TakeResult> done);

  // What another hub keeps of a case and this one forgot after a restore.
  struct Returned {
    base::Uid case_uid;
    int64_t first_version = 1;
    // None by which this hub lost the case: that is an answer.
    std::vector<HandedEvent> events;
    // As in an offer; none where this hub has them.
    std::string person_key = {};
    std::vector<HandedEvent> person = {};
    std::vector<std::string> editions = {};
  };
  // They are this hub's again as they are: nobody decides anew what happened.
  // Refused as "chain_broken" where this hub's copy went another way, and where
  // the case comes home without its person, as "erased_here" or "erased_there".
  // Safe to repeat.
  void TakeBack(Returned returned, base::Done<TakeResult> done);

 private:
  struct Offering;
  using OfferingPtr = std::shared_ptr<Offering>;
  struct Answering;
  using AnsweringPtr = std::shared_ptr<Answering>;
  struct Returning;
  using ReturningPtr = std::shared_ptr<Returning>;

  // Each step of an offer goes on to the next, or refuses, or fails.
  void CheckOffer(const OfferingPtr& offering, Loaded<casework::Case> loaded);
  void CheckDirectory(const OfferingPtr& offering);
  void KeepEditions(const OfferingPtr& offering);
  void PutEditions(std::shared_ptr<const casework::Case> state,
                   std::vector<std::string> editions, base::DoneStatus done);
  void FindEdition(const OfferingPtr& offering);
  void ClaimCase(const OfferingPtr& offering);
  void FindDuplicates(const OfferingPtr& offering);
  void TakePerson(const OfferingPtr& offering);
  void Receive(const OfferingPtr& offering);
  void Refuse(const OfferingPtr& offering, absl::string_view why);
  void LookAtCases(const OfferingPtr& offering, std::vector<base::Uid> same);
  void AppendAnswer(
      const OfferingPtr& offering,
      std::function<event::v1::CaseEvent(const casework::Case&)> answer,
      std::vector<std::string> claims);

  void CheckAnswer(const AnsweringPtr& answering,
                   const Loaded<casework::Case>& loaded);
  void AdoptNext(const AnsweringPtr& answering);
  void AppendAnswered(const AnsweringPtr& answering);

  void CheckReturned(const ReturningPtr& returning,
                     const Loaded<casework::Case>& loaded);
  void TakePersonBack(const ReturningPtr& returning);
  void ClaimReturned(const ReturningPtr& returning);
  void AppendReturned(const ReturningPtr& returning);

  const Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_HAND_OVERS_H_
