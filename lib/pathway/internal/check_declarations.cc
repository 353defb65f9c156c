#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/check_shape.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::util::MessageDifferencer;
using model::v1::Criterion;
using model::v1::FactDeclaration;
using model::v1::Pathway;
using model::v1::Role;

constexpr size_t kValueIdMax = 64;

// Dates of the form YYYY-MM-DD sort as text; an empty end is open.
bool Overlap(const std::string& from_a, const std::string& to_a,
             const std::string& from_b, const std::string& to_b) {
  return (to_a.empty() || from_b <= to_a) && (to_b.empty() || from_a <= to_b);
}

template <typename Dated>
void CheckDates(base::Problems& problems, const Dated& dated) {
  if (!dated.valid_to().empty() && dated.valid_to() < dated.valid_from()) {
    problems.Error("valid_to", "ENDS_BEFORE_IT_BEGINS", "ends before it begins",
                   "correct the dates");
  }
}

// Ids, and none of them twice.
template <typename List>
void CheckValueIds(base::Problems& problems, absl::string_view field,
                   const List& ids) {
  std::set<std::string> seen;
  for (int i = 0; i < ids.size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    if (!IsId(ids.Get(i), kValueIdMax)) {
      problems.Error(at, "NOT_AN_ID", "is not an id",
                     "use a-z, 0-9, \"_\", \"-\" and \".\", a letter first");
    }
    if (!seen.insert(ids.Get(i)).second) {
      problems.Error(at, "DUPLICATE_ID",
                     absl::StrCat(ids.Get(i), " stands twice"), "remove one");
    }
  }
}

void CheckFact(base::Problems& problems, const FactDeclaration& fact) {
  if (fact.type() == model::v1::FACT_TYPE_UNSPECIFIED) {
    problems.Error("type", "NO_TYPE", "the fact has no type", "state it");
  }
  if (fact.subject() == model::v1::SUBJECT_KIND_UNSPECIFIED) {
    problems.Error("subject", "NO_SUBJECT", "the fact belongs to nobody",
                   "say whether it is of the person, a finding, ...");
  }
  if (fact.data_class() == model::v1::DATA_CLASS_UNSPECIFIED ||
      fact.data_class() == model::v1::DATA_CLASS_IDENTITY ||
      fact.data_class() == model::v1::DATA_CLASS_DIAGNOSIS) {
    problems.Error("data_class", "WRONG_CLASS",
                   "a declared fact has a class that is neither identity nor "
                   "diagnosis",
                   "state another class, or keep it out of the facts");
  }
  if (fact.kept_by() == model::v1::FACT_KEEPER_CONSENT_OBJECTION &&
      (fact.type() != model::v1::FACT_TYPE_BOOL ||
       fact.subject() != model::v1::SUBJECT_KIND_PERSON)) {
    problems.Error("kept_by", "WRONG_TYPE",
                   "an objection to a consent makes a BOOL of the person true",
                   "declare it BOOL and of the PERSON");
  }
  const bool is_enum = fact.type() == model::v1::FACT_TYPE_ENUM;
  if (is_enum == (fact.values_size() == 0)) {
    problems.Error(
        "values", "WRONG_VALUES",
        is_enum ? "an ENUM has at least one value" : "only an ENUM has values",
        "correct the values or the type");
  }
  CheckValueIds(problems, "values", fact.values());
  const bool is_number = fact.type() == model::v1::FACT_TYPE_INTEGER;
  if (is_number && fact.min() > fact.max()) {
    problems.Error("max", "OUT_OF_RANGE", "is smaller than min",
                   "correct the range");
  }
  if (is_number && fact.min() == 0 && fact.max() == 0) {
    problems.Error("max", "OUT_OF_RANGE", "the number can only be 0",
                   "state min and max");
  }
  if (!is_number && (fact.min() != 0 || fact.max() != 0)) {
    problems.Error("max", "MISPLACED", "only an INTEGER has a range",
                   "remove min and max, or correct the type");
  }
}

