#include "services/hub/generate/caseload_shape.h"

#include <filesystem>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "lib/base/hash.h"
#include "lib/base/utf8.h"
#include "services/command/installed.h"
#include "services/hub/generate/json_fields.h"

namespace careroute::services {
namespace {

using google::protobuf::Struct;

// Nobody counts finer, and sums stay far from any limit.
constexpr int kShareMax = 1'000'000;
constexpr int kPercent = 100;
constexpr int kOrganisationsMax = 2000;
constexpr int kAgeMonthsMax = 12 * 110;
constexpr int kDaysMax = 3650;
constexpr int kHoursMax = 24 * 366;

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

CaseloadMove ReadMove(const Struct& object, base::Problems& problems) {
  JsonFields fields(object, problems);
  CaseloadMove move{.step = fields.TextOrNone("step"),
                    .after_hours = fields.Number(
                        "afterHours", {.max = kHoursMax, .otherwise = 0}),
                    .recheck_after_days = fields.Number(
                        "recheckAfterDays", {.max = kDaysMax, .otherwise = 0}),
                    .facts_of_the_day = fields.Texts("factsOfTheDay")};
  fields.Message("command", move.command);
  fields.RefuseOthers();
  const bool completes = move.command.has_complete_step();
  if (move.command.command_case() ==
      command::v1::CaseCommand::COMMAND_NOT_SET) {
    problems.Error("command", "EMPTY", "says nothing to do",
                   "write one command, such as completeStep");
  } else if (completes == move.step.empty()) {
    problems.Error("step", "CONTRADICTORY",
                   completes ? "a completed step has no name"
                             : "the command completes no step",
                   "name the step with completeStep, and only with it");
  }
  if (!completes &&
      (move.recheck_after_days > 0 || !move.facts_of_the_day.empty())) {
    problems.Error("command", "CONTRADICTORY",
                   "only completeStep has a day to look again, and facts of "
                   "the day",
                   "leave recheckAfterDays and factsOfTheDay out");
  }
  return move;
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
  // What it is, for whoever reads the file.
  (void)fields.TextOrNone("about");
  fields.RefuseOthers();
  return history;
}

model::v1::AgencyKind ReadKind(JsonFields& fields, base::Problems& problems) {
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  if (!model::v1::AgencyKind_Parse(fields.Text("reporter"), &kind)) {
    problems.Error("reporter", "UNKNOWN_KIND", "is no kind of agency",
                   "write one of careroute.model.v1.AgencyKind");
  }
  return kind;
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
  const model::v1::Source& source = programme.source;
  const bool demo = source.provenance() == model::v1::PROVENANCE_DEMO;
  if (source.provenance() == model::v1::PROVENANCE_UNSPECIFIED ||
      (!demo && source.act().empty() && source.references().empty())) {
    problems.Error("source", "NO_PROVENANCE",
                   "does not say where the numbers come from",
                   "cite the act or register, or write PROVENANCE_DEMO");
  }
}

CaseloadProgramme ReadProgramme(const Struct& object,
                                base::Problems& problems) {
  JsonFields fields(object, problems);
  CaseloadProgramme programme;
  fields.Message("report", programme.report);
  programme.share = fields.Number("share", {.min = 1, .max = kShareMax});
  programme.overlay = fields.TextOrNone("overlay");
  programme.reporter = ReadKind(fields, problems);
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
                      .hash = base::Sha256(text)};
  int index = 0;
  for (const Struct* const programme : fields.Objects("programmes")) {
    const auto at = problems.Enter("programmes", index++);
    shape.programmes.push_back(ReadProgramme(*programme, problems));
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
