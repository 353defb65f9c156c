// lib/engine/linked_cases.h: opens the case that another case asks for.
//
// A child just born is registered first, after those born before it; then the
// right to be the one open case of the person on the pathway is claimed, and
// the case is opened. Each step can be repeated after a crash: ids derive from
// the case that asks and its message.
//
//   linked_cases.Open({.opener = uid, .event = event, .message = message,
//                      .now = clock.Now()}, done);

#ifndef CAREROUTE_LIB_ENGINE_LINKED_CASES_H_
#define CAREROUTE_LIB_ENGINE_LINKED_CASES_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/consequences.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/editions.h"
#include "lib/engine/persons.h"
#include "lib/store/store.h"

namespace careroute::engine {

// "pathway/{pathway}": where a message goes that asks for a case.
inline constexpr char kToPathway[] = "pathway/";

// A message that asks for a case, and the event that brought it.
struct AskedCase {
  base::Uid opener;
  event::v1::CaseEvent event;
  event::v1::Message message;
  absl::Time now;
};

// Thread-safe. Everything handed in must outlive it.
class LinkedCases {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
    Editions& editions;
    Persons& persons;
    const calendar::CalendarSet& calendars;
  };
  explicit LinkedCases(const Options& options) : options_(options) {}

  // Completes with nothing once there is no case left to open: it is open, was
  // opened before, the person has another open case on the pathway, or was
  // erased. Otherwise with the refusal, NOT_FOUND when no edition of the
  // pathway applies where the opener's does, or ABORTED while another case of
  // the person there is being opened.
  void Open(AskedCase asked,
            base::Done<std::optional<model::v1::Refusal>> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  void ReadOpener(const JobPtr& job);
  void ChooseEdition(const JobPtr& job);
  // The `order`-th child of the birth; `older` were registered already. Ends
  // with the child the message is about.
  void RegisterChild(const JobPtr& job, int32_t order,
                     std::vector<std::string> older);
  // Nothing is left to open where the person has an open case on the pathway,
  // be it one of another of their records.
  void FindCase(const JobPtr& job, base::Uid person);
  void Claim(const JobPtr& job, base::Uid person);
  void Execute(const JobPtr& job, const std::string& person,
               const std::string& claim);
  [[nodiscard]] absl::CivilDay LocalDayOf(const CaseReading& opener,
                                          absl::Time time) const;

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_LINKED_CASES_H_