void CheckRoles(base::Problems& problems, const Pathway& pathway) {
  for (int i = 0; i < pathway.roles_size(); ++i) {
    const Role& role = pathway.roles(i);
    const auto at = problems.Enter("roles", i);
    CheckDates(problems, role);
    if (role.of_coordinator() ==
        (role.kind() != model::v1::AGENCY_KIND_UNSPECIFIED)) {
      problems.Error("kind", "NO_AGENCY_KIND",
                     "a role has a kind of agency, or is held inside the "
                     "coordinator's organisation",
                     "state exactly one of kind and of_coordinator");
    }
    for (int k = 0; k < role.also_kinds_size(); ++k) {
      if (role.also_kinds(k) == role.kind()) {
        problems.Warning(absl::StrCat("also_kinds[", k, "]"), "SAID_TWICE",
                         "is the kind of the role already", "remove it");
      }
    }
    for (int k = 0; k < i; ++k) {
      const Role& other = pathway.roles(k);
      if (other.id() == role.id() &&
          Overlap(other.valid_from(), other.valid_to(), role.valid_from(),
                  role.valid_to())) {
        problems.Error("valid_from", "ROLES_OVERLAP",
                       absl::StrCat(role.id(), " also holds by roles[", k,
                                    "] at the same time"),
                       "end one before the other begins");
      }
    }
  }
}

void CheckCriterion(base::Problems& problems, const Criterion& criterion) {
  CheckDates(problems, criterion);
  if (criterion.list().empty()) {
    problems.Error("list", "EMPTY", "the criterion belongs to no list",
                   "name its list");
  }
  if (criterion.data_class() == model::v1::DATA_CLASS_UNSPECIFIED) {
    problems.Error("data_class", "NO_CLASS", "the criterion has no class",
                   "state how sensitive it is to know it");
  }
  if (criterion.identified_by_size() == 0) {
    problems.Error("identified_by", "NO_IDENTIFIER",
                   "nobody may identify the criterion",
                   "name the kinds of agencies");
  }
  if (criterion.proved_by_size() == 0) {
    problems.Error("proved_by", "NO_DOCUMENT",
                   "no document proves the criterion",
                   "name a kind of document or a region parameter");
  }
  if (criterion.source().provenance() == model::v1::PROVENANCE_UNSPECIFIED) {
    problems.Error("source", "NO_PROVENANCE", "the criterion has no source",
                   "state act and provenance");
  }
}

void CheckEntries(CheckContext& context) {
  const Pathway& pathway = context.pathway;
  base::Problems& problems = context.problems;
  if (pathway.entries_size() == 0) {
    problems.Error("entries", "NO_ENTRY", "no case can begin",
                   "declare an entry");
  }
  std::set<std::string> used;
  for (const model::v1::Step& step : pathway.steps()) {
    for (const model::v1::StartRule& rule : step.starts_on()) {
      if (rule.on_case() == model::v1::StartRule::kEntry) {
        used.insert(rule.entry());
      }
    }
  }
  for (int i = 0; i < pathway.entries_size(); ++i) {
    const model::v1::Entry& entry = pathway.entries(i);
    const auto at = problems.Enter("entries", i);
    if (used.find(entry.id()) == used.end()) {
      problems.Error("", "ENTRY_NEVER_USED",
                     absl::StrCat("no step starts on entry ", entry.id()),
                     "start a step on it, or remove it");
    }
    if (entry.from_size() == 0) {
      problems.Error("from", "NO_AGENCY_KIND", "nobody may report by it",
                     "name the kinds of agencies");
    }
    if (entry.needs_criterion() && pathway.criteria_size() == 0) {
      problems.Error("needs_criterion", "NO_CRITERIA",
                     "the pathway declares no criteria",
                     "declare them, or drop the demand");
    }
  }
}

void CheckStopReasons(base::Problems& problems, const Pathway& pathway) {
  for (int i = 0; i < pathway.stop_reasons_size(); ++i) {
    const model::v1::StopReason& stop = pathway.stop_reasons(i);
    const auto at = problems.Enter("stop_reasons", i);
    if (stop.has_begins_when() && stop.has_ends_when() &&
        MessageDifferencer::Equals(stop.begins_when(), stop.ends_when())) {
      problems.Error("ends_when", "CONTRADICTORY",
                     "ends by what it begins with", "correct one of them");
    }
    if (!stop.has_max() && !stop.has_ends_when()) {
      problems.Warning(
          "", "OPEN_ENDED",
          absl::StrCat("nothing ends the stop ", stop.id(), " by itself"),
          "state the longest stop, or what ends it");
    }
  }
}

void CheckKeptOpen(CheckContext& context, int index) {
  const model::v1::Ending& ending = context.pathway.endings(index);
  const auto at = context.problems.Enter("endings", index);
  for (int i = 0; i < ending.keeps_open_size(); ++i) {
    const model::v1::Step* step = context.FindStep(ending.keeps_open(i));
    if (step != nullptr && !step->outlives_case()) {
      context.problems.Error(
          absl::StrCat("keeps_open[", i, "]"), "NOT_OUTLIVING",
          absl::StrCat(step->id(), " is not of the household"),
          "state outlives_case at the step");
    }
  }
}

