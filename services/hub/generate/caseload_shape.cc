#include "services/hub/generate/caseload_shape.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "lib/base/hash.h"
#include "lib/base/utf8.h"
#include "lib/catalogue/check_shape.h"
#include "services/core/installed.h"
#include "services/hub/generate/json_fields.h"

namespace careroute::services {
namespace {

using command::v1::CaseCommand;
using command::v1::ReferralCommand;
using google::protobuf::Struct;

// Nobody counts finer, and sums stay far from any limit.
constexpr int kShareMax = 1'000'000;
constexpr int kPercent = 100;
constexpr int kOrganisationsMax = 2000;
constexpr int kAgeMonthsMax = 12 * 110;
constexpr int kDaysMax = 3650;
constexpr int kHoursMax = 24 * 366;
// Beside it the name of an organisation, at most 64, holds a word and a number.
constexpr size_t kPerformersIdMax = 48;

WholeRange ReadRange(JsonFields& fields, const std::string& name, int max,
                     base::Problems& problems) {
  const Struct* const object = fields.Object(name);
  if (object == nullptr) return {};
  const auto at = problems.Enter(name);
  JsonFields ends(*object, problems);
  WholeRange range{.from = ends.Number("from", {.max = max}),
                   .to = ends.Number("to", {.max = max})};
  ends.RefuseOthers();
  if (range.to < range.from) {
    problems.Error("to", "CONTRADICTORY", "lies before `from`",
                   "write the smaller number first");
    range.to = range.from;
  }
  return range;
}

// Whether the command names an occurrence by its step.
bool ConcernsStep(const CaseCommand& command) {
  return command.has_complete_step() ||
         (command.has_referral() && command.referral().has_make());
}

// "coordinator" or "performer"; the coordinator unless it is said.
bool ReadByPerformer(JsonFields& fields, base::Problems& problems) {
  const std::string by = fields.TextOrNone("by");
  if (by == "performer") return true;
  if (!by.empty() && by != "coordinator") {
    problems.Error("by", "UNKNOWN_PARTY", "is nobody who moves",
                   "write coordinator or performer, or leave it out");
  }
  return false;
}

// What is invented, or known only when the case is there.
void CheckLeftOpen(const CaseCommand& command, base::Problems& problems) {
  const ReferralCommand& referral = command.referral();
  if (referral.referral() != 0 || referral.make().occurrence() != 0 ||
      !referral.make().performer().empty() ||
      !referral.redirect().performer().empty() ||
      !command.complete_step().consent().given_by().empty() ||
      !command.give_consent().consent().given_by().empty()) {
    problems.Error("command", "CONTRADICTORY",
                   "says which occurrence or referral, who is asked, or who "
                   "gave a consent",
                   "leave that out: it is found for each case");
  }
}

void CheckMove(const CaseloadMove& move, base::Problems& problems) {
  const CaseCommand& command = move.command;
  if (command.command_case() == CaseCommand::COMMAND_NOT_SET ||
      (command.has_referral() &&
       command.referral().command_case() == ReferralCommand::COMMAND_NOT_SET)) {
    problems.Error("command", "EMPTY", "says nothing to do",
                   "write one command, such as completeStep");
  } else if (ConcernsStep(command) == move.step.empty()) {
    problems.Error("step", "CONTRADICTORY",
                   move.step.empty()
                       ? "the step to complete or to refer has no name"
                       : "the command neither completes nor refers a step",
                   "name the step with completeStep and referral.make, and "
                   "only with them");
  }
  if (!command.has_complete_step() &&
      (move.recheck_after_days > 0 || !move.facts_of_the_day.empty())) {
    problems.Error("command", "CONTRADICTORY",
                   "only completeStep has a day to look again, and facts of "
                   "the day",
                   "leave recheckAfterDays and factsOfTheDay out");
  }
  CheckLeftOpen(command, problems);
}

CaseloadMove ReadMove(const Struct& object, base::Problems& problems) {
  JsonFields fields(object, problems);
  CaseloadMove move{.step = fields.TextOrNone("step"),
                    .by_performer = ReadByPerformer(fields, problems),
                    .after_hours = fields.Number(
                        "afterHours", {.max = kHoursMax, .otherwise = 0}),
                    .recheck_after_days = fields.Number(
                        "recheckAfterDays", {.max = kDaysMax, .otherwise = 0}),
                    .facts_of_the_day = fields.Texts("factsOfTheDay")};
  fields.Message("command", move.command);
  fields.RefuseOthers();
  CheckMove(move, problems);
  return move;
}

// What a performer does needs a referral before it, and so does what is done
// to one.
void CheckReferred(const std::vector<CaseloadMove>& moves,
                   base::Problems& problems) {
  bool made = false;
  for (size_t i = 0; i < moves.size(); ++i) {
    const CaseCommand& command = moves[i].command;
    const auto at = problems.Enter("moves", static_cast<int>(i));
    made = made || (command.has_referral() && command.referral().has_make());
    if (!made && (moves[i].by_performer || command.has_referral())) {
      problems.Error("command", "CONTRADICTORY", "comes before any referral",
                     "write a move with referral.make before it");
    }
  }
}

CaseloadHistory ReadHistory(const Struct& object, base::Problems& problems) {
  JsonFields fields(object, problems);
  CaseloadHistory history{
      .share = fields.Number("share", {.min = 1, .max = kShareMax}),
      .began_days_ago = ReadRange(fields, "beganDaysAgo", kDaysMax, problems)};
  int index = 0;
  for (const Struct* const move : fields.Objects("moves")) {
    const auto at = problems.Enter("moves", index++);
    history.moves.push_back(ReadMove(*move, problems));
  }
  CheckReferred(history.moves, problems);
  // What it is, for whoever reads the file.
  (void)fields.TextOrNone("about");
  fields.RefuseOthers();
  return history;
}

model::v1::AgencyKind ReadKind(JsonFields& fields, const std::string& name,
                               base::Problems& problems) {
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  if (!model::v1::AgencyKind_Parse(fields.Text(name), &kind)) {
    problems.Error(name, "UNKNOWN_KIND", "is no kind of agency",
                   "write one of careroute.model.v1.AgencyKind");
  }
  return kind;
}

void CheckSource(const model::v1::Source& source, base::Problems& problems) {
  const bool demo = source.provenance() == model::v1::PROVENANCE_DEMO;
  if (source.provenance() == model::v1::PROVENANCE_UNSPECIFIED ||
      (!demo && source.act().empty() && source.references().empty())) {
    problems.Error("source", "NO_PROVENANCE",
                   "does not say where the numbers come from",
                   "cite the act or register, or write PROVENANCE_DEMO");
  }
}

// Organisations are called after it.
void CheckPerformersId(const std::string& id, base::Problems& problems) {
  if (id.empty()) return;  // said already
  if (catalogue::IsId(id, kPerformersIdMax) && !absl::StrContains(id, ".")) {
    return;
  }
  problems.Error("id", "NOT_AN_ID", "cannot be part of an organisation's name",
                 "write a small letter, then at most 47 of a-z, 0-9, _ and -");
}

CaseloadPerformers ReadPerformers(const Struct& object,
                                  base::Problems& problems) {
  JsonFields fields(object, problems);
  CaseloadPerformers performers{
      .id = fields.Text("id"),
      .kind = ReadKind(fields, "kind", problems),
      .organisations =
          fields.Number("organisations", {.min = 1, .max = kOrganisationsMax}),
      .services = fields.Texts("services")};
  fields.Message("source", performers.source);
  (void)fields.TextOrNone("about");
  fields.RefuseOthers();
  CheckPerformersId(performers.id, problems);
  CheckSource(performers.source, problems);
  return performers;
}

std::vector<CaseloadPerformers> ReadAllPerformers(JsonFields& fields,
                                                  base::Problems& problems) {
  std::vector<CaseloadPerformers> all;
  for (const Struct* const one : fields.Objects("performers")) {
    const auto at = problems.Enter("performers", static_cast<int>(all.size()));
    CaseloadPerformers read = ReadPerformers(*one, problems);
    if (std::any_of(all.begin(), all.end(), [&read](const auto& other) {
          return other.id == read.id;
        })) {
      problems.Error("id", "DUPLICATE", "is the id of others too",
                     "give each sort of performers an id of its own");
    }
    all.push_back(std::move(read));
  }
  return all;
}

bool AsksAnybody(const CaseloadProgramme& programme) {
  return std::any_of(programme.histories.begin(), programme.histories.end(),
                     [](const CaseloadHistory& history) {
                       return std::any_of(history.moves.begin(),
                                          history.moves.end(),
                                          [](const CaseloadMove& move) {
                                            return AsksPerformer(move.command);
                                          });
                     });
}

// Finds those whose id the programme names.
void BindPerformers(const std::string& id,
                    const std::vector<CaseloadPerformers>& all,
                    CaseloadProgramme& programme, base::Problems& problems) {
  const auto found = std::find_if(
      all.begin(), all.end(), [&id](const auto& one) { return one.id == id; });
  if (found != all.end()) {
    programme.performers =
        static_cast<size_t>(std::distance(all.begin(), found));
  } else if (!id.empty()) {
    problems.Error("performers", "UNKNOWN",
                   "is no id of the shape's performers",
                   "write one of the ids, or describe them");
  } else if (AsksAnybody(programme)) {
    problems.Error("performers", "EMPTY", "does not say whom its referrals ask",
                   "name one of the shape's performers");
  }
}

void CheckReport(const CaseloadProgramme& programme, base::Problems& problems) {
  if (programme.report.pathway().empty() || programme.report.entry().empty()) {
    problems.Error("report", "EMPTY", "names no pathway or no entry",
                   "write both into the report");
  }
  if (programme.report.has_person() || programme.report.has_happened_time() ||
      !programme.report.request_id().empty() ||
      programme.report.validate_only()) {
    problems.Error("report", "CONTRADICTORY",
                   "says who is reported, when, or as which request",
                   "leave that out: it is invented for each case");
  }
  CheckSource(programme.source, problems);
}

CaseloadProgramme ReadProgramme(const Struct& object,
                                const std::vector<CaseloadPerformers>& all,
                                base::Problems& problems) {
  JsonFields fields(object, problems);
  CaseloadProgramme programme;
  fields.Message("report", programme.report);
  programme.share = fields.Number("share", {.min = 1, .max = kShareMax});
  programme.overlay = fields.TextOrNone("overlay");
  programme.reporter = ReadKind(fields, "reporter", problems);
  programme.organisations =
      fields.Number("organisations", {.min = 1, .max = kOrganisationsMax});
  programme.age_months =
      ReadRange(fields, "ageMonths", kAgeMonthsMax, problems);
  programme.with_parent =
      fields.Number("withParent", {.max = kPercent, .otherwise = 0});
  programme.with_policy =
      fields.Number("withPolicy", {.max = kPercent, .otherwise = 0});
  int index = 0;
  for (const Struct* const history : fields.Objects("histories")) {
    const auto at = problems.Enter("histories", index++);
    programme.histories.push_back(ReadHistory(*history, problems));
  }
  BindPerformers(fields.TextOrNone("performers"), all, programme, problems);
  fields.Message("source", programme.source);
  (void)fields.TextOrNone("about");
  fields.RefuseOthers();
  if (programme.histories.empty()) {
    problems.Error("histories", "EMPTY", "has no history",
                   "write at least one; its moves may be empty");
  }
  CheckReport(programme, problems);
  return programme;
}

void NoShape(absl::string_view message, base::Problems& problems) {
  problems.Error("", "NOT_A_SHAPE", message,
                 "write the shape of a caseload as JSON");
}

}  // namespace

bool AsksPerformer(const command::v1::CaseCommand& command) {
  return command.has_referral() &&
         (command.referral().has_make() || command.referral().has_redirect());
}

std::optional<CaseloadShape> ReadCaseloadShape(const std::string& text,
                                               base::Problems& problems) {
  if (text.size() > kShapeBytesMax || !base::IsValidUtf8(text)) {
    NoShape("is larger than 1 MiB, or no UTF-8", problems);
    return std::nullopt;
  }
  Struct object;
  const auto parsed =
      google::protobuf::util::JsonStringToMessage(text, &object);
  if (!parsed.ok()) {
    NoShape(absl::StrCat("is no JSON: ", std::string(parsed.message())),
            problems);
    return std::nullopt;
  }
  JsonFields fields(object, problems);
  CaseloadShape shape{.region = fields.Text("region"),
                      .calendar = fields.Text("calendar"),
                      .zone = fields.Text("zone"),
                      .districts = fields.Texts("districts"),
                      .performers = ReadAllPerformers(fields, problems),
                      .hash = base::Sha256(text)};
  int index = 0;
  for (const Struct* const programme : fields.Objects("programmes")) {
    const auto at = problems.Enter("programmes", index++);
    shape.programmes.push_back(
        ReadProgramme(*programme, shape.performers, problems));
  }
  (void)fields.TextOrNone("about");
  fields.RefuseOthers();
  if (shape.programmes.empty() || shape.districts.empty()) {
    problems.Error("", "EMPTY", "has no programme or no district",
                   "write at least one of each");
  }
  if (problems.HasErrors()) return std::nullopt;
  return shape;
}

std::string InstalledCaseload() {
  return (std::filesystem::path(InstalledCatalogue()).parent_path() /
          "caseload" / "demo-region.json")
      .string();
}

}  // namespace careroute::services
