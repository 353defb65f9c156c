// lib/engine/reports.h: a report of need becomes an open case, or joins one.
//
// Several streams take part: the person is found or registered, the right to
// be the one open case of the person on the pathway is claimed, and the case
// is opened or joined. Each step can be repeated after a crash: ids derive
// from the caller and the request id.
//
//   reports.Take({.info = info, .pathway = "early-help", ...}, done);

#ifndef CAREROUTE_LIB_ENGINE_REPORTS_H_
#define CAREROUTE_LIB_ENGINE_REPORTS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "careroute/command/v1/case_command.pb.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/editions.h"
#include "lib/engine/organisations.h"
#include "lib/engine/persons.h"
#include "lib/engine/request.h"
#include "lib/store/store.h"

namespace careroute::engine {

struct Report {
  RequestInfo info;
  std::string pathway;
  command::v1::RegisterPerson person;
  // Entry, criteria, facts, flags and note; the rest is filled in here.
  command::v1::OpenCase details;
  std::optional<google::protobuf::Timestamp> happened_time;
  model::v1::WordGiven word_given = model::v1::WORD_GIVEN_UNSPECIFIED;
};

struct ReportTaken {
  std::optional<model::v1::Refusal> refusal;
  std::string report;  // "reports/{report}"
};

// Thread-safe. Everything handed in must outlive it.
class Reports {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    const calendar::CalendarSet& calendars;
    Cases& cases;
    Editions& editions;
    Persons& persons;
    Organisations& organisations;
  };
  explicit Reports(const Options& options) : options_(options) {}

  // A new case pins the edition of the region where the person stays (else is
  // registered, else is reported); where none applies the report is refused
  // before anybody is registered. The answer never tells whether the case was
  // opened or joined.
  void Take(Report report, base::Done<ReportTaken> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  void FindEffect(const JobPtr& job);
  void ChooseEdition(const JobPtr& job);
  // Decides as for a person who is new, and stores nothing.
  void Validate(const JobPtr& job);
  void ResolvePerson(const JobPtr& job);
  void FindCase(const JobPtr& job);
  // Claims the one open case for the target: a new case, or one to reopen. A
  // case gives the claim up in the name of the record it was opened for.
  void Claim(const JobPtr& job, const PersonCase& target);
  // Goes on with `target`, or with the case that had the effect of this
  // request before: whom a report is about decides on its stream, so a repeat
  // must not be looked for in that of another person.
  void Bind(const JobPtr& job, const base::Uid& target,
            std::vector<std::string> confirm_claims);
  void Open(const JobPtr& job, std::vector<std::string> confirm_claims);
  [[nodiscard]] Cases::ExecuteRequest Opening(const JobPtr& job) const;
  // The claim of a case that was not opened; answers with the refusal.
  void GiveBack(const JobPtr& job, Reply refused);
  void Join(const JobPtr& job, const base::Uid& uid,
            std::vector<std::string> confirm_claims);
  void Finish(const JobPtr& job, absl::StatusOr<Reply> reply);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_REPORTS_H_