void CheckEndings(CheckContext& context) {
  const Pathway& pathway = context.pathway;
  base::Problems& problems = context.problems;
  if (pathway.endings_size() == 0) {
    problems.Error("endings", "NO_ENDING", "no case can end",
                   "declare the endings");
  }
  for (int i = 0; i < pathway.endings_size(); ++i) {
    if (pathway.endings(i).kind() == model::v1::ENDING_KIND_UNSPECIFIED) {
      const auto at = problems.Enter("endings", i);
      problems.Error("kind", "NO_KIND", "the ending has no kind", "state it");
    }
    CheckKeptOpen(context, i);
  }
}

void CheckTracks(CheckContext& context) {
  std::set<std::string> set_by_outcome;
  for (const model::v1::Step& step : context.pathway.steps()) {
    for (const model::v1::Outcome& outcome : step.outcomes()) {
      set_by_outcome.insert(outcome.sets_track());
    }
  }
  for (int i = 0; i < context.pathway.tracks_size(); ++i) {
    const model::v1::Track& track = context.pathway.tracks(i);
    if (track.has_set_when() && track.has_cleared_when() &&
        MessageDifferencer::Equals(track.set_when(), track.cleared_when())) {
      const auto at = context.problems.Enter("tracks", i);
      context.problems.Error("cleared_when", "CONTRADICTORY",
                             "is cleared by what sets it",
                             "correct one of them");
    }
    if (!track.has_set_when() &&
        set_by_outcome.find(track.id()) == set_by_outcome.end()) {
      const auto at = context.problems.Enter("tracks", i);
      context.problems.Warning(
          "", "NEVER_SET",
          absl::StrCat("no rule and no outcome sets track ", track.id(),
                       "; only a hand can"),
          "state set_when, or let an outcome set it");
    }
  }
}

void CheckCapTables(CheckContext& context) {
  for (int i = 0; i < context.pathway.cap_tables_size(); ++i) {
    const model::v1::CapTable& table = context.pathway.cap_tables(i);
    const auto at = context.problems.Enter("cap_tables", i);
    if (table.rows_size() == 0) {
      context.problems.Error("rows", "EMPTY", "caps nothing", "add the rows");
    }
    for (int k = 0; k < table.rows_size(); ++k) {
      const auto row = context.problems.Enter("rows", k);
      CheckDates(context.problems, table.rows(k));
      if (table.rows(k).at_most() < 0) {
        context.problems.Error("at_most", "OUT_OF_RANGE", "no sum is so small",
                               "give 0 or more");
      }
      if (table.rows(k).at_most() > 0 && !table.rows(k).parameter().empty()) {
        context.problems.Error("parameter", "CONTRADICTORY",
                               "the cap stands here, and is the region's",
                               "keep one of them");
      }
      for (int other = 0; other < k; ++other) {
        if (table.rows(other).is() == table.rows(k).is() &&
            Overlap(table.rows(other).valid_from(),
                    table.rows(other).valid_to(), table.rows(k).valid_from(),
                    table.rows(k).valid_to())) {
          context.problems.Error(
              "is", "ROWS_OVERLAP",
              absl::StrCat("rows[", other, "] holds at the same time"),
              "end one before the other begins");
        }
      }
    }
  }
}

void CheckLists(CheckContext& context) {
  for (int i = 0; i < context.pathway.lists_size(); ++i) {
    const model::v1::NamedList& list = context.pathway.lists(i);
    const auto at = context.problems.Enter("lists", i);
    if (list.items_size() == 0) {
      context.problems.Error("items", "EMPTY", "the list is empty",
                             "name its elements");
    }
    CheckValueIds(context.problems, "items", list.items());
  }
}

}  // namespace

void CheckDeclarations(CheckContext& context) {
  const Pathway& pathway = context.pathway;
  base::Problems& problems = context.problems;
  CheckDates(problems, pathway);
  for (int i = 0; i < pathway.facts_size(); ++i) {
    const auto at = problems.Enter("facts", i);
    CheckFact(problems, pathway.facts(i));
  }
  CheckRoles(problems, pathway);
  for (int i = 0; i < pathway.criteria_size(); ++i) {
    const auto at = problems.Enter("criteria", i);
    CheckCriterion(problems, pathway.criteria(i));
  }
  CheckEntries(context);
  CheckStopReasons(problems, pathway);
  CheckEndings(context);
  CheckTracks(context);
  CheckCapTables(context);
  CheckLists(context);
}

}  // namespace careroute::pathway::internal
