// lib/casework/folded_case.h: a case as the conditions of its pathway see it.
//
// What a route explains and what decide decides must be the same answer, so
// whoever asks a condition outside a decision asks here: this is the view that
// decide has, before any command.
//
//   const FoldedCase folded({.state = state, .edition = edition, .now = now,
//                            .directory = directory, .calendars = calendars,
//                            .person = &person});
//   const pathway::Tri may = pathway::Evaluate(guard, folded.view(), {});
//
// Borrows everything it is given for its life. Total: without a calendar of
// the coordinator's organisation, questions about days are not known. Not
// thread-safe.

#ifndef CAREROUTE_LIB_CASEWORK_FOLDED_CASE_H_
#define CAREROUTE_LIB_CASEWORK_FOLDED_CASE_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/zone.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/edition.h"

namespace careroute::casework {

class FoldedCase {
 public:
  struct Options {
    const Case& state;
    const pathway::Edition& edition;
    absl::Time now;
    const DirectoryAnswers& directory;
    const calendar::CalendarSet& calendars;
    const PersonFacts* person = nullptr;  // null = the registry has no record
  };
  explicit FoldedCase(const Options& options);
  ~FoldedCase();
  FoldedCase(const FoldedCase&) = delete;
  FoldedCase& operator=(const FoldedCase&) = delete;

  [[nodiscard]] const pathway::CaseView& view() const;

  // The zone of the coordinator's organisation; null when not known.
  [[nodiscard]] const calendar::Zone* zone() const;
  // The day there; by UTC when the zone is not known.
  [[nodiscard]] absl::CivilDay today() const;

  // The record in force today; null = never recorded.
  [[nodiscard]] const FactRecord* CurrentFact(
      absl::string_view fact, pathway::SubjectRef subject) const;

  // Whether the organisation may be the performer described, for work on this
  // occurrence; null = work that has not started.
  [[nodiscard]] bool MayPerform(absl::string_view organisation,
                                const model::v1::Performer& performer,
                                const Occurrence* occurrence) const;

 private:
  struct Held;
  std::unique_ptr<const Held> held_;
};

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_FOLDED_CASE_H_
