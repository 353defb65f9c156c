// services/hub/generate/caseload_shape.h: what a region's caseload looks like.
//
// Which programmes there are and how many cases of each, of which age the
// people are, who reports them, whom referrals ask, and through which histories
// the cases have gone. It is data, in one JSON file (data/demo-region.json)
// that says of each programme where its numbers come from.
//
//   base::Problems problems;
//   const std::optional<CaseloadShape> shape =
//       ReadCaseloadShape(text, problems);
//
// Inside, reports and moves are the JSON forms of careroute.api.v1.
// ReportNeedRequest and careroute.command.v1.CaseCommand: no pathway is known
// to the program, and another region needs another file only.

#ifndef CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_SHAPE_H_
#define CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_SHAPE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/source.pb.h"
#include "lib/base/problems.h"

namespace careroute::services {

// A file beyond it is none of these.
inline constexpr size_t kShapeBytesMax = size_t{1} << 20;

// Both ends count.
struct WholeRange {
  int from = 0;
  int to = 0;
};

// Organisations that referrals ask, all of one sort.
struct CaseloadPerformers {
  std::string id;  // programmes name it
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  int organisations = 0;
  std::vector<std::string> services;  // that each of them offers
  model::v1::Source source;
};

// A command, some time after what happened before.
struct CaseloadMove {
  // Its live occurrence is the one that the command completes or refers;
  // empty for commands that concern no step, or a referral that is there.
  std::string step;
  command::v1::CaseCommand command;
  // By the organisation asked last, not by the coordinator.
  bool by_performer = false;
  int after_hours = 0;
  // For a completed step: the day it is looked at again, so many days after;
  // 0 = none.
  int recheck_after_days = 0;
  // Facts whose value is the day of the move.
  std::vector<std::string> facts_of_the_day;
};

struct CaseloadHistory {
  int share = 0;  // of the programme's cases, in proportion to the others'
  WholeRange began_days_ago;
  std::vector<CaseloadMove> moves;
};

struct CaseloadProgramme {
  // The report of each case; the person is invented. Names the pathway.
  api::v1::ReportNeedRequest report;
  int share = 0;        // of all cases, in proportion to the others'
  std::string overlay;  // of the catalogue; empty = the hub's own
  model::v1::AgencyKind reporter = model::v1::AGENCY_KIND_UNSPECIFIED;
  int organisations = 0;  // that report
  WholeRange age_months;  // on the day the caseload is written
  // Of 100 persons, how many have a parent who decides for them, and how many
  // a policy number.
  int with_parent = 0;
  int with_policy = 0;
  // Whom the referrals ask: an index into the shape's list; nothing where no
  // history has a referral.
  std::optional<size_t> performers;
  std::vector<CaseloadHistory> histories;
  model::v1::Source source;
};

struct CaseloadShape {
  std::string region;
  std::string calendar;
  std::string zone;
  std::vector<std::string> districts;
  std::vector<CaseloadPerformers> performers;
  std::vector<CaseloadProgramme> programmes;
  std::string hash;  // of the text it was read from
};

// Whether the command asks an organisation: makes a referral, or redirects one.
[[nodiscard]] bool AsksPerformer(const command::v1::CaseCommand& command);

// The shape a JSON text describes; nothing, with problems, when it describes
// none.
[[nodiscard]] std::optional<CaseloadShape> ReadCaseloadShape(
    const std::string& text, base::Problems& problems);

// ../share/careroute/caseload/demo-region.json from where the program is.
[[nodiscard]] std::string InstalledCaseload();

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_GENERATE_CASELOAD_SHAPE_H_
